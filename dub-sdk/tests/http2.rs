//! Tests HTTP/2 against a local server that offers it during the TLS handshake.

#![cfg(all(feature = "rustls", feature = "http2"))]
#![allow(
    clippy::unwrap_used,
    reason = "this whole program is a test, including its helpers"
)]

mod certificate;

use bytes::Bytes;
use dub_sdk::reqwest::{self, Certificate};
use dub_sdk::{Dub, RetryPolicy};
use h2::server::SendResponse;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

struct Server {
    url: String,
    certificate: Certificate,
    connections: Arc<AtomicUsize>,
}

impl Server {
    /// Starts a server that sends GOAWAY on its first connection after this number of requests.
    async fn start(first_requests: usize) -> Self {
        let (mut config, certificate) = certificate::self_signed();
        config.alpn_protocols = vec![b"h2".to_vec()];
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            url: format!(
                "https://localhost:{}",
                listener.local_addr().unwrap().port()
            ),
            certificate,
            connections: Arc::default(),
        };
        let connections = server.connections.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let requests = match connections.fetch_add(1, Ordering::SeqCst) {
                    0 => first_requests,
                    _ => usize::MAX,
                };
                tokio::spawn(serve(acceptor.clone(), stream, requests));
            }
        });
        server
    }

    fn dub(&self) -> Dub {
        let http = reqwest::Client::builder().tls_certs_only([self.certificate.clone()]);
        let quick = RetryPolicy::default().base_delay(Duration::from_millis(20));
        let builder = Dub::builder("dub_0123456789")
            .server_url(&self.url)
            .retry(quick);
        builder.http_client(http.build().unwrap()).build().unwrap()
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

async fn serve(acceptor: TlsAcceptor, stream: TcpStream, requests: usize) {
    // The client gives up connections that it opened at the same time as another one.
    let Ok(stream) = acceptor.accept(stream).await else {
        return;
    };
    let Ok(mut connection) = h2::server::handshake(stream).await else {
        return;
    };
    let mut accepted = 0;
    while let Some(Ok((_, respond))) = connection.accept().await {
        accepted += 1;
        if accepted > requests {
            // All requests of this connection that have no response yet are lost.
            connection.abrupt_shutdown(h2::Reason::NO_ERROR);
            continue;
        }
        tokio::spawn(respond_to(respond));
    }
}

async fn respond_to(mut respond: SendResponse<Bytes>) {
    // All requests of a test are in flight at the same time.
    tokio::time::sleep(Duration::from_millis(50)).await;
    let response = http::Response::builder().header("content-type", "application/json");
    if let Ok(mut body) = respond.send_response(response.body(()).unwrap(), false) {
        let _ = body.send_data(Bytes::from_static(b"{\"id\":\"cus_1\"}"), true);
    }
}

/// Makes concurrent calls and panics if one of them fails.
async fn call(dub: &Dub, calls: usize) {
    let calls: Vec<_> = (0..calls)
        .map(|_| tokio::spawn(dub.customers().delete("cus_1").send()))
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap().id, "cus_1");
    }
}

#[tokio::test]
async fn concurrent_calls_share_the_open_connection() {
    let server = Server::start(usize::MAX).await;
    let dub = server.dub();
    call(&dub, 1).await;
    call(&dub, 100).await;
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn goaway_loses_no_idempotent_call() {
    let server = Server::start(60).await;
    let dub = server.dub();
    call(&dub, 1).await;
    call(&dub, 100).await;
    assert!(server.connections() > 1);
}
