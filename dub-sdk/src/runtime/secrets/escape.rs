//! Reads characters in all forms in which a server may write them: unchanged, percent-encoded,
//! escaped as in JSON or in Rust's `Debug` output, as a character reference of HTML, and in
//! combinations of these.

use super::names::NAMES;
use std::ops::RangeInclusive;

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
const MAX_READINGS: usize = 16;

/// The maximum number of backslashes in a row that are skipped before an escaped character.
const MAX_BACKSLASHES: usize = 32;

/// The length of the longest name in [`NAMES`].
const MAX_NAME: usize = 16;

/// Returns true if an encoded character can begin with this byte.
pub(super) fn starts_escape(byte: u8) -> bool {
    matches!(byte, b'%' | b'\\' | b'&')
}

/// Returns true if a byte may stand for a character other than the one it is.
pub(super) fn is_ambiguous(byte: u8) -> bool {
    matches!(byte, b'%' | b'\\' | b'&' | b'+' | 0xC2 | 0xC3)
}

/// Returns true if `text` may be the beginning of an encoded character.
pub(super) fn is_incomplete(text: &[u8]) -> bool {
    text.len() <= MAX_NAME + 2 * MAX_BACKSLASHES
        && text.first().copied().is_none_or(starts_escape)
        && text.iter().all(|byte| {
            byte.is_ascii_alphanumeric() || starts_escape(*byte) || matches!(byte, b'#' | b'{')
        })
}

/// Reads the characters of a text.
pub(super) struct Reader<'a> {
    pub(super) text: &'a [u8],
    /// The readings at each offset where there are several, the last offset first.
    readings: Vec<(usize, Box<[Reading]>)>,
    /// The number of steps that are left.
    steps: usize,
}

impl<'a> Reader<'a> {
    /// Creates a reader with which a search may take a number of steps.
    pub(super) fn new(text: &'a [u8], steps: usize) -> Self {
        let mut reader = Self {
            text,
            readings: Vec::new(),
            steps,
        };
        // From the end, because a character depends on those that may be a part of its escape.
        for (at, byte) in text.iter().enumerate().rev() {
            if is_ambiguous(*byte) {
                let readings = reader.decode(at).into();
                reader.readings.push((at, readings));
            }
        }
        reader
    }

    /// Creates a reader whose encoded characters are in lower case.
    pub(super) fn ignoring_case(text: &'a [u8], steps: usize) -> Self {
        let mut reader = Self::new(text, steps);
        let all = reader.readings.iter_mut();
        for reading in all.flat_map(|(_, readings)| readings.iter_mut()) {
            if let Ok(byte) = u8::try_from(reading.code) {
                reading.code = byte.to_ascii_lowercase().into();
            }
        }
        reader
    }

    /// Counts a step. Returns false if none was left.
    pub(super) fn step(&mut self) -> bool {
        let left = self.steps.checked_sub(1);
        self.steps = left.unwrap_or(0);
        left.is_some()
    }

    /// Returns the readings at an offset where there may be several.
    pub(super) fn readings(&self, at: usize) -> &[Reading] {
        let index = self.readings.binary_search_by(|(other, _)| at.cmp(other));
        let found = index.ok().and_then(|index| self.readings.get(index));
        found.map(|(_, readings)| &**readings).unwrap_or_default()
    }

    fn decode(&self, at: usize) -> Vec<Reading> {
        let mut all = unescaped(self.text, at);
        let raw_end = at.saturating_add(backslashes(self.text, at));
        // A percent sign, an ampersand or a backslash may itself be encoded and begin an escape.
        let mut next = 0;
        while let Some(Reading { code, end }) = all.get(next).copied() {
            next += 1;
            let found = match u8::try_from(code) {
                Ok(b'%') => self.digits(end, 16, 2..=2),
                Ok(b'&') => self.references(end),
                Ok(b'\\') => self.after_backslash(end, end > raw_end),
                _ => Vec::new(),
            };
            for reading in found {
                if all.len() < MAX_READINGS && !all.contains(&reading) {
                    all.push(reading);
                }
            }
        }
        all
    }

    /// Reads a character reference of HTML after its ampersand.
    fn references(&self, at: usize) -> Vec<Reading> {
        let mut numbers = Vec::new();
        let mut names = Vec::new();
        for (letter, end) in self.components(at) {
            if letter != b'#' {
                names.push((vec![letter], end));
                continue;
            }
            numbers.extend(self.digits(end, 10, 1..=8));
            for (letter, end) in self.components(end) {
                if matches!(letter, b'x' | b'X') {
                    numbers.extend(self.digits(end, 16, 1..=8));
                }
            }
        }
        let mut found = self.closed(&numbers, b';');
        for _ in 0..MAX_NAME {
            names.truncate(MAX_READINGS);
            for (name, at) in std::mem::take(&mut names) {
                for (letter, end) in self.components(at) {
                    if letter == b';' {
                        let known = NAMES.iter().find(|(known, _)| *known == name);
                        let code = known.map(|(_, byte)| u32::from(*byte));
                        found.extend(code.map(|code| Reading { code, end }));
                    } else if letter.is_ascii_alphabetic() {
                        names.push(([name.as_slice(), &[letter]].concat(), end));
                    }
                }
            }
        }
        found
    }

