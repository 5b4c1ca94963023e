//! Each form of `Retry-After`, over the wire.

use crate::server::{CUSTOMER, Server, response};
use dub_sdk::Error;
use std::ops::Range;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

fn limited(retry_after: &str) -> String {
    let detail = r#"{"error":{"code":"rate_limit_exceeded","message":"Slow down."}}"#;
    response(429, &format!("retry-after: {retry_after}\r\n"), detail)
}

/// How long a call takes whose first response is a 429 with this value and whose second is a customer.
async fn pause(retry_after: String) -> Duration {
    let server = Server::responding([limited(&retry_after), response(200, "", CUSTOMER)]);
    let dub = server.dub();
    let start = Instant::now();
    // Also a change is sent again: what is answered 429 was not done.
    let changed = dub.customers().update("cus_1").name("Ada").send().await;
    assert_eq!(changed.unwrap().id, "cus_1", "{retry_after}");
    assert_eq!(server.requests().len(), 2, "{retry_after}");
    start.elapsed()
}

fn seconds(range: Range<f64>) -> Range<Duration> {
    Duration::from_secs_f64(range.start)..Duration::from_secs_f64(range.end)
}

#[tokio::test]
async fn what_it_asks_for_is_waited_for() {
    let now = SystemTime::now();
    let since_1970 = now.duration_since(UNIX_EPOCH).unwrap();
    let soon = now + Duration::from_secs(2);
    let cases = [
        ("1".to_owned(), 1.0..1.9),
        ("0.5".to_owned(), 0.5..1.4),
        ((since_1970.as_secs() + 2).to_string(), 0.7..2.9),
        ((since_1970.as_millis() + 700).to_string(), 0.5..1.6),
        (httpdate::fmt_http_date(soon), 0.7..2.9),
        // What lies in the past is over.
        ((since_1970.as_secs() - 60).to_string(), 0.0..0.6),
        ((since_1970.as_millis() - 60_000).to_string(), 0.0..0.6),
        ("Sun, 06 Nov 1994 08:49:37 GMT".to_owned(), 0.0..0.6),
        ("0".to_owned(), 0.0..0.6),
        // What says nothing leaves the pause to the policy.
        ("-5".to_owned(), 0.0..0.6),
        ("later".to_owned(), 0.0..0.6),
        (String::new(), 0.0..0.6),
    ];
    let calls = cases
        .map(|(text, range)| tokio::spawn(async move { (pause(text.clone()).await, text, range) }));
    for call in calls {
        let (pause, text, range) = call.await.unwrap();
        assert!(seconds(range).contains(&pause), "{text}: {pause:?}");
    }
}

#[tokio::test]
async fn beyond_the_cap_the_error_comes_back_at_once_and_tells() {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    for (text, told) in [
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
        let server = Server::responding([limited(&text)]);
        let start = Instant::now();
        let error = server.dub().customers().get("cus_1").send().await;
        let error = error.unwrap_err();
        assert!(start.elapsed() < Duration::from_secs(1), "{text}");
        assert!(matches!(error, Error::Api(_)) && error.is_rate_limited());
        let asked = error.retry_after().unwrap().as_secs_f64();
        assert!((asked - f64::from(told)).abs() < 3.0, "{text}: {asked}");
        assert_eq!(server.requests().len(), 1, "{text}");
    }
}

#[tokio::test]
async fn a_number_beyond_all_bounds_is_beyond_the_cap() {
    for text in ["18446744073709551615".to_owned(), "9".repeat(400)] {
        let server = Server::responding([limited(&text)]);
        let error = server.dub().customers().get("cus_1").send().await;
        let asked = error.unwrap_err().retry_after().unwrap();
        assert!(asked > Duration::from_secs(1_000_000_000), "{asked:?}");
        assert_eq!(server.requests().len(), 1, "{text}");
    }
}
