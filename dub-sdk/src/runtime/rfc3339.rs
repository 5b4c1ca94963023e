//! Parses dates and times as RFC 3339 (section 5.6) defines them.

use std::time::{Duration, SystemTime};

/// Parses a date and time, such as `2025-10-30T18:18:27.000Z`. Returns `None` for any other format
/// and for a time that `SystemTime` cannot represent. A leap second is the first second of the next
/// minute. Digits beyond nanoseconds are ignored.
pub(super) fn parse(text: &str) -> Option<SystemTime> {
    let mut rest = text;
    let year = digits(&mut rest, 4)?;
    let month = after(&mut rest, "-")?;
    let day = after(&mut rest, "-")?;
    rest = rest.strip_prefix(['T', 't', ' '])?;
    let hour = digits(&mut rest, 2)?;
    let minute = after(&mut rest, ":")?;
    let second = after(&mut rest, ":")?;
    let nanoseconds = fraction(&mut rest)?;
    let offset = offset_seconds(rest)?;
    let is_valid = (1..=12).contains(&month)
        && (1..=days_in_month(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second <= 60;
    if !is_valid {
        return None;
    }
    let seconds =
        days_since_1970(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second - offset;
    let whole = Duration::from_secs(seconds.unsigned_abs());
    let time = match seconds < 0 {
        true => SystemTime::UNIX_EPOCH.checked_sub(whole)?,
        false => SystemTime::UNIX_EPOCH.checked_add(whole)?,
    };
    time.checked_add(Duration::from_nanos(nanoseconds))
}

/// Reads a number of exactly `count` digits.
fn digits(rest: &mut &str, count: usize) -> Option<i64> {
    let (number, after) = rest.split_at_checked(count)?;
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    *rest = after;
    number.parse().ok()
}

/// Reads a separator and a number of two digits.
fn after(rest: &mut &str, separator: &str) -> Option<i64> {
    *rest = rest.strip_prefix(separator)?;
    digits(rest, 2)
}

/// Reads the optional fraction of a second and returns it in nanoseconds.
fn fraction(rest: &mut &str) -> Option<u64> {
    let Some(after) = rest.strip_prefix('.') else {
        return Some(0);
    };
    let is_digit = |char: char| char.is_ascii_digit();
    let end = after.find(|char| !is_digit(char)).unwrap_or(after.len());
    let (digits, after) = after.split_at_checked(end)?;
    *rest = after;
    if digits.is_empty() {
        return None;
    }
    let padded = digits.bytes().chain(std::iter::repeat(b'0')).take(9);
    Some(padded.fold(0, |sum, digit| {
        sum * 10 + u64::from(digit.saturating_sub(b'0'))
    }))
}

/// Parses the time zone at the end: `Z`, or hours and minutes from UTC. Returns seconds.
fn offset_seconds(text: &str) -> Option<i64> {
    if matches!(text, "Z" | "z") {
        return Some(0);
    }
    let (sign, mut rest) = match text.strip_prefix('+') {
        Some(rest) => (1, rest),
        None => (-1, text.strip_prefix('-')?),
    };
    let hours = digits(&mut rest, 2)?;
    let minutes = after(&mut rest, ":")?;
    (rest.is_empty() && hours < 24 && minutes < 60).then_some(sign * (hours * 3_600 + minutes * 60))
}

fn is_leap_year(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap_year(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Returns the number of days from 1970-01-01 to a date of the Gregorian calendar.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let leap_days = |year: i64| year / 4 - year / 100 + year / 400;
    let before = year - 1;
    // 719,162 days lie between 0001-01-01 and 1970-01-01.
    let years = match before < 0 {
        // The year 0 is a leap year.
        true => -366,
        false => before * 365 + leap_days(before),
    };
    let months: i64 = (1..month).map(|month| days_in_month(year, month)).sum();
    years + months + day - 1 - 719_162
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the milliseconds since 1970.
    fn milliseconds(text: &str) -> Option<i128> {
        let time = parse(text)?;
        let since = time.duration_since(SystemTime::UNIX_EPOCH);
        let whole = |duration: Duration| i128::try_from(duration.as_millis()).unwrap();
        Some(since.map_or_else(|error| -whole(error.duration()), whole))
    }

    #[test]
    fn parses_dates_and_times() {
        for (text, expected) in [
            ("2025-10-30T18:18:27.000Z", 1_761_848_307_000),
            ("2025-10-30t18:18:27z", 1_761_848_307_000),
            ("2025-10-30 20:18:27+02:00", 1_761_848_307_000),
            ("2025-10-30T12:48:27.25-05:30", 1_761_848_307_250),
            ("1970-01-01T00:00:00Z", 0),
            ("1969-12-31T23:59:59.5Z", -500),
            ("0000-01-01T00:00:00Z", -62_167_219_200_000),
            ("0001-01-01T00:00:00Z", -62_135_596_800_000),
            ("1900-03-01T00:00:00Z", -2_203_891_200_000),
            ("2000-02-29T23:59:60Z", 951_868_800_000),
            ("9999-12-31T23:59:59.999999999999Z", 253_402_300_799_999),
        ] {
            assert_eq!(milliseconds(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn agrees_with_http_dates() {
        for day in (0..60_000_u64).step_by(17) {
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(day * 86_400 + 4_321);
            let date = httpdate::fmt_http_date(time);
            let parts: Vec<&str> = date.split(' ').collect();
            let months = "JanFebMarAprMayJunJulAugSepOctNovDec";
            let month = months.find(parts[2]).unwrap() / 3 + 1;
            let text = format!("{}-{month:02}-{}T{}Z", parts[3], parts[1], parts[4]);
            assert_eq!(parse(&text), Some(time), "{text}");
        }
    }

    #[test]
    fn rejects_other_formats() {
        for text in [
            "",
            "now",
            "2025",
            "2025-10-30",
            "2025-10-30T18:18Z",
            "2025-10-30T18:18:27",
            "2025-10-30T18:18:27.Z",
            "2025-10-30T18:18:27+0200",
            "2025-10-30T18:18:27+24:00",
            "2025-13-01T00:00:00Z",
            "2025-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "2025-04-31T00:00:00Z",
            "2025-01-00T00:00:00Z",
            "2025-01-01T24:00:00Z",
            "2025-01-01T00:60:00Z",
            "2025-01-01T00:00:61Z",
            "+2025-01-01T00:00:00Z",
            "2025-1-1T00:00:00Z",
            "2025-10-30T18:18:27Zx",
            "２０２５-10-30T18:18:27Z",
            "1761848307",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