    /// Reads an escaped character after its first backslash, which itself may be encoded.
    fn after_backslash(&self, at: usize, is_encoded: bool) -> Vec<Reading> {
        // Each further encoding doubles the backslashes before the character.
        let last = at.saturating_add(backslashes(self.text, at));
        let mut found = self.escaped(last);
        if last > at {
            found.extend(self.escaped(at));
        }
        if is_encoded {
            // The second of two backslashes that stand for one.
            let seconds = unescaped(self.text, at).into_iter();
            found.extend(seconds.filter(|second| second.code == BACKSLASH));
        }
        found
    }

    /// Reads an escaped character after its backslashes.
    fn escaped(&self, at: usize) -> Vec<Reading> {
        let mut found = Vec::new();
        for (letter, end) in self.components(at) {
            match letter {
                b'u' => {
                    found.extend(self.digits(end, 16, 4..=4));
                    for (letter, end) in self.components(end) {
                        if letter == b'{' {
                            let codes = self.digits(end, 16, 1..=6);
                            found.extend(self.closed(&codes, b'}'));
                        }
                    }
                }
                b'x' => found.extend(self.digits(end, 16, 2..=2)),
                b't' => found.push(Reading { code: 9, end }),
                letter if letter.is_ascii_punctuation() => {
                    let code = u32::from(letter);
                    found.push(Reading { code, end });
                }
                _ => {}
            }
        }
        if self.text.get(at).is_some_and(|byte| *byte != b'\\') {
            // A percent sign or an ampersand, or an encoded backslash.
            let all = self.readings(at);
            let is_escape = |code: u32| u8::try_from(code).is_ok_and(starts_escape);
            found.extend(all.iter().filter(|reading| is_escape(reading.code)));
        }
        found
    }

    /// Returns the readings that are followed by `last`, which becomes a part of them.
    fn closed(&self, readings: &[Reading], last: u8) -> Vec<Reading> {
        let mut all = Vec::new();
        for Reading { code, end } in readings.iter().copied() {
            let components = self.components(end).into_iter();
            let ends = components.filter(|(letter, _)| *letter == last);
            all.extend(ends.map(|(_, end)| Reading { code, end }));
        }
        all
    }

    /// Reads numbers with a number of digits in the range.
    fn digits(&self, at: usize, radix: u32, count: RangeInclusive<u32>) -> Vec<Reading> {
        if let Some(reading) = self.plain_digits(at, radix, &count) {
            return vec![reading];
        }
        let mut found = Vec::new();
        let mut shorter = vec![Reading { code: 0, end: at }];
        for length in 1..=*count.end() {
            let mut longer = Vec::new();
            for Reading { code, end } in shorter {
                for (letter, end) in self.components(end) {
                    let digit = char::from(letter).to_digit(radix);
                    let code = digit.and_then(|digit| code.checked_mul(radix)?.checked_add(digit));
                    longer.extend(code.map(|code| Reading { code, end }));
                }
            }
            longer.truncate(MAX_READINGS);
            if count.contains(&length) {
                found.extend_from_slice(&longer);
            }
            shorter = longer;
        }
        found
    }

    /// Reads a number with a fixed number of digits, none of which is encoded.
    fn plain_digits(&self, at: usize, radix: u32, count: &RangeInclusive<u32>) -> Option<Reading> {
        let length = usize::try_from(*count.end()).ok()?;
        let end = at.checked_add(length)?;
        let digits = self.text.get(at..end)?;
        if count.start() != count.end() || !digits.iter().all(u8::is_ascii_hexdigit) {
            return None;
        }
        let code = u32::from_str_radix(std::str::from_utf8(digits).ok()?, radix).ok()?;
        Some(Reading { code, end })
    }

    /// Reads the ASCII characters at an offset that begin no escape: parts of an escape.
    fn components(&self, at: usize) -> Vec<(u8, usize)> {
        match self.text.get(at).copied() {
            None => Vec::new(),
            Some(byte) if !starts_escape(byte) => vec![(byte, at.saturating_add(1))],
            Some(_) => {
                let readings = self.readings(at);
                let components = readings.iter().filter_map(|reading| {
                    let byte = u8::try_from(reading.code).ok()?;
                    (byte.is_ascii() && !starts_escape(byte)).then_some((byte, reading.end))
                });
                components.collect()
            }
        }
    }
}

/// Returns the readings that need no decoding.
fn unescaped(text: &[u8], at: usize) -> Vec<Reading> {
    let Some(byte) = text.get(at).copied() else {
        return Vec::new();
    };
    let reading = |code, length| Reading {
        code,
        end: at.saturating_add(length),
    };
    let mut all = vec![reading(u32::from(byte), 1)];
    match byte {
        // A backslash that was escaped several times is written as 2, 4, 8 or 16 backslashes.
        b'\\' => {
            let run = backslashes(text, at);
            let lengths = [2, 4, 8, 16].into_iter().filter(|length| *length <= run);
            all.extend(lengths.map(|length| reading(u32::from(byte), length)));
        }
        // A form encodes a space as a plus sign.
        b'+' => all.push(reading(u32::from(b' '), 1)),
        // The UTF-8 of a byte that was read as ISO 8859-1.
        0xC2 | 0xC3 => {
            if let Some(second @ 0x80..=0xBF) = text.get(at.saturating_add(1)).copied() {
                all.push(reading(
                    u32::from(byte & 3) << 6 | u32::from(second & 0x3F),
                    2,
                ));
            }
        }
        _ => {}
    }
    all
}

fn backslashes(text: &[u8], at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default().iter();
    rest.take(MAX_BACKSLASHES)
        .take_while(|byte| **byte == b'\\')
        .count()
}

#[cfg(test)]
#[path = "escape_tests.rs"]
mod tests;
