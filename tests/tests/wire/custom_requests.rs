//! Tests requests to endpoints that the crate has no method for, and parameters and fields that it
//! does not know.

use crate::support::{CUSTOMER, Server, TOKEN, json, response};
use dub_sdk::{ApiError, CustomRequest, Dub, Error, Method, RetryPolicy, blocking, path_segment};
use serde_json::{Value, json};
use std::time::Duration;

#[tokio::test]
async fn sends_json_to_any_endpoint() {
    let server = Server::json(201, r#"{"id":"link_1","clicks":3}"#).await;
    let dub = server.dub();
    let body = json!({"url": "https://example.com", "count": 50.0});
    let request = dub.request(Method::POST, "/links").json(&body);
    let link: Value = request.send().await.unwrap();
    assert_eq!(link, json!({"id": "link_1", "clicks": 3}));
    let sent = server.request().await;
    assert_eq!(
        (sent.method.as_str(), sent.target.as_str()),
        ("POST", "/links")
    );
    // Numbers are written as in typed requests.
    assert_eq!(sent.body, r#"{"url":"https://example.com","count":50}"#);
    assert_eq!(
        sent.header("authorization"),
        Some(&*format!("Bearer {TOKEN}"))
    );
    assert_eq!(sent.header("content-type"), Some("application/json"));
    assert_eq!(sent.header("accept"), Some("application/json, */*"));
    assert!(sent.header("user-agent").unwrap().starts_with("dub-sdk/"));
}

#[tokio::test]
async fn sends_query_headers_and_raw_body() {
    let server = Server::start(response(200, "text/plain", "a\u{feff}b")).await;
    let dub = server.dub();
    let request = dub
        .request(
            Method::PUT,
            format!("/files/{}", path_segment("a/b ü").unwrap()),
        )
        .query("a b", "c&d")
        .query("a b", 7_u64)
        .query("flag", true)
        .header("content-type", "text/csv")
        .header("x-own", "1")
        .body("x,y");
    assert_eq!(request.bytes().await.unwrap(), "a\u{feff}b");
    let sent = server.request().await;
    assert_eq!(
        sent.target,
        "/files/a%2Fb%20%C3%BC?a%20b=c%26d&a%20b=7&flag=true"
    );
    assert_eq!(sent.header("content-type"), Some("text/csv"));
    assert_eq!(sent.header("x-own"), Some("1"));
    assert_eq!(sent.body, "x,y");

    let server = Server::json(200, "[]").await;
    let raw = server.dub().request(Method::POST, "/raw").body(vec![1, 2]);
    let response = raw.send_with_response::<Value>().await.unwrap();
    assert_eq!(response.status, 200);
    let sent = server.request().await;
    assert_eq!(
        sent.header("content-type"),
        Some("application/octet-stream")
    );
}

#[tokio::test]
async fn path_follows_the_path_of_the_server() {
    let server = Server::start(response(204, "text/plain", "")).await;
    let builder = Dub::builder(TOKEN).server_url(format!("{}/api/", server.url()));
    let dub = builder.build().unwrap();
    let request = dub.request(Method::DELETE, "/links/a%2Fb");
    request.send::<()>().await.unwrap();
    let sent = server.request().await;
    assert_eq!(sent.target, "/api/links/a%2Fb");
    assert_eq!(
        (sent.body.as_str(), sent.header("content-type")),
        ("", None)
    );
}

#[test]
fn blocking_client_sends_custom_requests() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(Server::json(200, "[1]"));
    let builder = blocking::Dub::builder(TOKEN).server_url(server.url());
    let dub = builder.build().unwrap();
    let get = || dub.request(Method::GET, "/numbers").query("q", "x");
    assert_eq!(get().send::<Vec<i64>>().unwrap(), [1]);
    assert_eq!(get().bytes().unwrap(), "[1]");
    assert_eq!(
        get().send_with_response::<Value>().unwrap().body,
        json!([1])
    );
    for sent in runtime.block_on(server.requests()) {
        assert_eq!(sent.target, "/numbers?q=x");
    }
}

#[tokio::test]
async fn errors_are_those_of_operations() {
    let detail = r#"{"error":{"code":"not_found","message":"No such link."}}"#;
    let server = Server::json(404, detail).await;
    let request = server.dub().request(Method::GET, "/links/secret-id");
    let error = request.send::<Value>().await.unwrap_err();
    assert!(
        matches!(error, Error::Api(ApiError::NotFound(_))),
        "{error:?}"
    );
    assert_eq!(error.operation(), Some("GET request"));
    assert_eq!(
        error.to_string(),
        "GET request: 404 Not Found: not_found: No such link."
    );

    let server = Server::json(200, r#"{"id":7}"#).await;
    let request = server.dub().request(Method::GET, "/links/1");
    let error = request.send::<Vec<i64>>().await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
}

/// A POST is not sent again, a GET is, and each with the limits that the request sets.
#[tokio::test]
async fn retries_by_method() {
    for (method, attempts) in [(Method::GET, 3), (Method::PUT, 3), (Method::POST, 1)] {
        let server = Server::json(503, "{}").await;
        let builder = Dub::builder(TOKEN).server_url(server.url());
        let dub = builder.build().unwrap();
        let quick = RetryPolicy::default().base_delay(Duration::from_millis(5));
        let request = dub.request(method.clone(), "/links").retry(quick);
        request.send::<Value>().await.unwrap_err();
        assert_eq!(server.requests().await.len(), attempts, "{method}");
    }
}

async fn assert_rejected(server: &Server, request: CustomRequest, part: &str) {
    let error = request.send::<Value>().await.unwrap_err();
    assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
    assert!(error.to_string().contains(part), "{error}");
    assert!(server.requests().await.is_empty());
}

#[tokio::test]
async fn rejects_invalid_requests() {
    let server = Server::json(200, "{}").await;
    let dub = server.dub();
    for (path, part) in [
        ("", "must begin with `/`"),
        ("links", "must begin with `/`"),
        ("https://evil.example/links", "must begin with `/`"),
        ("//evil.example/links", "`//`"),
        ("/links/../tokens", "`..`"),
        ("/links/%2E%2e/tokens", "`..`"),
        ("/links?page=2", "`query`"),
        ("/links#top", "`#`"),
        ("/links/a b", "`path_segment`"),
        ("/links\\..\\tokens", "`path_segment`"),
        ("/links//x", "empty segment"),
    ] {
        assert_rejected(&server, dub.request(Method::GET, path), part).await;
    }
    let get = || dub.request(Method::GET, "/links");
    assert_rejected(&server, get().query("page", ""), "`page` is empty").await;
    assert_rejected(
        &server,
        get().query("", "x"),
        "name of a query parameter is empty",
    )
    .await;
    assert_rejected(&server, get().header("x-own", "a\r\nb"), "line break").await;
    assert_rejected(
        &server,
        get().header("content-length", "3"),
        "content-length",
    )
    .await;
    assert_rejected(&server, get().extra_body_field("a", 1), "no JSON object").await;
    for segment in ["", ".", ".."] {
        let error = path_segment(segment).unwrap_err();
        assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
    }
}

#[tokio::test]
async fn typed_requests_take_extra_parameters_and_fields() {
    let server = Server::json(200, "[]").await;
    let list = server.dub().customers().list().search("ada");
    list.extra_query("new filter", "x&y").send().await.unwrap();
    assert_eq!(
        server.request().await.target,
        "/customers?search=ada&new%20filter=x%26y"
    );

    let server = Server::json(200, CUSTOMER).await;
    let update = server.dub().customers().update("cus_1").name("Ada");
    let update = update
        .extra_body_field("tags", ["a", "b"])
        .extra_body_field("none", ());
    update.send().await.unwrap();
    let sent = server.request().await;
    assert_eq!(sent.body, r#"{"name":"Ada","tags":["a","b"],"none":null}"#);
}

#[tokio::test]
async fn rejects_extra_values_that_are_set_twice() {
    let server = Server::start(json(200, "[]")).await;
    let customers = server.dub().customers();
    let list = || customers.list();
    let twice = [
        list()
            .search("a")
            .extra_query("search", "b")
            .send()
            .await
            .unwrap_err(),
        list()
            .extra_query("search", "b")
            .search("a")
            .send()
            .await
            .unwrap_err(),
        list().extra_query("search", "").send().await.unwrap_err(),
        list()
            .extra_query("startingAfter", "x")
            .stream()
            .next()
            .await
            .unwrap()
            .unwrap_err(),
        list()
            .extra_body_field("search", 1)
            .send()
            .await
            .unwrap_err(),
    ];
    for error in twice {
        assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
    }
    let update = customers
        .update("cus_1")
        .extra_body_field("name", 1)
        .name("Ada");
    let error = update.send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "updateCustomer: `name` is set twice: by its own method and as an extra value"
    );
    assert!(server.requests().await.is_empty());
}
