//! Calendar dates, for the date of an import.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// Returns the current date, in UTC.
pub fn today() -> String {
    of(SystemTime::now())
}

/// Returns the modification date of a file, in UTC.
pub fn modified(file: &Path) -> Result<String, String> {
    let time = file.metadata().and_then(|metadata| metadata.modified());
    time.map(of)
        .map_err(|error| format!("error: {}: {error}", file.display()))
}

fn of(time: SystemTime) -> String {
    let seconds = time
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    day(seconds / 86_400)
}

/// Converts a number of days since 1970-01-01 to a calendar date. The calculation uses years that
/// begin in March, so that a leap day is the last day of a year.
fn day(since_1970: u64) -> String {
    let days = since_1970 + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let leaps = day_of_era / 1_460 + day_of_era / 146_096 - day_of_era / 36_524;
    let year_of_era = (day_of_era - leaps) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Returns true if a string has the format `YYYY-MM-DD`.
pub fn is_date(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    let lengths: Vec<_> = parts.iter().map(|part| part.len()).collect();
    lengths == [4, 2, 2]
        && parts
            .iter()
            .all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::{day, is_date};

    #[test]
    fn converts_days_to_calendar_dates() {
        let table = [
            (0, "1970-01-01"),
            (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (19_782, "2024-02-29"),
            (20_782, "2026-11-25"),
            (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
        ];
        for (days, expected) in table {
            assert_eq!(day(days), expected, "{days}");
        }
    }

    #[test]
    fn recognises_date_format() {
        assert!(is_date("2026-06-05"));
        for wrong in ["", "2026-6-5", "2026-06-05T00", "dub-openapi", "2026_06_05"] {
            assert!(!is_date(wrong), "{wrong}");
        }
    }
}
