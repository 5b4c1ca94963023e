//! Checks that the grammar's tables cannot express: which keys and values may be combined.

use super::tree::{Node, Object};
use crate::diagnostic::Code;
use std::collections::BTreeMap;

/// Checks an object whose keys have already been checked one by one.
pub(super) type Rule = fn(&Object) -> Vec<Finding>;

/// A problem with a key of the object, or with the object itself.
pub(super) struct Finding {
    pub(super) key: Option<&'static str>,
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) help: Option<&'static str>,
}

pub(super) fn parameter(object: &Object) -> Vec<Finding> {
    let mut findings = schema_or_content(object);
    let location = string(object, "in").unwrap_or_default();
    let styles: &[&str] = match location {
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "path" => &["simple", "matrix", "label"],
        "header" => &["simple"],
        "cookie" => &["form"],
        _ => return findings,
    };
    findings.extend(style(object, &format!("a {location} parameter"), styles));
    findings
}

/// Checks a header. Without `schema` and `content` it is accepted, because any header value is a
/// string.
pub(super) fn header(object: &Object) -> Vec<Finding> {
    let is_untyped = !object.contains("schema") && !object.contains("content");
    let mut findings = if is_untyped {
        Vec::new()
    } else {
        schema_or_content(object)
    };
    findings.extend(style(object, "a header", &["simple"]));
    findings
}

pub(super) fn encoding(object: &Object) -> Vec<Finding> {
    style(
        object,
        "an encoding",
        &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
    )
    .into_iter()
    .collect()
}

pub(super) fn security_scheme(object: &Object) -> Vec<Finding> {
    let kind = string(object, "type").unwrap_or_default();
    let needed: &[&str] = match kind {
        "apiKey" => &["name", "in"],
        "http" => &["scheme"],
        "oauth2" => &["flows"],
        "openIdConnect" => &["openIdConnectUrl"],
        _ => &[],
    };
    let missing = needed
        .iter()
        .filter(|key| object.get(key).is_none_or(Node::is_null));
    missing
        .map(|key| {
            object_finding(format!(
                "missing key `{key}` in a security scheme of type `{kind}`"
            ))
        })
        .collect()
}

/// Checks that no status occurs twice: `4XX` and `4xx` are the same range, and `204 NO_CONTENT` is
/// read as `204`.
pub(super) fn responses(object: &Object) -> Vec<Finding> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut findings = Vec::new();
    for key in object.keys() {
        let Some(status) = status(key) else { continue };
        if let Some(first) = seen.insert(status.to_ascii_uppercase(), key) {
            let what = if status.ends_with(['x', 'X']) {
                "status range"
            } else {
                "status"
            };
            findings.push(object_finding(format!(
                "`{first}` and `{key}` are the same {what}"
            )));
        }
    }
    findings
}

/// Returns true for a key that declares a status. See [`status`].
pub(super) fn is_status(key: &str) -> bool {
    status(key).is_some()
}

/// Returns the status code or the range of a key, such as `200` or `4XX`. Real documents also write
/// `4xx`, and a text after the status (`204 NO_CONTENT`).
pub(super) fn status(key: &str) -> Option<&str> {
    let (status, rest) = key.split_at_checked(3)?;
    let is_separate = rest.starts_with([' ', '_', '-', ':', '(', '\t']) || rest.is_empty();
    (is_separate && is_code_or_range(status)).then_some(status)
}

fn is_code_or_range(status: &str) -> bool {
    match status.as_bytes() {
        [b'1'..=b'5', tens, ones] => {
            tens.is_ascii_digit() && ones.is_ascii_digit()
                || [tens, ones]
                    .iter()
                    .all(|byte| byte.eq_ignore_ascii_case(&b'x'))
        }
        _ => false,
    }
}

/// Checks that there is either `schema` or `content` with one media type.
fn schema_or_content(object: &Object) -> Vec<Finding> {
    match (object.contains("schema"), object.contains("content")) {
        (true, true) => vec![object_finding(
            "expected either `schema` or `content`, found both",
        )],
        (false, false) => vec![object_finding("expected `schema` or `content`")],
        _ => single_content(object).into_iter().collect(),
    }
}

fn single_content(object: &Object) -> Option<Finding> {
    let count = object.get("content")?.as_object()?.len();
    (count != 1).then(|| Finding {
        key: Some("content"),
        code: Code::Shape,
        message: format!("`content` must have exactly one media type, found {count}"),
        help: None,
    })
}

fn style(object: &Object, what: &str, allowed: &[&str]) -> Option<Finding> {
    let style = string(object, "style").filter(|style| !allowed.contains(style))?;
    Some(Finding {
        key: Some("style"),
        code: Code::Unsupported,
        message: format!(
            "invalid style `{style}` for {what}, expected `{}`",
            allowed.join("`, `")
        ),
        help: None,
    })
}

fn string<'o>(object: &'o Object, key: &str) -> Option<&'o str> {
    object.get(key)?.as_str()
}

fn object_finding(message: impl Into<String>) -> Finding {
    Finding {
        key: None,
        code: Code::Shape,
        message: message.into(),
        help: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognises_status_codes_and_ranges() {
        for status in ["200", "599", "100", "4XX", "5xx"] {
            assert!(is_status(status), "{status}");
        }
        for other in [
            "", "20", "600", "099", "2000", "4X1", "2X", "abc", "é1", "204x",
        ] {
            assert!(!is_status(other), "{other}");
        }
        for text in ["204 NO_CONTENT", "204_NO_CONTENT", "204: none"] {
            assert_eq!(status(text), Some("204"));
        }
    }
}
