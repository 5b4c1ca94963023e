//! Media types, as the checks compare them.

/// Returns the media type in lower case, without its parameters.
pub fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Returns true if the essence of a media type says that it is JSON.
pub fn is_json(essence: &str) -> bool {
    matches!(essence, "application/json" | "text/json") || essence.ends_with("+json")
}

/// Returns true if a media type of the document, which may be a range, matches another one.
pub fn is_match(declared: &str, actual: &str) -> bool {
    let (declared, actual) = (essence(declared), essence(actual));
    let kind = actual.split('/').next().unwrap_or_default();
    let is_any_json = declared.ends_with("/*+json") && is_json(&actual);
    declared == actual || declared == "*/*" || declared == format!("{kind}/*") || is_any_json
}
