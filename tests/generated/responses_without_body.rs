//! HEAD and the statuses 204, 205 and 304 have no body, whatever the document declares.

use crate::server::Server;
use responses_without_body::blocking::ResponsesWithoutBody;

fn client(server: &Server) -> ResponsesWithoutBody {
    ResponsesWithoutBody::builder()
        .server_url(server.url())
        .build()
        .unwrap()
}

#[test]
fn head_reads_no_body() {
    let server = Server::answering(200, &[("Content-Type", "image/png")], b"png");
    client(&server).things().head("a b").send().unwrap();
    assert_eq!(server.request().line, "HEAD /things/a%20b");
}

#[test]
fn get_reads_the_body() {
    let server = Server::answering_json("\"thing\"");
    assert_eq!(
        client(&server).things().get("1").send().unwrap(),
        "thing"
    );
    assert_eq!(server.request().line, "GET /things/1");
    assert_eq!(server.request().header("accept"), Some("application/json"));
}
