//! A call whose future is dropped stops: its connection, its pauses, its further attempts.

use crate::server::{Server, response};
use dub_sdk::RetryPolicy;
use std::future::Future;
use std::sync::mpsc;
use std::time::Duration;
use tokio::time::{sleep, timeout};

async fn run_briefly<T>(call: impl Future<Output = T>) {
    assert!(timeout(Duration::from_millis(200), call).await.is_err());
}

#[tokio::test]
async fn the_connection_is_closed() {
    let (closed, ends) = mpsc::channel();
    let server = Server::start(move |connection, _| {
        connection.request();
        connection.wait_for_end();
        closed.send(()).unwrap();
    });
    let dub = server.dub();
    run_briefly(dub.customers().get("cus_1").send()).await;
    run_briefly(dub.customers().update("cus_1").name("Ada").send()).await;
    run_briefly(dub.customers().list().stream().next()).await;
    // The connections end with the calls, though the client lives on.
    for _ in 0..3 {
        sleep(Duration::from_millis(20)).await;
        ends.recv_timeout(Duration::from_secs(3)).unwrap();
    }
    assert_eq!(server.requests().len(), 3);
    drop(dub);
}

#[tokio::test]
async fn no_attempt_follows_a_pause_that_is_dropped() {
    let server = Server::responding([response(429, "retry-after: 1\r\n", "")]);
    let builder = server.builder().retry(RetryPolicy::default());
    let dub = builder.build().unwrap();
    run_briefly(dub.customers().get("cus_1").send()).await;
    sleep(Duration::from_millis(1_300)).await;
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn nothing_is_sent_before_a_call_is_polled() {
    let server = Server::responding([response(200, "", "[]")]);
    let dub = server.dub();
    drop(dub.customers().get("cus_1").send());
    drop(dub.customers().list().stream());
    sleep(Duration::from_millis(100)).await;
    assert_eq!(server.requests().len(), 0);
}
