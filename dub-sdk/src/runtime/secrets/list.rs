//! Finds one of several secrets, or a part of one, at an offset of a text.

use super::WINDOW;
use super::escape::{self, Reader};
use super::walk::{MIN_LARGE_PART, walk};

/// The minimum length of a part of a secret that is masked where the rest may be missing.
const MIN_PART: usize = 4;

/// The secrets of a call.
pub(super) struct List {
    pub(super) secrets: Vec<Secret>,
    /// For each ASCII character, true if a secret begins with it.
    starts: [bool; 128],
}

#[derive(Clone)]
pub(super) struct Secret {
    pub(super) bytes: Vec<u8>,
    /// The minimum length of a part, from the beginning, that is masked anywhere.
    pub(super) min_part: usize,
}

impl Secret {
    pub(super) fn new(bytes: &[u8]) -> Self {
        Self {
            min_part: MIN_LARGE_PART.max(bytes.len().div_ceil(2)),
            bytes: bytes.to_vec(),
        }
    }

    /// Creates a secret that begins with an authentication scheme, which alone is not masked.
    pub(super) fn with_scheme(bytes: &[u8], scheme_length: usize) -> Self {
        let secret = Self::new(bytes);
        Self {
            min_part: secret.min_part.max(scheme_length.saturating_add(MIN_PART)),
            ..secret
        }
    }
}

/// The end of the text that a reader reads.
#[derive(Clone, Copy)]
pub(super) enum TextEnd {
    /// The text continues after it.
    Further,
    /// The text is complete, but may contain a secret that is not.
    Complete,
    /// The text may end within a secret.
    Cut,
}

impl List {
    pub(super) fn new(secrets: Vec<Secret>) -> Self {
        let mut starts = [false; 128];
        for (byte, starts) in (0..).zip(&mut starts) {
            let mut bytes = secrets.iter().map(|secret| secret.bytes.first());
            *starts = bytes.any(|first| first == Some(&byte));
        }
        Self { secrets, starts }
    }

    /// Returns the number of steps that a search in a window may take. It is far more than usual.
    pub(super) fn steps(&self) -> usize {
        WINDOW.saturating_mul(2 * self.secrets.len())
    }

    /// Returns the number of bytes that a window contains of the next one.
    pub(super) fn overlap(&self) -> usize {
        let lengths = self.secrets.iter().map(|secret| secret.bytes.len());
        lengths.max().unwrap_or(0).saturating_mul(20)
    }

    /// Returns true if a secret may begin with this character or byte.
    fn can_begin(&self, code: u32) -> bool {
        // The first byte of a character that is not ASCII is not its code.
        let start = usize::try_from(code).ok().filter(|code| *code < 128);
        start.is_none_or(|start| self.starts.get(start).copied().unwrap_or(true))
    }

    /// Returns the end of the longest secret that begins at an offset, or of a large part of it.
    pub(super) fn whole(
        &self,
        reader: &mut Reader<'_>,
        at: usize,
        text_end: TextEnd,
    ) -> Option<usize> {
        let first = *reader.text.get(at)?;
        let can_begin = match escape::is_ambiguous(first) {
            true => reader
                .readings(at)
                .iter()
                .any(|read| self.can_begin(read.code)),
            false => self.can_begin(u32::from(first)),
        };
        if !can_begin {
            return None;
        }
        let ends = self.secrets.iter().filter_map(|secret| {
            let walk = walk(&secret.bytes, reader, at);
            let is_at_end = match text_end {
                TextEnd::Further => false,
                TextEnd::Complete => walk.before_escape >= secret.min_part,
                TextEnd::Cut => walk.before_end >= MIN_PART,
            };
            let end = walk.end().or_else(|| walk.end_of_part(secret.min_part));
            end.max(is_at_end.then_some(reader.text.len()))
        });
        ends.max()
    }

    /// Returns the end of the longest part of a secret that begins at an offset. The part begins at
    /// the beginning of the secret or after a quotation mark.
    pub(super) fn part(&self, reader: &mut Reader<'_>, at: usize) -> Option<usize> {
        let rests = self.secrets.iter().flat_map(|secret| {
            let secret = secret.bytes.as_slice();
            let marks = secret.iter().enumerate().filter(|(_, byte)| **byte == b'"');
            let after_marks = marks.filter_map(|(mark, _)| secret.get(mark.saturating_add(1)..));
            std::iter::once(secret).chain(after_marks)
        });
        let parts = rests.map(|rest| walk(rest, reader, at).longest);
        let ends = parts.filter(|(matched, _)| *matched >= MIN_PART);
        ends.map(|(_, end)| end).max()
    }
}
