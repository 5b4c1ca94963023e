//! Reads characters in all forms in which a server may write them: unchanged, percent-encoded,
//! escaped as in JSON or in Rust's `Debug` output, as a character reference of HTML, and in
//! combinations of these.

use super::names::NAMES;
use std::collections::BTreeMap;

/// A character, in one of the forms that begin at an offset.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Reading {
    /// The code point of the character, or a single byte.
    pub(super) code: u32,
    /// The offset after the character.
    pub(super) end: usize,
}

const BACKSLASH: u32 = 0x5C;

/// The maximum number of readings at one offset. More occur only in artificial strings.
const MAX_READINGS: usize = 32;

/// The maximum number of beginnings of escapes that are continued at one offset.
const MAX_STEPS: usize = 256;

/// The maximum number of backslashes in a row that are skipped before an escaped character.
const MAX_BACKSLASHES: usize = 32;

/// The length of the longest name in [`NAMES`].
const MAX_NAME: usize = 16;

/// The maximum number of digits in an escape.
const MAX_DIGITS: usize = 8;

/// The beginning of an escape, and the offset after it.
type Begun = (String, usize);

/// Returns the character if an escape can begin with it.
fn escape_start(code: u32) -> Option<char> {
    match char::from_u32(code) {
        Some(start @ ('%' | '\\' | '&')) => Some(start),
        _ => None,
    }
}

/// Returns true if a byte may stand for a character other than the one it is.
pub(super) fn is_ambiguous(byte: u8) -> bool {
    matches!(byte, b'%' | b'\\' | b'&' | b'+' | 0xC2 | 0xC3)
}

/// Returns true if `text` is not empty and may be the beginning of an encoded character.
pub(super) fn is_incomplete(text: &[u8]) -> bool {
    if text.len() > MAX_NAME + 2 * MAX_BACKSLASHES {
        return false;
    }
    for byte in text {
        if !matches!(byte, b'%' | b'\\' | b'&' | b'#' | b'{') && !byte.is_ascii_alphanumeric() {
            return false;
        }
    }
    matches!(text, [b'%' | b'\\' | b'&', ..])
}

/// Reads the characters of a text.
pub(super) struct Reader<'a> {
    pub(super) text: &'a [u8],
    /// The readings at each offset where there may be several.
    ambiguous: BTreeMap<usize, Vec<Reading>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a [u8]) -> Self {
        let mut reader = Self {
            text,
            ambiguous: BTreeMap::new(),
        };
        // From the end, because the parts of an escape may be encoded themselves.
        let mut rest = text;
        while let Some((last, before)) = rest.split_last() {
            rest = before;
            if is_ambiguous(*last) {
                let readings = reader.decode(rest.len());
                reader.ambiguous.insert(rest.len(), readings);
            }
        }
        reader
    }

    /// Returns one of the readings at an offset.
    pub(super) fn reading(&self, at: usize, index: usize) -> Option<Reading> {
        let byte = *self.text.get(at)?;
        if is_ambiguous(byte) {
            return self.ambiguous.get(&at)?.get(index).copied();
        }
        let code = u32::from(byte);
        (index == 0).then_some(Reading { code, end: at + 1 })
    }

    /// Returns all readings at an offset. Those at later offsets are known.
    fn decode(&self, at: usize) -> Vec<Reading> {
        let mut found = unescaped(self.text, at);
        let row_end = at + backslashes(self.text, at);
        let mut begun = self.begin(at, row_end);
        let mut steps = MAX_STEPS;
        while let Some((escape, at)) = begun.pop() {
            if steps == 0 || found.len() == MAX_READINGS {
                break;
            }
            steps -= 1;
            let is_in_row = at <= row_end && self.text.get(at) == Some(&b'\\');
            let mut index = 0;
            while let Some(Reading { code, end }) = self.reading(at, index) {
                index += 1;
                if is_in_row && code == BACKSLASH {
                    // `unescaped` reads several backslashes in a row as one.
                    continue;
                }
                let mut escape = escape.clone();
                escape.push(char::from_u32(code).unwrap_or_default());
                match meaning(&escape) {
                    Meaning::Incomplete => begun.push((escape, end)),
                    Meaning::Character(code) => add(&mut found, &mut begun, Reading { code, end }),
                    Meaning::Other => {}
                }
            }
        }
        // Those that begin no escape come first, so that they are never too many.
        found.sort_by_key(|reading| escape_start(reading.code).is_some());
        found
    }

    /// Begins the escapes whose first character is not encoded.
    fn begin(&self, at: usize, row_end: usize) -> Vec<Begun> {
        let mut begun = Vec::new();
        if let Some(start) = self
            .text
            .get(at)
            .and_then(|byte| escape_start((*byte).into()))
        {
            begun.push((start.into(), at + 1));
            if row_end > at + 1 {
                // Each further encoding doubles the backslashes before a character.
                begun.push((start.into(), row_end));
            }
        }
        begun
    }
}

