//! Tests responses that exceed the maximum size.

use crate::server::{CUSTOMER, Server, response};
use dub_sdk::{Dub, Error};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

const MAX_SIZE: usize = 10_000;

fn size_limited_dub(server: &Server) -> Dub {
    server
        .builder()
        .max_response_size(MAX_SIZE)
        .build()
        .unwrap()
}

async fn assert_too_large(server: &Server) {
    let error = size_limited_dub(server)
        .customers()
        .list()
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert!(error.to_string().contains("10000 bytes"), "{error}");
    // A retry would receive the same oversized response.
    assert!(!error.is_retryable());
    assert_eq!(server.requests().len(), 1);
}

fn list_of_length(length: usize) -> String {
    format!("[{}]", " ".repeat(length - 2))
}

#[tokio::test]
async fn rejects_body_one_byte_over_limit() {
    let server = Server::responding([response(200, "", &list_of_length(MAX_SIZE))]);
    assert_eq!(
        size_limited_dub(&server)
            .customers()
            .list()
            .send()
            .await
            .unwrap(),
        []
    );
    assert_too_large(&Server::responding([response(
        200,
        "",
        &list_of_length(MAX_SIZE + 1),
    )]))
    .await;
}

#[tokio::test]
async fn rejects_oversized_content_length_without_waiting() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 1000000000000\r\n\r\n[";
    assert_too_large(&Server::start(move |connection, _| {
        connection.request();
        connection.write(head.as_bytes());
        connection.wait_for_close();
    }))
    .await;
}

#[tokio::test]
async fn stops_reading_endless_body() {
    let written = Arc::new(AtomicUsize::new(0));
    let count = written.clone();
    let server = Server::start(move |connection, _| {
        connection.request();
        connection.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
        while connection.try_write(b"4\r\n[[[[\r\n").is_ok() {
            count.fetch_add(4, Ordering::Relaxed);
        }
    });
    assert_too_large(&server).await;
    // The server writes little more than the socket buffers hold before the client closes the
    // connection.
    assert!(written.load(Ordering::Relaxed) < 50_000_000);
}

#[tokio::test]
async fn limit_applies_to_decompressed_size() {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..64 {
        gzip.write_all(&[b' '; 1 << 20]).unwrap();
    }
    let bomb = gzip.finish().unwrap();
    assert!(bomb.len() < 100_000);
    let mut bytes = format!(
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
        bomb.len()
    )
    .into_bytes();
    bytes.extend_from_slice(&bomb);
    assert_too_large(&Server::responding([bytes])).await;
}

#[tokio::test]
async fn reads_only_start_of_endless_error_body() {
    let server = Server::start(|connection, _| {
        connection.request();
        connection.write(b"HTTP/1.1 404 Not Found\r\ntransfer-encoding: chunked\r\n\r\n");
        while connection.try_write(b"4\r\nabcd\r\n").is_ok() {}
    });
    let error = server.dub().customers().get("cus_1").send().await;
    let Err(Error::Api(error)) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.status().as_u16(), 404);
    assert!(error.body_text().len() <= 64 * 1024);
}

#[tokio::test]
async fn default_limit_allows_full_page() {
    let page = vec![CUSTOMER; 100].join(",");
    let server = Server::responding([response(200, "", &format!("[{page}]"))]);
    let customers = server.dub().customers().list().send().await.unwrap();
    assert_eq!(customers.len(), 100);
}
