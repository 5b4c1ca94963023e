//! Tests TLS against a local server whose certificate no authority has signed.

#![cfg(feature = "rustls")]
#![allow(
    clippy::unwrap_used,
    reason = "this whole program is a test, including its helpers"
)]

use dub_sdk::reqwest::{self, Certificate};
use dub_sdk::{Dub, Error, RetryPolicy};
use rcgen::CertifiedKey;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

struct Server {
    url: String,
    certificate: Certificate,
    connections: Arc<AtomicUsize>,
    requests: Arc<AtomicUsize>,
}

/// Starts a server with a self-signed certificate.
async fn start() -> Server {
    let CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = Server {
        url: format!(
            "https://localhost:{}",
            listener.local_addr().unwrap().port()
        ),
        certificate: Certificate::from_der(cert.der()).unwrap(),
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
    assert!(
        text.contains("localhost") && text.to_lowercase().contains("certificate"),
        "{text}"
    );
    assert!(!format!("{error:?} {text}").contains("zQ7x"));
    assert!(begin.elapsed() < Duration::from_secs(5));
    assert!(server.connections.load(Ordering::SeqCst) <= 3);
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
}
