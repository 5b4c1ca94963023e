//! Decodes bytes as UTF-8. Rejects common mistakes, such as UTF-16 or HTML, with specific messages.

use crate::diagnostic::{Code, Diagnostic};
use crate::span::{SourceId, Span};

/// The maximum size of a document with all its files, about ten times the size of the largest public documents.
pub(super) const MAX_BYTES: usize = 64 * 1024 * 1024;

/// Decodes source text and strips the byte order span.
pub(super) fn decode(source: SourceId, bytes: &[u8]) -> Result<&str, Diagnostic> {
    if bytes.len() > MAX_BYTES {
        let megabytes = bytes.len() / (1024 * 1024);
        let message = format!("the document is too large: {megabytes} MiB, maximum 64 MiB");
        return Err(Diagnostic::new(Code::Bound, "", message).in_source(source));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(
            syntax(source, "unsupported encoding UTF-16").help("save the document as UTF-8")
        );
    }
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
        .map_err(|error| invalid_utf8(source, bytes, error.valid_up_to()))?;
    if let Some(offset) = text.find('\0') {
        let problem = syntax(
            source,
            "unexpected NUL character: the document is binary data, or encoded in UTF-16 or UTF-32",
        );
        let problem = problem.at(span(source, text, offset));
        return Err(problem.help("provide an OpenAPI document in JSON or YAML, saved as UTF-8"));
    }
    reject_markup(source, text)?;
    Ok(text)
}

/// Returns the location of a byte offset.
pub(super) fn span(source: SourceId, text: &str, byte: usize) -> Span {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .map_or(0, |line| line.chars().count())
        + 1;
    Span::new(source, saturating_u32(line), saturating_u32(column))
}

pub(super) fn saturating_u32(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn invalid_utf8(source: SourceId, bytes: &[u8], valid: usize) -> Diagnostic {
    let before = bytes
        .get(..valid)
        .and_then(|bytes| std::str::from_utf8(bytes).ok())
        .unwrap_or_default();
    syntax(source, "invalid UTF-8")
        .help("provide an OpenAPI document in JSON or YAML, saved as UTF-8")
        .at(span(source, before, before.len()))
}

/// Rejects HTML and XML. An error page or a login form that was saved instead of the document would
/// otherwise be read as one long YAML string.
fn reject_markup(source: SourceId, text: &str) -> Result<(), Diagnostic> {
    let text = text.trim_start();
    if !text.starts_with('<') {
        return Ok(());
    }
    let start: String = text
        .chars()
        .take(512)
        .collect::<String>()
        .to_ascii_lowercase();
    let kind = if start.contains("<html") || start.contains("<!doctype html") {
        "an HTML page"
    } else {
        "XML or other markup"
    };
    let problem = syntax(
        source,
        format!("expected an OpenAPI document, found {kind}"),
    );
    Err(problem
        .help("check what the URL of the document returns: it may be an error or login page"))
}

/// Creates an error at the beginning of a source.
pub(super) fn syntax(source: SourceId, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::Syntax, "", message).at(Span::new(source, 1, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rejection(bytes: &[u8]) -> (String, Option<(u32, u32)>) {
        let problem = decode(SourceId::DOCUMENT, bytes).unwrap_err();
        (problem.message.clone(), problem.position())
    }

    #[test]
    fn strips_byte_order_mark() {
        assert_eq!(
            decode(SourceId::DOCUMENT, b"\xef\xbb\xbfopenapi: 3.0.3\r\n").unwrap(),
            "openapi: 3.0.3\r\n"
        );
    }

    #[test]
    fn rejects_utf_16() {
        assert!(rejection(b"\xff\xfeo\0p\0").0.contains("UTF-16"));
        assert!(rejection(b"o\0p\0").0.contains("NUL"));
    }

    #[test]
    fn locates_invalid_utf8() {
        assert_eq!(rejection(b"a: b\nc: \xff").1, Some((2, 4)));
    }

    #[test]
    fn rejects_html_and_xml() {
        assert!(
            rejection(b"\n<!DOCTYPE html><html></html>")
                .0
                .contains("an HTML page")
        );
        assert!(rejection(b"<?xml version='1.0'?><a/>").0.contains("XML"));
    }
}
