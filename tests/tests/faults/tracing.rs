//! Tests the spans and events of the `tracing` feature, which must not contain request or response
//! data.

use crate::capture::Captured;
use crate::paging::paging_server;
use crate::server::{CUSTOMER, Server, TOKEN, closed_port, quick_retries, response};
use dub_sdk::{Dub, Error, Method, RetryPolicy, blocking};
use serde::de::IgnoredAny;
use std::pin::pin;
use std::task::{Context, Waker};
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
    assert_eq!(
        crate_lines(&captured, &server.url),
        [
            "span INFO dub_sdk call operation=\"getCustomer\" method=\"GET\" path=\"/customers/{id}\" server=\"HOST\"",
            "event WARN dub_sdk message=retrying the call attempt=1 status=503 error=\"api\" delay",
            "event DEBUG dub_sdk message=call succeeded attempts=2 status=200 elapsed",
            "record attempts=2",
            "record status=200",
            "record elapsed",
        ]
    );
}

/// Returns all lines but the first one, which is the span, and expects it to be the only span.
fn lines_in_span(captured: &Captured, server: &str) -> Vec<String> {
    let mut lines = crate_lines(captured, server);
    assert!(lines.remove(0).starts_with("span INFO"));
    assert!(!lines.iter().any(|line| line.starts_with("span")));
    lines
}

#[tokio::test]
async fn records_error_kind_of_failed_call() {
    let url = closed_port();
    let builder = Dub::builder(TOKEN).server_url(&url);
    let dub = builder.retry(RetryPolicy::none()).build().unwrap();
    let (captured, _guard) = start_capture();
    dub.customers().get("cus_1").send().await.unwrap_err();
    assert_eq!(
        lines_in_span(&captured, &url),
        [
            "event WARN dub_sdk message=call failed attempts=1 error=\"connect\" elapsed",
            "record attempts=1",
            "record error=\"connect\"",
            "record elapsed",
        ]
    );
}

#[tokio::test]
async fn records_no_attempt_of_invalid_request() {
    let url = closed_port();
    let dub = Dub::builder(TOKEN).server_url(&url).build().unwrap();
    let (captured, _guard) = start_capture();
    dub.customers().get("").send().await.unwrap_err();
    assert_eq!(
        lines_in_span(&captured, &url)[0],
        "event WARN dub_sdk message=call failed attempts=0 error=\"invalid_request\" elapsed"
    );
}

#[tokio::test]
async fn records_unreadable_responses_as_failed_calls() {
    let server = Server::responding([response(200, "", r#"[{"id":7}]"#)]);
    let dub = server.dub();
    let blocking = blocking::Dub::builder(TOKEN).server_url(&server.url);
    let blocking = blocking.build().unwrap();
    for call in 0..4 {
        let (captured, _guard) = start_capture();
        let error = match call {
            0 => dub.customers().get("cus_1").send().await.map(drop),
            1 => dub
                .customers()
                .list()
                .stream()
                .next()
                .await
                .unwrap()
                .map(drop),
            2 => blocking.customers().get("cus_1").send().map(drop),
            _ => blocking
                .customers()
                .list()
                .stream()
                .next()
                .unwrap()
                .map(drop),
        };
        assert!(matches!(error, Err(Error::Decode(_))), "{error:?}");
        assert_eq!(
            lines_in_span(&captured, &server.url),
            [
                "event WARN dub_sdk message=call failed attempts=1 status=200 error=\"decode\" elapsed",
                "record attempts=1",
                "record status=200",
                "record error=\"decode\"",
                "record elapsed",
            ]
        );
    }
}

#[tokio::test]
async fn records_method_but_not_path_of_custom_request() {
    let server = Server::responding([response(200, "", "{}")]);
    let request = server.dub().request(Method::PUT, "/links/lovelace");
    let (captured, _guard) = start_capture();
    request.send::<IgnoredAny>().await.unwrap();
    assert_eq!(
        crate_lines(&captured, &server.url)[0],
        "span INFO dub_sdk call operation=\"request\" method=\"PUT\" server=\"HOST\""
    );
}

#[tokio::test]
async fn records_dropped_calls_as_cancelled() {
    let server = Server::start(|connection, _| connection.wait_for_close());
    let dub = server.dub();
    for call in 0..2 {
        let (captured, _guard) = start_capture();
        match call {
            0 => poll_once(dub.customers().get("cus_1").send()),
            _ => {
                let mut stream = dub.customers().list().stream();
                poll_once(stream.next());
                assert_eq!(lines_in_span(&captured, &server.url).len(), 0);
                drop(stream);
            }
        }
        assert_eq!(
            lines_in_span(&captured, &server.url),
            [
                "event DEBUG dub_sdk message=call cancelled attempts=1 error=\"cancelled\" elapsed",
                "record attempts=1",
                "record error=\"cancelled\"",
                "record elapsed",
            ]
        );
    }
}

/// Polls the future of a call once and drops it.
fn poll_once<T>(future: impl Future<Output = T>) {
    let mut context = Context::from_waker(Waker::noop());
    assert!(pin!(future).poll(&mut context).is_pending());
}

#[tokio::test]
async fn records_nothing_before_first_poll() {
    let server = Server::responding([response(200, "", CUSTOMER)]);
    let dub = server.dub();
    let (captured, _guard) = start_capture();
    let get = dub.customers().get("cus_1").send();
    drop(dub.customers().get("cus_1").send());
    drop(dub.customers().list().stream());
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(crate_lines(&captured, &server.url).is_empty());
    get.await.unwrap();
    let lines = captured.lines();
    let (_, elapsed) = lines.last().unwrap().split_once("elapsed_ms=").unwrap();
    assert!(elapsed.parse::<u32>().unwrap() < 500, "{lines:?}");
}

#[test]
fn blocking_client_records_with_subscriber_of_caller() {
    let server = Server::responding([response(503, "", ""), response(200, "", CUSTOMER)]);
    let builder = blocking::Dub::builder(TOKEN).server_url(&server.url);
    let dub = builder.retry(quick_retries()).build().unwrap();
    let (captured, _guard) = start_capture();
    dub.customers().get("cus_1").send().unwrap();
    assert_eq!(
        lines_in_span(&captured, &server.url),
        [
            "event WARN dub_sdk message=retrying the call attempt=1 status=503 error=\"api\" delay",
            "event DEBUG dub_sdk message=call succeeded attempts=2 status=200 elapsed",
            "record attempts=2",
            "record status=200",
            "record elapsed",
        ]
    );
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
