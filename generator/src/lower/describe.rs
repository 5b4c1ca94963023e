//! Descriptions, deprecation notes, defaults, and the diagnostic for an unsupported construct.

use super::pointer::Pointer;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ExternalDocs, NO_DEPRECATION_NOTE};
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

/// The words that tell a reason for a deprecation, or what to use instead, from a description.
const REASON_WORDS: [&str; 12] = [
    "use ",
    "instead",
    "replaced",
    "prefer",
    "no longer",
    "superseded",
    "removed",
    "obsolete",
    "migrate",
    "see ",
    "switch",
    "not supported",
];

/// A deprecation that is stated once: in the note, and not in the description.
pub struct Deprecated {
    pub note: String,
    pub description: Option<String>,
}

/// Returns the note and the description of a deprecated element.
///
/// The note is the value of the extension `x-rust-deprecated-note`, else the sentence after a word
/// such as `DEPRECATED` in the description, if it is a reason, else a general note.
pub fn deprecation(note: Option<&str>, description: Option<String>) -> Deprecated {
    let (reason, rest) = match description.as_deref().and_then(after_marker) {
        Some((is_reason, text)) => split_reason(is_reason, text),
        None => (None, description),
    };
    Deprecated {
        note: non_empty(note)
            .or(reason)
            .unwrap_or_else(|| NO_DEPRECATION_NOTE.to_owned()),
        description: rest,
    }
}

/// Returns the summary of a deprecated operation without a deprecation marker.
pub fn without_marker(summary: &str) -> Option<String> {
    let rest = after_marker(summary).map(|(_, rest)| rest);
    non_empty(Some(rest.unwrap_or(summary)))
}

/// Returns the rest of a description that begins with a deprecation marker, and true if the marker
/// ends with a colon, after which a reason follows.
fn after_marker(description: &str) -> Option<(bool, &str)> {
    let text = description.trim();
    let is_marker = |mark: &&str| {
        let start = text.get(..mark.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(mark))
    };
    let mark = DEPRECATION_MARKERS
        .into_iter()
        .find(|mark| is_marker(mark))?;
    let rest = text.get(mark.len()..)?;
    let trimmed = rest.trim_start_matches([':', '.', ' ', '-']);
    let punctuation = rest.get(..rest.len() - trimmed.len())?;
    let has_colon = mark.ends_with(':') || punctuation.contains(':');
    Some((has_colon, trimmed.trim_start()))
}

/// Splits the reason for a deprecation from the description that follows it.
fn split_reason(is_reason: bool, text: &str) -> (Option<String>, Option<String>) {
    let (paragraph, more) = match text.split_once("\n\n") {
        Some((paragraph, more)) => (paragraph, Some(more)),
        None => (text, None),
    };
    let end = paragraph.find(". ").or(paragraph.find(".\n"));
    let end = end.map_or(paragraph.len(), |end| end + 1);
    let (sentence, rest) = paragraph.split_at_checked(end).unwrap_or((paragraph, ""));
    let sentence = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = sentence.to_lowercase();
    if !is_reason && !REASON_WORDS.iter().any(|word| lower.contains(word)) {
        return (None, non_empty(Some(text)));
    }
    let rest = non_empty(Some(rest));
    let rest = paragraphs([rest.as_deref(), more.map(str::trim)]);
    (non_empty(Some(&sentence)), rest)
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
    use super::*;

    #[test]
    fn deprecation_is_stated_once() {
        let deprecated = |note, description: &str| {
            let Deprecated { note, description } = deprecation(note, Some(description.to_owned()));
            (note, description.unwrap_or_default())
        };
        let stated = |note: &str, description: &str| (note.to_owned(), description.to_owned());
        let general = NO_DEPRECATION_NOTE;
        let cases = [
            (Some("use b"), "DEPRECATED. Use c.", stated("use b", "")),
            (
                None,
                "DEPRECATED. Use `c` instead.",
                stated("Use `c` instead.", ""),
            ),
            (
                None,
                "[Deprecated]: Use\nd.\n\nMore.",
                stated("Use d.", "More."),
            ),
            (
                None,
                "Deprecated: Gone. The ID of\na tag.",
                stated("Gone.", "The ID of\na tag."),
            ),
            (
                None,
                "Deprecated. The\n- ID.",
                stated(general, "The\n- ID."),
            ),
            (None, "The page.", stated(general, "The page.")),
        ];
        for (note, description, expected) in cases {
            assert_eq!(deprecated(note, description), expected, "{description}");
        }
    }
}
