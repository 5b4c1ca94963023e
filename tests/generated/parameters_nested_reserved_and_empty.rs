//! Nested values in the query, `allowReserved`, `allowEmptyValue`, cookies, and the shapes of paths.

use crate::server::Server;
use parameters_nested_reserved_and_empty::blocking::ParametersNestedReservedAndEmpty;
use parameters_nested_reserved_and_empty::models::{FindBoatsArea, FindBoatsCrew, FindBoatsFilter};

fn client(server: &Server) -> ParametersNestedReservedAndEmpty {
    ParametersNestedReservedAndEmpty::builder()
        .server_url(server.url())
        .build()
        .unwrap()
}

fn strings(items: &[&str]) -> Vec<String> {
    items.iter().map(|item| (*item).to_owned()).collect()
}

/// Returns the query of the only request, with readable brackets.
fn query(server: &Server) -> String {
    let line = server.request().line;
    let (_, query) = line.split_once('?').unwrap();
    query.replace("%5B", "[").replace("%5D", "]")
}

#[test]
fn nested_values_have_brackets() {
    let server = Server::answering(204, &[], b"");
    let mut filter = FindBoatsFilter::default();
    filter.name = Some("a&b".to_owned());
    filter.length = Some(Default::default());
    filter.length.as_mut().unwrap().to = Some(50.0);
    filter.flags = Some(strings(&["x", "y"]));
    let mut sailor = FindBoatsCrew::default();
    sailor.role = Some("cook".to_owned());
    let mut area = FindBoatsArea::default();
    area.west = Some(1.5);
    area.ports = Some(strings(&["p", "q"]));
    client(&server)
        .boats()
        .find()
        .filter(filter)
        .labels([("k".to_owned(), "v".to_owned())].into())
        .crew(vec![sailor.clone(), sailor])
        .area(area)
        .sort(strings(&["name"]))
        .send()
        .unwrap();
    let expected = "filter[flags][0]=x&filter[flags][1]=y&filter[length][to]=50&filter[name]=a%26b\
        &labels[k]=v&crew[0][role]=cook&crew[1][role]=cook&ports=p&ports=q&west=1.5\
        &sort=[%22name%22]";
    assert_eq!(query(&server), expected);
}

#[test]
fn reserved_characters_and_empty_values_are_sent() {
    let server = Server::answering(204, &[], b"");
    client(&server)
        .boats()
        .find()
        .folder("a/b?c=d&e#f+g%h")
        .urls(strings(&["https://a.example/", "x:y"]))
        .depth(3)
        .empty_sold()
        .empty_tags()
        .term("")
        .send()
        .unwrap();
    let expected =
        "folder=a/b?c=d%26e%23f%2Bg%25h&urls=https://a.example/,x:y&depth=3&sold=&tags=&term=";
    assert_eq!(query(&server), expected);
}

#[test]
fn cookies_form_one_header() {
    let server = Server::answering(204, &[], b"");
    client(&server)
        .boats()
        .find()
        .crumbs(strings(&["a", "b;c"]))
        .theme("dark")
        .look(strings(&["x", "y"]))
        .send()
        .unwrap();
    let request = server.request();
    assert_eq!(request.line, "GET /boats");
    let cookies = "crumbs=a; crumbs=b%3Bc; theme=dark; look=x,y";
    assert_eq!(request.header("cookie"), Some(cookies));
}

#[test]
fn paths_keep_their_text_and_their_query() {
    let server = Server::answering(204, &[], b"");
    let client = client(&server);
    client.boats().as_json("a b").send().unwrap();
    client.boats().sail("7").days(2).send().unwrap();
    client.boats().sail("7").send().unwrap();
    client
        .boats()
        .compare_routes("x", "y")
        .days(2)
        .send()
        .unwrap();
    client.boats().crew("7").send().unwrap();
    let lines: Vec<_> = server
        .requests()
        .into_iter()
        .map(|request| request.line)
        .collect();
    let expected = [
        "GET /boats/a%20b.json",
        "POST /boats/7/sail?trial=true&wind&days=2",
        "POST /boats/7/sail?trial=true&wind",
        "GET /boats/routes/x...y?days=2",
        "PUT /boats/7?trial=true",
    ];
    assert_eq!(lines, expected);
}
