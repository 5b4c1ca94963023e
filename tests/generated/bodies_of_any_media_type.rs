//! Media type ranges: the schema and the `Content-Type` that arrives decide what a body is.

use crate::server::Server;
use bodies_of_any_media_type::blocking::BodiesOfAnyMediaType;
use bodies_of_any_media_type::models::Color;
use bodies_of_any_media_type::{Body, Error, Method};
use std::io::Cursor;

fn client(server: &Server) -> BodiesOfAnyMediaType {
    BodiesOfAnyMediaType::builder()
        .server_url(server.url())
        .build()
        .unwrap()
}

#[test]
fn binary_schema_is_read_as_bytes() {
    let server = Server::answering(200, &[("Content-Type", "application/pdf")], b"\xff\0\"");
    let any = client(&server).any();
    let file = any.download_attachment("1").send().unwrap();
    assert_eq!(&file[..], b"\xff\0\"");
    assert_eq!(&any.print_profile().send().unwrap()[..], b"\xff\0\"");
    let requests = server.requests();
    assert_eq!(requests[0].header("accept"), Some("*/*"));
    assert_eq!(
        requests[1].header("accept"),
        Some("application/json;charset=UTF-8")
    );
}

#[test]
fn string_is_read_by_the_content_type_that_arrives() {
    let server = Server::answering(200, &[("Content-Type", "text/plain")], b"\"go\"");
    assert_eq!(client(&server).any().get_motto().send().unwrap(), "\"go\"");
    let server = Server::answering_json("\"go\"");
    assert_eq!(client(&server).any().get_motto().send().unwrap(), "go");
    let server = Server::answering(200, &[("Content-Type", "text/plain")], b"red");
    let color = client(&server).any().set_motto("go").send().unwrap();
    assert_eq!(color, Color::Red);
}

#[test]
fn object_is_read_as_json() {
    let server = Server::answering(200, &[], br#"{"name": "Ada"}"#);
    let profile = client(&server).any().get_profile().send().unwrap();
    assert_eq!(profile.name.as_deref(), Some("Ada"));
}

#[test]
fn caller_names_the_media_type_of_a_range() {
    let server = Server::answering(204, &[], b"");
    let any = client(&server).any();
    any.upload_cover("image/webp", "picture").send().unwrap();
    any.upload_attachment("1", "file").send().unwrap();
    let upload = any.upload_attachment("1", "file");
    upload.content_type("text/csv").send().unwrap();
    let sent: Vec<_> = server.requests();
    let sent: Vec<_> = sent
        .iter()
        .map(|request| (request.header("content-type").unwrap(), request.text()))
        .collect();
    assert_eq!(
        sent,
        [
            ("image/webp", "picture"),
            ("application/octet-stream", "file"),
            ("text/csv", "file"),
        ]
    );
}

#[test]
fn optional_body_of_a_range_needs_its_media_type() {
    let server = Server::answering(204, &[], b"");
    let any = client(&server).any();
    let error = any.upload_cover_if_any().body("x").send().unwrap_err();
    assert!(error.to_string().contains("`image/*`"), "{error}");
    assert!(server.requests().is_empty());
    any.upload_cover_if_any().send().unwrap();
    let upload = any.upload_cover_if_any().body("x");
    upload.content_type("image/png").send().unwrap();
    let media_types = server.requests();
    let media_types = media_types
        .iter()
        .map(|request| request.header("content-type"));
    assert_eq!(media_types.collect::<Vec<_>>(), [None, Some("image/png")]);
}

#[test]
fn request_is_text_or_json_by_schema() {
    let server = Server::answering_json("1");
    let any = client(&server).any();
    let _ = any.set_motto("\"go\"").send();
    any.set_profile().name("Ada").send().unwrap();
    let _ = any.set_index("<a/>").send();
    let requests = server.requests();
    assert_eq!(requests[0].text(), "\"go\"");
    assert_eq!(
        requests[0].header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    assert_eq!(requests[1].text(), r#"{"name":"Ada"}"#);
    assert_eq!(requests[1].header("content-type"), Some("application/json"));
    assert_eq!(requests[2].text(), "<a/>");
    assert_eq!(requests[2].header("content-type"), Some("application/xml"));
}

#[test]
fn body_is_read_from_a_reader() {
    let server = Server::answering(204, &[], b"");
    let any = client(&server).any();
    let file = || Body::reader(Cursor::new("a file"));
    any.upload_attachment("1", file()).send().unwrap();
    any.upload_cover("image/webp", file().length(6))
        .send()
        .unwrap();
    any.upload_cover_if_any()
        .content_type("image/png")
        .body(file())
        .send()
        .unwrap();
    let custom = client(&server).request(Method::PUT, "/files/1");
    custom.stream_body(file()).send::<()>().unwrap();
    let requests = server.requests();
    let sent = requests.iter().map(|request| {
        let header = |name| request.header(name);
        let length = header("content-length").or(header("transfer-encoding"));
        (header("content-type").unwrap(), length.unwrap())
    });
    let expected = [
        ("application/octet-stream", "chunked"),
        ("image/webp", "6"),
        ("image/png", "chunked"),
        ("application/octet-stream", "chunked"),
    ];
    assert_eq!(sent.collect::<Vec<_>>(), expected);
    assert!(requests.iter().all(|request| request.text() == "a file"));
}

#[test]
fn body_from_a_reader_is_sent_once() {
    let server = Server::answering(503, &[], b"");
    let any = client(&server).any();
    let upload = any.upload_attachment("1", Body::reader(Cursor::new("a file")));
    let upload = upload.idempotent(true);
    let error = upload.clone().send().unwrap_err();
    assert_eq!(error.status().unwrap(), 503);
    assert!(matches!(upload.send(), Err(Error::InvalidRequest(_))));
    assert_eq!(server.request().text(), "a file");
}
