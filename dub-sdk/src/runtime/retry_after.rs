//! Parses `Retry-After` and similar headers in all forms that servers send.

use std::time::{Duration, SystemTime};

/// The smallest number that means seconds since 1970. A smaller number means seconds from now. As
/// seconds since 1970, this number is a time in 2001.
const MIN_EPOCH_SECONDS: u64 = 1_000_000_000;
/// The smallest number that means milliseconds since 1970. This is also a time in 2001.
const MIN_EPOCH_MILLISECONDS: u64 = 1_000_000_000_000;

/// Parses a time: seconds from `now`, seconds or milliseconds since 1970, or an HTTP date.
///
/// The magnitude of a number determines its unit, because some servers document seconds but send
/// milliseconds since 1970. Returns `None` if `text` has none of these forms, or if the time is out
/// of range for `SystemTime`.
pub(crate) fn parse(text: &str, now: SystemTime) -> Option<SystemTime> {
    let text = text.trim();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(fraction) {
        return httpdate::parse_http_date(text).ok();
    }
    // A number that overflows means a time in the far future, so the largest number can replace it.
    let number: u64 = whole.parse().unwrap_or(u64::MAX);
    if number < MIN_EPOCH_SECONDS {
        now.checked_add(Duration::from_secs(number))?
            .checked_add(fractional_second(fraction))
    } else if number < MIN_EPOCH_MILLISECONDS {
        SystemTime::UNIX_EPOCH
            .checked_add(Duration::from_secs(number))?
            .checked_add(fractional_second(fraction))
    } else {
        // A fraction of a millisecond is negligible.
        SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(number))
    }
}

/// Returns the fraction of a second with these digits after the decimal point. It is rounded up to
/// whole microseconds, so that a retry is never too early.
fn fractional_second(digits: &str) -> Duration {
    let rounded_up = digits.bytes().skip(6).any(|digit| digit != b'0');
    let padded = digits.bytes().chain(std::iter::repeat(b'0')).take(6);
    let microseconds = padded.fold(0, |sum, digit| {
        sum * 10 + u64::from(digit.saturating_sub(b'0'))
    });
    Duration::from_micros(microseconds + u64::from(rounded_up))
}

/// Parses a time as [`parse`] does and returns the duration from `now` until then; zero if the time
/// has passed.
pub(crate) fn delay(text: &str, now: SystemTime) -> Option<Duration> {
    Some(parse(text, now)?.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_every_retry_after_form() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_761_848_307);
        for (text, milliseconds) in [
            ("0", Some(0)),
            (" 7 ", Some(7_000)),
            ("1.5", Some(1_500)),
            ("0.25", Some(250)),
            ("999999999", Some(999_999_999_000)),
            ("1761848310", Some(3_000)),
            ("1761848310.125", Some(3_125)),
            ("1761848310250", Some(3_250)),
            ("1761848310250.5", Some(3_250)),
            ("1761848000000", Some(0)),
            ("1000000000", Some(0)),
            ("Thu, 30 Oct 2025 18:18:37 GMT", Some(10_000)),
            ("Thursday, 30-Oct-25 18:18:37 GMT", Some(10_000)),
            ("Thu Oct 30 18:18:37 2025", Some(10_000)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(0)),
            ("", None),
            ("soon", None),
            ("-5", None),
            ("+5", None),
            ("1e3", None),
            (".5", None),
            ("1.", None),
            ("1.2.3", None),
            ("٣", None),
        ] {
            let expected = milliseconds.map(Duration::from_millis);
            assert_eq!(delay(text, now), expected, "{text}");
        }
        let huge_delay = delay("99999999999999999999999999", now).unwrap();
        assert!(huge_delay > Duration::from_secs(3_000_000_000_000));
        let rounded_up_delay = delay("0.0000001", now).unwrap();
        assert_eq!(rounded_up_delay, Duration::from_micros(1));
    }

    #[test]
    fn parses_every_http_date_format() {
        for (text, seconds) in [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
            ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
            ("Sun Nov  6 08:49:37 1994", 784_111_777),
            ("Thu, 29 Feb 2024 00:00:00 GMT", 1_709_164_800),
            ("Thu, 30 Oct 2025 18:18:37 GMT", 1_761_848_317),
            ("Thursday, 30-Oct-25 18:18:37 GMT", 1_761_848_317),
            ("Thu Oct 30 18:18:37 2025", 1_761_848_317),
            ("Tuesday, 01-Jan-80 00:00:00 GMT", 315_532_800),
        ] {
            let expected = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
            assert_eq!(parse(text, SystemTime::now()), Some(expected), "{text}");
        }
    }

    #[test]
    fn rejects_invalid_dates() {
        for text in [
            ",",
            "Thu, 30 Foo 2025 18:18:37 GMT",
            "Thu, 99 Oct 2025 18:18:37 GMT",
            "Thu, 00 Oct 2025 18:18:37 GMT",
            "Thu, +1 Oct 2025 18:18:37 GMT",
            "Thu, 30 Oct 1969 18:18:37 GMT",
            "Thu, 30 Oct 99999 18:18:37 GMT",
            "Thu, 30 Oct 2025 24:00:00 GMT",
            "Thu, 30 Oct 2025 18:18 GMT",
            "Thu, 30 Oct 2025 18:18:37:00 GMT",
            "Thu, 30 Oct 2025 18:18:37 CET",
            "Thursday, 30-Oct-125 18:18:37 GMT",
            "Thu Oct 30 18:18:37 2025 GMT",
            "2025-10-30T18:18:37Z",
        ] {
            assert_eq!(parse(text, SystemTime::now()), None, "{text}");
        }
    }
}
