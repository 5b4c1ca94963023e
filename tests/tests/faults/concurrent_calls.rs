//! Tests a thousand concurrent calls to a server that fails every tenth request.

use crate::server::{TOKEN, quick_retries};
use dub_sdk::{Dub, Error};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const CALLS: u64 = 1_000;

/// The number of times that each request line and body was received.
type RequestCounts = Arc<Mutex<HashMap<String, u32>>>;

/// Returns a pseudo-random number that is the same in each run (splitmix64).
fn pseudo_random(seed: u64) -> u64 {
    let mut x = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

async fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut request = String::new();
    let mut buffer = [0; 2048];
    loop {
        let length = stream
            .read(&mut buffer)
            .await
            .ok()
            .filter(|length| *length > 0)?;
        request += std::str::from_utf8(&buffer[..length]).unwrap();
        let Some((head, body)) = request.split_once("\r\n\r\n") else {
            continue;
        };
        let expected = head
            .to_lowercase()
            .split_once("content-length: ")
            .map_or(0, |(_, rest)| rest.lines().next().unwrap().parse().unwrap());
        if body.len() >= expected {
            return Some(request);
        }
    }
}

/// Responds to requests until one of them fails, which closes the connection. The content of a
/// request determines whether it fails, so that all runs are equal.
async fn serve(mut stream: TcpStream, counts: RequestCounts) {
    while let Some(request) = read_request(&mut stream).await {
        let line = request.lines().next().unwrap().to_owned();
        let key = line + request.lines().last().unwrap();
        let times = {
            let mut counts = counts.lock().unwrap();
            let times = counts.entry(key.clone()).or_insert(0);
            *times += 1;
            *times
        };
        let number: u64 = key
            .chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
            .parse()
            .unwrap();
        let random = pseudo_random(number ^ (u64::from(times) << 40));
        let body = format!(
            r#"{{"id":"cus_{}","externalId":"x","createdAt":"2025-10-30T18:18:27.000Z"}}"#,
            key.split("cus_")
                .nth(1)
                .unwrap()
                .split([' ', '"'])
                .next()
                .unwrap()
        );
        let response = |status| {
            let length = body.len();
            format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n\r\n{body}")
        };
        if !random.is_multiple_of(10) {
            if stream
                .write_all(response("200 OK").as_bytes())
                .await
                .is_err()
            {
                return;
            }
            continue;
        }
        let fault = match (random / 10) % 6 {
            0 => String::new(),
            1 => response("200 OK")[..40].to_owned(),
            2 => "garbage\r\n\r\n".to_owned(),
            3 => response("503 Unavailable"),
            4 => response("200 OK")[..90].to_owned(),
            _ => {
                // Send nothing until the client closes the connection.
                let _ = stream.read(&mut [0; 1]).await;
                return;
            }
        };
        let _ = stream.write_all(fault.as_bytes()).await;
        return;
    }
}

async fn start(counts: RequestCounts) -> String {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener: TcpListener = socket.listen(1024).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, counts.clone()));
        }
    });
    url
}

/// Calls get, update or create for the customer of this number. Returns the expected id and the id
/// in the response.
async fn call(dub: Dub, number: u64) -> (String, Result<String, Error>) {
    let customers = dub.customers();
    let id = format!("cus_{number}");
    let outcome = match number % 4 {
        0 => {
            #[expect(deprecated, reason = "create is the only POST operation")]
            let create = customers.create(&id);
            create.send().await
        }
        1 => customers.update(&id).name("Ada").send().await,
        _ => customers.get(&id).send().await,
    };
    (id, outcome.map(|customer| customer.id))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_call_ends_and_writes_are_sent_once() {
    let counts = RequestCounts::default();
    let url = start(counts.clone()).await;
    let builder = Dub::builder(TOKEN).server_url(url).retry(quick_retries());
    let dub = builder.timeout(Duration::from_secs(2)).build().unwrap();
    let calls: Vec<_> = (0..CALLS)
        .map(|number| tokio::spawn(call(dub.clone(), number)))
        .collect();
    let mut failed = 0;
    for task in calls {
        let result = tokio::time::timeout(Duration::from_secs(20), task).await;
        match result.expect("a call hangs").unwrap() {
            (id, Ok(returned)) => assert_eq!(returned, id),
            (_, Err(error)) => {
                failed += 1;
                let is_known = matches!(
                    error,
                    Error::Timeout(_) | Error::Transport(_) | Error::Connect(_) | Error::Api(_)
                );
                assert!(is_known && error.is_retryable(), "{error:?}");
            }
        }
    }
    // A tenth of the 500 writes fail. Almost none of the reads fail, because they have three
    // attempts.
    assert!((20..=90).contains(&failed), "{failed} failed");
    let counts = counts.lock().unwrap();
    let (reads, writes): (Vec<_>, Vec<_>) =
        counts.iter().partition(|(key, _)| key.starts_with("GET"));
    assert_eq!(writes.len(), 500);
    assert!(writes.iter().all(|(_, times)| **times == 1));
    assert!(reads.iter().any(|(_, times)| **times > 1));
}
