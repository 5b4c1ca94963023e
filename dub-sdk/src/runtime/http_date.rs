//! HTTP dates, in the three formats that recipients must accept (RFC 9110, section 5.6.7).

use std::time::{Duration, SystemTime};

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// The parts of a date and time in UTC, not yet validated.
struct Parts<'a> {
    day: &'a str,
    month: &'a str,
    year: u64,
    clock: &'a str,
}

/// Parses a date. Returns `None` if it has none of the three formats or is not a date from 1970 to
/// 9999.
pub(crate) fn parse(text: &str, now: SystemTime) -> Option<SystemTime> {
    let mut words = text.split_ascii_whitespace();
    let weekday = words.next()?;
    let words: Vec<&str> = words.collect();
    let parts = match (weekday.strip_suffix(','), &*words) {
        // Sun, 06 Nov 1994 08:49:37 GMT
        (Some(_), [day, month, year, clock, "GMT"]) => Parts {
            day,
            month,
            year: number(year)?,
            clock,
        },
        // Sunday, 06-Nov-94 08:49:37 GMT
        (Some(_), [date, clock, "GMT"]) => {
            let (day, rest) = date.split_once('-')?;
            let (month, year) = rest.split_once('-')?;
            Parts {
                day,
                month,
                year: expand_two_digit_year(number(year)?, now)?,
                clock,
            }
        }
        // Sun Nov  6 08:49:37 1994
        (None, [month, day, clock, year]) => Parts {
            day,
            month,
            year: number(year)?,
            clock,
        },
        _ => return None,
    };
    to_system_time(&parts)
}

/// Parses a number that consists only of digits. `str::parse` alone would accept a sign.
fn number(text: &str) -> Option<u64> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

/// Returns the year for a two-digit year: the latest matching one that is at most 50 years in the
/// future, as the RFC requires.
fn expand_two_digit_year(digits: u64, now: SystemTime) -> Option<u64> {
    if digits > 99 {
        return None;
    }
    let seconds = now.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs();
    // The current year may be off by one around New Year, which is negligible for this limit.
    let latest = 1970_u64
        .saturating_add(seconds / 31_556_952)
        .saturating_add(50);
    latest.checked_sub((latest.saturating_sub(digits)) % 100)
}

fn to_system_time(parts: &Parts<'_>) -> Option<SystemTime> {
    let month = MONTHS.iter().position(|name| *name == parts.month)?;
    let day = number_up_to(parts.day, 31).filter(|day| *day > 0)?;
    if !(1970..=9999).contains(&parts.year) {
        return None;
    }
    let (hour, rest) = parts.clock.split_once(':')?;
    let (minute, second) = rest.split_once(':')?;
    let hour = number_up_to(hour, 23)?;
    let minute = number_up_to(minute, 59)?;
    // Second 60 is a leap second.
    let second = number_up_to(second, 60)?;
    let days = days_before(parts.year, month) + day - 1;
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(
        days * 86_400 + hour * 3_600 + minute * 60 + second,
    ))
}

fn number_up_to(text: &str, max: u64) -> Option<u64> {
    number(text).filter(|number| *number <= max)
}

/// Returns the number of days from 1 January 1970 to the first day of a month. `month` counts from
/// zero.
fn days_before(year: u64, month: usize) -> u64 {
    const DAYS: [u64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let leap_days = |year: u64| year / 4 - year / 100 + year / 400;
    let month_days = DAYS.get(month).copied().unwrap_or(0);
    (year - 1970) * 365 + leap_days(year - 1) - leap_days(1969)
        + month_days
        + u64::from(leap && month > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> Option<u64> {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_761_848_307);
        let time = parse(text, now)?;
        Some(
            time.duration_since(SystemTime::UNIX_EPOCH)
                .unwrap()
                .as_secs(),
        )
    }

    #[test]
    fn parses_all_three_date_forms() {
        for (text, expected) in [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
            ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
            ("Sun Nov  6 08:49:37 1994", 784_111_777),
            ("Thu, 29 Feb 2024 00:00:00 GMT", 1_709_164_800),
            ("Thu, 30 Oct 2025 18:18:37 GMT", 1_761_848_317),
            ("Thursday, 30-Oct-25 18:18:37 GMT", 1_761_848_317),
            ("Thu Oct 30 18:18:37 2025", 1_761_848_317),
            // 2070 is within 50 years of 2025. 2080 is not, so `80` is 1980.
            ("Wednesday, 01-Jan-70 00:00:00 GMT", 3_155_760_000),
            ("Tuesday, 01-Jan-80 00:00:00 GMT", 315_532_800),
            ("Sat, 31 Dec 2016 23:59:60 GMT", 1_483_228_800),
        ] {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn rejects_other_date_forms() {
        for text in [
            "",
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
            assert_eq!(seconds(text), None, "{text}");
        }
    }
}
