//! Strings that a schema allows.

use super::pattern;
use serde_json::{Map, Value};

/// Returns a text that the schema allows. `name` is the text where the schema allows any.
pub fn text(schema: &Map<String, Value>, name: &str) -> Option<String> {
    let length = |key: &str| {
        schema
            .get(key)
            .and_then(Value::as_u64)
            .and_then(|length| usize::try_from(length).ok())
    };
    let (min, max) = (
        length("minLength").unwrap_or(0),
        length("maxLength").unwrap_or(usize::MAX),
    );
    let is_allowed = |text: &String| (min..=max).contains(&text.chars().count());
    let format = schema.get("format").and_then(Value::as_str);
    let pattern = schema.get("pattern").and_then(Value::as_str);
    match (pattern, format.and_then(of_format)) {
        (Some(pattern), None) => pattern::matching(pattern, min),
        (Some(pattern), Some(text)) => {
            let is_match = pattern::matches(pattern, text);
            is_match
                .then(|| text.to_owned())
                .or_else(|| pattern::matching(pattern, min))
        }
        (None, Some(text)) => Some(text.to_owned()),
        (None, None) => Some(sized(name, min, max)),
    }
    .filter(is_allowed)
}

/// Returns a text of a format: of OpenAPI 3.0.3 ("Data Types") or of JSON Schema 2020-12
/// (Validation, section 7.3).
fn of_format(format: &str) -> Option<&'static str> {
    Some(match format {
        "email" | "idn-email" => "ada@example.com",
        "uuid" => "3f2b8c1e-9d4a-4c6b-8e5f-1a2b3c4d5e6f",
        "uri" | "url" | "iri" | "uri-reference" | "iri-reference" => "https://example.com/",
        "uri-template" => "https://example.com/{id}",
        "date-time" => "2026-01-31T12:00:00.000Z",
        "date" => "2026-01-31",
        "time" => "12:00:00Z",
        "duration" => "P1D",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" | "ip" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" => "aGVsbG8=",
        "json-pointer" => "/a",
        "regex" => "a+",
        _ => return None,
    })
}

/// Returns true if a text has a format, by its characteristic parts.
pub fn has_format(format: &str, text: &str) -> bool {
    let digits_and = |marks: &str| {
        text.chars()
            .all(|c| c.is_ascii_alphanumeric() || marks.contains(c))
    };
    match format {
        "email" => text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && !host.is_empty() && !text.contains([' ', ',', '<'])
        }),
        "uuid" => {
            let lengths: Vec<_> = text.split('-').map(str::len).collect();
            lengths == [8, 4, 4, 4, 12] && text.chars().all(|c| c == '-' || c.is_ascii_hexdigit())
        }
        "uri" | "url" | "iri" => text.split_once(':').is_some_and(|(scheme, rest)| {
            let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
            is_scheme && !rest.is_empty() && !text.contains([' ', '{', '}', '<', '>', '|'])
        }),
        "date-time" => {
            let has_offset = text.ends_with(['Z', 'z'])
                || text.get(19..).is_some_and(|end| end.contains(['+', '-']));
            text.len() >= 20
                && text.get(10..11).is_some_and(|mark| mark == "T")
                && has_offset
                && digits_and("-:.+")
        }
        "date" => {
            text.len() == 10 && text.split('-').map(str::len).eq([4, 2, 2]) && digits_and("-")
        }
        "ipv4" => text.parse::<std::net::Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<std::net::Ipv6Addr>().is_ok(),
        "hostname" => !text.is_empty() && digits_and("-."),
        "byte" => text.len().is_multiple_of(4) && digits_and("+/="),
        _ => true,
    }
}

/// Repeats or shortens a name until it has an allowed length.
fn sized(name: &str, min: usize, max: usize) -> String {
    let name = if name.is_empty() { "text" } else { name };
    let long: String = name.chars().cycle().take(min.min(100_000)).collect();
    let text = if name.chars().count() >= min {
        name.to_owned()
    } else {
        long
    };
    text.chars().take(max).collect()
}

#[cfg(test)]
mod tests {
    use super::text;
    use serde_json::{Value, json};

    #[test]
    fn texts_satisfy_their_schema() {
        for (schema, expected) in [
            (json!({}), Some("name")),
            (json!({"minLength": 6}), Some("namena")),
            (json!({"maxLength": 2}), Some("na")),
            (json!({"format": "email"}), Some("ada@example.com")),
            (json!({"format": "email", "maxLength": 3}), None),
            (
                json!({"format": "uuid", "pattern": "^[0-9a-f-]{36}$"}),
                Some("3f2b8c1e-9d4a-4c6b-8e5f-1a2b3c4d5e6f"),
            ),
            (json!({"format": "uri", "pattern": "^ftp:"}), Some("ftp:")),
            (json!({"format": "unheard-of"}), Some("name")),
            (json!({"pattern": "^(?=a)"}), None),
        ] {
            let Value::Object(object) = &schema else {
                panic!()
            };
            assert_eq!(text(object, "name").as_deref(), expected, "{schema}");
        }
    }
}
