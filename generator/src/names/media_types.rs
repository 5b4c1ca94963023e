//! Words for media types, in the names of methods such as `create_form` and `as_csv`.

use super::case::{snake, unescape_keyword};
use super::scope::{Scope, shorten};

/// The maximum length of a word.
const MAX_LENGTH: usize = 40;

/// Returns the name that `name` makes of the first word of a media type whose name is free, and
/// claims it.
pub fn claim(
    scope: &mut Scope,
    media_type: &str,
    pointer: &str,
    name: impl Fn(&str) -> String,
) -> String {
    let [short, long, full] = words(media_type).map(|word| name(&word));
    let free = [&short, &long, &full]
        .into_iter()
        .find(|name| scope.is_free(name));
    scope.claim_unique(free.unwrap_or(&full).clone(), pointer)
}

/// Returns a short word for a media type, then one with its class, then one with its parameters.
fn words(media_type: &str) -> [String; 3] {
    let media_type = media_type.to_ascii_lowercase();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let word = |text: &str| shorten(unescape_keyword(&snake(text)).to_owned(), MAX_LENGTH);
    let full = media_type.replace('*', "any");
    [
        word(short(essence)),
        word(&essence.replace('*', "any")),
        word(&full),
    ]
}

/// Returns the distinctive part of a media type: `csv` of `text/csv`, `invoice` of
/// `application/vnd.acme.invoice+json`.
fn short(essence: &str) -> &str {
    match essence {
        "*/*" | "application/*" => return "any",
        "application/octet-stream" => return "bytes",
        "application/x-www-form-urlencoded" => return "form",
        "multipart/form-data" => return "multipart",
        "text/plain" | "text/*" => return "text",
        _ => {}
    }
    let (class, subtype) = essence.split_once('/').unwrap_or(("", essence));
    if subtype == "*" {
        return class;
    }
    // The suffix tells the syntax, such as JSON. Without it, the rest must still be a word.
    let base = subtype.split_once('+').map_or(subtype, |(base, _)| base);
    let base = if base == "json" { subtype } else { base };
    let last = base.rsplit('.').next().unwrap_or(base);
    let last = last.strip_prefix("x-").unwrap_or(last);
    if last.contains(|c: char| c.is_ascii_alphabetic()) {
        last
    } else {
        base
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_media_types_apart() {
        for (media_type, expected) in [
            ("application/json", "json"),
            ("application/json+sarif", "json_sarif"),
            ("application/vnd.github.v3.star+json", "star"),
            ("application/vnd.kubernetes.protobuf", "protobuf"),
            ("application/merge-patch+json", "merge_patch"),
            ("application/x-www-form-urlencoded", "form"),
            ("application/x-ndjson", "ndjson"),
            ("application/vnd.acme.2", "vnd_acme_2"),
            ("Text/CSV; header=present", "csv"),
            ("text/event-stream", "event_stream"),
            ("text/plain", "text"),
            ("image/*", "image"),
            ("*/*", "any"),
            ("image/svg+xml", "svg"),
            ("", "empty"),
        ] {
            assert_eq!(words(media_type)[0], expected, "{media_type}");
        }
    }

    #[test]
    fn equal_words_are_completed() {
        let mut scope = Scope::default();
        let types = [
            "application/xml",
            "text/xml",
            "text/xml; charset=utf-8",
            "text/xml; charset=utf-8",
        ];
        let names = types.map(|one| claim(&mut scope, one, "", |word| format!("as_{word}")));
        assert_eq!(
            names,
            [
                "as_xml",
                "as_text_xml",
                "as_text_xml_charset_utf_8",
                "as_text_xml_charset_utf_82"
            ]
        );
    }
}
