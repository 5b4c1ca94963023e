//! `Retry-After` and its relatives, in every form in which servers write them.

use std::time::{Duration, SystemTime};

/// From here on a number is no longer seconds from now but seconds since 1970 (this is 2001).
const EPOCH_SECONDS: u64 = 1_000_000_000;
/// From here on a number is milliseconds since 1970 (this is 2001 too).
const EPOCH_MILLISECONDS: u64 = 1_000_000_000_000;

/// The moment that `text` names: seconds from `now`, seconds or milliseconds since 1970, or a date of HTTP.
///
/// Dub documents seconds and sends milliseconds since 1970; the size of the number tells which it is. `None` for
/// what is none of these or lies beyond what the system's clock can name.
pub(super) fn moment(text: &str, now: SystemTime) -> Option<SystemTime> {
    let text = text.trim();
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return http_date(text);
    }
    let number: u64 = text.parse().ok()?;
    if number < EPOCH_SECONDS {
        now.checked_add(Duration::from_secs(number))
    } else if number < EPOCH_MILLISECONDS {
        SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(number))
    } else {
        SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(number))
    }
}

/// How long from `now` the moment is that `text` names; zero when it is over.
pub(super) fn delay(text: &str, now: SystemTime) -> Option<Duration> {
    Some(moment(text, now)?.duration_since(now).unwrap_or_default())
}

/// Reads `Sun, 06 Nov 1994 08:49:37 GMT`, the form that RFC 9110 (section 5.6.7) prescribes.
fn http_date(text: &str) -> Option<SystemTime> {
    let (_weekday, rest) = text.split_once(", ")?;
    let mut parts = rest.split(' ');
    let day: u64 = parts.next()?.parse().ok()?;
    let month = parts.next()?;
    let month = MONTHS.iter().position(|name| *name == month)?;
    let year: u64 = parts.next()?.parse().ok()?;
    let time = parts.next()?;
    if parts.next()? != "GMT" || parts.next().is_some() {
        return None;
    }
    let mut clock = time
        .split(':')
        .map(|part| part.parse::<u64>().ok().filter(|part| *part <= 60));
    let (hour, minute, second) = (clock.next()??, clock.next()??, clock.next()??);
    if clock.next().is_some()
        || !(1..=31).contains(&day)
        || !(1970..=9999).contains(&year)
        || hour > 23
        || minute > 59
    {
        return None;
    }
    let days = days_before(year, u64::try_from(month).ok()?) + day - 1;
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(
        days * 86_400 + hour * 3_600 + minute * 60 + second,
    ))
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// The days from the beginning of 1970 to the first of a month, which is counted from zero.
fn days_before(year: u64, month: u64) -> u64 {
    const DAYS: [u64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let leap_days = |year: u64| year / 4 - year / 100 + year / 400;
    let month_days = usize::try_from(month)
        .ok()
        .and_then(|month| DAYS.get(month))
        .copied()
        .unwrap_or(0);
    (year - 1970) * 365 + leap_days(year - 1) - leap_days(1969)
        + month_days
        + u64::from(leap && month > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn every_form_is_read() {
        let now = at(1_761_848_307);
        for (text, seconds) in [
            ("0", Some(0)),
            (" 7 ", Some(7)),
            ("1761848310", Some(3)),
            ("1761848310000", Some(3)),
            ("1761848000000", Some(0)),
            ("Thu, 30 Oct 2025 18:18:37 GMT", Some(10)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(0)),
            ("", None),
            ("soon", None),
            ("-5", None),
            ("1.5", None),
            ("99999999999999999999999999", None),
            ("Thu, 30 Foo 2025 18:18:37 GMT", None),
            ("Thu, 99 Oct 2025 18:18:37 GMT", None),
        ] {
            assert_eq!(delay(text, now), seconds.map(Duration::from_secs), "{text}");
        }
        assert_eq!(
            moment("Sun, 06 Nov 1994 08:49:37 GMT", now),
            Some(at(784_111_777))
        );
        assert_eq!(
            moment("Thu, 29 Feb 2024 00:00:00 GMT", now),
            Some(at(1_709_164_800))
        );
    }
}
