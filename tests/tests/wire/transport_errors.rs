//! Tests calls that receive no complete response.

use crate::operations::Operation;
use crate::support::{CUSTOMER, Server, TOKEN, json};
use dub_sdk::{Dub, Error, RetryPolicy};
use std::error::Error as _;
use std::future::Future;
use std::net::TcpListener;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

/// Returns the URL of a loopback port that nothing listens on.
fn closed_port() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

fn dub_without_retries(url: &str) -> Dub {
    let builder = Dub::builder(TOKEN).server_url(url);
    builder.retry(RetryPolicy::none()).build().unwrap()
}

#[tokio::test]
async fn closed_port_is_connect_error() {
    let url = closed_port();
    for operation in Operation::ALL {
        let error = operation
            .call(&dub_without_retries(&url))
            .await
            .unwrap_err();
        assert!(matches!(error, Error::Connect(_)), "{error:?}");
        assert!(
            error
                .to_string()
                .contains(url.strip_prefix("http://").unwrap()),
            "{error}"
        );
        assert!(error.source().is_some());
        assert!(error.is_retryable() && !error.is_timeout());
        assert_eq!(
            (error.status(), error.code(), error.message()),
            (None, None, None)
        );
        assert_eq!((error.request_id(), error.retry_after()), (None, None));
    }
}

#[tokio::test]
async fn slow_server_is_timeout_error() {
    let slow = json(200, CUSTOMER).set_delay(Duration::from_secs(20));
    let server = Server::start(slow).await;
    let start = Instant::now();
    let client_with_timeout = Dub::builder(TOKEN)
        .server_url(server.url())
        .timeout(Duration::from_millis(50))
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let client = server.dub();
    let short = Duration::from_millis(50);
    for error in [
        client_with_timeout
            .customers()
            .get("cus_1")
            .send()
            .await
            .unwrap_err(),
        client
            .customers()
            .get("cus_1")
            .timeout(short)
            .send()
            .await
            .unwrap_err(),
        client
            .customers()
            .update("cus_1")
            .deadline(short)
            .send()
            .await
            .unwrap_err(),
    ] {
        assert!(matches!(error, Error::Timeout(_)), "{error:?}");
        assert!(error.is_timeout() && error.is_retryable());
        assert_eq!(error.status(), None);
    }
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn broken_connection_is_transport_error() {
    for response in [
        "",
        "no http at all\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\"",
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = std::thread::spawn(move || respond_and_close(&listener, response));
        let error = Operation::Get
            .call(&dub_without_retries(&url))
            .await
            .unwrap_err();
        server.join().unwrap();
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
        assert!(error.source().is_some());
        assert!(!error.is_timeout());
    }
}

fn respond_and_close(listener: &TcpListener, response: &str) {
    use std::io::{Read, Write};
    let (mut stream, _) = listener.accept().unwrap();
    // The request is small enough for one read. It must be read before the connection is closed.
    let _ = stream.read(&mut [0; 4096]).unwrap();
    stream.write_all(response.as_bytes()).unwrap();
}

#[tokio::test]
async fn oversized_response_is_transport_error() {
    let name = "x".repeat(10_000);
    let server = Server::json(200, &CUSTOMER.replace("cus_1", &name)).await;
    let builder = Dub::builder(TOKEN).server_url(server.url());
    let dub = builder.max_response_size(5_000).build().unwrap();
    let error = dub.customers().get("cus_1").send().await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert!(error.to_string().contains("5000"), "{error}");
    assert_eq!(
        server.requests().await.len(),
        1,
        "an oversized response is not retried"
    );
}

#[test]
fn call_outside_of_runtime_is_config_error() {
    let dub = Dub::builder(TOKEN).server_url(closed_port());
    let dub = dub.build().unwrap();
    let mut now = Context::from_waker(Waker::noop());
    let mut call = std::pin::pin!(dub.customers().get("cus_1").send());
    let mut stream = dub.customers().list().stream();
    let mut next = std::pin::pin!(stream.next());
    let outcomes = [
        call.as_mut().poll(&mut now).map(Result::err),
        next.as_mut().poll(&mut now).map(|item| item?.err()),
    ];
    for outcome in outcomes {
        match outcome {
            Poll::Ready(Some(error @ Error::Config(_))) => {
                assert!(error.to_string().contains("tokio"), "{error}");
            }
            other => panic!("{other:?}"),
        }
    }
}
