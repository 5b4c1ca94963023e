//! Tests every format of the `Retry-After` header.

use crate::server::{CUSTOMER, Server, response};
use dub_sdk::Error;
use std::ops::Range;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

fn rate_limited(retry_after: &str) -> String {
    let detail = r#"{"error":{"code":"rate_limit_exceeded","message":"Slow down."}}"#;
    response(429, &format!("retry-after: {retry_after}\r\n"), detail)
}

/// Returns the duration of a call whose first response is a 429 with this header value and whose
/// second response is a customer.
async fn call_duration(retry_after: String) -> Duration {
    let server = Server::responding([rate_limited(&retry_after), response(200, "", CUSTOMER)]);
    let dub = server.dub();
    let start = Instant::now();
    // An update is retried as well, because a 429 means that it was not executed.
    let updated = dub.customers().update("cus_1").name("Ada").send().await;
    assert_eq!(updated.unwrap().id, "cus_1", "{retry_after}");
    assert_eq!(server.requests().len(), 2, "{retry_after}");
    start.elapsed()
}

fn duration_range(range: Range<f64>) -> Range<Duration> {
    Duration::from_secs_f64(range.start)..Duration::from_secs_f64(range.end)
}

#[tokio::test]
async fn waits_for_requested_delay() {
    let now = SystemTime::now();
    let since_1970 = now.duration_since(UNIX_EPOCH).unwrap();
    let soon = now + Duration::from_secs(2);
    // A busy machine can delay a call, so only the lower bounds are close. Delays of more than 8
    // seconds are errors.
    let cases = [
        ("1".to_owned(), 1.0..4.0),
        ("0.5".to_owned(), 0.5..4.0),
        ((since_1970.as_secs() + 2).to_string(), 0.7..5.0),
        ((since_1970.as_millis() + 700).to_string(), 0.5..4.0),
        (httpdate::fmt_http_date(soon), 0.7..5.0),
        // Times in the past: the next attempt follows at once.
        ((since_1970.as_secs() - 60).to_string(), 0.0..3.0),
        ((since_1970.as_millis() - 60_000).to_string(), 0.0..3.0),
        ("Sun, 06 Nov 1994 08:49:37 GMT".to_owned(), 0.0..3.0),
        ("0".to_owned(), 0.0..3.0),
        // Invalid values: the policy determines the delay.
        ("-5".to_owned(), 0.0..3.0),
        ("later".to_owned(), 0.0..3.0),
        (String::new(), 0.0..3.0),
    ];
    let calls = cases.map(|(value, range)| {
        tokio::spawn(async move { (call_duration(value.clone()).await, value, range) })
    });
    for call in calls {
        let (elapsed, value, range) = call.await.unwrap();
        assert!(
            duration_range(range).contains(&elapsed),
            "{value}: {elapsed:?}"
        );
    }
}

#[tokio::test]
async fn returns_error_if_delay_exceeds_maximum() {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    for (value, expected) in [
        ("9".to_owned(), 9),
        ("3600".to_owned(), 3_600),
        ("999999999".to_owned(), 999_999_999),
        ((since_1970.as_secs() + 3_600).to_string(), 3_600),
        ((since_1970.as_millis() + 3_600_000).to_string(), 3_600),
        (
            httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(3_600)),
            3_600,
        ),
    ] {
        let server = Server::responding([rate_limited(&value)]);
        let start = Instant::now();
        let error = server.dub().customers().get("cus_1").send().await;
        let error = error.unwrap_err();
        assert!(start.elapsed() < Duration::from_secs(5), "{value}");
        assert!(matches!(error, Error::Api(_)) && error.is_rate_limited());
        let requested = error.retry_after().unwrap().as_secs_f64();
        assert!(
            (requested - f64::from(expected)).abs() < 3.0,
            "{value}: {requested}"
        );
        assert_eq!(server.requests().len(), 1, "{value}");
    }
}

#[tokio::test]
async fn overflowing_delay_exceeds_maximum() {
    for value in ["18446744073709551615".to_owned(), "9".repeat(400)] {
        let server = Server::responding([rate_limited(&value)]);
        let error = server.dub().customers().get("cus_1").send().await;
        let requested = error.unwrap_err().retry_after().unwrap();
        assert!(
            requested > Duration::from_secs(1_000_000_000),
            "{requested:?}"
        );
        assert_eq!(server.requests().len(), 1, "{value}");
    }
}
