//! Dates and times of day, kept as the API sent them.

use crate::runtime::text::{text, text_from_strings};

/// A date, kept as the string that the API sent, such as `2025-10-30`.
///
/// Like a [`Timestamp`](crate::Timestamp), it is not checked and never prevents the decoding of a
/// response. The features `jiff`, `chrono` and `time` add conversions to and from the dates of these
/// crates. For example, `jiff::civil::Date::try_from(&date)` parses the string.
///
/// Dates are compared and ordered as strings. This order is chronological if they have the same
/// format.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(String);

/// A time of day, kept as the string that the API sent, such as `18:18:27` or `18:18:27Z`.
///
/// Like a [`Timestamp`](crate::Timestamp), it is not checked and never prevents the decoding of a
/// response. The features `jiff`, `chrono` and `time` add conversions to and from the times of day
/// of these crates. They accept a time without an offset and a time in UTC, which ends with `Z`. A
/// time with another offset is an error, because these types have no offset.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay(String);

impl Date {
    /// Returns the string as the API sent it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TimeOfDay {
    /// Returns the string as the API sent it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the string without the `Z` of UTC. Returns an empty string, which is no time, if there
    /// is another offset: some parsers ignore it.
    #[cfg(any(feature = "jiff", feature = "chrono", feature = "time"))]
    fn without_utc(&self) -> &str {
        if self.0.contains(['+', '-']) {
            return "";
        }
        self.0.strip_suffix(['Z', 'z']).unwrap_or(&self.0)
    }
}

text!(Date);
text_from_strings!(Date);
text!(TimeOfDay);
text_from_strings!(TimeOfDay);

#[cfg(feature = "jiff")]
mod with_jiff {
    use super::{Date, TimeOfDay};
    use jiff::{Error, civil};

    impl TryFrom<&Date> for civil::Date {
        type Error = Error;

        fn try_from(date: &Date) -> Result<Self, Error> {
            date.as_str().parse()
        }
    }

    impl From<civil::Date> for Date {
        fn from(date: civil::Date) -> Self {
            Self(date.to_string())
        }
    }

    impl TryFrom<&TimeOfDay> for civil::Time {
        type Error = Error;

        fn try_from(time: &TimeOfDay) -> Result<Self, Error> {
            time.without_utc().parse()
        }
    }

    impl From<civil::Time> for TimeOfDay {
        fn from(time: civil::Time) -> Self {
            Self(time.to_string())
        }
    }
}

#[cfg(feature = "chrono")]
mod with_chrono {
    use super::{Date, TimeOfDay};
    use chrono::{NaiveDate, NaiveTime, ParseError};

    impl TryFrom<&Date> for NaiveDate {
        type Error = ParseError;

        fn try_from(date: &Date) -> Result<Self, ParseError> {
            date.as_str().parse()
        }
    }

    impl From<NaiveDate> for Date {
        fn from(date: NaiveDate) -> Self {
            Self(date.to_string())
        }
    }

    impl TryFrom<&TimeOfDay> for NaiveTime {
        type Error = ParseError;

        fn try_from(time: &TimeOfDay) -> Result<Self, ParseError> {
            time.without_utc().parse()
        }
    }

    impl From<NaiveTime> for TimeOfDay {
        fn from(time: NaiveTime) -> Self {
            Self(time.to_string())
        }
    }
}

#[cfg(feature = "time")]
mod with_time {
    use super::{Date, TimeOfDay};
    use time::error::{Format, Parse};
    use time::format_description::well_known::Iso8601;

    impl TryFrom<&Date> for time::Date {
        type Error = Parse;

        fn try_from(date: &Date) -> Result<Self, Parse> {
            Self::parse(date.as_str(), &Iso8601::DATE)
        }
    }

    /// Returns an error if the year is not in the range from 0 to 9999.
    impl TryFrom<time::Date> for Date {
        type Error = Format;

        fn try_from(date: time::Date) -> Result<Self, Format> {
            date.format(&Iso8601::DATE).map(Self)
        }
    }

    impl TryFrom<&TimeOfDay> for time::Time {
        type Error = Parse;

        fn try_from(time: &TimeOfDay) -> Result<Self, Parse> {
            Self::parse(time.without_utc(), &Iso8601::TIME)
        }
    }

    impl From<time::Time> for TimeOfDay {
        /// Returns hours, minutes, seconds and nanoseconds.
        fn from(time: time::Time) -> Self {
            let (hour, minute, second, nanosecond) = time.as_hms_nano();
            Self(format!("{hour:02}:{minute:02}:{second:02}.{nanosecond:09}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_any_json_value_as_string() {
        for (json, text) in [
            (r#""2025-10-30""#, "2025-10-30"),
            (r#""30.10.2025""#, "30.10.2025"),
            ("20251030", "20251030"),
            ("[2025, 10, 30]", "[2025,10,30]"),
            ("null", "null"),
        ] {
            let date: Date = serde_json::from_str(json).unwrap();
            assert_eq!(date.as_str(), text);
            let time: TimeOfDay = serde_json::from_str(json).unwrap();
            assert_eq!(time.as_str(), text);
        }
        let written = serde_json::to_string(&Date::from("2025-10-30")).unwrap();
        assert_eq!(written, r#""2025-10-30""#);
    }

    /// Asserts that the types of a crate convert both ways, and that invalid strings are errors.
    #[cfg(any(feature = "jiff", feature = "chrono", feature = "time"))]
    macro_rules! assert_converts {
        ($date:ty, $time:ty) => {
            for text in ["2025-10-30", "0001-01-01"] {
                let date = <$date>::try_from(&Date::from(text)).unwrap();
                assert_eq!(Date::try_from(date).unwrap().as_str(), text);
            }
            for text in ["30.10.2025", "", "2025-13-01"] {
                assert!(<$date>::try_from(&Date::from(text)).is_err(), "{text}");
            }
            let noon = <$time>::try_from(&TimeOfDay::from("12:30:05")).unwrap();
            for text in ["12:30:05Z", "12:30:05.000"] {
                assert_eq!(<$time>::try_from(&TimeOfDay::from(text)).unwrap(), noon);
            }
            let written = TimeOfDay::from(noon);
            assert!(written.as_str().starts_with("12:30:05"), "{written}");
            assert_eq!(<$time>::try_from(&written).unwrap(), noon);
            for text in ["12:30:05+02:00", "noon", ""] {
                assert!(<$time>::try_from(&TimeOfDay::from(text)).is_err(), "{text}");
            }
        };
    }

    #[cfg(feature = "jiff")]
    #[test]
    fn jiff_converts_both_ways() {
        assert_converts!(jiff::civil::Date, jiff::civil::Time);
    }

    #[cfg(feature = "chrono")]
    #[test]
    fn chrono_converts_both_ways() {
        assert_converts!(chrono::NaiveDate, chrono::NaiveTime);
    }

    #[cfg(feature = "time")]
    #[test]
    fn time_converts_both_ways() {
        assert_converts!(time::Date, time::Time);
    }
}
