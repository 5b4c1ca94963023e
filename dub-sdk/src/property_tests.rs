//! Property tests of the handwritten code, with random inputs.

use crate::runtime::{
    encoding, javascript,
    json::{self, Entries},
    retry_after,
};
use proptest::prelude::*;
use serde_json::Value;
use std::time::{Duration, SystemTime};

/// Generates header values: arbitrary strings, and strings that resemble one of the date or number
/// forms.
fn header_values() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ -~]{0,40}",
        "[0-9]{1,25}",
        "[+-]?[0-9]{0,22}[.e]?[0-9]{0,22}",
        "[A-Z][a-z]{2,8}, [0-9]{1,3}[ -][A-Z][a-z]{2}[ -][0-9]{1,6} [0-9]{1,3}:[0-9]{1,3}:[0-9]{1,3} GMT",
        "Mon (Jan|Feb|Dec) {1,2}[0-9]{1,2} [0-9]{2}:[0-9]{2}:[0-9]{2} [0-9]{1,5}",
    ]
}

/// Generates times from 1970 to far beyond any date that a header can contain.
fn times() -> impl Strategy<Value = SystemTime> {
    (0..1_000_000_000_000_u64)
        .prop_map(|seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
}

/// Generates JSON values of all kinds, nested a few levels deep. Their strings contain the special
/// characters of JSON.
fn json_values() -> impl Strategy<Value = Value> {
    let string = r#"[\[\]{}":,\\ a\nü]{0,6}"#;
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        string.prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(string, inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn json_lookup_agrees_with_serde_json(value in json_values(), is_pretty in any::<bool>()) {
        let text = match is_pretty {
            true => serde_json::to_string_pretty(&value),
            false => serde_json::to_string(&value),
        };
        let text = text.unwrap();
        let read = |range: std::ops::Range<usize>| -> Value {
            serde_json::from_str(&text[range]).unwrap()
        };
        // Parsed again, because not every number survives a round trip unchanged.
        let value = read(0..text.len());
        let items = Entries::of_array(text.as_bytes(), 0..text.len());
        let items: Vec<Value> = items.map(|item| read(item.value)).collect();
        prop_assert_eq!(items, value.as_array().cloned().unwrap_or_default());
        for (key, member) in value.as_object().into_iter().flatten() {
            let found = json::find(text.as_bytes(), 0..text.len(), &[key]);
            prop_assert_eq!(&found.map(read), &Some(member.clone()));
        }
    }

    #[test]
    fn parsing_time_headers_never_panics(text in header_values(), now in times()) {
        if let Some(delay) = retry_after::delay(&text, now) {
            prop_assert!(now.checked_add(delay).is_some());
        }
    }

    #[test]
    fn parses_delay_in_seconds(seconds in 0..1_000_000_000_u64, now in times()) {
        let delay = retry_after::delay(&seconds.to_string(), now);
        prop_assert_eq!(delay, Some(Duration::from_secs(seconds)));
    }

    #[test]
    fn parses_epoch_milliseconds(
        now in 1_600_000_000_000..4_000_000_000_000_u64,
        ahead in -1_000_000..1_000_000_i64,
    ) {
        let text = now.saturating_add_signed(ahead).to_string();
        let now = SystemTime::UNIX_EPOCH + Duration::from_millis(now);
        let expected = Duration::from_millis(u64::try_from(ahead).unwrap_or(0));
        prop_assert_eq!(retry_after::delay(&text, now), Some(expected));
    }

    #[test]
    fn percent_encoding_round_trips(text in any::<String>()) {
        let coded = encoding::percent_encoded(&text);
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte);
        prop_assert!(coded.bytes().all(is_plain));
        let mut bytes = Vec::new();
        let mut rest = coded.bytes();
        while let Some(byte) = rest.next() {
            let digits = [rest.clone().next(), rest.clone().nth(1)];
            match digits {
                [Some(high), Some(low)] if byte == b'%' => {
                    let digits = format!("{}{}", char::from(high), char::from(low));
                    bytes.push(u8::from_str_radix(&digits, 16).unwrap());
                    rest.nth(1);
                }
                _ => bytes.push(byte),
            }
        }
        prop_assert_eq!(String::from_utf8(bytes).unwrap(), text);
    }

    #[test]
    fn number_formatting_round_trips(number in any::<f64>()) {
        match javascript::format_f64(number) {
            Some(text) => prop_assert_eq!(text.parse::<f64>().unwrap(), number),
            None => prop_assert!(!number.is_finite()),
        }
    }

    #[test]
    fn json_lookup_never_panics(
        text in prop_oneof![any::<String>(), r#"[\[\]{}":,\\ a1]{0,60}"#],
        offset in 0..80_usize,
    ) {
        let bytes = text.as_bytes();
        let _ = json::path_at(bytes, offset, &|key| key.into());
        for part in [0..offset, offset..offset + 9, 0..bytes.len()] {
            let _ = json::find(bytes, part.clone(), &["a", "1"]);
            prop_assert!(Entries::of_array(bytes, part).count() <= bytes.len());
        }
    }
}
