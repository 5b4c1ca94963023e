//! Media types, and which of several a client of ours speaks.

use crate::model::BodyFormat;
use indexmap::IndexMap;
use openapiv3::MediaType;

/// `application/json` and its kin (RFC 6839: the suffix `+json`).
pub fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

/// How a body of this media type is read or written.
pub fn format(media_type: &str) -> BodyFormat {
    let essence = essence(media_type);
    let is_text = essence.starts_with("text/")
        || essence.ends_with("+xml")
        || matches!(
            essence.as_str(),
            "application/xml" | "application/yaml" | "application/x-yaml"
        );
    if is_json(media_type) || essence == "*/*" {
        BodyFormat::Json
    } else if is_text {
        BodyFormat::Text
    } else {
        BodyFormat::Bytes
    }
}

/// The media type without its parameters, in lower case.
pub fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// The one of several media types to speak: JSON before all others, then forms, then texts, then the first.
pub fn preferred(content: &IndexMap<String, MediaType>) -> Option<(&String, &MediaType)> {
    let rank = |name: &str| match essence(name).as_str() {
        "application/json" => 0,
        _ if is_json(name) => 1,
        "*/*" => 2,
        "application/x-www-form-urlencoded" => 3,
        "multipart/form-data" => 4,
        other if other.starts_with("text/") => 5,
        _ => 6,
    };
    // The first of equals: `min_by_key` keeps it.
    content.iter().min_by_key(|(name, _)| rank(name))
}
