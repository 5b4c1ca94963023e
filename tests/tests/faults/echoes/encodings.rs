//! Encodes strings as servers do, and decodes them again, independently of the crate.

use super::random::Random;

/// Encodes a string in one of many ways, each character in its own way or all in the same way.
pub fn encode(text: &str, random: &mut Random) -> String {
    match random.below(12) {
        0..3 => text.to_owned(),
        3 => percent(text, random),
        4 => percent(&percent(text, random), random),
        5 => json(text, random),
        6 => json(&json(text, random), random),
        7 => html(text, random),
        8 => percent(&json(text, random), random),
        9 => json(&html(text, random), random),
        10 => html(&percent(text, random), random),
        _ => mixed(text, random),
    }
}

/// Encodes each character in its own way.
fn mixed(text: &str, random: &mut Random) -> String {
    let encoded = text.chars().map(|character| {
        let character = character.to_string();
        match random.below(5) {
            0 => percent(&character, random),
            1 => json(&character, random),
            2 => html(&character, random),
            _ => character,
        }
    });
    encoded.collect()
}

/// Percent-encodes all reserved characters and some others, with digits of any case.
pub fn percent(text: &str, random: &mut Random) -> String {
    let also = random.below(4);
    let mut encoded = String::new();
    for byte in text.bytes() {
        let is_plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        encoded += &match (is_plain, random.below(2)) {
            (true, _) if also == 0 || random.below(4) > 0 => char::from(byte).to_string(),
            (_, 0) => format!("%{byte:02x}"),
            _ => format!("%{byte:02X}"),
        };
    }
    encoded
}

/// Escapes a string as the content of a JSON string.
pub fn json(text: &str, random: &mut Random) -> String {
    let also = random.below(3);
    let mut escaped = String::new();
    for character in text.chars() {
        let code = u32::from(character);
        escaped += &match character {
            '"' | '\\' if random.below(3) > 0 => format!("\\{character}"),
            '/' if random.below(2) > 0 => "\\/".to_owned(),
            '"' | '\\' | '\0'..' ' => format!("\\u{code:04x}"),
            _ if also == 0 && random.below(3) == 0 => format!("\\u{code:04X}"),
            _ => character.to_string(),
        };
    }
    escaped
}

/// Writes the special characters of HTML, and some others, as character references.
fn html(text: &str, random: &mut Random) -> String {
    let also = random.below(3);
    let mut escaped = String::new();
    for character in text.chars() {
        let code = u32::from(character);
        escaped += &match (character, random.below(3)) {
            ('&', 0) => "&amp;".to_owned(),
            ('<', 0) => "&lt;".to_owned(),
            ('>', 0) => "&gt;".to_owned(),
            ('"', 0) => "&quot;".to_owned(),
            ('/', 0) => "&#x2F;".to_owned(),
            ('&' | '<' | '>' | '"' | '\'', 1) => format!("&#{code};"),
            ('&' | '<' | '>' | '"' | '\'', _) => format!("&#x{code:X};"),
            (_, 1) if also == 0 => format!("&#x{code:02x};"),
            _ => character.to_string(),
        };
    }
    escaped
}

/// Returns the text, and everything that up to two decodings make of it.
pub fn decodings(text: &str) -> Vec<String> {
    const DECODERS: [fn(&str) -> String; 3] = [unpercent, unjson, unhtml];
    let mut all = vec![text.to_owned()];
    let mut last = 0..1;
    for _ in 0..2 {
        let begin = all.len();
        for index in last {
            for decode in DECODERS {
                let decoded = decode(&all[index]);
                if !all.contains(&decoded) {
                    all.push(decoded);
                }
            }
        }
        last = begin..all.len();
    }
    all
}

/// Replaces each escape that begins with `mark`. `read` returns the character and the length of the
/// rest of the escape.
fn decode(text: &str, mark: char, read: impl Fn(&str) -> Option<(char, usize)>) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(mark) {
        decoded += before;
        let (character, length) = read(after).unwrap_or((mark, 0));
        decoded.push(character);
        rest = &after[length..];
    }
    decoded + rest
}

fn from_hex(digits: &str) -> Option<char> {
    char::from_u32(u32::from_str_radix(digits, 16).ok()?)
}

fn unpercent(text: &str) -> String {
    decode(text, '%', |rest| Some((from_hex(rest.get(..2)?)?, 2)))
}

fn unjson(text: &str) -> String {
    decode(text, '\\', |rest| match rest.chars().next()? {
        'u' => Some((from_hex(rest.get(1..5)?)?, 5)),
        'n' => Some(('\n', 1)),
        'r' => Some(('\r', 1)),
        't' => Some(('\t', 1)),
        other => Some((other, other.len_utf8())),
    })
}

fn unhtml(text: &str) -> String {
    decode(text, '&', |rest| {
        let (name, _) = rest.get(..rest.len().min(10))?.split_once(';')?;
        let character = match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            _ => match name.strip_prefix("#x") {
                Some(digits) => from_hex(digits)?,
                None => char::from_u32(name.strip_prefix('#')?.parse().ok()?)?,
            },
        };
        Some((character, name.len() + 1))
    })
}
