//! Responses of success that do not fit their type: the error says where.

use crate::operations::Operation;
use crate::support::{CUSTOMER, Server, json, response};
use dub_sdk::{DecodeError, Error};
use std::error::Error as _;
use wiremock::ResponseTemplate;

async fn unreadable(operation: Operation, template: ResponseTemplate) -> DecodeError {
    let server = Server::start(template).await;
    match operation.call(&server.dub()).await {
        Err(Error::Decode(error)) => error,
        other => panic!("{operation:?}: {other:?}"),
    }
}

async fn path_in_customer(body: &str) -> String {
    let error = unreadable(Operation::Get, json(200, body)).await;
    assert_eq!(error.body_text(), body);
    error.path().to_owned()
}

#[tokio::test]
async fn the_place_in_a_list_is_named_with_its_index() {
    let bad = CUSTOMER.replacen('{', r#"{"name":12,"#, 1);
    let body = format!("[{CUSTOMER},{CUSTOMER},{CUSTOMER},{bad}]");
    let error = unreadable(Operation::List, json(201, &body)).await;
    assert_eq!(error.path(), "[3].name");
    assert_eq!(error.status().as_u16(), 201);
    assert_eq!(error.body_text(), body);
    assert_eq!(error.headers()["content-type"], "application/json");
    assert!(error.source().is_some());
    let text = Error::Decode(error).to_string();
    assert!(text.contains("[3].name") && text.contains("201"), "{text}");
}

#[tokio::test]
async fn the_place_in_a_customer_is_named() {
    let with = |field: &str| CUSTOMER.replacen('{', &format!("{{{field},"), 1);
    let link = r#""id":"l","domain":"d","key":"k","url":"u","programId":null"#;
    for (body, path) in [
        (with(r#""sales":"many""#), "sales"),
        (with(r#""sales":1.5"#), "sales"),
        (with(r#""saleAmount":1e300"#), "saleAmount"),
        (with(r#""email":{"address":"a@b.c"}"#), "email"),
        (
            with(&format!(r#""link":{{{link},"shortLink":false}}"#)),
            "link.shortLink",
        ),
        (with(&format!(r#""link":{{{link}}}"#)), "link"),
        (
            with(r#""discount":{"id":"d","amount":"5"}"#),
            "discount.amount",
        ),
        (
            with(r#""discount":{"id":"d","amount":5,"type":7}"#),
            "discount.type",
        ),
        (with(r#""partner":"Bob""#), "partner"),
        (CUSTOMER.replace(r#""cus_1""#, "null"), "id"),
    ] {
        assert_eq!(path_in_customer(&body).await, path, "{body}");
    }
}

#[tokio::test]
async fn a_required_field_that_is_missing_is_named_in_the_message() {
    let error = unreadable(Operation::Get, json(200, r#"{"id":"cus_1"}"#)).await;
    assert_eq!(error.path(), "");
    assert!(error.to_string().contains("externalId"), "{error}");
}

#[tokio::test]
async fn a_body_that_is_no_json_or_another_thing_is_refused_as_a_whole() {
    for operation in Operation::ALL {
        for body in ["<html>Hello</html>", "", "null", "17", "\"cus_1\"", "true"] {
            let error = unreadable(operation, response(200, "text/html", body)).await;
            assert_eq!(error.path(), "", "{operation:?} {body}");
            assert_eq!(error.status().as_u16(), 200);
            assert_eq!(error.body_text(), body);
        }
    }
    for operation in [Operation::Get, Operation::Delete] {
        let error = unreadable(operation, ResponseTemplate::new(204)).await;
        assert_eq!(error.status().as_u16(), 204);
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_or_goes_on_is_refused() {
    let half = &CUSTOMER[..CUSTOMER.len() / 2];
    unreadable(Operation::Get, json(200, half)).await;
    unreadable(Operation::Get, json(200, &format!("{CUSTOMER}{CUSTOMER}"))).await;
    unreadable(Operation::List, json(200, &format!("[{CUSTOMER},]"))).await;
}

#[tokio::test]
async fn what_cannot_be_read_is_no_error_of_the_api() {
    let server = Server::json(200, "[]").await;
    let error = Operation::Get.call(&server.dub()).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 200);
    assert_eq!((error.code(), error.message()), (None, None));
    assert!(!error.is_retryable() && !error.is_not_found() && !error.is_timeout());
}

#[tokio::test]
async fn neither_the_error_nor_its_debug_form_shows_the_whole_body() {
    let body = format!(r#"{{"id":"{}"}}"#, "x".repeat(100_000));
    let error = unreadable(Operation::Get, json(200, &body)).await;
    assert_eq!(error.body().len(), 64 * 1024);
    assert!(error.to_string().len() < 500);
    assert!(format!("{error:?}").len() < 500);
}
