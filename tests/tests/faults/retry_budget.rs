//! Tests the retry budget that a client shares with its clones.

use crate::server::{CUSTOMER, Server, TOKEN, quick_retries, response};
use dub_sdk::{Dub, RetryPolicy};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;

/// A server that returns this status to every request, as long as it is not told to succeed.
struct FailingServer {
    url: String,
    requests: Arc<AtomicUsize>,
    /// The number of requests from which on the server succeeds.
    succeed_from: Arc<AtomicUsize>,
}

impl FailingServer {
    async fn start(status: &'static str) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let listener = socket.listen(1024).unwrap();
        let server = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            requests: Arc::default(),
            succeed_from: Arc::new(AtomicUsize::new(usize::MAX)),
        };
        let (requests, succeed_from) = (server.requests.clone(), server.succeed_from.clone());
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (requests, succeed_from) = (requests.clone(), succeed_from.clone());
                tokio::spawn(async move {
                    while stream.read(&mut [0; 4096]).await.unwrap_or(0) > 0 {
                        let number = requests.fetch_add(1, Ordering::SeqCst);
                        let status = match number >= succeed_from.load(Ordering::SeqCst) {
                            true => "200 OK",
                            false => status,
                        };
                        let response = format!(
                            "HTTP/1.1 {status}\r\ncontent-length: 14\r\n\r\n{{\"id\":\"cus_1\"}}"
                        );
                        if stream.write_all(response.as_bytes()).await.is_err() {
                            break;
                        }
                    }
                });
            }
        });
        server
    }

    fn dub(&self, policy: RetryPolicy) -> Dub {
        let builder = Dub::builder(TOKEN).server_url(&self.url).retry(policy);
        builder.build().unwrap()
    }

    /// Returns the number of requests since the last call.
    fn take_requests(&self) -> usize {
        self.requests.swap(0, Ordering::SeqCst)
    }
}

/// Makes this number of concurrent calls, each with its own clone of the client.
async fn call(dub: &Dub, calls: usize) {
    let calls: Vec<_> = (0..calls)
        .map(|_| {
            let dub = dub.clone();
            tokio::spawn(async move { dub.customers().delete("cus_1").send().await })
        })
        .collect();
    for call in calls {
        let _ = call.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn budget_limits_retries_of_1000_concurrent_calls() {
    let server = FailingServer::start("503 Unavailable").await;
    call(&server.dub(quick_retries().budget(u32::MAX)), 1_000).await;
    assert_eq!(server.take_requests(), 3_000);

    let dub = server.dub(quick_retries());
    call(&dub, 1_000).await;
    assert_eq!(server.take_requests(), 1_100);
    // The budget stays used up while calls keep failing.
    call(&dub, 10).await;
    assert_eq!(server.take_requests(), 10);
}

#[tokio::test]
async fn successful_calls_refill_the_budget() {
    let server = FailingServer::start("503 Unavailable").await;
    let dub = server.dub(quick_retries().budget(2));
    call(&dub, 5).await;
    assert_eq!(server.take_requests(), 7);
    server.succeed_from.store(0, Ordering::SeqCst);
    call(&dub, 20).await;
    assert_eq!(server.take_requests(), 20);
    server.succeed_from.store(usize::MAX, Ordering::SeqCst);
    call(&dub, 5).await;
    assert_eq!(server.take_requests(), 7);
}

#[tokio::test]
async fn rate_limits_take_nothing_from_the_budget() {
    let server = FailingServer::start("429 Too Many Requests").await;
    let dub = server.dub(quick_retries().budget(1));
    call(&dub, 5).await;
    assert_eq!(server.take_requests(), 15);
}

#[tokio::test]
async fn rate_limits_return_nothing_to_the_budget() {
    let statuses = [503, 503, 503, 429, 200, 503, 503];
    let server = Server::responding(statuses.map(|status| response(status, "", CUSTOMER)));
    let builder = server.builder().retry(quick_retries().budget(1));
    let dub = builder.build().unwrap();
    let mut requests = Vec::new();
    for _ in 0..4 {
        let before = server.requests().len();
        let _ = dub.customers().get("cus_1").send().await;
        requests.push(server.requests().len() - before);
    }
    // The first call uses the budget up. The third one waits for a rate limit, which is free.
    assert_eq!(requests, [2, 1, 2, 1]);
}
