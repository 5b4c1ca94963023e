//! Reads characters in all forms in which a server may write them: unchanged, percent-encoded,
//! escaped as in JSON or in Rust's `Debug` output, as a character reference of HTML, and in
//! combinations of these.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::rc::Rc;

/// A character, in one of the forms that begin at an offset.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Reading {
    /// The code point of the character, or a single byte.
    pub(super) code: u32,
    /// The offset after the character.
    pub(super) end: usize,
}

/// The number of encodings that may be applied inside of each other.
const MAX_DEPTH: u8 = 4;

/// The maximum number of readings at one offset. More occur only in artificial strings.
const MAX_READINGS: usize = 24;

/// The maximum number of offsets and depths whose readings are kept.
const MAX_CACHED: usize = 4_096;

/// The maximum number of backslashes in a row that are skipped before an escaped character.
const MAX_BACKSLASHES: usize = 32;

/// The length of the longest name in [`NAMES`].
const MAX_NAME: usize = 16;

/// The names that HTML has for ASCII characters.
const NAMES: [(&[u8], u8); 51] = [
    (b"Tab", b'\t'),
    (b"NewLine", b'\n'),
    (b"nbsp", b' '),
    (b"excl", b'!'),
    (b"quot", b'"'),
    (b"QUOT", b'"'),
    (b"num", b'#'),
    (b"dollar", b'$'),
    (b"percnt", b'%'),
    (b"amp", b'&'),
    (b"AMP", b'&'),
    (b"apos", b'\''),
    (b"lpar", b'('),
    (b"rpar", b')'),
    (b"ast", b'*'),
    (b"midast", b'*'),
    (b"plus", b'+'),
    (b"comma", b','),
    (b"hyphen", b'-'),
    (b"dash", b'-'),
    (b"period", b'.'),
    (b"sol", b'/'),
    (b"colon", b':'),
    (b"semi", b';'),
    (b"lt", b'<'),
    (b"LT", b'<'),
    (b"equals", b'='),
    (b"gt", b'>'),
    (b"GT", b'>'),
    (b"quest", b'?'),
    (b"commat", b'@'),
    (b"lsqb", b'['),
    (b"lbrack", b'['),
    (b"bsol", b'\\'),
    (b"rsqb", b']'),
    (b"rbrack", b']'),
    (b"Hat", b'^'),
    (b"lowbar", b'_'),
    (b"UnderBar", b'_'),
    (b"grave", b'`'),
    (b"DiacriticalGrave", b'`'),
    (b"lcub", b'{'),
    (b"lbrace", b'{'),
    (b"verbar", b'|'),
    (b"vert", b'|'),
    (b"VerticalLine", b'|'),
    (b"rcub", b'}'),
    (b"rbrace", b'}'),
    (b"tilde", b'~'),
    (b"minus", b'-'),
    (b"circ", b'^'),
];

/// Returns true if an encoded character can begin with this byte.
pub(super) fn starts_escape(byte: u8) -> bool {
    matches!(byte, b'%' | b'\\' | b'&')
}

/// Returns true if a byte may stand for a character other than the one it is.
pub(super) fn is_ambiguous(byte: u8) -> bool {
    starts_escape(byte) || byte == b'+' || !byte.is_ascii()
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
    /// The readings at an offset and a depth.
    cache: HashMap<(usize, u8), Rc<[Reading]>>,
    /// The number of steps that are left.
    steps: usize,
}

impl<'a> Reader<'a> {
    /// Creates a reader with which a search may take a number of steps.
    pub(super) fn new(text: &'a [u8], steps: usize) -> Self {
        Self {
            text,
            cache: HashMap::new(),
            steps,
        }
    }

    /// Counts a step. Returns false if none was left.
    pub(super) fn step(&mut self) -> bool {
        let left = self.steps.checked_sub(1);
        self.steps = left.unwrap_or(0);
        left.is_some()
    }

    /// Returns the readings of the character at an offset.
    pub(super) fn readings(&mut self, at: usize) -> Rc<[Reading]> {
        self.readings_to_depth(at, MAX_DEPTH)
    }

