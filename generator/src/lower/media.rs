//! Media types, and the choice between several of them.

use crate::model::BodyFormat;
use indexmap::IndexMap;
use openapiv3::MediaType;

/// Returns true if the media type is JSON, for example by its suffix `+json` (RFC 6839).
pub fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

/// Returns the format in which a body of this media type is encoded and decoded.
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

/// Returns the media type in lower case, without its parameters.
pub fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// Returns the preferred entry of `content`: JSON, then `*/*`, then forms, then text, then any
/// other. Among equally preferred entries, it is the first.
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
    // `min_by_key` returns the first of several equal elements.
    content.iter().min_by_key(|(name, _)| rank(name))
}
