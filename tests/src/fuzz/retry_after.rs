//! Checks the delay that a response requests.

use dub_sdk::{ApiError, Error, ErrorResponse, HeaderMap, StatusCode};
use std::time::{Duration, SystemTime};

/// Reads `Retry-After`, and after a `|` the header `Date`. A number of seconds is that delay, and a date
/// is the time between the two headers.
pub fn retry_after(data: &[u8]) {
    let mut parts = data.splitn(2, |byte| *byte == b'|');
    let (value, date) = (parts.next().unwrap_or_default(), parts.next());
    let mut headers = HeaderMap::new();
    let Ok(header) = value.try_into() else { return };
    headers.insert("retry-after", header);
    if let Some(date) = date.and_then(|date| date.try_into().ok()) {
        headers.insert("date", date);
    }
    let delay = |status| {
        let response = ErrorResponse::new(status, headers.clone(), "");
        Error::Api(ApiError::from(response)).retry_after()
    };
    for status in [StatusCode::NOT_FOUND, StatusCode::INTERNAL_SERVER_ERROR] {
        assert_eq!(delay(status), None);
    }
    let delay = delay(StatusCode::TOO_MANY_REQUESTS);
    let text = std::str::from_utf8(value).unwrap_or_default();
    // Other characters are not valid in a header.
    let text = if text.is_ascii() { text } else { "" };
    let sent = headers.get("date").and_then(|date| date.to_str().ok());
    let sent = sent.and_then(|date| httpdate::parse_http_date(date).ok());
    if let Some(least) = seconds(text) {
        let delay = delay.expect("a number of seconds is a delay");
        let most = least + Duration::from_micros(1);
        assert!((least..=most).contains(&delay), "{delay:?}, not {least:?}");
    } else if let (Ok(time), Some(sent)) = (httpdate::parse_http_date(text.trim()), sent) {
        let expected = time.duration_since(sent).unwrap_or_default();
        assert_eq!(delay, Some(expected));
    }
    if let Some(delay) = delay {
        // The end of the delay is a time, so that a program can wait until then.
        let now = sent.unwrap_or(SystemTime::UNIX_EPOCH);
        assert!(now.checked_add(delay).is_some(), "{delay:?}");
        let first = text.trim().bytes().next();
        assert!(first.is_some_and(|byte| byte.is_ascii_alphanumeric()));
    }
}

/// Reads a decimal number that is too small to be a time since 1970.
fn seconds(text: &str) -> Option<Duration> {
    let text = text.trim();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    if !is_number(whole) || !is_number(fraction) {
        return None;
    }
    let whole: u64 = whole.parse().ok()?;
    let digits: String = fraction
        .chars()
        .chain("000000000".chars())
        .take(9)
        .collect();
    let is_small = whole < 1_000_000_000;
    is_small.then_some(Duration::new(whole, digits.parse().ok()?))
}
