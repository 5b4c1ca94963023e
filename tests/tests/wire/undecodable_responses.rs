//! Tests success responses that do not match their type: the error contains the location.

use crate::operations::Operation;
use crate::support::{CUSTOMER, Server, json, response};
use dub_sdk::{DecodeError, Error};
use std::error::Error as _;
use wiremock::ResponseTemplate;

/// Calls the operation and returns its decode error.
async fn decode_error(operation: Operation, template: ResponseTemplate) -> DecodeError {
    let server = Server::start(template).await;
    match operation.call(&server.dub()).await {
        Err(Error::Decode(error)) => error,
        other => panic!("{operation:?}: {other:?}"),
    }
}

/// Returns the path of the decode error for this body of a customer.
async fn decode_error_path(body: &str) -> String {
    let error = decode_error(Operation::Get, json(200, body)).await;
    assert_eq!(error.body_text(), body);
    error.path().to_owned()
}

#[tokio::test]
async fn decode_error_path_includes_list_index() {
    let bad = CUSTOMER.replacen('{', r#"{"name":12,"#, 1);
    let body = format!("[{CUSTOMER},{CUSTOMER},{CUSTOMER},{bad}]");
    let error = decode_error(Operation::List, json(201, &body)).await;
    assert_eq!(error.path(), "[3].name");
    assert_eq!(error.status().as_u16(), 201);
    assert_eq!(error.body_text(), body);
    assert_eq!(error.headers()["content-type"], "application/json");
    assert!(error.source().is_some());
    let message = Error::Decode(error).to_string();
    assert!(
        message.contains("[3].name") && message.contains("201"),
        "{message}"
    );
}

#[tokio::test]
async fn decode_error_path_names_field() {
    let customer_with = |field: &str| CUSTOMER.replacen('{', &format!("{{{field},"), 1);
    let link = r#""id":"l","domain":"d","key":"k","url":"u","programId":null"#;
    for (body, path) in [
        (customer_with(r#""sales":"many""#), "sales"),
        (customer_with(r#""sales":1.5"#), "sales"),
        (customer_with(r#""saleAmount":1e300"#), "saleAmount"),
        (customer_with(r#""email":{"address":"a@b.c"}"#), "email"),
        (
            customer_with(&format!(r#""link":{{{link},"shortLink":false}}"#)),
            "link.shortLink",
        ),
        (customer_with(&format!(r#""link":{{{link}}}"#)), "link"),
        (
            customer_with(r#""discount":{"id":"d","amount":"5"}"#),
            "discount.amount",
        ),
        (
            customer_with(r#""discount":{"id":"d","amount":5,"type":7}"#),
            "discount.type",
        ),
        (customer_with(r#""partner":"Bob""#), "partner"),
        (CUSTOMER.replace(r#""cus_1""#, "null"), "id"),
    ] {
        assert_eq!(decode_error_path(&body).await, path, "{body}");
    }
}

#[tokio::test]
async fn decode_error_message_names_missing_field() {
    let error = decode_error(Operation::Get, json(200, r#"{"id":"cus_1"}"#)).await;
    assert_eq!(error.path(), "");
    let cause = error.source().unwrap().to_string();
    assert!(cause.contains("missing field `externalId`"), "{cause}");
}

#[tokio::test]
async fn rejects_body_of_wrong_format_or_type() {
    for operation in Operation::ALL {
        for body in ["<html>Hello</html>", "", "null", "17", "\"cus_1\"", "true"] {
            let error = decode_error(operation, response(200, "text/html", body)).await;
            assert_eq!(error.path(), "", "{operation:?} {body}");
            assert_eq!(error.status().as_u16(), 200);
            assert_eq!(error.body_text(), body);
        }
    }
    for operation in [Operation::Get, Operation::Delete] {
        let error = decode_error(operation, ResponseTemplate::new(204)).await;
        assert_eq!(error.status().as_u16(), 204);
    }
}

#[tokio::test]
async fn rejects_truncated_body_and_trailing_data() {
    let half = &CUSTOMER[..CUSTOMER.len() / 2];
    decode_error(Operation::Get, json(200, half)).await;
    decode_error(Operation::Get, json(200, &format!("{CUSTOMER}{CUSTOMER}"))).await;
    decode_error(Operation::List, json(200, &format!("[{CUSTOMER},]"))).await;
}

#[tokio::test]
async fn decode_error_is_not_an_api_error() {
    let server = Server::json(200, "[]").await;
    let error = Operation::Get.call(&server.dub()).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 200);
    assert_eq!((error.code(), error.message()), (None, None));
    assert!(!error.is_retryable() && !error.is_not_found() && !error.is_timeout());
}

#[tokio::test]
async fn decode_error_truncates_large_body() {
    let body = format!(r#"{{"id":"{}"}}"#, "x".repeat(100_000));
    let error = decode_error(Operation::Get, json(200, &body)).await;
    assert_eq!(error.body().len(), 64 * 1024);
    assert!(error.to_string().len() < 500);
    assert!(format!("{error:?}").len() < 500);
}

/// A proxy or a wrong server URL often answers with an HTML page.
#[tokio::test]
async fn message_names_a_content_type_other_than_json() {
    let html = response(200, "text/html; charset=utf-8", "<html></html>");
    let error = decode_error(Operation::Get, html).await;
    assert_eq!(
        error.to_string(),
        "failed to decode the response (200 OK, text/html)"
    );
    // JSON is expected, and a long subtype could be a credential.
    for content_type in ["application/problem+json", "text/dub_secret_0123456789"] {
        let error = decode_error(Operation::Get, response(200, content_type, "17")).await;
        assert_eq!(error.to_string(), "failed to decode the response (200 OK)");
    }
}

/// Control characters could break a line of a log or change the state of a terminal.
#[tokio::test]
async fn decode_error_path_escapes_control_characters() {
    for (body, path) in [
        ("{\"a\u{9b}31m\": x", r#"["a\u{9b}31m"]"#),
        ("{\"a\n\": 1}", r#"["a\n]"#),
    ] {
        assert_eq!(decode_error_path(body).await, path);
    }
}
