//! What the tables cannot say: which keys go together, and which values suit which.

use super::tree::{Node, Object};
use crate::diagnostic::Code;

/// Looks at an object whose keys have been checked one by one.
pub(super) type Rule = fn(&Object) -> Vec<Finding>;

/// Something wrong, at a key of the object or at the object itself.
pub(super) struct Finding {
    pub(super) key: Option<&'static str>,
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) help: Option<&'static str>,
}

pub(super) fn parameter(object: &Object) -> Vec<Finding> {
    let mut findings = schema_or_content(object);
    let place = text(object, "in").unwrap_or_default();
    let styles: &[&str] = match place {
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "path" => &["simple", "matrix", "label"],
        "header" => &["simple"],
        "cookie" => &["form"],
        _ => return findings,
    };
    findings.extend(style(object, &format!("a parameter in {place}"), styles));
    findings
}

pub(super) fn header(object: &Object) -> Vec<Finding> {
    let mut findings = schema_or_content(object);
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

pub(super) fn link(object: &Object) -> Vec<Finding> {
    match (
        object.contains("operationRef"),
        object.contains("operationId"),
    ) {
        (true, true) => vec![whole(
            "a link has either `operationRef` or `operationId`, not both",
        )],
        (false, false) => vec![whole("a link needs `operationRef` or `operationId`")],
        _ => Vec::new(),
    }
}

pub(super) fn security_scheme(object: &Object) -> Vec<Finding> {
    let kind = text(object, "type").unwrap_or_default();
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
            whole(format!(
                "a security scheme of the type `{kind}` needs the key `{key}`"
            ))
        })
        .collect()
}

pub(super) fn schema(object: &Object) -> Vec<Finding> {
    let unnamed = object
        .get("discriminator")
        .is_some_and(|discriminator| discriminator.as_str().is_some());
    if unnamed {
        return vec![Finding {
            key: Some("discriminator"),
            code: Code::Shape,
            message: "a discriminator is an object".to_owned(),
            help: Some(
                "write `discriminator: {propertyName: ...}`; a bare name is Swagger 2.0's way",
            ),
        }];
    }
    Vec::new()
}

/// `200`, `404`, `4XX`; real documents write `4xx` too.
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

fn schema_or_content(object: &Object) -> Vec<Finding> {
    let content = object.get("content").and_then(Node::as_object);
    match (object.contains("schema"), content) {
        (true, Some(_)) => vec![whole("there is both a `schema` and a `content` here")],
        (false, None) => vec![whole("there is neither a `schema` nor a `content` here")],
        (false, Some(content)) if content.len() != 1 => vec![Finding {
            key: Some("content"),
            code: Code::Shape,
            message: format!(
                "the `content` of a parameter has exactly one media type, not {}",
                content.len()
            ),
            help: None,
        }],
        _ => Vec::new(),
    }
}

fn style(object: &Object, what: &str, possible: &[&str]) -> Option<Finding> {
    let style = text(object, "style").filter(|style| !possible.contains(style))?;
    Some(Finding {
        key: Some("style"),
        code: Code::Unsupported,
        message: format!(
            "{what} cannot have the style `{style}`, only `{}`",
            possible.join("`, `")
        ),
        help: None,
    })
}

fn text<'o>(object: &'o Object, key: &str) -> Option<&'o str> {
    object.get(key)?.as_str()
}

fn whole(message: impl Into<String>) -> Finding {
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
    fn a_status_is_a_code_or_a_range() {
        for status in ["200", "599", "100", "4XX", "5xx"] {
            assert!(is_status(status), "{status}");
        }
        for other in ["", "20", "600", "099", "2000", "4X1", "2X", "abc", "é1"] {
            assert!(!is_status(other), "{other}");
        }
    }
}
