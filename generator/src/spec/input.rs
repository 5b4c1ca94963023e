//! The input for reading a document.

use super::UnknownKeys;
use crate::files::Files;

/// The sources of a document, and how it is read.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The document in JSON or YAML.
    pub document: &'a [u8],
    pub overlay: Option<&'a [u8]>,
    /// The files that the document may refer to. Without them, such references are errors.
    pub files: Option<&'a Files>,
    pub unknown_keys: UnknownKeys,
}

impl<'a> Input<'a> {
    /// Creates the input for a document in one file.
    pub fn of(document: &'a [u8]) -> Self {
        Self {
            document,
            overlay: None,
            files: None,
            unknown_keys: UnknownKeys::Reject,
        }
    }
}
