//! Tests that dropping the future of a call closes its connection and stops its retries.

use crate::server::{Server, response};
use dub_sdk::RetryPolicy;
use std::future::Future;
use std::sync::mpsc;
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// Polls the call for 200 ms and drops it.
async fn poll_then_drop<T>(call: impl Future<Output = T>) {
    assert!(timeout(Duration::from_millis(200), call).await.is_err());
}

#[tokio::test]
async fn dropping_call_closes_connection() {
    let (closed_sender, closed_receiver) = mpsc::channel();
    let server = Server::start(move |connection, _| {
        connection.request();
        connection.wait_for_close();
        closed_sender.send(()).unwrap();
    });
    let dub = server.dub();
    poll_then_drop(dub.customers().get("cus_1").send()).await;
    poll_then_drop(dub.customers().update("cus_1").name("Ada").send()).await;
    poll_then_drop(dub.customers().list().stream().next()).await;
    // The connections close with the calls, although the client still exists.
    for _ in 0..3 {
        sleep(Duration::from_millis(20)).await;
        closed_receiver
            .recv_timeout(Duration::from_secs(3))
            .unwrap();
    }
    assert_eq!(server.requests().len(), 3);
    drop(dub);
}

#[tokio::test]
async fn dropping_call_during_retry_delay_stops_retries() {
    let server = Server::responding([response(429, "retry-after: 1\r\n", "")]);
    let builder = server.builder().retry(RetryPolicy::default());
    let dub = builder.build().unwrap();
    poll_then_drop(dub.customers().get("cus_1").send()).await;
    sleep(Duration::from_millis(1_300)).await;
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn sends_nothing_before_first_poll() {
    let server = Server::responding([response(200, "", "[]")]);
    let dub = server.dub();
    drop(dub.customers().get("cus_1").send());
    drop(dub.customers().list().stream());
    sleep(Duration::from_millis(100)).await;
    assert_eq!(server.requests().len(), 0);
}
