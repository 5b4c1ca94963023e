//! Finds a secret, or a part of it, at an offset of a text.

use super::escape::{Reader, Reading, is_ambiguous, is_incomplete};

/// The minimum length of a part of a secret that is masked anywhere.
const MIN_LARGE_PART: usize = 8;

/// The minimum length of a part of a secret that is masked where the rest may be missing.
pub(super) const MIN_PART: usize = 4;

/// The maximum number of backslashes in a row that are counted. It is odd, so that a longer row
/// counts as an incomplete escape.
const MAX_BACKSLASHES: usize = 1_023;

/// A state of a match: the number of bytes of the secret that match, and the end of the match.
type State = (usize, usize);

#[derive(Clone)]
pub(super) struct Secret {
    pub(super) bytes: Vec<u8>,
    /// The minimum length of a part, from the beginning, that is masked.
    pub(super) min_part: usize,
}

/// A kind of text, which decides what may follow a part of a secret.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// A complete text. It may contain a secret that is not, and be JSON, which stays valid.
    Complete,
    /// The beginning of a text, which may end within a secret.
    Cut,
    /// A message with strings out of JSON, which end at the quotation marks in a secret.
    Message,
}

impl Secret {
    /// Creates a secret that begins with an authentication scheme, which alone is not masked. Its
    /// length may be zero.
    pub(super) fn new(bytes: &[u8], scheme_length: usize) -> Self {
        let length = bytes.len();
        let min_part = MIN_LARGE_PART.max(length.div_ceil(2));
        Self {
            bytes: bytes.to_vec(),
            min_part: min_part.max(scheme_length + MIN_PART).min(length),
        }
    }

    /// Returns the end of the secret, or of a part of it, that begins at an offset.
    ///
    /// The characters `%`, `\`, `&` and `+` have several meanings, so a match can have several
    /// states. If no steps are left, the rest of the text counts as a match, so that it is masked.
    pub(super) fn end(
        &self,
        reader: &Reader<'_>,
        at: usize,
        kind: Kind,
        steps: &mut usize,
    ) -> Option<usize> {
        let text = reader.text;
        let first = *text.get(at)?;
        if !is_ambiguous(first) && !self.bytes.first()?.eq_ignore_ascii_case(&first) {
            return None;
        }
        let mut best = None;
        // Sorted, so that a state is before those that follow it.
        let mut states = vec![(0, at)];
        let mut next = 0;
        while let Some(state) = states.get(next).copied() {
            next += 1;
            let (matched, end) = self.skip_equal(text, state);
            if *steps == 0 || self.is_cut_after(text, matched, end, kind) {
                return Some(text.len());
            }
            *steps -= 1;
            best = best.max(self.part(text, matched, end, kind));
            let mut index = 0;
            while let Some(reading) = reader.reading(end, index) {
                index += 1;
                self.add_states(matched, reading, &mut states);
            }
        }
        let (_, _, end) = best?;
        Some(end)
    }

    /// Advances over the bytes that are the same in both and that have a single meaning.
    fn skip_equal(&self, text: &[u8], (mut matched, mut end): State) -> State {
        while let (Some(byte), Some(other)) = (self.bytes.get(matched), text.get(end)) {
            if is_ambiguous(*other) || !byte.eq_ignore_ascii_case(other) {
                break;
            }
            matched += 1;
            end += 1;
        }
        (matched, end)
    }

    /// Returns true if the text may end within the secret, after a number of bytes of it.
    fn is_cut_after(&self, text: &[u8], matched: usize, end: usize, kind: Kind) -> bool {
        let rest = text.get(end..).unwrap_or_default();
        match kind {
            Kind::Message => false,
            Kind::Cut if rest.is_empty() => matched >= MIN_PART,
            // What is left is a part of the next character.
            Kind::Cut => matched + 1 >= MIN_PART && is_incomplete(rest),
            Kind::Complete => matched + 1 >= self.min_part && is_incomplete(rest),
        }
    }

    /// Returns the part of the secret up to an offset if it is masked: its length, false if it ends
    /// within an escape, and its end. The greatest one is the best.
    fn part(
        &self,
        text: &[u8],
        matched: usize,
        end: usize,
        kind: Kind,
    ) -> Option<(usize, bool, usize)> {
        if matched < self.min_part {
            return None;
        }
        let is_whole_escape = kind == Kind::Message || !ends_within_escape(text, end);
        if matched == self.bytes.len() || kind == Kind::Message {
            return Some((matched, is_whole_escape, end));
        }
        let before = end.saturating_sub(1);
        if text.get(before) == Some(&b'"') && !ends_within_escape(text, before) {
            // The quotation mark may be that of a JSON string.
            return (matched > self.min_part).then_some((matched - 1, true, before));
        }
        is_whole_escape.then_some((matched, true, end))
    }

    /// Adds the states after a character if the secret continues with it.
    fn add_states(&self, matched: usize, reading: Reading, states: &mut Vec<State>) {
        let rest = self.bytes.get(matched..).unwrap_or_default();
        if let (Some(first), Ok(byte)) = (rest.first(), u8::try_from(reading.code)) {
            if first.eq_ignore_ascii_case(&byte) {
                insert(states, (matched + 1, reading.end));
            }
        }
        let character = char::from_u32(reading.code).unwrap_or_default();
        let mut buffer = [0; 4];
        let encoded = character.encode_utf8(&mut buffer).as_bytes();
        if encoded.len() > 1 && rest.starts_with(encoded) {
            insert(states, (matched + encoded.len(), reading.end));
        }
    }
}

fn insert(states: &mut Vec<State>, state: State) {
    if let Err(index) = states.binary_search(&state) {
        states.insert(index, state);
    }
}

/// Returns true if a text up to `end` ends with an odd number of backslashes.
fn ends_within_escape(text: &[u8], end: usize) -> bool {
    let start = end.saturating_sub(MAX_BACKSLASHES);
    let mut before = text.get(start..end).unwrap_or_default();
    let mut is_within = false;
    while let Some(rest) = before.strip_suffix(b"\\") {
        before = rest;
        is_within = !is_within;
    }
    is_within
}
