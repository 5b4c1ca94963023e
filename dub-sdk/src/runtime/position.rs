//! Converts the position of an error in a part of a document.

use super::json;
use serde::de::Error as _;

/// Returns the number of bytes of `text` that serde_json had consumed before the error. Its column
/// counts bytes, not characters.
pub(super) fn offset(text: &[u8], error: &serde_json::Error) -> usize {
    let lines = error.line().saturating_sub(1);
    let line_start: usize = text
        .split_inclusive(|byte| *byte == b'\n')
        .take(lines)
        .map(<[u8]>::len)
        .sum();
    line_start.saturating_add(error.column())
}

/// The position of a part of a document.
pub(super) struct Position {
    offset: usize,
    /// The number of lines before the one that contains the offset.
    lines: usize,
    line_start: usize,
}

impl Position {
    /// Returns the beginning of the document in a body.
    pub(super) fn new(body: &[u8]) -> Self {
        let start = json::document(body).start;
        Self {
            offset: start,
            lines: 0,
            line_start: start,
        }
    }

    /// Advances to an offset.
    pub(super) fn advance(&mut self, body: &[u8], offset: usize) {
        let passed = body.get(self.offset..offset).unwrap_or_default().iter();
        for (at, _) in (self.offset..)
            .zip(passed)
            .filter(|(_, byte)| **byte == b'\n')
        {
            self.lines += 1;
            self.line_start = at + 1;
        }
        self.offset = offset;
    }

    /// Changes the position of an error from one in the part to one in the document. An error
    /// without a position stays the same.
    pub(super) fn in_document(&self, error: serde_json::Error) -> serde_json::Error {
        let (mut line, mut column) = (error.line(), error.column());
        let before = self.offset.saturating_sub(self.line_start);
        if line == 0 || (self.lines, before) == (0, 0) {
            return error;
        }
        let text = error.to_string();
        let position = format!(" at line {line} column {column}");
        let message = text.strip_suffix(&position).unwrap_or(&text);
        if line == 1 {
            column += before;
        }
        line += self.lines;
        // serde_json parses the line and the column from a message of this form.
        serde_json::Error::custom(format_args!("{message} at line {line} column {column}"))
    }
}
