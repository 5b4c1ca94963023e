//! Tests truncated responses, invalid responses and failed connections.

use crate::server::{CUSTOMER, Server, closed_port, response};
use dub_sdk::{Dub, Error, RetryPolicy};
use std::time::{Duration, Instant};

/// Returns broken responses, each with a name for the messages of failing tests.
fn broken_responses() -> Vec<(&'static str, Vec<u8>)> {
    let chunked = |body: &str| {
        let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
        format!("{head}{body}").into_bytes()
    };
    let plain = |response: &str| response.as_bytes().to_vec();
    let complete = response(200, "", CUSTOMER);
    vec![
        ("closed before the header", Vec::new()),
        ("closed within the status line", plain("HTTP/1.1 200 O")),
        (
            "closed within the header",
            plain("HTTP/1.1 200 OK\r\ncontent-le"),
        ),
        (
            "closed after the header",
            plain("HTTP/1.1 200 OK\r\ncontent-length: 77\r\n\r\n"),
        ),
        ("truncated body", plain(&complete[..complete.len() - 1])),
        ("not HTTP", plain("220 mail.example ESMTP\r\n\r\n")),
        (
            "random bytes",
            vec![0xff, 0x00, 0x16, 0x03, 0x01, 0x0a, 0x0d],
        ),
        (
            "invalid status",
            plain("HTTP/1.1 2000 OK\r\ncontent-length: 0\r\n\r\n"),
        ),
        (
            "invalid content length",
            plain("HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n"),
        ),
        (
            "conflicting content lengths",
            plain("HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}"),
        ),
        ("invalid chunk size", chunked("zz\r\n{}\r\n0\r\n\r\n")),
        (
            "overflowing chunk size",
            chunked("ffffffffffffffffff\r\n{}"),
        ),
        (
            "chunk longer than its size",
            chunked("1\r\n{}\r\n0\r\n\r\n"),
        ),
        ("missing last chunk", chunked("2\r\n{}\r\n")),
        (
            "header of 1 MiB",
            format!("HTTP/1.1 200 OK\r\nx-big: {}\r\n\r\n", "a".repeat(1 << 20)).into_bytes(),
        ),
        (
            "invalid gzip data",
            plain("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\nabcd"),
        ),
    ]
}

#[tokio::test]
async fn broken_response_is_immediate_transport_error() {
    for (name, bytes) in broken_responses() {
        let server = Server::responding([bytes]);
        let start = Instant::now();
        let outcome = server
            .dub_without_retries()
            .customers()
            .get("cus_1")
            .send()
            .await;
        let error = outcome.expect_err(name);
        assert!(matches!(error, Error::Transport(_)), "{name}: {error:?}");
        assert!(error.is_retryable(), "{name}");
        assert!(!error.is_timeout() && error.status().is_none(), "{name}");
        assert!(start.elapsed() < Duration::from_secs(3), "{name}");
    }
}

#[tokio::test]
async fn retries_get_and_delete_but_not_update() {
    for (name, bytes) in broken_responses() {
        let server = Server::responding([bytes.clone(), response(200, "", CUSTOMER).into_bytes()]);
        let customer = server.dub().customers().get("cus_1").send().await;
        assert_eq!(customer.expect(name).id, "cus_1", "{name}");
        assert_eq!(
            server.request_lines(),
            ["GET /customers/cus_1"; 2],
            "{name}"
        );

        let server = Server::responding([
            bytes.clone(),
            response(200, "", r#"{"id":"cus_1"}"#).into_bytes(),
        ]);
        let deleted = server.dub().customers().delete("cus_1").send().await;
        assert_eq!(deleted.expect(name).id, "cus_1", "{name}");

        let server = Server::responding([bytes, response(200, "", CUSTOMER).into_bytes()]);
        let customers = server.dub().customers();
        let updated = customers.update("cus_1").name("Ada").send().await;
        assert!(matches!(updated, Err(Error::Transport(_))), "{name}");
        assert_eq!(server.request_lines(), ["PATCH /customers/cus_1"], "{name}");
    }
}

#[tokio::test]
async fn does_not_retry_create_after_lost_response() {
    let server = Server::responding([Vec::new()]);
    let customers = server.dub().customers();
    #[expect(deprecated, reason = "create is the only POST operation")]
    let created = customers.create("user-42").send().await;
    assert!(matches!(created, Err(Error::Transport(_))), "{created:?}");
    assert_eq!(server.request_lines(), ["POST /customers"]);
}

#[tokio::test]
async fn connect_error_names_host_and_is_retryable() {
    let url = closed_port();
    let builder = Dub::builder("key").server_url(&url);
    let dub = builder
        .retry(crate::server::quick_retries())
        .build()
        .unwrap();
    let update = dub.customers().update("cus_1").name("Ada");
    let error = update.send().await.unwrap_err();
    assert!(matches!(error, Error::Connect(_)), "{error:?}");
    assert!(!error.is_timeout() && error.is_retryable());
    let host = url.trim_start_matches("http://");
    assert!(error.to_string().contains(host), "{error}");
}

#[tokio::test]
async fn retries_update_until_server_starts() {
    let url = closed_port();
    let address = url.trim_start_matches("http://").to_owned();
    let builder = Dub::builder("key").server_url(&url);
    let policy = RetryPolicy::default()
        .max_attempts(200)
        .base_delay(Duration::from_millis(20))
        .max_delay(Duration::from_millis(20));
    let dub = builder.retry(policy).build().unwrap();
    let server = tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(150)).await;
        let listener = std::net::TcpListener::bind(address).unwrap();
        Server::start_on(listener, |connection, _| {
            connection.request();
            connection.write(response(200, "", CUSTOMER).as_bytes());
        })
    });
    let updated = dub.customers().update("cus_1").name("Ada").send().await;
    assert_eq!(updated.unwrap().id, "cus_1");
    assert_eq!(
        server.await.unwrap().request_lines(),
        ["PATCH /customers/cus_1"]
    );
}

#[tokio::test]
async fn truncated_error_body_keeps_status() {
    let truncated = "HTTP/1.1 404 Not Found\r\ncontent-length: 500\r\n\r\n{\"error\":";
    let server = Server::responding([truncated]);
    let error = server
        .dub_without_retries()
        .customers()
        .get("cus_1")
        .send()
        .await;
    let error = error.unwrap_err();
    assert!(error.is_not_found(), "{error:?}");
}