    fn readings_to_depth(&mut self, at: usize, depth: u8) -> Rc<[Reading]> {
        if let Some(readings) = self.cache.get(&(at, depth)) {
            return readings.clone();
        }
        let readings: Rc<[Reading]> = self.decode(at, depth).into();
        if self.cache.len() >= MAX_CACHED {
            self.cache.clear();
        }
        self.cache.insert((at, depth), readings.clone());
        readings
    }

    fn decode(&mut self, at: usize, depth: u8) -> Vec<Reading> {
        let mut all = unescaped(self.text, at);
        let Some(depth) = depth.checked_sub(1) else {
            return all;
        };
        // A percent sign, an ampersand or a backslash may itself be encoded and begin an escape.
        let mut next = 0;
        while let Some(Reading { code, end }) = all.get(next).copied() {
            next += 1;
            let found = match u8::try_from(code) {
                Ok(b'%') => self.digits(end, 16, 2..=2, depth),
                Ok(b'&') => self.reference(end, depth),
                Ok(b'\\') => self.backslash(end, depth),
                _ => None,
            };
            match found {
                Some(reading) if all.len() < MAX_READINGS && !all.contains(&reading) => {
                    all.push(reading);
                }
                _ => {}
            }
        }
        all
    }

    /// Reads a character reference of HTML after its ampersand.
    fn reference(&mut self, at: usize, depth: u8) -> Option<Reading> {
        let (first, end) = self.component(at, depth)?;
        if first == b'#' {
            let reading = match self.component(end, depth)? {
                (b'x' | b'X', end) => self.digits(end, 16, 1..=8, depth),
                _ => self.digits(end, 10, 1..=8, depth),
            }?;
            return self.closed(reading, b';', depth);
        }
        let (mut name, mut at) = (Vec::new(), at);
        while name.len() <= MAX_NAME {
            match self.component(at, depth)? {
                (b';', end) => {
                    let (_, byte) = NAMES.iter().find(|(known, _)| *known == name)?;
                    let code = u32::from(*byte);
                    return Some(Reading { code, end });
                }
                (letter, end) if letter.is_ascii_alphabetic() => {
                    name.push(letter);
                    at = end;
                }
                _ => return None,
            }
        }
        None
    }

    /// Reads an escaped character after its first backslash. Skips further backslashes before the
    /// character, because each further encoding doubles them.
    fn backslash(&mut self, at: usize, depth: u8) -> Option<Reading> {
        let at = at.saturating_add(backslashes(self.text, at));
        let Some((letter, end)) = self.component(at, depth) else {
            // The character is a percent sign or an ampersand, or an encoded backslash.
            let is_backslash = |code: u32| code == u32::from(b'\\');
            let all = self.readings_to_depth(at, depth);
            let first = *all.first()?;
            let encoded = all.iter().find(|reading| is_backslash(reading.code));
            let reading = *encoded.unwrap_or(&first);
            return (!is_backslash(first.code)).then_some(reading);
        };
        let code = match letter {
            b'u' => match self.component(end, depth)? {
                (b'{', end) => {
                    let reading = self.digits(end, 16, 1..=6, depth)?;
                    return self.closed(reading, b'}', depth);
                }
                _ => return self.digits(end, 16, 4..=4, depth),
            },
            b'x' => return self.digits(end, 16, 2..=2, depth),
            b't' => b'\t',
            punctuation if punctuation.is_ascii_punctuation() => punctuation,
            _ => return None,
        };
        let code = u32::from(code);
        Some(Reading { code, end })
    }

    /// Returns the reading with `last` appended.
    fn closed(&mut self, reading: Reading, last: u8, depth: u8) -> Option<Reading> {
        let (found, end) = self.component(reading.end, depth)?;
        let code = reading.code;
        (found == last).then_some(Reading { code, end })
    }

    /// Reads as many digits as there are, within the bounds.
    fn digits(
        &mut self,
        at: usize,
        radix: u32,
        count: RangeInclusive<u32>,
        depth: u8,
    ) -> Option<Reading> {
        let mut reading = Reading { code: 0, end: at };
        let mut found = 0;
        while found < *count.end() {
            let next = self.component(reading.end, depth);
            let digit = next.and_then(|(byte, end)| Some((char::from(byte).to_digit(radix)?, end)));
            let Some((digit, end)) = digit else { break };
            let code = reading.code.checked_mul(radix)?.checked_add(digit)?;
            reading = Reading { code, end };
            found += 1;
        }
        count.contains(&found).then_some(reading)
    }

