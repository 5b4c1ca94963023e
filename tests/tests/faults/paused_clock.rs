//! Tests long delays on tokio's paused clock, which jumps ahead whenever nothing else happens.

use crate::paging::requested_page;
use crate::server::{CUSTOMER, TOKEN, response};
use dub_sdk::{ClientBuilder, Dub, RetryPolicy};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;

/// A server in the runtime of the test. The clock would run ahead of a server on another thread.
struct Server {
    url: String,
    requests: Arc<AtomicUsize>,
}

impl Server {
    /// Starts a server that responds to each request with what `respond` returns. Its arguments are
    /// the number of the request, from 0, and the request.
    async fn start(respond: impl Fn(usize, &str) -> String + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            requests: Arc::default(),
        };
        let (requests, respond) = (server.requests.clone(), Arc::new(respond));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (requests, respond) = (requests.clone(), respond.clone());
                tokio::spawn(async move {
                    let request = read_request(&mut stream).await;
                    let response = respond(requests.fetch_add(1, Ordering::SeqCst), &request);
                    let _ = stream.write_all(response.as_bytes()).await;
                });
            }
        });
        server
    }

    fn builder(&self) -> ClientBuilder<Dub> {
        Dub::builder(TOKEN).server_url(&self.url)
    }

    fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

async fn read_request(stream: &mut TcpStream) -> String {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        if stream.read_buf(&mut request).await.unwrap_or(0) == 0 {
            break;
        }
    }
    String::from_utf8(request).unwrap()
}

fn rate_limited(seconds: u64) -> String {
    response(429, &format!("retry-after: {seconds}\r\n"), "{}")
}

#[tokio::test(start_paused = true)]
async fn stream_of_6000_customers_waits_out_a_rate_limit() {
    let begin = Instant::now();
    let window_end = begin + Duration::from_secs(42);
    let server = Server::start(move |number, request| {
        let left = window_end.saturating_duration_since(Instant::now());
        match number >= 30 && !left.is_zero() {
            true => rate_limited(left.as_secs() + 1),
            false => response(200, "", &requested_page(request, 6_000, 100)),
        }
    });
    let server = server.await;
    let dub = server.builder().build().unwrap();
    let mut customers = dub.customers().list().page_size(100).stream();
    let mut count = 0;
    while let Some(customer) = customers.next().await {
        count += 1;
        assert_eq!(customer.unwrap().id, format!("cus_{count}"));
    }
    assert_eq!(count, 6_000);
    // 60 pages, the empty page at the end, and the rejected request.
    assert_eq!(server.requests(), 62);
    let elapsed = begin.elapsed().as_secs_f64();
    assert!((42.0..44.0).contains(&elapsed), "{elapsed}");
}

#[tokio::test(start_paused = true)]
async fn call_waits_for_a_rate_limit_up_to_8_seconds() {
    for (seconds, limit, waits) in [
        (8, None, true),
        (9, None, false),
        (30, Some(30), true),
        (31, Some(30), false),
    ] {
        let server = Server::start(move |number, _| match number {
            0 => rate_limited(seconds),
            _ => response(200, "", CUSTOMER),
        });
        let server = server.await;
        let mut policy = RetryPolicy::default();
        if let Some(limit) = limit {
            policy = policy.max_rate_limit_delay(Duration::from_secs(limit));
        }
        let dub = server.builder().retry(policy).build().unwrap();
        let begin = Instant::now();
        let outcome = dub.customers().get("cus_1").send().await;
        let elapsed = begin.elapsed();
        if waits {
            outcome.unwrap();
            let expected = Duration::from_secs(seconds)..Duration::from_secs(seconds + 1);
            assert!(expected.contains(&elapsed), "{elapsed:?}");
        } else {
            let error = outcome.unwrap_err();
            assert_eq!(error.retry_after(), Some(Duration::from_secs(seconds)));
            assert!(elapsed < Duration::from_secs(1), "{elapsed:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn deadline_and_delays_use_the_same_clock() {
    let server = Server::start(|_, _| response(503, "", "")).await;
    let policy = RetryPolicy::default()
        .max_attempts(200)
        .base_delay(Duration::from_secs(1))
        .max_delay(Duration::from_secs(1));
    let builder = server.builder().retry(policy);
    let dub = builder.deadline(Duration::from_secs(20)).build().unwrap();
    let begin = Instant::now();
    dub.customers().get("cus_1").send().await.unwrap_err();
    assert!(begin.elapsed() <= Duration::from_secs(20));
    // Each delay is between half a second and a second.
    assert!(
        (20..=41).contains(&server.requests()),
        "{}",
        server.requests()
    );
}

/// The documentation of `RetryPolicy` promises this limit.
#[tokio::test(start_paused = true)]
async fn longest_call_takes_108_seconds() {
    // The server responds just before each attempt times out.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                read_request(&mut stream).await;
                tokio::time::sleep(Duration::from_millis(29_900)).await;
                let _ = stream.write_all(rate_limited(8).as_bytes()).await;
            });
        }
    });
    let dub = Dub::builder(TOKEN).server_url(url).build().unwrap();
    let begin = Instant::now();
    let error = dub.customers().get("cus_1").send().await.unwrap_err();
    assert!(error.is_rate_limited());
    let elapsed = begin.elapsed().as_secs_f64();
    assert!((105.0..108.0).contains(&elapsed), "{elapsed}");
}
