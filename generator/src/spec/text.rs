//! From bytes to text: what is no text at all is refused here, in words that say what it is.

use crate::diagnostic::{Code, Diagnostic};

/// The largest text that is read. The largest public documents have about a tenth of it.
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// The text without its byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, Diagnostic> {
    if bytes.len() > MAX_BYTES {
        let megabytes = bytes.len() / (1024 * 1024);
        let message =
            format!("the document has {megabytes} MiB, more than the 64 MiB that are read");
        return Err(Diagnostic::new(Code::Bound, "", message));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(syntax("the document is encoded in UTF-16").help("save it as UTF-8"));
    }
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
        .map_err(|error| invalid_utf8(bytes, error.valid_up_to()))?;
    if let Some(place) = text.find('\0') {
        let mut problem = syntax(
            "the document holds a NUL character: it is binary data, or encoded in UTF-16 or UTF-32",
        );
        problem.position = Some(position(text, place));
        return Err(problem.help("give an OpenAPI document in JSON or YAML, saved as UTF-8"));
    }
    reject_markup(text)?;
    Ok(text)
}

/// Line and column of a byte.
pub(super) fn position(text: &str, byte: usize) -> (u32, u32) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .map_or(0, |line| line.chars().count())
        + 1;
    (saturating_u32(line), saturating_u32(column))
}

pub(super) fn saturating_u32(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn invalid_utf8(bytes: &[u8], valid: usize) -> Diagnostic {
    let before = bytes
        .get(..valid)
        .and_then(|bytes| std::str::from_utf8(bytes).ok())
        .unwrap_or_default();
    let mut problem = syntax("the document is not text in UTF-8")
        .help("give an OpenAPI document in JSON or YAML, saved as UTF-8");
    problem.position = Some(position(before, before.len()));
    problem
}

/// An error page or a portal's login form, saved in place of the document, would pass as one long YAML string.
fn reject_markup(text: &str) -> Result<(), Diagnostic> {
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
    let problem = syntax(format!("this is {kind}, not an OpenAPI document"));
    Err(problem.help("look at what the address that it was fetched from really answers"))
}

fn syntax(message: impl Into<String>) -> Diagnostic {
    let mut problem = Diagnostic::new(Code::Syntax, "", message);
    problem.position = Some((1, 1));
    problem
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rejection(bytes: &[u8]) -> (String, Option<(u32, u32)>) {
        let problem = decode(bytes).unwrap_err();
        (problem.message, problem.position)
    }

    #[test]
    fn strips_byte_order_mark() {
        assert_eq!(
            decode(b"\xef\xbb\xbfopenapi: 3.0.3\r\n").unwrap(),
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
