//! Tests TLS against a local server whose certificate no authority has signed.

#![cfg(feature = "rustls")]
#![allow(
    clippy::unwrap_used,
    reason = "this whole program is a test, including its helpers"
)]

mod certificate;

use dub_sdk::reqwest::{self, Certificate};
use dub_sdk::{Dub, Error, RetryPolicy};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

struct Server {
    url: String,
    certificate: Certificate,
    connections: Arc<AtomicUsize>,
    requests: Arc<AtomicUsize>,
}

/// Starts a server with a self-signed certificate.
async fn start() -> Server {
    let (config, certificate) = certificate::self_signed();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = Server {
        url: format!(
            "https://localhost:{}",
            listener.local_addr().unwrap().port()
        ),
        certificate,
        connections: Arc::default(),
        requests: Arc::default(),
    };
    let (connections, requests) = (server.connections.clone(), server.requests.clone());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            connections.fetch_add(1, Ordering::SeqCst);
            if let Ok(mut stream) = acceptor.accept(stream).await {
                let length = stream.read(&mut [0; 4096]).await.unwrap_or(0);
                requests.fetch_add(usize::from(length > 0), Ordering::SeqCst);
                let response =
                    b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 14\r\n\r\n{\"id\":\"cus_1\"}";
                let _ = stream.write_all(response).await;
                let _ = stream.shutdown().await;
            }
        }
    });
    server
}

#[tokio::test]
async fn untrusted_certificate_is_connect_error() {
    let server = start().await;
    let quick = RetryPolicy::default().base_delay(Duration::from_millis(5));
    let builder = Dub::builder("dub_zQ7xW9vK3").server_url(&server.url);
    let dub = builder.retry(quick).build().unwrap();
    let begin = Instant::now();
    let error = dub.customers().delete("cus_1").send().await.unwrap_err();
    assert!(matches!(error, Error::Connect(_)), "{error:?}");
    let text = error.to_string();
    let host = server.url.trim_start_matches("https://");
    assert_eq!(
        text,
        format!("deleteCustomer: certificate of {host} rejected")
    );
    assert!(!format!("{error:?} {text}").contains("zQ7x"));
    assert!(begin.elapsed() < Duration::from_secs(5));
    // The certificate will not be better on a second attempt.
    assert!(!error.is_retryable());
    assert_eq!(server.connections.load(Ordering::SeqCst), 1);
    // No request, and so no token, was sent to the untrusted server.
    assert_eq!(server.requests.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn custom_http_client_can_trust_certificate() {
    let server = start().await;
    let http = reqwest::Client::builder().tls_certs_only([server.certificate]);
    let builder = Dub::builder("key").server_url(&server.url);
    let dub = builder.http_client(http.build().unwrap()).build().unwrap();
    let gone = dub.customers().delete("cus_1").send().await.unwrap();
    assert_eq!(gone.id, "cus_1");
}

#[tokio::test]
async fn server_without_tls_is_connect_error() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        }
    });
    let builder = Dub::builder("key").server_url(format!("https://localhost:{port}"));
    let dub = builder.retry(RetryPolicy::none()).build().unwrap();
    let error = dub.customers().get("cus_1").send().await.unwrap_err();
    assert!(matches!(error, Error::Connect(_)), "{error:?}");
    assert!(!error.is_retryable());
    let expected = format!("getCustomer: TLS handshake with localhost:{port} failed");
    assert_eq!(error.to_string(), expected);
}

/// A handshake that breaks off may succeed later.
#[tokio::test]
async fn interrupted_handshake_is_retried() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!(
        "https://localhost:{}",
        listener.local_addr().unwrap().port()
    );
    let connections = Arc::<AtomicUsize>::default();
    let count = connections.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::SeqCst);
            drop(stream);
        }
    });
    let quick = RetryPolicy::default().base_delay(Duration::from_millis(5));
    let dub = Dub::builder("key").server_url(url).retry(quick);
    let update = dub.build().unwrap().customers().update("cus_1");
    let error = update.send().await.unwrap_err();
    assert!(matches!(error, Error::Connect(_)) && error.is_retryable());
    assert_eq!(connections.load(Ordering::SeqCst), 3);
}

/// The variable that is set in the child processes of these tests. A program cannot safely change
/// its own environment.
const CHILD_PROCESS: &str = "DUB_SDK_TLS_TESTS_CHILD";

/// Runs the test `name` alone in a child process with these environment variables. Returns false in
/// the child process.
fn run_in_child_process(name: &str, variables: &[(&str, &str)]) -> bool {
    if std::env::var_os(CHILD_PROCESS).is_some() {
        return false;
    }
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    command.args([name, "--exact", "--nocapture"]);
    command
        .env(CHILD_PROCESS, "1")
        .envs(variables.iter().copied());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    true
}

/// Starts a proxy that responds to each request with this status line. Returns its address and the
/// number of its connections.
fn start_proxy(status: &'static str) -> (String, Arc<AtomicUsize>) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let connections = Arc::<AtomicUsize>::default();
    let count = connections.clone();
    std::thread::spawn(move || {
        use std::io::{Read, Write};
        for stream in listener.incoming() {
            count.fetch_add(1, Ordering::SeqCst);
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let response = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
            let _ = stream.write_all(response.as_bytes());
        }
    });
    (address, connections)
}

#[test]
fn proxy_refusal_names_proxy_and_is_not_retried() {
    for status in ["407 Proxy Authentication Required", "403 Forbidden"] {
        let (address, connections) = start_proxy(status);
        let proxy = format!("http://ada:zQ7xW9vK3@{address}");
        let name = "proxy_refusal_names_proxy_and_is_not_retried";
        if run_in_child_process(name, &[("HTTPS_PROXY", &proxy)]) {
            assert_eq!(connections.load(Ordering::SeqCst), 1, "{status}");
            continue;
        }
        return assert_names_proxy();
    }
}

/// Calls through the proxy that the environment of this process sets.
fn assert_names_proxy() {
    let dub = Dub::builder("key")
        .server_url("https://api.example")
        .build();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let error = runtime.block_on(dub.unwrap().customers().update("cus_1").send());
    let error = error.unwrap_err();
    assert!(matches!(error, Error::Connect(_)) && !error.is_retryable());
    let text = error.to_string();
    let proxy = std::env::var("HTTPS_PROXY").unwrap();
    let address = proxy.split('@').nth(1).unwrap();
    let expected = format!("updateCustomer: proxy {address} refused to connect to api.example");
    assert_eq!(text, expected);
    assert!(!format!("{error:?} {text}").contains("zQ7x"));
}

#[test]
fn plain_http_needs_no_certificate_store() {
    let missing = [("SSL_CERT_FILE", "/missing"), ("SSL_CERT_DIR", "/missing")];
    if run_in_child_process("plain_http_needs_no_certificate_store", &missing) {
        return;
    }
    // The variables take effect: without certificates, rustls cannot be used for `https`.
    if cfg!(not(feature = "native-tls")) {
        let https = Dub::builder("key").server_url("https://localhost").build();
        assert!(matches!(https, Err(Error::Config(_))), "{https:?}");
    }
    Dub::builder("key")
        .server_url("http://127.0.0.1:1")
        .build()
        .unwrap();
}
