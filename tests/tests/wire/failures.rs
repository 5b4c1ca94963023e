//! Calls that no response comes to.

use crate::operations::Operation;
use crate::support::{CUSTOMER, Server, TOKEN, json};
use dub_sdk::{Dub, Error, RetryPolicy};
use std::error::Error as _;
use std::future::Future;
use std::net::TcpListener;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

/// The address of a port that nothing listens on.
fn closed_port() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

fn dub(url: &str) -> Dub {
    let builder = Dub::builder(TOKEN).server_url(url);
    builder.retry(RetryPolicy::none()).build().unwrap()
}

#[tokio::test]
async fn a_server_that_is_not_there_is_a_failure_to_connect() {
    let url = closed_port();
    for operation in Operation::ALL {
        let error = operation.call(&dub(&url)).await.unwrap_err();
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
async fn a_server_that_is_too_slow_is_a_time_out() {
    let slow = json(200, CUSTOMER).set_delay(Duration::from_secs(20));
    let server = Server::start(slow).await;
    let start = Instant::now();
    let hasty = Dub::builder(TOKEN)
        .server_url(server.url())
        .timeout(Duration::from_millis(50))
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let patient = server.dub();
    let short = Duration::from_millis(50);
    for error in [
        hasty.customers().get("cus_1").send().await.unwrap_err(),
        patient
            .customers()
            .get("cus_1")
            .timeout(short)
            .send()
            .await
            .unwrap_err(),
        patient
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
async fn a_connection_that_breaks_is_a_failure_of_the_transport() {
    for answer in [
        "",
        "no http at all\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\"",
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = std::thread::spawn(move || answer_and_close(&listener, answer));
        let error = Operation::Get.call(&dub(&url)).await.unwrap_err();
        server.join().unwrap();
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
        assert!(error.source().is_some());
        assert!(!error.is_timeout());
    }
}

fn answer_and_close(listener: &TcpListener, answer: &str) {
    use std::io::{Read, Write};
    let (mut stream, _) = listener.accept().unwrap();
    // The small request comes in one piece; what matters is that it is read before the end.
    let _ = stream.read(&mut [0; 4096]).unwrap();
    stream.write_all(answer.as_bytes()).unwrap();
}

#[tokio::test]
async fn a_reply_larger_than_allowed_is_not_read_to_its_end() {
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
        "it would be as large again"
    );
}

#[test]
fn a_call_outside_of_a_runtime_is_refused() {
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
