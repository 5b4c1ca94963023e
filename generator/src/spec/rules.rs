//! Checks that the grammar's tables cannot express: which keys and values may be combined.

use super::tree::{Node, Object};
use crate::diagnostic::Code;

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

/// Checks that no status range occurs twice: `4XX` and `4xx` are the same range.
pub(super) fn responses(object: &Object) -> Vec<Finding> {
    let ranges = object
        .keys()
        .filter(|key| key.ends_with("xx") && is_status(key));
    let duplicates = ranges.filter(|key| object.contains(&key.to_ascii_uppercase()));
    duplicates
        .map(|key| {
            object_finding(format!(
                "`{key}` and `{}` are the same status range",
                key.to_ascii_uppercase()
            ))
        })
        .collect()
}

/// Returns true for a status code or a range, such as `200` or `4XX`. Real documents also write
/// `4xx`.
pub(super) fn is_status(key: &str) -> bool {
    match key.as_bytes() {
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
        for other in ["", "20", "600", "099", "2000", "4X1", "2X", "abc", "é1"] {
            assert!(!is_status(other), "{other}");
        }
    }
}
