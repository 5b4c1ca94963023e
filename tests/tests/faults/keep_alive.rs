//! Tests the reuse of connections, including those that the server closes.

use crate::server::{CUSTOMER, Server, keep_alive_response};
use dub_sdk::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

#[tokio::test]
async fn reuses_connection_for_consecutive_calls() {
    let connections = Arc::new(AtomicUsize::new(0));
    let count = connections.clone();
    let server = Server::start(move |connection, _| {
        count.fetch_add(1, Ordering::SeqCst);
        while connection.request().is_some() {
            connection.write(keep_alive_response(CUSTOMER).as_bytes());
        }
    });
    let dub = server.dub_without_retries();
    for _ in 0..20 {
        // Clones share connections.
        let customers = dub.clone().customers();
        assert_eq!(customers.get("cus_1").send().await.unwrap().id, "cus_1");
        let updated = customers.update("cus_1").name("Ada").send().await;
        assert!(updated.is_ok());
    }
    assert_eq!(connections.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn does_not_reuse_closed_idle_connection() {
    let server = Server::start(|connection, _| {
        if connection.request().is_some() {
            connection.write(keep_alive_response(CUSTOMER).as_bytes());
        }
    });
    let dub = server.dub_without_retries();
    for _ in 0..3 {
        // An update, because it would not be retried.
        let update = dub.customers().update("cus_1").name("Ada");
        assert_eq!(update.send().await.unwrap().id, "cus_1");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(server.requests().len(), 3);
}

/// Starts a server whose first connection responds to one request and closes after the next one.
fn closes_on_second_request() -> Server {
    Server::start(|connection, number| {
        while connection.request().is_some() {
            connection.write(keep_alive_response(CUSTOMER).as_bytes());
            if number == 0 {
                connection.request();
                return;
            }
        }
    })
}

#[tokio::test]
async fn connection_closed_during_call_retries_only_reads() {
    let server = closes_on_second_request();
    let dub = server.dub();
    assert!(dub.customers().get("cus_1").send().await.is_ok());
    assert!(dub.customers().get("cus_2").send().await.is_ok());
    assert_eq!(server.requests().len(), 3);

    let server = closes_on_second_request();
    let dub = server.dub();
    assert!(dub.customers().get("cus_1").send().await.is_ok());
    let update = dub.customers().update("cus_2").name("Ada");
    let error = update.send().await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    let lines = ["GET /customers/cus_1", "PATCH /customers/cus_2"];
    assert_eq!(server.request_lines(), lines);
    assert!(dub.customers().get("cus_3").send().await.is_ok());
}
