//! Error responses that are not what the API declares: from the platform in front of it, or from no API at all.

use crate::operations::Operation;
use crate::support::{Server, json, response};
use dub_sdk::{ApiError, Error, ErrorResponse};
use wiremock::ResponseTemplate;

const HTML: &str = "<!doctype html><html><body><h1>Bad gateway</h1></body></html>";

async fn unexpected(operation: Operation, template: ResponseTemplate) -> (Error, ErrorResponse) {
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
async fn a_status_or_a_body_that_is_not_declared_is_unexpected_and_kept() {
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
            let (error, kept) = unexpected(operation, template).await;
            assert_eq!(kept.status().as_u16(), status);
            assert_eq!(kept.body_text(), body);
            assert_eq!(kept.headers()["content-type"], content_type);
            assert_eq!(error.status().unwrap().as_u16(), status);
            assert_eq!(
                (error.code(), error.message(), error.doc_url()),
                (None, None, None)
            );
            assert_eq!(error.is_not_found(), status == 404);
            assert_eq!(error.is_rate_limited(), status == 429);
            let text = error.to_string();
            assert!(text.starts_with(&status.to_string()), "{text}");
            assert!(!text.contains(char::is_control), "{text:?}");
        }
    }
}

#[tokio::test]
async fn a_body_that_is_no_text_is_kept_as_bytes() {
    let bytes = [0xff, 0x00, b'a', 0xfe];
    let template = ResponseTemplate::new(503).set_body_raw(bytes, "application/octet-stream");
    let (error, kept) = unexpected(Operation::Get, template).await;
    assert_eq!(kept.body(), bytes);
    assert_eq!(kept.body_text(), "\u{fffd}\0a\u{fffd}");
    assert!(error.is_retryable());
}

#[tokio::test]
async fn a_long_body_is_kept_up_to_a_bound_and_shown_in_brief() {
    let page = "<p>error</p>\n".repeat(20_000);
    let (error, kept) = unexpected(Operation::List, response(502, "text/html", &page)).await;
    assert_eq!(kept.body(), &page.as_bytes()[..64 * 1024]);
    let text = error.to_string();
    assert!(text.contains("<p>error</p>") && text.len() < 1000, "{text}");
    assert!(format!("{error:?}").len() < 2000);
}

#[tokio::test]
async fn the_reason_of_a_failure_is_shown_on_one_line() {
    let body = r#"{"error":{"code":"bad_request","message":"line one\nline two\u001b[31m"}}"#;
    let server = Server::start(json(400, body)).await;
    let error = Operation::Get.call(&server.dub()).await.unwrap_err();
    assert_eq!(error.message(), Some("line one\nline two\u{1b}[31m"));
    let text = error.to_string();
    assert!(!text.contains(char::is_control), "{text:?}");
    assert!(text.contains("line one") && text.contains("line two"));
}
