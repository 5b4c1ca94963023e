//! Checks the OpenAPI version of a document. An unsupported version is reported alone, before the
//! document is validated.

use super::tree::{Node, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;
use std::fmt;

/// A supported version of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    V3_0,
    V3_1,
    V3_2,
}

impl Version {
    /// Returns true for a version whose schemas are JSON Schema.
    pub(super) fn has_json_schema(self) -> bool {
        self != Self::V3_0
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::V3_0 => "OpenAPI 3.0",
            Self::V3_1 => "OpenAPI 3.1",
            Self::V3_2 => "OpenAPI 3.2",
        })
    }
}

/// Returns the version of a document.
pub(super) fn check(root: &Node) -> Result<Version, Diagnostic> {
    let Some(object) = root.as_object() else {
        let message = format!(
            "an OpenAPI document must be an object, found {}",
            root.kind()
        );
        return Err(Diagnostic::new(Code::Shape, "", message).at(root.span));
    };
    if let Some(entry) = object.entry("swagger") {
        let message = format!(
            "unsupported version Swagger {}, expected OpenAPI 3.0, 3.1 or 3.2",
            display_value(&entry.node)
        );
        return Err(version_error("/swagger", message, entry.report_at()).help(
            "convert the document to OpenAPI 3.0, for example with `npx swagger2openapi` or \
                 https://converter.swagger.io",
        ));
    }
    let Some(entry) = object.entry("openapi") else {
        let problem = version_error("", "missing key `openapi`".to_owned(), root.span);
        return Err(problem.help("add the version, for example `openapi: 3.0.3`"));
    };
    let version = display_value(&entry.node);
    match release(&version) {
        Some("0") => Ok(Version::V3_0),
        Some("1") => Ok(Version::V3_1),
        Some("2") => Ok(Version::V3_2),
        Some(release) => {
            let message = format!(
                "unsupported version OpenAPI 3.{release}, expected OpenAPI 3.0, 3.1 or 3.2"
            );
            let help = "use the document of a supported version";
            Err(version_error("/openapi", message, entry.report_at()).help(help))
        }
        None => {
            let message = format!("invalid OpenAPI version `{version}`");
            Err(version_error("/openapi", message, entry.report_at())
                .help("OpenAPI 3.0, 3.1 and 3.2 are supported"))
        }
    }
}

/// Returns the minor version: the `x` of `3.x` and `3.x.y`.
fn release(version: &str) -> Option<&str> {
    let mut parts = version.strip_prefix("3.")?.split('.');
    let release = parts.next()?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    // A patch may be a pre-release, such as `0-rc1`.
    let patch = parts
        .next()
        .is_none_or(|patch| patch.starts_with(|char: char| char.is_ascii_digit()));
    (digits(release) && patch).then_some(release)
}

fn display_value(node: &Node) -> String {
    match &node.value {
        Value::String(text) | Value::Number(text) => text.to_string(),
        _ => node.kind().to_owned(),
    }
}

fn version_error(pointer: &str, message: String, span: Span) -> Diagnostic {
    Diagnostic::new(Code::Version, pointer, message).at(span)
}

#[cfg(test)]
mod tests {
    use super::super::yaml;
    use super::*;
    use crate::span::SourceId;

    fn rejection(text: &str) -> Option<String> {
        check(&yaml::read(SourceId::DOCUMENT, text).ok()?.root)
            .err()
            .map(|problem| problem.message)
    }

    #[test]
    fn accepts_openapi_3_versions() {
        for version in [
            "3.0.3",
            "3.0.0",
            "3.0",
            "'3.0'",
            "3.0.0-rc1",
            "3.1.1",
            "3.1",
            "3.2.0",
        ] {
            assert_eq!(rejection(&format!("openapi: {version}")), None, "{version}");
        }
    }

    #[test]
    fn names_unsupported_versions() {
        assert!(rejection("openapi: 3.3.0").unwrap().contains("OpenAPI 3.3"));
        assert!(rejection("swagger: '2.0'").unwrap().contains("Swagger 2.0"));
        assert!(
            rejection("info: {}")
                .unwrap()
                .contains("missing key `openapi`")
        );
        for version in ["3", "4.0.0", "3.0.x", "3.", "[3]", "latest"] {
            assert!(
                rejection(&format!("openapi: {version}"))
                    .unwrap()
                    .contains("invalid OpenAPI version"),
                "{version}"
            );
        }
    }
}
