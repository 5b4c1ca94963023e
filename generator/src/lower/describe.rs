//! Words for people: descriptions, notes on what is deprecated, and refusals.

use super::pointer::Pointer;
use crate::diagnostic::{Code, Diagnostic};
use openapiv3::SchemaData;

/// A text of the document, without the blanks around it; none when nothing is left.
pub fn non_empty(text: Option<&str>) -> Option<String> {
    let text = text?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Two texts as one.
pub fn paragraphs(texts: [Option<&str>; 2]) -> Option<String> {
    let texts: Vec<&str> = texts.into_iter().flatten().collect();
    (!texts.is_empty()).then(|| texts.join("\n\n"))
}

/// A refusal of a construct that the generator does not support.
pub fn unsupported(at: Pointer<'_>, what: &str) -> Diagnostic {
    Diagnostic::new(
        Code::Unsupported,
        at.to_string(),
        format!("{what} is not supported"),
    )
    .help("put it in another way, in the document or in an overlay")
}

/// Words that documents put before a description instead of, or besides, `deprecated: true`.
const DEPRECATION_MARKERS: [&str; 5] = [
    "[deprecated]",
    "(deprecated)",
    "**deprecated**",
    "deprecated:",
    "deprecated.",
];

/// Why not to use a thing any more: the note of our extension, else what its description says after a
/// word such as `DEPRECATED`, else that the document says so.
pub fn deprecation(note: Option<&str>, description: Option<&str>) -> String {
    if let Some(note) = non_empty(note) {
        return note;
    }
    description
        .and_then(deprecation_reason)
        .unwrap_or_else(|| "deprecated by the API".to_owned())
}

/// The first paragraph of a description that begins by calling its thing deprecated, without the word.
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

/// A default as JSON, for the docs.
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
