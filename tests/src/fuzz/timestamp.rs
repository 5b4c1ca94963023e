//! Checks timestamps.

use chrono::{DateTime, SecondsFormat, Utc};
use dub_sdk::Timestamp;
use std::time::{Duration, SystemTime};

/// Reads a string as a timestamp, which keeps it, and as a time, with the same result as `chrono`.
pub fn timestamp(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let timestamp = Timestamp::from(text);
    assert_eq!(timestamp.to_string(), text);
    let json = serde_json::to_string(&timestamp).unwrap();
    assert_eq!(serde_json::from_str::<Timestamp>(&json).unwrap(), timestamp);
    let ours = SystemTime::try_from(&timestamp).ok();
    let theirs = DateTime::parse_from_rfc3339(text).ok();
    let is_leap_second = text.get(17..19) == Some("60");
    let (Some(ours), Some(theirs)) = (ours, theirs) else {
        assert!(
            is_leap_second || ours.is_none() == theirs.is_none(),
            "{text}: {ours:?}, but chrono reads {theirs:?}"
        );
        return;
    };
    if is_leap_second {
        return;
    }
    let theirs = theirs.with_timezone(&Utc);
    assert_eq!(ours, time(theirs), "{text}");
    let printed = theirs.to_rfc3339_opts(SecondsFormat::AutoSi, true);
    // After the year 9999 in UTC, chrono prints more than four digits.
    if printed.len() <= 30 && !printed.starts_with(['+', '-']) {
        let again = SystemTime::try_from(&Timestamp::from(printed));
        assert_eq!(again.ok(), Some(ours), "{text}");
    }
}

/// Converts a time without the implementation of `chrono`.
fn time(time: DateTime<Utc>) -> SystemTime {
    let seconds = time.timestamp();
    let whole = Duration::from_secs(seconds.unsigned_abs());
    let whole = match seconds < 0 {
        true => SystemTime::UNIX_EPOCH - whole,
        false => SystemTime::UNIX_EPOCH + whole,
    };
    whole + Duration::from_nanos(time.timestamp_subsec_nanos().into())
}