/// Adds a reading, and begins the escape that it may begin.
fn add(found: &mut Vec<Reading>, begun: &mut Vec<Begun>, reading: Reading) {
    if found.len() < MAX_READINGS && !found.contains(&reading) {
        found.push(reading);
        if let Some(start) = escape_start(reading.code) {
            begun.push((start.into(), reading.end));
        }
    }
}

/// Returns the readings that need no decoding.
fn unescaped(text: &[u8], at: usize) -> Vec<Reading> {
    let mut found = Vec::new();
    match text.get(at..).unwrap_or_default() {
        // The UTF-8 of a byte that was read as ISO 8859-1.
        [first @ (0xC2 | 0xC3), second @ 0x80..=0xBF, ..] => {
            let code = u32::from(first & 3) << 6 | u32::from(second & 0x3F);
            found.push(Reading { code, end: at + 2 });
        }
        // A form encodes a space as a plus sign.
        [b'+', ..] => found.push(Reading {
            code: u32::from(b' '),
            end: at + 1,
        }),
        _ => {}
    }
    if let Some(byte) = text.get(at) {
        let code = u32::from(*byte);
        found.push(Reading { code, end: at + 1 });
        // A backslash that was escaped several times is written as 2, 4, 8 or 16 backslashes.
        let backslashes = backslashes(text, at);
        for length in [2, 4, 8, 16] {
            if length <= backslashes {
                let end = at + length;
                found.push(Reading { code, end });
            }
        }
    }
    found
}

/// Returns the number of backslashes in a row at an offset.
fn backslashes(text: &[u8], at: usize) -> usize {
    let mut count = 0;
    while count < MAX_BACKSLASHES && text.get(at + count) == Some(&b'\\') {
        count += 1;
    }
    count
}

/// The meaning of a string that begins with `%`, `\` or `&`.
enum Meaning {
    /// An escape, which stands for a character or a single byte.
    Character(u32),
    /// The beginning of an escape.
    Incomplete,
    /// Anything else.
    Other,
}

fn meaning(escape: &str) -> Meaning {
    match escape.as_bytes() {
        [b'%', digits @ ..] => number(digits, 2),
        [b'\\', b'x', digits @ ..] => number(digits, 2),
        [b'\\', b'u', b'{', digits @ ..] => delimited_number(digits, 16, b'}'),
        [b'\\', b'u', digits @ ..] => number(digits, 4),
        [b'\\', b't'] => Meaning::Character(u32::from(b'\t')),
        [b'\\', other] if other.is_ascii_punctuation() => Meaning::Character(u32::from(*other)),
        [b'&', b'#', b'x' | b'X', digits @ ..] => delimited_number(digits, 16, b';'),
        [b'&', b'#', digits @ ..] => delimited_number(digits, 10, b';'),
        [b'&', b'A'..=b'Z' | b'a'..=b'z', ..] => match NAMES.split_once(escape) {
            Some((_, after)) if escape.ends_with(';') => {
                Meaning::Character(u32::from(after.bytes().next().unwrap_or_default()))
            }
            Some(_) => Meaning::Incomplete,
            None => Meaning::Other,
        },
        _ => Meaning::Other,
    }
}

/// Returns the meaning of an escape that ends with a fixed number of hexadecimal digits.
fn number(digits: &[u8], count: usize) -> Meaning {
    match value(digits, 16) {
        Some(code) if digits.len() == count => Meaning::Character(code),
        Some(_) => Meaning::Incomplete,
        None => Meaning::Other,
    }
}

/// Returns the meaning of an escape that ends with digits and a character after them.
fn delimited_number(digits: &[u8], radix: u32, last: u8) -> Meaning {
    match digits.strip_suffix(&[last]) {
        Some([]) => Meaning::Other,
        Some(digits) => value(digits, radix).map_or(Meaning::Other, Meaning::Character),
        None if value(digits, radix).is_some() => Meaning::Incomplete,
        None => Meaning::Other,
    }
}

fn value(digits: &[u8], radix: u32) -> Option<u32> {
    if digits.len() > MAX_DIGITS {
        return None;
    }
    let mut value = 0;
    for digit in digits {
        // Eight digits are a `u32`.
        value = value * radix + char::from(*digit).to_digit(radix)?;
    }
    Some(value)
}

#[cfg(test)]
#[path = "escape_tests.rs"]
mod tests;
