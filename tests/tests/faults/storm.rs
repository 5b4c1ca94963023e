//! A thousand calls at once, of which every tenth meets a fault.

use crate::server::{TOKEN, quick};
use dub_sdk::{Dub, Error};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const CALLS: u64 = 1_000;

/// How often each request line and body was seen.
type Seen = Arc<Mutex<HashMap<String, u32>>>;

/// Numbers that look random and are the same in each run (splitmix64).
fn scrambled(seed: u64) -> u64 {
    let mut x = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

async fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut text = String::new();
    let mut piece = [0; 2048];
    loop {
        let length = stream
            .read(&mut piece)
            .await
            .ok()
            .filter(|length| *length > 0)?;
        text += std::str::from_utf8(&piece[..length]).unwrap();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let expected = head
            .to_lowercase()
            .split_once("content-length: ")
            .map_or(0, |(_, rest)| rest.lines().next().unwrap().parse().unwrap());
        if body.len() >= expected {
            return Some(text);
        }
    }
}

/// Answers until a fault is due, which ends the connection. What a request is about decides, so that runs are alike.
async fn serve(mut stream: TcpStream, seen: Seen) {
    while let Some(request) = read_request(&mut stream).await {
        let line = request.lines().next().unwrap().to_owned();
        let key = line + request.lines().last().unwrap();
        let times = {
            let mut seen = seen.lock().unwrap();
            let times = seen.entry(key.clone()).or_insert(0);
            *times += 1;
            *times
        };
        let number: u64 = key
            .chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
            .parse()
            .unwrap();
        let luck = scrambled(number ^ (u64::from(times) << 40));
        let body = format!(
            r#"{{"id":"cus_{}","externalId":"x","createdAt":"2025-10-30T18:18:27.000Z"}}"#,
            key.split("cus_")
                .nth(1)
                .unwrap()
                .split([' ', '"'])
                .next()
                .unwrap()
        );
        let whole = |status| {
            let length = body.len();
            format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n\r\n{body}")
        };
        if !luck.is_multiple_of(10) {
            if stream.write_all(whole("200 OK").as_bytes()).await.is_err() {
                return;
            }
            continue;
        }
        let fault = match (luck / 10) % 6 {
            0 => String::new(),
            1 => whole("200 OK")[..40].to_owned(),
            2 => "garbage\r\n\r\n".to_owned(),
            3 => whole("503 Unavailable"),
            4 => whole("200 OK")[..90].to_owned(),
            _ => {
                // Silence, until the client has had enough.
                let _ = stream.read(&mut [0; 1]).await;
                return;
            }
        };
        let _ = stream.write_all(fault.as_bytes()).await;
        return;
    }
}

async fn start(seen: Seen) -> String {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener: TcpListener = socket.listen(1024).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, seen.clone()));
        }
    });
    url
}

/// One call, a read, a change or a creation, each about someone else; gives the id that came back.
async fn call(dub: Dub, number: u64) -> (String, Result<String, Error>) {
    let customers = dub.customers();
    let id = format!("cus_{number}");
    let outcome = match number % 4 {
        0 => {
            #[expect(deprecated, reason = "the only operation that is a POST")]
            let create = customers.create(&id);
            create.send().await
        }
        1 => customers.update(&id).name("Ada").send().await,
        _ => customers.get(&id).send().await,
    };
    (id, outcome.map(|customer| customer.id))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_ends_in_its_own_value_or_an_error_and_no_change_is_sent_twice() {
    let seen = Seen::default();
    let url = start(seen.clone()).await;
    let builder = Dub::builder(TOKEN).server_url(url).retry(quick());
    let dub = builder.timeout(Duration::from_secs(2)).build().unwrap();
    let calls: Vec<_> = (0..CALLS)
        .map(|number| tokio::spawn(call(dub.clone(), number)))
        .collect();
    let mut failed = 0;
    for task in calls {
        let ended = tokio::time::timeout(Duration::from_secs(20), task).await;
        match ended.expect("a call hangs").unwrap() {
            (id, Ok(got)) => assert_eq!(got, id),
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
    // A tenth of the changes fail, and next to none of the reads, which have three attempts.
    assert!((20..=90).contains(&failed), "{failed} failed");
    let seen = seen.lock().unwrap();
    let (reads, changes): (Vec<_>, Vec<_>) =
        seen.iter().partition(|(key, _)| key.starts_with("GET"));
    assert_eq!(changes.len(), 500);
    assert!(changes.iter().all(|(_, times)| **times == 1));
    assert!(reads.iter().any(|(_, times)| **times > 1));
}
