//! Tests error responses that the API does not declare, such as those of a proxy in front of it.

use crate::operations::Operation;
use crate::support::{Server, json, response};
use dub_sdk::{ApiError, Error, ErrorResponse};
use wiremock::ResponseTemplate;

const HTML: &str = "<!doctype html><html><body><h1>Bad gateway</h1></body></html>";

/// Calls the operation and returns its error and the unexpected response in that error.
async fn unexpected_error(
    operation: Operation,
    template: ResponseTemplate,
) -> (Error, ErrorResponse) {
    let server = Server::start(template).await;
    let error = operation.call(&server.dub()).await.unwrap_err();
    match error {
        Error::Api(ApiError::Unexpected(ref response)) => {
            let response = response.clone();
            (error, response)
        }
        other => panic!("{operation:?}: {other:?}"),
    }
}

#[tokio::test]
async fn undeclared_status_or_body_is_unexpected_error() {
    let good = r#"{"error":{"code":"not_found","message":"gone"}}"#;
    let html = "text/html; charset=utf-8";
    let cases = [
        (418, "application/json", good),
        (405, "text/plain", "Method Not Allowed"),
        (413, html, HTML),
        (502, html, HTML),
        (504, html, HTML),
        (599, "application/json", good),
        (404, html, HTML),
        (401, "application/json", "not json at all"),
        (
            401,
            "application/json",
            r#"{"error":{"code":"unauthorized","message":"cut o"#,
        ),
        (401, "application/json", ""),
        (400, "application/json", "null"),
        (400, "application/json", "[]"),
        (
            400,
            "application/json",
            r#"{"message":"no envelope","code":"bad_request"}"#,
        ),
        (403, "application/json", r#"{"error":"Forbidden"}"#),
        (409, "application/json", r#"{"error":{"code":"conflict"}}"#),
        (
            410,
            "application/json",
            r#"{"error":{"message":"no code"}}"#,
        ),
        (
            422,
            "application/json",
            r#"{"error":{"code":42,"message":"x"}}"#,
        ),
        (429, "application/json", r#"{"error":null}"#),
        (500, "text/plain", "\u{0}\u{1b}[31mInternal Server Error"),
    ];
    for operation in Operation::ALL {
        for (status, content_type, body) in cases {
            let template = response(status, content_type, body);
            let (error, response) = unexpected_error(operation, template).await;
            assert_eq!(response.status().as_u16(), status);
            assert_eq!(response.body_text(), body);
            assert_eq!(response.headers()["content-type"], content_type);
            assert_eq!(error.status().unwrap().as_u16(), status);
            assert_eq!(
                (error.code(), error.message(), error.doc_url()),
                (None, None, None)
            );
            assert_eq!(error.is_not_found(), status == 404);
            assert_eq!(error.is_rate_limited(), status == 429);
            let message = error.to_string();
            let (called, rest) = message.split_once(": ").unwrap();
            assert_eq!(error.operation(), Some(called));
            assert!(rest.starts_with(&status.to_string()), "{message}");
            assert!(!message.contains(char::is_control), "{message:?}");
        }
    }
}

#[tokio::test]
async fn keeps_non_utf8_body_as_bytes() {
    let bytes = [0xff, 0x00, b'a', 0xfe];
    let template = ResponseTemplate::new(503).set_body_raw(bytes, "application/octet-stream");
    let (error, response) = unexpected_error(Operation::Get, template).await;
    assert_eq!(response.body(), bytes);
    assert_eq!(response.body_text(), "\u{fffd}\0a\u{fffd}");
    assert!(error.is_retryable());
}

#[tokio::test]
async fn truncates_long_error_body() {
    let page = "<p>error</p>\n".repeat(20_000);
    let (error, response) =
        unexpected_error(Operation::List, response(502, "text/html", &page)).await;
    assert_eq!(response.body(), &page.as_bytes()[..64 * 1024]);
    let message = error.to_string();
    assert!(
        message.contains("<p>error</p>") && message.len() < 1000,
        "{message}"
    );
    assert!(format!("{error:?}").len() < 2000);
}

#[tokio::test]
async fn displays_error_message_on_one_line() {
    let body = r#"{"error":{"code":"bad_request","message":"line one\nline two\u001b[31m"}}"#;
    let server = Server::start(json(400, body)).await;
    let error = Operation::Get.call(&server.dub()).await.unwrap_err();
    assert_eq!(error.message(), Some("line one\nline two\u{1b}[31m"));
    let message = error.to_string();
    assert!(!message.contains(char::is_control), "{message:?}");
    assert!(message.contains("line one") && message.contains("line two"));
}
