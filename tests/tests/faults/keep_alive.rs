//! Connections that are kept, and that the server closes all the same.

use crate::server::{CUSTOMER, Server, kept_response};
use dub_sdk::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

#[tokio::test]
async fn a_connection_serves_one_call_after_another() {
    let connections = Arc::new(AtomicUsize::new(0));
    let count = connections.clone();
    let server = Server::start(move |connection, _| {
        count.fetch_add(1, Ordering::SeqCst);
        while connection.request().is_some() {
            connection.write(kept_response(CUSTOMER).as_bytes());
        }
    });
    let dub = server.dub_once();
    for _ in 0..20 {
        // Clones share their connections.
        let customers = dub.clone().customers();
        assert_eq!(customers.get("cus_1").send().await.unwrap().id, "cus_1");
        let missing = customers.update("cus_1").name("Ada").send().await;
        assert!(missing.is_ok());
    }
    assert_eq!(connections.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn one_that_was_closed_between_two_calls_is_not_used_again() {
    let server = Server::start(|connection, _| {
        if connection.request().is_some() {
            connection.write(kept_response(CUSTOMER).as_bytes());
        }
    });
    let dub = server.dub_once();
    for _ in 0..3 {
        // A change, which could not be sent a second time.
        let update = dub.customers().update("cus_1").name("Ada");
        assert_eq!(update.send().await.unwrap().id, "cus_1");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(server.requests().len(), 3);
}

/// The first connection answers a request and takes a second without an answer.
fn closing_on_the_second_request() -> Server {
    Server::start(|connection, number| {
        while connection.request().is_some() {
            connection.write(kept_response(CUSTOMER).as_bytes());
            if number == 0 {
                connection.request();
                return;
            }
        }
    })
}

#[tokio::test]
async fn one_that_is_closed_over_a_call_fails_a_change_and_repeats_a_read() {
    let server = closing_on_the_second_request();
    let dub = server.dub();
    assert!(dub.customers().get("cus_1").send().await.is_ok());
    assert!(dub.customers().get("cus_2").send().await.is_ok());
    assert_eq!(server.requests().len(), 3);

    let server = closing_on_the_second_request();
    let dub = server.dub();
    assert!(dub.customers().get("cus_1").send().await.is_ok());
    let update = dub.customers().update("cus_2").name("Ada");
    let error = update.send().await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    let lines = ["GET /customers/cus_1", "PATCH /customers/cus_2"];
    assert_eq!(server.lines(), lines);
    assert!(dub.customers().get("cus_3").send().await.is_ok());
}
