//! Descriptions, deprecation notes, defaults, and the diagnostic for an unsupported construct.

use super::pointer::Pointer;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::ExternalDocs;
use openapiv3::SchemaData;

/// Returns the text without surrounding white space, or `None` if nothing is left.
pub fn non_empty(text: Option<&str>) -> Option<String> {
    let text = text?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Returns the page that an element refers to; `None` without a URL.
pub fn external_docs(source: Option<&openapiv3::ExternalDocumentation>) -> Option<ExternalDocs> {
    let source = source?;
    Some(ExternalDocs {
        url: non_empty(Some(&source.url))?,
        description: non_empty(source.description.as_deref()),
    })
}

/// Joins two optional paragraphs; returns `None` if both are absent.
pub fn paragraphs(paragraphs: [Option<&str>; 2]) -> Option<String> {
    let paragraphs: Vec<&str> = paragraphs.into_iter().flatten().collect();
    (!paragraphs.is_empty()).then(|| paragraphs.join("\n\n"))
}

/// Returns the diagnostic for an unsupported construct.
pub fn unsupported(at: Pointer<'_>, what: &str) -> Diagnostic {
    Diagnostic::new(
        Code::Unsupported,
        at.to_string(),
        format!("{what} is not supported"),
    )
    .help("express it differently, in the document or in an overlay")
}

/// The words with which some documents begin the description of a deprecated element.
const DEPRECATION_MARKERS: [&str; 5] = [
    "[deprecated]",
    "(deprecated)",
    "**deprecated**",
    "deprecated:",
    "deprecated.",
];

/// Returns the deprecation note of a deprecated element: the value of the extension
/// `x-rust-deprecated-note`, else the text after a word such as `DEPRECATED` in the description,
/// else a general note.
pub fn deprecation(note: Option<&str>, description: Option<&str>) -> String {
    if let Some(note) = non_empty(note) {
        return note;
    }
    description
        .and_then(deprecation_reason)
        .unwrap_or_else(|| "deprecated by the API".to_owned())
}

/// Returns the first paragraph of a description that begins with a deprecation marker, without the
/// marker.
fn deprecation_reason(description: &str) -> Option<String> {
    let paragraph = description.trim().split("\n\n").next()?;
    let lower = paragraph.to_lowercase();
    let mark = DEPRECATION_MARKERS
        .iter()
        .find(|mark| lower.starts_with(**mark))?;
    let rest = paragraph
        .get(mark.len()..)?
        .trim_start_matches([':', '.', ' ']);
    non_empty(Some(&rest.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// Returns the default of a schema as JSON, for the documentation.
pub fn default(data: &SchemaData) -> Option<String> {
    data.default
        .as_ref()
        .filter(|value| !value.is_null())
        .map(ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::deprecation;

    #[test]
    fn deprecation_note_prefers_extension_over_description() {
        assert_eq!(
            deprecation(Some("use b"), Some("DEPRECATED. Use c.")),
            "use b"
        );
        assert_eq!(
            deprecation(None, Some("DEPRECATED. Use `c` instead.")),
            "Use `c` instead."
        );
        assert_eq!(
            deprecation(None, Some("[Deprecated]: Use\nd.\n\nMore.")),
            "Use d."
        );
        assert_eq!(
            deprecation(None, Some("The page.")),
            "deprecated by the API"
        );
    }
}
