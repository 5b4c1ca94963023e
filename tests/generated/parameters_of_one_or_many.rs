//! "One or a list of them" in parameters, bodies and responses: a list, which is also read from a
//! single value.

use crate::server::Server;
use parameters_of_one_or_many::blocking::ParametersOfOneOrMany;
use parameters_of_one_or_many::models::{CreateLinkPlace, Kind, Link, Nested};
use parameters_of_one_or_many::{ApiError, Error};
use serde_json::{Value, json};

fn client(server: &Server) -> ParametersOfOneOrMany {
    ParametersOfOneOrMany::builder()
        .server_url(server.url())
        .build()
        .unwrap()
}

#[test]
fn parameters_are_sent_as_lists_in_their_style() {
    let server = Server::answering_json("[]");
    client(&server)
        .links()
        .list()
        .tag_ids(["a"])
        .sizes([1_u8, 2])
        .kinds([Kind::Short, Kind::Long])
        .filter(vec![7_i64])
        .after(["2026-01-31T12:00:00Z"])
        .plain(vec!["x".to_owned(), "y".to_owned()])
        .send()
        .unwrap();
    let request = server.request();
    let query = "tagIds=a&sizes=1,2&kinds=short&kinds=long&filter=%5B7%5D&plain=x&plain=y";
    assert_eq!(request.line, format!("GET /links?{query}"));
    assert_eq!(request.header("after"), Some("2026-01-31T12:00:00Z"));
    let server = Server::answering_json("{}");
    let tags = ["a".to_owned(), "b/c".to_owned()];
    client(&server).links().get(&tags).send().unwrap();
    assert_eq!(server.request().line, "GET /links/a,b%2Fc");
}

#[test]
fn fields_of_bodies_are_sent_as_lists() {
    let server = Server::answering(204, &[], b"");
    let call = client(&server).links().create(["one"]);
    call.tag_ids(Vec::<String>::new())
        .rates([1.0, 0.5])
        .places([CreateLinkPlace::new("Oslo")])
        .send()
        .unwrap();
    let body: Value = serde_json::from_slice(&server.request().body).unwrap();
    let sent =
        json!({"names": ["one"], "tagIds": [], "rates": [1, 0.5], "places": [{"city": "Oslo"}]});
    assert_eq!(body, sent);
    let server = Server::answering(204, &[], b"");
    let call = client(&server).links().create(["one", "two"]);
    call.clear_tag_ids().send().unwrap();
    let body: Value = serde_json::from_slice(&server.request().body).unwrap();
    assert_eq!(body, json!({"names": ["one", "two"], "tagIds": null}));
}

fn links(body: &Value) -> Vec<Link> {
    let server = Server::answering_json(&body.to_string());
    client(&server).links().list().send().unwrap()
}

#[test]
fn single_values_are_read_as_lists() {
    let single = json!({
        "ids": "a", "kinds": "short", "sizes": 12.0, "notes": "n", "status": "off",
        "owner": {"name": "Ada"}, "groups": ["g", ["h", "i"]], "children": {"ids": "b", "owner": []}
    });
    let several = json!([{
        "ids": ["a"], "kinds": ["short"], "sizes": [12], "notes": ["n"], "status": ["off"],
        "owner": [{"name": "Ada"}], "groups": [["g"], ["h", "i"]],
        "children": [{"ids": ["b"], "owner": []}]
    }]);
    for body in [&single, &several] {
        let links = links(body);
        assert_eq!(links[0].ids, ["a"]);
        assert_eq!(links[0].kinds.as_deref(), Some(&[Kind::Short][..]));
        assert_eq!(links[0].sizes.as_deref(), Some(&[12][..]));
        assert_eq!(links[0].owner[0].name, "Ada");
        assert_eq!(links[0].groups.as_ref().unwrap()[1].len(), 2);
        assert_eq!(links[0].children.as_ref().unwrap()[0].ids, ["b"]);
        assert_eq!(serde_json::to_value(&links).unwrap(), several);
    }
    let nulls = json!([{"ids": [], "owner": [], "sizes": null, "notes": [null, "x"]}]);
    let links = links(&nulls);
    assert_eq!(links[0].sizes, None);
    assert_eq!(
        links[0].notes.as_deref(),
        Some(&[None, Some("x".to_owned())][..])
    );
}

#[test]
fn errors_name_the_value_that_does_not_match() {
    for (body, path) in [
        (json!([{"ids": ["a", 3], "owner": []}]), "[0].ids"),
        (
            json!([{"ids": [], "owner": [{"name": 3}]}]),
            "[0].owner[0].name",
        ),
        (json!([{"ids": {"a": 1}, "owner": []}]), "[0].ids"),
    ] {
        let server = Server::answering_json(&body.to_string());
        let error = client(&server).links().list().send().unwrap_err();
        let Error::Decode(error) = error else {
            panic!("{error:?}");
        };
        assert!(error.path().starts_with(path), "{}", error.path());
    }
}

#[test]
fn error_bodies_are_lists() {
    let server = Server::answering(400, &[("Content-Type", "application/json")], br#""bad""#);
    let call = client(&server).links().nest(Nested::from("a"), [1.0]);
    let Err(Error::Api(ApiError::BadRequest(problems))) = call.send() else {
        panic!("not a bad request");
    };
    assert_eq!(problems.body.0, ["bad"]);
}

#[test]
fn maps_hold_lists() {
    let server = Server::answering_json(r#"{"a": 1, "b": [2, 3]}"#);
    let by_name = client(&server)
        .links()
        .get(["a", "b"])
        .send()
        .unwrap();
    assert_eq!((by_name["a"].len(), by_name["b"][1]), (1, 3));
}