    /// Reads an ASCII character that begins no escape: a part of an escape.
    fn component(&mut self, at: usize, depth: u8) -> Option<(u8, usize)> {
        let byte = self.text.get(at).copied()?;
        if !starts_escape(byte) {
            return Some((byte, at.saturating_add(1)));
        }
        let readings = self.readings_to_depth(at, depth);
        readings.iter().find_map(|reading| {
            let byte = u8::try_from(reading.code).ok()?;
            (byte.is_ascii() && !starts_escape(byte)).then_some((byte, reading.end))
        })
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
mod tests {
    use super::*;

    fn all(text: &str, at: usize) -> Rc<[Reading]> {
        Reader::new(text.as_bytes(), 0).readings(at)
    }

    fn reads(text: &str, expected: char) -> bool {
        all(text, 0).contains(&Reading {
            code: expected.into(),
            end: text.len(),
        })
    }

    #[test]
    fn reads_every_encoding_and_their_combinations() {
        for (character, forms) in [
            (
                '/',
                &[
                    "/",
                    "%2f",
                    "%2F",
                    "%252F",
                    "%25252f",
                    "%25%32%46",
                    "\\/",
                    "\\\\\\/",
                ][..],
            ),
            (
                '/',
                &[
                    "\\u002f",
                    "\\u002F",
                    "\\\\u002f",
                    "\\x2f",
                    "\\u{2f}",
                    "&#47;",
                    "&#x2F;",
                ],
            ),
            (
                '/',
                &[
                    "&#X002f;",
                    "&sol;",
                    "&amp;sol;",
                    "&amp;#47;",
                    "\\u0026sol;",
                    "%26sol%3B",
                ],
            ),
            (
                '/',
                &[
                    "\\u0025\\u0032F",
                    "&#37;2F",
                    "&percnt;2F",
                    "%5C%2F",
                    "%5cu002f",
                    "\\&sol;",
                ],
            ),
            (
                '"',
                &[
                    "\"",
                    "\\\"",
                    "\\\\\\\"",
                    "\\\\\\\\\\\\\\\"",
                    "%5C%22",
                    "\\&quot;",
                    "&quot;",
                ],
            ),
            (
                '"',
                &[
                    "\\\\&quot;",
                    "&#92;&#34;",
                    "%5C%5C%5C%22",
                    "\\u005c\\u0022",
                    "%255C%2522",
                ],
            ),
            (
                '\\',
                &[
                    "\\",
                    "\\\\",
                    "\\\\\\\\",
                    "%5c",
                    "%5C%5C",
                    "\\u005c",
                    "&bsol;&bsol;",
                    "&#92;",
                ],
            ),
            ('%', &["%", "%25", "%2525", "&#37;", "\\u0025", "\\%"]),
            (
                '&',
                &[
                    "&",
                    "&amp;",
                    "&amp;amp;",
                    "%26",
                    "\\u0026",
                    "\\u0026amp;",
                    "%26amp%3B",
                ],
            ),
            (' ', &[" ", "+", "%20", "\\u0020"]),
            ('\u{fc}', &["\u{fc}", "\\u00fc", "&#252;", "&#xFC;"]),
        ] {
            for form in forms {
                assert!(reads(form, character), "{form}");
            }
        }
        for text in [
            "%2",
            "%2G",
            "&#47",
            "&unknown;",
            "\\u002",
            "\\u{2f",
            "&;",
            "&#;",
            "&#x;",
        ] {
            assert_eq!(all(text, 0).len(), 1, "{text}");
        }
    }

    #[test]
    fn long_runs_have_few_readings() {
        for part in [
            "\\", "%", "&", "%25", "amp;", "&amp;", "\\u005c", "%5C", "&#92;", "\\%",
        ] {
            let text = format!("&{}", part.repeat(5_000));
            let mut reader = Reader::new(text.as_bytes(), 0);
            for at in 0..text.len() {
                assert!(reader.readings(at).len() <= MAX_READINGS);
            }
        }
    }
}
