//! Responses that break off, and what is no response at all.

use crate::server::{CUSTOMER, Server, closed_port, response};
use dub_sdk::{Dub, Error, RetryPolicy};
use std::time::{Duration, Instant};

/// What a server may write in place of a response, each with a name for the message of a failing test.
fn broken() -> Vec<(&'static str, Vec<u8>)> {
    let chunked = |body: &str| {
        let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
        format!("{head}{body}").into_bytes()
    };
    let plain = |text: &str| text.as_bytes().to_vec();
    let whole = response(200, "", CUSTOMER);
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
        ("a body cut short", plain(&whole[..whole.len() - 1])),
        ("no HTTP", plain("220 mail.example ESMTP\r\n\r\n")),
        (
            "bytes at random",
            vec![0xff, 0x00, 0x16, 0x03, 0x01, 0x0a, 0x0d],
        ),
        (
            "a status that is none",
            plain("HTTP/1.1 2000 OK\r\ncontent-length: 0\r\n\r\n"),
        ),
        (
            "a length that is none",
            plain("HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n"),
        ),
        (
            "two lengths",
            plain("HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}"),
        ),
        (
            "a chunk's size that is none",
            chunked("zz\r\n{}\r\n0\r\n\r\n"),
        ),
        (
            "a chunk's size beyond all",
            chunked("ffffffffffffffffff\r\n{}"),
        ),
        (
            "a chunk longer than its size",
            chunked("1\r\n{}\r\n0\r\n\r\n"),
        ),
        ("chunks without an end", chunked("2\r\n{}\r\n")),
        (
            "a header of 1 MiB",
            format!("HTTP/1.1 200 OK\r\nx-big: {}\r\n\r\n", "a".repeat(1 << 20)).into_bytes(),
        ),
        (
            "gzip that is none",
            plain("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\nabcd"),
        ),
    ]
}

#[tokio::test]
async fn each_is_an_error_of_the_transport_at_once() {
    for (name, bytes) in broken() {
        let server = Server::responding([bytes]);
        let start = Instant::now();
        let outcome = server.dub_once().customers().get("cus_1").send().await;
        let error = outcome.expect_err(name);
        assert!(matches!(error, Error::Transport(_)), "{name}: {error:?}");
        assert!(error.is_retryable(), "{name}");
        assert!(!error.is_timeout() && error.status().is_none(), "{name}");
        assert!(start.elapsed() < Duration::from_secs(3), "{name}");
    }
}

#[tokio::test]
async fn reads_and_deletions_are_tried_again_and_changes_are_not() {
    for (name, bytes) in broken() {
        let server = Server::responding([bytes.clone(), response(200, "", CUSTOMER).into_bytes()]);
        let customer = server.dub().customers().get("cus_1").send().await;
        assert_eq!(customer.expect(name).id, "cus_1", "{name}");
        assert_eq!(server.lines(), ["GET /customers/cus_1"; 2], "{name}");

        let server = Server::responding([
            bytes.clone(),
            response(200, "", r#"{"id":"cus_1"}"#).into_bytes(),
        ]);
        let gone = server.dub().customers().delete("cus_1").send().await;
        assert_eq!(gone.expect(name).id, "cus_1", "{name}");

        let server = Server::responding([bytes, response(200, "", CUSTOMER).into_bytes()]);
        let customers = server.dub().customers();
        let changed = customers.update("cus_1").name("Ada").send().await;
        assert!(matches!(changed, Err(Error::Transport(_))), "{name}");
        assert_eq!(server.lines(), ["PATCH /customers/cus_1"], "{name}");
    }
}

#[tokio::test]
async fn a_creation_whose_reply_is_lost_is_not_sent_again() {
    let server = Server::responding([Vec::new()]);
    let customers = server.dub().customers();
    #[expect(deprecated, reason = "the operation that must not be sent twice")]
    let created = customers.create("user-42").send().await;
    assert!(matches!(created, Err(Error::Transport(_))), "{created:?}");
    assert_eq!(server.lines(), ["POST /customers"]);
}

#[tokio::test]
async fn a_refused_connection_is_tried_again_and_named() {
    let url = closed_port();
    let builder = Dub::builder("key").server_url(&url);
    let dub = builder.retry(crate::server::quick()).build().unwrap();
    let update = dub.customers().update("cus_1").name("Ada");
    let error = update.send().await.unwrap_err();
    assert!(matches!(error, Error::Connect(_)), "{error:?}");
    assert!(!error.is_timeout() && error.is_retryable());
    let host = url.trim_start_matches("http://");
    assert!(error.to_string().contains(host), "{error}");
}

#[tokio::test]
async fn a_change_waits_for_a_server_that_comes_up() {
    let url = closed_port();
    let address = url.trim_start_matches("http://").to_owned();
    let builder = Dub::builder("key").server_url(&url);
    let patient = RetryPolicy::default()
        .max_attempts(200)
        .base_delay(Duration::from_millis(20))
        .max_delay(Duration::from_millis(20));
    let dub = builder.retry(patient).build().unwrap();
    let starting = tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(150)).await;
        let listener = std::net::TcpListener::bind(address).unwrap();
        Server::on(listener, |connection, _| {
            connection.request();
            connection.write(response(200, "", CUSTOMER).as_bytes());
        })
    });
    let changed = dub.customers().update("cus_1").name("Ada").send().await;
    assert_eq!(changed.unwrap().id, "cus_1");
    assert_eq!(starting.await.unwrap().lines(), ["PATCH /customers/cus_1"]);
}

#[tokio::test]
async fn an_error_whose_body_breaks_off_is_known_by_its_status() {
    let cut = "HTTP/1.1 404 Not Found\r\ncontent-length: 500\r\n\r\n{\"error\":";
    let server = Server::responding([cut]);
    let error = server.dub_once().customers().get("cus_1").send().await;
    let error = error.unwrap_err();
    assert!(error.is_not_found(), "{error:?}");
}
