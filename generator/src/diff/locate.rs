//! Finds the lines and columns of changes in the two documents.

use super::change::Change;
use crate::span::SourceId;
use crate::spec::Document;

/// Sets the line and column of every location, and the JSON pointer in the document as written. The
/// model holds only JSON pointers.
pub fn locate(changes: &mut [Change], old: &Document, new: &Document) {
    for change in changes {
        for (location, document) in [(&mut change.old, old), (&mut change.new, new)] {
            if let Some(location) = location {
                let span = document.locate(&location.pointer);
                // A value that an overlay added has no line in the document or its files.
                let in_document = span.source != SourceId::OVERLAY;
                location.position = in_document.then_some((span.line, span.column));
                location.file = document.file_name(span.source).map(str::to_owned);
                location.pointer = document.written_pointer(&location.pointer);
            }
        }
    }
}
