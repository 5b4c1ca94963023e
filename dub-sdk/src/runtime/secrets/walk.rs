//! Matches a secret with the text at an offset.

use super::escape::{self, Reader, is_ambiguous};
use std::collections::BTreeSet;

/// The minimum length of a part of a secret that is masked anywhere.
pub(super) const MIN_LARGE_PART: usize = 8;

/// The maximum number of backslashes in a row that are counted. It is odd, so that a longer row
/// counts as an incomplete escape.
const MAX_BACKSLASHES: usize = 1_023;

/// The result of matching a secret with the text at an offset.
#[derive(Default)]
pub(super) struct Walk {
    /// The end of the best match of the whole secret: of those that do not end within an escape, the
    /// longest. The first value is true if it does not end within an escape.
    complete: Option<(bool, usize)>,
    /// The number of bytes of the secret that match, and the end of their longest match.
    pub(super) longest: (usize, usize),
    /// Like `longest`, but of the matches that do not end within an escape, and without a quotation
    /// mark at the end, which may be that of a JSON string. Only matches of at least
    /// [`MIN_LARGE_PART`] bytes count.
    large: Option<(usize, usize)>,
    /// The largest number of bytes of the secret that match up to the end of the text, or up to a
    /// character that the end of the text may have cut.
    pub(super) before_end: usize,
    /// Like `before_end`, but only up to a character that may be cut.
    pub(super) before_escape: usize,
}

impl Walk {
    /// Returns the end of a match of the whole secret.
    pub(super) fn end(&self) -> Option<usize> {
        self.complete.map(|(_, end)| end)
    }

    /// Returns the end of the longest match of at least `min` bytes at the beginning of the secret.
    pub(super) fn end_of_part(&self, min: usize) -> Option<usize> {
        let (matched, end) = self.large?;
        (matched >= min).then_some(end)
    }

    fn reach(&mut self, secret: &[u8], text: &[u8], (matched, end): (usize, usize)) {
        if matched >= MIN_LARGE_PART {
            let is_whole_escape = !ends_within_escape(text, end);
            if is_whole_escape {
                let part = without_closing_quote(text, (matched, end));
                self.large = self.large.max(Some(part));
            }
            if matched == secret.len() {
                self.complete = self.complete.max(Some((is_whole_escape, end)));
            }
        }
        self.longest = self.longest.max((matched, end));
        let rest = text.get(end..).unwrap_or_default();
        if escape::is_incomplete(rest) {
            // What is left is a part of the next character.
            let is_escape = !rest.is_empty();
            let matched = matched.saturating_add(usize::from(is_escape));
            self.before_end = self.before_end.max(matched);
            if is_escape {
                self.before_escape = self.before_escape.max(matched);
            }
        }
    }
}

/// Returns true if a text up to `end` ends with an odd number of backslashes.
fn ends_within_escape(text: &[u8], end: usize) -> bool {
    let before = text.get(..end).unwrap_or_default().iter().rev();
    let before = before.take(MAX_BACKSLASHES);
    before.take_while(|byte| **byte == b'\\').count() % 2 == 1
}

/// Shortens a match that ends with a quotation mark without a backslash.
fn without_closing_quote(text: &[u8], (matched, end): (usize, usize)) -> (usize, usize) {
    let before = end.saturating_sub(1);
    match text.get(before) == Some(&b'"') && !ends_within_escape(text, before) {
        true => (matched.saturating_sub(1), before),
        false => (matched, end),
    }
}

/// Matches a secret with the text at an offset.
///
/// The characters `%`, `\`, `&` and `+` have several meanings, so a match can have several states:
/// the number of bytes of the secret that match, and their end. If the reader has no steps left,
/// the rest of the text counts as a match, so that it is masked.
pub(super) fn walk(secret: &[u8], reader: &mut Reader<'_>, at: usize) -> Walk {
    let text = reader.text;
    let mut walk = Walk::default();
    let first = skip_equal(secret, text, (0, at));
    if !has_further(secret, text, first) {
        walk.reach(secret, text, first);
        return walk;
    }
    let mut states = BTreeSet::new();
    add_successors(secret, reader, first, &mut states);
    walk.reach(secret, text, first);
    while let Some(state) = states.pop_first() {
        if !reader.step() {
            walk.complete = Some((true, text.len()));
            break;
        }
        let state = skip_equal(secret, text, state);
        walk.reach(secret, text, state);
        if !has_further(secret, text, state) {
            continue;
        }
        add_successors(secret, reader, state, &mut states);
    }
    walk
}

/// Adds the states that follow one whose next character has several readings.
fn add_successors(
    secret: &[u8],
    reader: &Reader<'_>,
    (matched, at): (usize, usize),
    states: &mut BTreeSet<(usize, usize)>,
) {
    let rest = secret.get(matched..).unwrap_or_default();
    for reading in reader.readings(at) {
        for length in lengths(rest, reading.code).into_iter().flatten() {
            states.insert((matched.saturating_add(length), reading.end));
        }
    }
}

/// Advances over the bytes that are the same in both and that have a single meaning.
fn skip_equal(secret: &[u8], text: &[u8], (matched, at): (usize, usize)) -> (usize, usize) {
    let secret = secret.get(matched..).unwrap_or_default().iter();
    let text = text.get(at..).unwrap_or_default().iter();
    let equal = secret
        .zip(text)
        .take_while(|(secret, text)| secret == text && !is_ambiguous(**text))
        .count();
    (matched.saturating_add(equal), at.saturating_add(equal))
}

/// Returns true if a state has successors that `skip_equal` does not find.
fn has_further(secret: &[u8], text: &[u8], (matched, at): (usize, usize)) -> bool {
    matched < secret.len() && text.get(at).copied().is_some_and(is_ambiguous)
}

/// Returns the numbers of bytes at the beginning of `secret` that a code stands for.
fn lengths(secret: &[u8], code: u32) -> [Option<usize>; 2] {
    let byte = u8::try_from(code).ok();
    let is_byte = byte.is_some_and(|byte| secret.first() == Some(&byte));
    let mut buffer = [0; 4];
    let character = char::from_u32(code).filter(|character| !character.is_ascii());
    let encoded = character.map(|character| character.encode_utf8(&mut buffer).as_bytes());
    [
        is_byte.then_some(1),
        encoded
            .filter(|encoded| secret.starts_with(encoded))
            .map(<[u8]>::len),
    ]
}
