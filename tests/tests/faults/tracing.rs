//! Tests the spans and events of the `tracing` feature, which must not contain request or response
//! data.

use crate::capture::Captured;
use crate::paging::paging_server;
use crate::server::{CUSTOMER, Server, TOKEN, closed_port, response};
use dub_sdk::{Dub, RetryPolicy, blocking};
use std::time::Duration;

/// Records the spans and events of this thread until the guard is dropped.
fn start_capture() -> (Captured, tracing::subscriber::DefaultGuard) {
    let captured = Captured::default();
    let guard = tracing::subscriber::set_default(captured.clone());
    (captured, guard)
}

/// Returns the lines of this crate without ports and durations, which differ in each run.
fn crate_lines(captured: &Captured, server: &str) -> Vec<String> {
    let lines = captured.lines().into_iter();
    let matching = lines.filter(|line| line.contains("dub_sdk") || line.starts_with("record"));
    let host = server.trim_start_matches("http://").to_owned();
    let without_numbers = |line: String| {
        let line = line.replace(&host, "HOST");
        let (line, _) = line.split_once("_ms=").unwrap_or((&line, ""));
        line.to_owned()
    };
    matching.map(without_numbers).collect()
}

#[tokio::test]
async fn records_span_per_call_and_event_per_retry() {
    let server = Server::responding([response(503, "", ""), response(200, "", CUSTOMER)]);
    let (captured, _guard) = start_capture();
    let get = server
        .dub()
        .customers()
        .get("cus_1")
        .include_expanded_fields(true);
    get.send().await.unwrap();
    let lines = crate_lines(&captured, &server.url);
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
    for part in ["attempt=1", "status=503", "error=\"api\"", "delay"] {
        assert!(lines[2].contains(part), "{}", lines[2]);
    }
}

#[tokio::test]
async fn records_error_kind_of_failed_call() {
    let url = closed_port();
    let builder = Dub::builder(TOKEN).server_url(&url);
    let dub = builder.retry(RetryPolicy::none()).build().unwrap();
    let (captured, _guard) = start_capture();
    dub.customers().get("cus_1").send().await.unwrap_err();
    assert!(crate_lines(&captured, &url).contains(&"record error=\"connect\"".to_owned()));
}

#[test]
fn blocking_client_records_on_caller_thread() {
    let server = Server::responding([response(200, "", CUSTOMER)]);
    let builder = blocking::Dub::builder(TOKEN).server_url(&server.url);
    let dub = builder.build().unwrap();
    let (captured, _guard) = start_capture();
    dub.customers().get("cus_1").send().unwrap();
    assert!(crate_lines(&captured, &server.url).contains(&"record status=200".to_owned()));
}

#[tokio::test]
async fn never_records_request_or_response_data() {
    let detail = r#"{"error":{"code":"not_found","message":"No hopper here."}}"#;
    let not_found = Server::responding([response(404, "x-vercel-id: fra1-babbage\r\n", detail)]);
    let invalid = Server::responding([response(200, "", r#"{"id":"hopper"}"#)]);
    let paging = paging_server(3, 2);
    let silent = Server::start(|connection, _| connection.wait_for_close());
    let (captured, _guard) = start_capture();
    for server in [&not_found, &invalid, &paging, &silent] {
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
    let output = captured.lines().join("\n");
    assert!(output.contains("operation=\"updateCustomer\""));
    for secret in [
        TOKEN, "zQ7x", "lovelace", "hopper", "babbage", "Bearer", "user-42",
    ] {
        assert!(!output.contains(secret), "{secret}: {output}");
    }
}
