use super::*;
use dub_generator::{Config, Unsupported};

const DOCUMENT: &str = r#"{
        "openapi": "3.0.3",
        "info": {"title": "Sample", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": {"/things/{id}": {"post": {
            "operationId": "changeThing",
            "parameters": [
                {"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}},
                {"name": "tags", "in": "query", "explode": false, "schema": {"type": "array", "items": {"enum": ["a", "b"]}}},
                {"name": "filter", "in": "query", "style": "deepObject", "schema": {"type": "object", "properties": {"size": {"type": "integer"}}}},
                {"name": "range", "in": "query", "style": "deepObject", "schema": {"type": "object", "properties": {"size": {"type": "integer"}}}},
                {"name": "sort", "in": "query", "schema": {"type": "object", "properties": {"range": {"enum": ["up", "down"]}}}},
                {"name": "Trace", "in": "header", "required": true, "schema": {"type": "string"}}
            ],
            "requestBody": {"required": true, "content": {"application/json": {"schema": {
                "type": "object", "required": ["name"], "additionalProperties": false,
                "properties": {"name": {"type": "string", "format": "email"}}
            }}}},
            "responses": {"204": {"description": "Done."}}
        }}}
    }"#;

const VALID: (&str, &str) = (
    "/things/7?tags=a,b&filter%5Bsize%5D=2",
    r#"{"name": "ada@example.com"}"#,
);

fn found(method: &str, url: &str, headers: &[(&str, &str)], body: &str) -> Vec<String> {
    found_if_set(&[], method, url, headers, body)
}

/// Like [`found`], for a call that sets the inputs at these locations.
fn found_if_set(
    sent: &[String],
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Vec<String> {
    let config = Config {
        document: DOCUMENT.as_bytes(),
        files: None,
        overlay: None,
        tags: &[],
        crate_name: "sample",
        command: "test",
        unsupported: Unsupported::Reject,
        names: None,
    };
    let (api, document) = dub_generator::read(&config).unwrap();
    let contract = Contract::new(&document).unwrap();
    let operation = &api.resources[0].operations[0];
    let headers = headers.iter();
    let request = Received {
        method: method.to_owned(),
        url: url.to_owned(),
        headers: headers
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        body: body.as_bytes().to_vec(),
    };
    let expected = ExpectedRequest::new(operation, sent);
    problems(&contract, &expected, &[operation], &api, &request)
}

#[test]
fn requests_that_the_document_rejects_are_found() {
    let headers = [("trace", "1"), ("content-type", "application/json")];
    let (url, body) = VALID;
    assert_eq!(found("POST", url, &headers, body), Vec::<String>::new());
    // A key of the object `sort` has the name of a deep object.
    let sorted = format!("{url}&range=up&range%5Bsize%5D=2");
    assert_eq!(found("POST", &sorted, &headers, body), Vec::<String>::new());
    for (method, url, headers, body, expected) in [
        ("GET", url, &headers[..], body, "the method is GET"),
        ("POST", "/thing/7", &headers[..], body, "does not match"),
        ("POST", "/things/x", &headers[..], body, "path parameter id"),
        (
            "POST",
            "/things/7?tags=a&tags=b",
            &headers[..],
            body,
            "tags is repeated",
        ),
        (
            "POST",
            "/things/7?filter=size,2",
            &headers[..],
            body,
            "undeclared",
        ),
        (
            "POST",
            "/things/7?filter%5Bsize%5D=x",
            &headers[..],
            body,
            "query parameter filter",
        ),
        (
            "POST",
            "/things/7?range=left",
            &headers[..],
            body,
            "query parameter sort",
        ),
        (
            "POST",
            "/things/7?other=1",
            &headers[..],
            body,
            "undeclared query parameter other",
        ),
        (
            "POST",
            url,
            &headers[1..],
            body,
            "header parameter Trace is absent",
        ),
        ("POST", url, &headers[..1], body, "no Content-Type"),
        ("POST", url, &headers[..], r#"{"name": "ada"}"#, "body: "),
        (
            "POST",
            url,
            &headers[..],
            r#"{"nam": "ada@example.com"}"#,
            "body: ",
        ),
    ] {
        let found = found(method, url, headers, body).join("\n");
        assert!(found.contains(expected), "{method} {url} {body}: {found}");
    }
}

#[test]
fn inputs_that_were_set_must_be_sent() {
    let headers = [("trace", "1"), ("content-type", "application/json")];
    let operation = "/paths/~1things~1{id}/post";
    let parameter = |index: usize| format!("{operation}/parameters/{index}");
    let schema = "requestBody/content/application~1json/schema";
    let name = format!("{operation}/{schema}/properties/name");
    let body = VALID.1;
    for (sent, url, body, expected) in [
        (parameter(1), "/things/7?tags=a", body, ""),
        (
            parameter(1),
            "/things/7",
            body,
            "query parameter tags is absent",
        ),
        (
            parameter(2),
            "/things/7",
            body,
            "query parameter filter is absent",
        ),
        (name.clone(), "/things/7", body, ""),
        (name, "/things/7", "{}", "body: the field name is absent"),
    ] {
        let found = found_if_set(&[sent], "POST", url, &headers, body).join("\n");
        assert!(found.contains(expected), "{url} {body}: {found}");
        assert_eq!(
            found.is_empty(),
            expected.is_empty(),
            "{url} {body}: {found}"
        );
    }
}
