//! Time-outs: of an attempt, of making the connection, of a whole call.

use crate::server::{CUSTOMER, Connection, Server, quick, response};
use dub_sdk::{Dub, Error, RetryPolicy};
use std::ops::Range;
use std::time::{Duration, Instant};

const SHORT: Duration = Duration::from_millis(250);

fn milliseconds(range: Range<u64>) -> Range<Duration> {
    Duration::from_millis(range.start)..Duration::from_millis(range.end)
}

/// Writes a byte every 100 ms.
fn drip(connection: &mut Connection, text: &str) {
    for byte in text.bytes() {
        std::thread::sleep(Duration::from_millis(100));
        if connection.try_write(&[byte]).is_err() {
            return;
        }
    }
}

#[tokio::test]
async fn a_byte_now_and_then_does_not_put_the_time_out_off() {
    let whole = response(200, "", CUSTOMER);
    let body = whole.find("\r\n\r\n").unwrap() + 4;
    for at_once in [0, 20, body, body + 10] {
        let text = whole.clone();
        let server = Server::start(move |connection, _| {
            connection.request();
            connection.write(&text.as_bytes()[..at_once]);
            drip(connection, &text[at_once..]);
        });
        let start = Instant::now();
        let get = server.dub_once().customers().get("cus_1").timeout(SHORT);
        let error = get.send().await.unwrap_err();
        assert!(matches!(error, Error::Timeout(_)), "{at_once}: {error:?}");
        assert!(error.is_timeout() && error.is_retryable());
        assert!(milliseconds(240..1_500).contains(&start.elapsed()));
    }
}

#[tokio::test]
async fn each_attempt_has_the_time_out_of_its_own() {
    let server = Server::start(|connection, number| {
        connection.request();
        if number == 2 {
            connection.write(response(200, "", CUSTOMER).as_bytes());
        }
        connection.wait_for_end();
    });
    let start = Instant::now();
    let get = server.dub().customers().get("cus_1").timeout(SHORT);
    assert_eq!(get.send().await.unwrap().id, "cus_1");
    assert!(milliseconds(490..2_000).contains(&start.elapsed()));
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_change_that_runs_out_of_time_is_not_sent_again() {
    let server = Server::start(|connection, _| {
        connection.request();
        connection.wait_for_end();
    });
    let update = server.dub().customers().update("cus_1").name("Ada");
    let error = update.timeout(SHORT).send().await.unwrap_err();
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
    assert_eq!(server.lines(), ["PATCH /customers/cus_1"]);
}

#[tokio::test]
async fn the_deadline_holds_for_all_attempts_and_pauses() {
    let silent = Server::start(|connection, _| {
        connection.request();
        connection.wait_for_end();
    });
    let busy = Server::responding([response(503, "", "")]);
    let endless = quick().max_attempts(u32::MAX).max_delay(SHORT);
    for (server, times_out) in [(&silent, true), (&busy, false)] {
        let builder = server.builder().retry(endless.clone()).timeout(SHORT);
        let dub = builder.deadline(SHORT * 3).build().unwrap();
        let start = Instant::now();
        let error = dub.customers().get("cus_1").send().await.unwrap_err();
        let elapsed = start.elapsed();
        // An attempt that begins just before the deadline may have no time for its 503: the deadline alone ends it then.
        let is_cut_off = error.is_timeout() && elapsed >= SHORT * 3;
        assert!(error.is_timeout() == times_out || is_cut_off, "{error:?}");
        assert!(error.is_timeout() || error.status().is_some_and(|status| status == 503));
        assert!(elapsed < SHORT * 3 + Duration::from_secs(1));
        assert!(server.requests().len() > 1);
    }
}

#[tokio::test]
async fn a_pause_that_would_outlast_the_deadline_is_not_begun() {
    let server = Server::responding([response(429, "retry-after: 5\r\n", "")]);
    let start = Instant::now();
    let get = server.dub().customers().get("cus_1");
    let error = get.deadline(Duration::from_secs(2)).send().await;
    let error = error.unwrap_err();
    assert!(error.is_rate_limited());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(5)));
    assert!(start.elapsed() < Duration::from_secs(1));
}

#[tokio::test]
async fn a_connection_that_is_not_accepted_is_given_up() {
    // A listener whose queue is full lets those who come wait.
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut queue = Vec::new();
    while let Ok(stream) = std::net::TcpStream::connect_timeout(&address, SHORT) {
        queue.push(stream);
        assert!(queue.len() < 100, "the queue has no end");
    }
    let dub = Dub::builder("key")
        .server_url(format!("http://{address}"))
        .connect_timeout(SHORT)
        .retry(RetryPolicy::none());
    let dub = dub.build().unwrap();
    let start = Instant::now();
    let error = dub.customers().get("cus_1").send().await.unwrap_err();
    assert!(matches!(error, Error::Connect(_)), "{error:?}");
    assert!(error.is_timeout() && error.is_retryable());
    assert!(milliseconds(240..2_000).contains(&start.elapsed()));
}
