//! What the feature `tracing` tells, and what it keeps to itself.

use crate::capture::Captured;
use crate::paging::pages;
use crate::server::{CUSTOMER, Server, TOKEN, closed_port, response};
use dub_sdk::{Dub, RetryPolicy, blocking};
use std::time::Duration;

/// What is told of calls on this thread from now on.
fn capture() -> (Captured, tracing::subscriber::DefaultGuard) {
    let captured = Captured::default();
    let guard = tracing::subscriber::set_default(captured.clone());
    (captured, guard)
}

/// The lines of this crate, without the ways in which numbers differ from run to run.
fn told(captured: &Captured, server: &str) -> Vec<String> {
    let lines = captured.lines().into_iter();
    let ours = lines.filter(|line| line.contains("dub_sdk") || line.starts_with("record"));
    let host = server.trim_start_matches("http://").to_owned();
    let plain = |line: String| {
        let line = line.replace(&host, "HOST");
        let (line, _) = line.split_once("_ms=").unwrap_or((&line, ""));
        line.to_owned()
    };
    ours.map(plain).collect()
}

#[tokio::test]
async fn a_call_is_a_span_and_a_retry_an_event() {
    let server = Server::responding([response(503, "", ""), response(200, "", CUSTOMER)]);
    let (captured, _guard) = capture();
    let get = server
        .dub()
        .customers()
        .get("cus_1")
        .include_expanded_fields(true);
    get.send().await.unwrap();
    let lines = told(&captured, &server.url);
    assert_eq!(
        lines,
        [
            "span INFO dub_sdk call operation=\"getCustomer\" method=\"GET\" path=\"/customers/{id}\" server=\"HOST\"",
            "record attempt=1",
            &lines[2],
            "record attempt=2",
            "record status=200",
            "record elapsed",
        ]
    );
    assert!(lines[2].starts_with("event WARN dub_sdk "), "{}", lines[2]);
    for part in ["attempt=1", "status=503", "error=\"api\"", "delay_ms"] {
        assert!(lines[2].contains(part), "{}", lines[2]);
    }
}

#[tokio::test]
async fn a_call_that_fails_tells_of_which_kind_the_error_is() {
    let url = closed_port();
    let builder = Dub::builder(TOKEN).server_url(&url);
    let dub = builder.retry(RetryPolicy::none()).build().unwrap();
    let (captured, _guard) = capture();
    dub.customers().get("cus_1").send().await.unwrap_err();
    assert!(told(&captured, &url).contains(&"record error=\"connect\"".to_owned()));
}

#[test]
fn the_blocking_face_tells_it_on_the_threads_of_its_callers() {
    let server = Server::responding([response(200, "", CUSTOMER)]);
    let builder = blocking::Dub::builder(TOKEN).server_url(&server.url);
    let dub = builder.build().unwrap();
    let (captured, _guard) = capture();
    dub.customers().get("cus_1").send().unwrap();
    assert!(told(&captured, &server.url).contains(&"record status=200".to_owned()));
}

#[tokio::test]
async fn nothing_that_is_sent_or_received_is_told() {
    let detail = r#"{"error":{"code":"not_found","message":"No hopper here."}}"#;
    let unkind = Server::responding([response(404, "x-vercel-id: fra1-babbage\r\n", detail)]);
    let odd = Server::responding([response(200, "", r#"{"id":"hopper"}"#)]);
    let kind = pages(3, 2);
    let silent = Server::start(|connection, _| connection.wait_for_end());
    let (captured, _guard) = capture();
    for server in [&unkind, &odd, &kind, &silent] {
        let builder = server.builder().timeout(Duration::from_millis(150));
        let dub = builder.user_agent("lovelace-app").build().unwrap();
        let customers = dub.customers();
        let _ = customers.list().search("lovelace").send().await;
        let _ = customers
            .list()
            .email("ada@lovelace.example")
            .stream()
            .next()
            .await;
        let _ = customers
            .get("ext_lovelace")
            .header("x-own", "lovelace")
            .send()
            .await;
        let _ = customers
            .update("ext_lovelace")
            .name("lovelace")
            .send()
            .await;
        let _ = customers.delete("ext_lovelace").send().await;
    }
    let told = captured.lines().join("\n");
    assert!(told.contains("operation=\"updateCustomer\""));
    for secret in [
        TOKEN, "zQ7x", "lovelace", "hopper", "babbage", "Bearer", "user-42",
    ] {
        assert!(!told.contains(secret), "{secret}: {told}");
    }
}
