//! Timestamps, kept as the API sent them.

use super::rfc3339;
use super::text::{text, text_from_strings};
use std::fmt;
use std::time::SystemTime;

/// A point in time, kept as the string that the API sent, such as `2025-10-30T18:18:27.000Z`.
///
/// The string is not checked, so a date in an unexpected format never prevents the decoding of a
/// response. A value that is not a string is kept as its JSON: a number, such as seconds since
/// 1970, as its digits, and a `null` in a required field as the string `null`.
///
/// `SystemTime::try_from(&timestamp)` parses the string as RFC 3339 and returns an error if it has
/// another format. The features `jiff`, `chrono` and `time` add conversions to and from the types
/// of these crates. For example, `jiff::Timestamp::try_from(&timestamp)` parses the string as RFC 3339 and returns
/// an error if it has another format.
///
/// Timestamps are compared and ordered as strings. This order is chronological if the strings have
/// the same format and the same time zone.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(String);

impl Timestamp {
    /// Returns the string as the API sent it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

text!(Timestamp);
text_from_strings!(Timestamp);

/// An error returned if a [`Timestamp`] is not a date and time as RFC 3339 defines them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidTimestamp {}

impl fmt::Display for InvalidTimestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the timestamp is not a date and time as RFC 3339 defines them")
    }
}

impl std::error::Error for InvalidTimestamp {}

impl TryFrom<&Timestamp> for SystemTime {
    type Error = InvalidTimestamp;

    fn try_from(timestamp: &Timestamp) -> Result<Self, InvalidTimestamp> {
        rfc3339::parse(&timestamp.0).ok_or(InvalidTimestamp {})
    }
}

#[cfg(feature = "jiff")]
mod with_jiff {
    use super::Timestamp;

    impl TryFrom<&Timestamp> for jiff::Timestamp {
        type Error = jiff::Error;

        fn try_from(timestamp: &Timestamp) -> Result<Self, Self::Error> {
            timestamp.as_str().parse()
        }
    }

    impl TryFrom<Timestamp> for jiff::Timestamp {
        type Error = jiff::Error;

        fn try_from(timestamp: Timestamp) -> Result<Self, Self::Error> {
            Self::try_from(&timestamp)
        }
    }

    impl From<jiff::Timestamp> for Timestamp {
        fn from(timestamp: jiff::Timestamp) -> Self {
            Self(timestamp.to_string())
        }
    }
}

#[cfg(feature = "chrono")]
mod with_chrono {
    use super::Timestamp;
    use chrono::{DateTime, SecondsFormat, Utc};

    impl TryFrom<&Timestamp> for DateTime<Utc> {
        type Error = chrono::ParseError;

        fn try_from(timestamp: &Timestamp) -> Result<Self, Self::Error> {
            DateTime::parse_from_rfc3339(timestamp.as_str()).map(|time| time.with_timezone(&Utc))
        }
    }

    impl TryFrom<Timestamp> for DateTime<Utc> {
        type Error = chrono::ParseError;

        fn try_from(timestamp: Timestamp) -> Result<Self, Self::Error> {
            Self::try_from(&timestamp)
        }
    }

    impl From<DateTime<Utc>> for Timestamp {
        fn from(time: DateTime<Utc>) -> Self {
            Self(time.to_rfc3339_opts(SecondsFormat::AutoSi, true))
        }
    }
}

#[cfg(feature = "time")]
mod with_time {
    use super::Timestamp;
    use time::OffsetDateTime;
    use time::format_description::well_known::Rfc3339;

    impl TryFrom<&Timestamp> for OffsetDateTime {
        type Error = time::error::Parse;

        fn try_from(timestamp: &Timestamp) -> Result<Self, Self::Error> {
            Self::parse(timestamp.as_str(), &Rfc3339)
        }
    }

    impl TryFrom<Timestamp> for OffsetDateTime {
        type Error = time::error::Parse;

        fn try_from(timestamp: Timestamp) -> Result<Self, Self::Error> {
            Self::try_from(&timestamp)
        }
    }

    /// Returns an error for a time that RFC 3339 cannot represent: if the year is not in the range
    /// from 0 to 9999, or if the offset contains seconds.
    impl TryFrom<OffsetDateTime> for Timestamp {
        type Error = time::error::Format;

