//! Tests that the token is sent but never shown, and that errors do not contain personal data.

use crate::operations::Operation;
use crate::support::{CUSTOMER, Server, TOKEN, json, response};
use dub_sdk::{Dub, Error, RetryPolicy, blocking};
use std::error::Error as _;
use std::fmt::Debug;
use std::time::Duration;

fn assert_hides_token(shown: &str) {
    assert!(!shown.contains(TOKEN), "{shown}");
    assert!(!shown.contains("zQ7x"), "{shown}");
    // The debug output of a byte string lists its bytes as numbers.
    assert!(!shown.contains("122, 81, 55"), "{shown}");
}

fn assert_debug_hides_token(value: &impl Debug) {
    assert_hides_token(&format!("{value:?} {value:#?}"));
}

/// Checks the error and all its sources.
fn assert_error_hides_token(error: &Error) {
    assert_debug_hides_token(error);
    assert_hides_token(&error.to_string());
    let mut cause = error.source();
    while let Some(error) = cause {
        assert_hides_token(&format!("{error} {error:?}"));
        cause = error.source();
    }
}

#[test]
fn debug_output_hides_token() {
    let builder = Dub::builder(TOKEN).server_url("http://127.0.0.1:1");
    let dub = builder.build().unwrap();
    assert_debug_hides_token(&Dub::builder(TOKEN));
    assert_debug_hides_token(&Dub::builder(TOKEN).server_url("no url"));
    assert_debug_hides_token(&dub);
    assert_debug_hides_token(&dub.customers());
    assert_debug_hides_token(&dub.customers().list().search("ada"));
    assert_debug_hides_token(&dub.customers().get("cus_1"));
    assert_debug_hides_token(&dub.customers().update("cus_1").name("Ada"));
    assert_debug_hides_token(&dub.customers().delete("cus_1"));
    assert_debug_hides_token(&dub.customers().list().stream());
    assert_debug_hides_token(&dub.customers().list().pages());
    let own_header = dub.customers().get("cus_1");
    assert_debug_hides_token(&own_header.header("authorization", format!("Bearer {TOKEN}")));

    let builder = blocking::Dub::builder(TOKEN).server_url("http://127.0.0.1:1");
    let dub = builder.build().unwrap();
    assert_debug_hides_token(&dub);
    assert_debug_hides_token(&dub.customers().list());
    assert_debug_hides_token(&dub.customers().list().stream());
}

#[tokio::test]
async fn errors_after_sending_hide_token() {
    let detail = r#"{"error":{"code":"unauthorized","message":"Invalid API key."}}"#;
    for template in [
        json(401, detail),
        json(401, &detail.replace("API key", &format!("key {TOKEN}"))),
        response(502, "text/html", "<html></html>"),
        response(400, "text/plain", &format!("Authorization: Bearer {TOKEN}")),
        json(200, "[1]"),
        json(200, CUSTOMER).set_delay(Duration::from_secs(20)),
    ] {
        let server = Server::start(template).await;
        let dub = Dub::builder(TOKEN)
            .server_url(server.url())
            .timeout(Duration::from_millis(300))
            .retry(RetryPolicy::none());
        let dub = dub.build().unwrap();
        for operation in [Operation::Get, Operation::Update] {
            assert_error_hides_token(&operation.call(&dub).await.unwrap_err());
        }
        // The token was still sent.
        let authorization = format!("Bearer {TOKEN}");
        for sent in server.requests().await {
            assert_eq!(sent.header("authorization"), Some(&*authorization));
        }
    }
}

#[tokio::test]
async fn errors_without_response_hide_token() {
    let unreachable = Dub::builder(TOKEN).server_url("http://127.0.0.1:1");
    let unreachable = unreachable.retry(RetryPolicy::none()).build().unwrap();
    assert_error_hides_token(
        &unreachable
            .customers()
            .get("cus_1")
            .send()
            .await
            .unwrap_err(),
    );
    assert_error_hides_token(&unreachable.customers().get("").send().await.unwrap_err());
    let request = unreachable
        .customers()
        .get("cus_1")
        .header("x-key", format!("{TOKEN}\n"));
    assert_error_hides_token(&request.send().await.unwrap_err());
    assert_error_hides_token(&Dub::new(format!("{TOKEN}\n")).unwrap_err());
    assert_error_hides_token(&Dub::builder(TOKEN).server_url(TOKEN).build().unwrap_err());
}

#[tokio::test]
async fn errors_hide_query_parameters() {
    let slow = json(200, "[]").set_delay(Duration::from_secs(20));
    let slow = Server::start(slow).await;
    for url in ["http://127.0.0.1:1", &*slow.url()] {
        let dub = Dub::builder(TOKEN)
            .server_url(url)
            .retry(RetryPolicy::none());
        let dub = dub.timeout(Duration::from_millis(100)).build().unwrap();
        let error = dub.customers().list().search("lovelace").send().await;
        let error = error.unwrap_err();
        let mut shown = format!("{error} {error:?}");
        let mut cause = error.source();
        while let Some(error) = cause {
            shown += &format!(" {error} {error:?}");
            cause = error.source();
        }
        assert!(!shown.contains("lovelace"), "{shown}");
    }
}
