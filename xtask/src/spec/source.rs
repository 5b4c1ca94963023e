//! Writes `spec/SOURCE.toml`, which records the origin of an import.

use super::Import;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::time::UNIX_EPOCH;

pub struct Source {
    origin: String,
    date: String,
    sha256: String,
    tags: Vec<String>,
}

impl Source {
    pub fn of(import: &Import, bytes: &[u8]) -> Result<Self, String> {
        let name = import
            .file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy();
        let date = match &import.date {
            Some(date) if is_date(date) => date.clone(),
            Some(date) => {
                return Err(format!(
                    "error: invalid date `{date}`: expected a date such as 2026-06-05"
                ));
            }
            None => match name.get(..10).filter(|start| is_date(start)) {
                Some(date) => date.to_owned(),
                None => modified(&import.file)?,
            },
        };
        Ok(Self {
            origin: import.origin.clone().unwrap_or_else(|| name.into_owned()),
            date,
            sha256: format!("{:x}", Sha256::digest(bytes)),
            tags: import.tags.clone(),
        })
    }

    pub fn to_toml(&self) -> String {
        let Self {
            origin,
            date,
            sha256,
            tags,
        } = self;
        format!(
            "# The origin of spec/dub.yaml. Written by `cargo xtask spec import`.\n\
             origin = {origin:?}\ndate = {date}\nsha256 = \"{sha256}\"\ntags = {tags:?}\n"
        )
    }
}

/// Returns the modification date of a file, in UTC.
fn modified(file: &Path) -> Result<String, String> {
    let time = file.metadata().and_then(|metadata| metadata.modified());
    let time = time.map_err(|error| format!("error: {}: {error}", file.display()))?;
    let seconds = time
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    Ok(day(seconds / 86_400))
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
fn is_date(text: &str) -> bool {
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
