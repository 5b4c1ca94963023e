//! Tests the timeout of an attempt, the connect timeout and the deadline of a call.

use crate::server::{CUSTOMER, Connection, Server, quick_retries, response};
use dub_sdk::Error;
use std::ops::Range;
use std::time::{Duration, Instant};

const SHORT: Duration = Duration::from_millis(250);

fn milliseconds(range: Range<u64>) -> Range<Duration> {
    Duration::from_millis(range.start)..Duration::from_millis(range.end)
}

/// Writes one byte every 100 ms.
fn write_slowly(connection: &mut Connection, response: &str) {
    for byte in response.bytes() {
        std::thread::sleep(Duration::from_millis(100));
        if connection.try_write(&[byte]).is_err() {
            return;
        }
    }
}

#[tokio::test]
async fn slow_bytes_do_not_extend_timeout() {
    let response = response(200, "", CUSTOMER);
    let body = response.find("\r\n\r\n").unwrap() + 4;
    for at_once in [0, 20, body, body + 10] {
        let response = response.clone();
        let server = Server::start(move |connection, _| {
            connection.request();
            connection.write(&response.as_bytes()[..at_once]);
            write_slowly(connection, &response[at_once..]);
        });
        let start = Instant::now();
        let get = server
            .dub_without_retries()
            .customers()
            .get("cus_1")
            .timeout(SHORT);
        let error = get.send().await.unwrap_err();
        assert!(matches!(error, Error::Timeout(_)), "{at_once}: {error:?}");
        assert!(error.is_timeout() && error.is_retryable());
        assert!(milliseconds(240..1_500).contains(&start.elapsed()));
    }
}

#[tokio::test]
async fn timeout_applies_to_each_attempt() {
    let server = Server::start(|connection, number| {
        connection.request();
        if number == 2 {
            connection.write(response(200, "", CUSTOMER).as_bytes());
        }
        connection.wait_for_close();
    });
    let start = Instant::now();
    let get = server.dub().customers().get("cus_1").timeout(SHORT);
    assert_eq!(get.send().await.unwrap().id, "cus_1");
    assert!(milliseconds(490..2_000).contains(&start.elapsed()));
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn does_not_retry_update_after_timeout() {
    let server = Server::start(|connection, _| {
        connection.request();
        connection.wait_for_close();
    });
    let update = server.dub().customers().update("cus_1").name("Ada");
    let error = update.timeout(SHORT).send().await.unwrap_err();
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
    assert_eq!(server.request_lines(), ["PATCH /customers/cus_1"]);
}

#[tokio::test]
async fn deadline_covers_all_attempts_and_delays() {
    let silent = Server::start(|connection, _| {
        connection.request();
        connection.wait_for_close();
    });
    let busy = Server::responding([response(503, "", "")]);
    let many_retries = quick_retries().max_attempts(u32::MAX).max_delay(SHORT);
    for (server, times_out) in [(&silent, true), (&busy, false)] {
        let builder = server.builder().retry(many_retries.clone()).timeout(SHORT);
        let dub = builder.deadline(SHORT * 3).build().unwrap();
        let start = Instant::now();
        let error = dub.customers().get("cus_1").send().await.unwrap_err();
        let elapsed = start.elapsed();
        // The deadline may end an attempt that starts just before it, so the last error can be a
        // timeout instead of a 503.
        let is_cut_off = error.is_timeout() && elapsed >= SHORT * 3;
        assert!(error.is_timeout() == times_out || is_cut_off, "{error:?}");
        assert!(error.is_timeout() || error.status().is_some_and(|status| status == 503));
        assert!(elapsed < SHORT * 3 + Duration::from_secs(1));
        assert!(server.requests().len() > 1);
    }
}

#[tokio::test]
async fn does_not_wait_past_deadline() {
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
async fn message_names_the_limit_that_ran_out() {
    let server = Server::start(|connection, _| {
        connection.request();
        connection.wait_for_close();
    });
    let host = server.url.trim_start_matches("http://");
    let dub = server.dub_without_retries();
    let get = || dub.customers().get("cus_1");
    let by_timeout = get().timeout(SHORT).send().await.unwrap_err();
    assert_eq!(
        by_timeout.to_string(),
        format!("getCustomer: no response from {host} within 250ms")
    );
    let by_deadline = get().deadline(SHORT).send().await.unwrap_err();
    assert_eq!(
        by_deadline.to_string(),
        format!("getCustomer: no response from {host} before the deadline of the call")
    );
}