        fn try_from(time: OffsetDateTime) -> Result<Self, Self::Error> {
            time.format(&Rfc3339).map(Self)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_any_json_value_as_string() {
        for (json, text) in [
            (r#""2025-10-30T18:18:27.000Z""#, "2025-10-30T18:18:27.000Z"),
            (r#""yesterday""#, "yesterday"),
            (r#""""#, ""),
            ("1761848307", "1761848307"),
            ("-1", "-1"),
            ("1761848307.5", "1761848307.5"),
            ("true", "true"),
            ("false", "false"),
            ("null", "null"),
            (r#"{"seconds": 1761848307}"#, r#"{"seconds":1761848307}"#),
            ("[2025, 10, 30]", "[2025,10,30]"),
            ("{}", "{}"),
        ] {
            let timestamp: Timestamp = serde_json::from_str(json).unwrap();
            assert_eq!(timestamp.as_str(), text);
        }
        let none: Option<Timestamp> = serde_json::from_str("null").unwrap();
        assert_eq!(none, None);
        let timestamp = Timestamp::from("2025-10-30T18:18:27.000Z");
        let written = serde_json::to_string(&timestamp).unwrap();
        assert_eq!(written, r#""2025-10-30T18:18:27.000Z""#);
    }

    /// Strings with and without an offset and invalid strings, with their seconds since 1970 if
    /// valid.
    #[cfg(any(feature = "jiff", feature = "chrono", feature = "time"))]
    const SAMPLES: [(&str, Option<i64>); 4] = [
        ("2025-10-30T18:18:27.000Z", Some(1_761_848_307)),
        ("2025-10-30T20:18:27+02:00", Some(1_761_848_307)),
        ("yesterday", None),
        ("", None),
    ];

    #[cfg(feature = "jiff")]
    #[test]
    fn jiff_converts_both_ways() {
        for (text, seconds) in SAMPLES {
            let time = jiff::Timestamp::try_from(&Timestamp::from(text)).ok();
            assert_eq!(time.map(jiff::Timestamp::as_second), seconds, "{text}");
        }
        let time = jiff::Timestamp::from_millisecond(1_761_848_307_250).unwrap();
        assert_eq!(Timestamp::from(time).as_str(), "2025-10-30T18:18:27.25Z");
        assert_eq!(
            jiff::Timestamp::try_from(&Timestamp::from(time)).unwrap(),
            time
        );
        assert_eq!(
            jiff::Timestamp::try_from(Timestamp::from(time)).unwrap(),
            time
        );
    }

    #[cfg(feature = "chrono")]
    #[test]
    fn chrono_converts_both_ways() {
        use chrono::{DateTime, Utc};
        for (text, seconds) in SAMPLES {
            let time = DateTime::<Utc>::try_from(&Timestamp::from(text)).ok();
            assert_eq!(time.map(|time| time.timestamp()), seconds, "{text}");
        }
        let time = DateTime::from_timestamp_millis(1_761_848_307_250).unwrap();
        assert_eq!(Timestamp::from(time).as_str(), "2025-10-30T18:18:27.250Z");
        assert_eq!(
            DateTime::<Utc>::try_from(&Timestamp::from(time)).unwrap(),
            time
        );
        assert_eq!(
            DateTime::<Utc>::try_from(Timestamp::from(time)).unwrap(),
            time
        );
    }

    #[cfg(feature = "time")]
    #[test]
    fn time_converts_both_ways() {
        use time::{Date, Month, OffsetDateTime};
        for (text, seconds) in SAMPLES {
            let time = OffsetDateTime::try_from(&Timestamp::from(text)).ok();
            assert_eq!(time.map(OffsetDateTime::unix_timestamp), seconds, "{text}");
        }
        let time = OffsetDateTime::from_unix_timestamp_nanos(1_761_848_307_250_000_000).unwrap();
        let timestamp = Timestamp::try_from(time).unwrap();
        assert_eq!(timestamp.as_str(), "2025-10-30T18:18:27.25Z");
        assert_eq!(OffsetDateTime::try_from(&timestamp).unwrap(), time);
        assert_eq!(OffsetDateTime::try_from(timestamp).unwrap(), time);
        let before_christ = Date::from_calendar_date(-1, Month::May, 1).unwrap();
        assert!(Timestamp::try_from(before_christ.midnight().assume_utc()).is_err());
    }
}
