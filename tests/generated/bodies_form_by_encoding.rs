//! The fields of an `application/x-www-form-urlencoded` body follow the `encoding`. Without it,
//! objects and nested lists have brackets.

use crate::server::Server;
use bodies_form_by_encoding::blocking::BodiesFormByEncoding;
use bodies_form_by_encoding::models::{Party, PlaceOrderSize, Row};

fn client(server: &Server) -> BodiesFormByEncoding {
    BodiesFormByEncoding::builder()
        .server_url(server.url())
        .build()
        .unwrap()
}

/// Returns the pairs of the only request, with readable brackets.
fn pairs(server: &Server) -> Vec<String> {
    let request = server.request();
    let media_type = "application/x-www-form-urlencoded";
    assert_eq!(request.header("content-type"), Some(media_type));
    let readable = |pair: &str| pair.replace("%5B", "[").replace("%5D", "]");
    request.text().split('&').map(readable).collect()
}

fn row(price: &str, tags: &[&str]) -> Row {
    let mut row = Row::default();
    row.price = Some(price.to_owned());
    row.tags = Some(tags.iter().map(|tag| (*tag).to_owned()).collect());
    row
}

fn party(name: &str) -> Party {
    let mut party = Party::default();
    party.name = Some(name.to_owned());
    party.phones = Some(vec!["1".to_owned(), "2".to_owned()]);
    party
}

#[test]
fn nested_values_have_brackets() {
    let server = Server::answering(204, &[], b"");
    client(&server)
        .orders()
        .place(vec![row("a&b", &["x", "y"]), row("c", &[])])
        .sender(party("Ada"))
        .receiver(party("Bob"))
        .labels([("k/1".to_owned(), "v".to_owned())].into())
        .flags(vec!["a".to_owned(), "b".to_owned()])
        .weight(50.0)
        .urgent(false)
        .anything(serde_json::json!({"a": [1.0, null, {"b": true}]}))
        .send()
        .unwrap();
    let expected = [
        "rows[0][price]=a%26b",
        "rows[0][tags][0]=x",
        "rows[0][tags][1]=y",
        "rows[1][price]=c",
        "sender[name]=Ada",
        "sender[phones][0]=1",
        "sender[phones][1]=2",
        "receiver[name]=Bob",
        "receiver[phones][0]=1",
        "receiver[phones][1]=2",
        "labels[k%2F1]=v",
        "flags=a",
        "flags=b",
        "weight=50",
        "urgent=false",
        "anything[a][0]=1",
        "anything[a][1][b]=true",
    ];
    assert_eq!(pairs(&server), expected);
}

#[test]
fn follows_the_encoding() {
    let server = Server::answering(204, &[], b"");
    let mut size = PlaceOrderSize::default();
    (size.w, size.h) = (Some(3), Some(4));
    client(&server)
        .orders()
        .place(vec![])
        .expand(vec!["a".to_owned(), "b".to_owned()])
        .codes(vec![1, 2])
        .joined(vec!["a".to_owned(), "b".to_owned()])
        .summary(party("Ada"))
        .size(size)
        .callback("https://a.example/x?y=z&c=1#d+e f")
        .send()
        .unwrap();
    let expected = [
        "expand[0]=a",
        "expand[1]=b",
        "codes=1,2",
        "joined=a%7Cb",
        "summary=%7B%22name%22%3A%22Ada%22%2C%22phones%22%3A[%221%22%2C%222%22]%7D",
        "h=4",
        "w=3",
        "callback=https://a.example/x?y=z%26c=1%23d%2Be%20f",
    ];
    assert_eq!(pairs(&server), expected);
}
