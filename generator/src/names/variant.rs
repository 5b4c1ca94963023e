//! Names of enum values, in which symbols are words, and which look different if the values do.

use super::case::{char_name, is_identifier_char, pascal};

/// Converts a value of an enum to the name of a variant. Adds `prefix` to a name that would start
/// with a digit.
///
/// A symbol such as `+` or `%` becomes a word unless it separates two words. Greek letters become
/// their names, because they look like Latin ones. Other characters that look like ASCII become
/// their numbers.
pub fn name(wire: &str, prefix: &str) -> String {
    convert(wire, prefix, false)
}

/// Like [`name`], but every symbol becomes a word, also a separator. It tells values apart that
/// differ in their separators only.
pub fn spelled(wire: &str, prefix: &str) -> String {
    convert(wire, prefix, true)
}

fn convert(wire: &str, prefix: &str, spell_all: bool) -> String {
    if !wire.is_empty() && wire.chars().all(char::is_whitespace) {
        return wire.chars().map(blank_name).collect();
    }
    // A dot between two digits stays visible: `1.0` is not 10.
    let mut name = String::new();
    for part in split_decimals(wire) {
        let part = words(part, spell_all);
        if name.is_empty() {
            name = pascal(&part, prefix);
        } else {
            name.push('_');
            // `pascal` would add the prefix to the digits.
            name.push_str(&pascal(&part, ""));
        }
    }
    name
}

fn blank_name(blank: char) -> &'static str {
    match blank {
        '\t' => "Tab",
        '\n' => "Newline",
        '\r' => "CarriageReturn",
        _ => "Space",
    }
}

/// Splits a string at the dots between two digits.
fn split_decimals(wire: &str) -> Vec<&str> {
    let bytes = wire.as_bytes();
    let is_digit = |index: Option<usize>| {
        index
            .and_then(|index| bytes.get(index))
            .is_some_and(u8::is_ascii_digit)
    };
    let mut parts = Vec::new();
    let mut start = 0;
    for (index, _) in wire.match_indices('.') {
        if is_digit(index.checked_sub(1)) && is_digit(Some(index + 1)) {
            parts.extend(wire.get(start..index));
            start = index + 1;
        }
    }
    parts.extend(wire.get(start..));
    parts
}

/// Replaces symbols, Greek letters and characters that look like ASCII by words.
fn words(text: &str, spell_all: bool) -> String {
    let characters: Vec<char> = text.chars().collect();
    let bare = !characters.iter().any(|c| is_identifier_char(*c));
    // Words of a language that uses the Cyrillic script have other letters as well.
    let is_cyrillic_word = characters
        .iter()
        .any(|c| is_cyrillic(*c) && !is_cyrillic_like_latin(*c));
    let looks_like_ascii =
        |c: char| is_form_of_ascii(c) || (is_cyrillic_like_latin(c) && !is_cyrillic_word);
    let at = |index: usize| characters.get(index).copied();
    let mut out = String::with_capacity(text.len());
    for (index, character) in characters.iter().copied().enumerate() {
        let before = index.checked_sub(1).and_then(at);
        let after = at(index + 1);
        if let Some(letter) = greek_name(character) {
            push_word(&mut out, letter);
        } else if looks_like_ascii(character) {
            push_word(&mut out, &char_name(character));
        } else if is_identifier_char(character) {
            out.push(character);
        } else if spell_all && before == Some(character) {
            // A run of one symbol is one word.
        } else if bare || spell_all || is_word(character, before, after) {
            push_word(&mut out, &char_name(character));
        } else {
            out.push(' ');
        }
    }
    out
}

fn push_word(out: &mut String, word: &str) {
    out.push(' ');
    out.push_str(word);
    out.push(' ');
}

/// Returns true for a symbol with a meaning of its own, such as the `+` of `C++` and `+1`.
fn is_word(symbol: char, before: Option<char>, after: Option<char>) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    match symbol {
        '-' if before.is_none() => is_letter(after),
        '-' => !is_letter(before) && is_digit(after),
        '+' | '*' | '=' | '<' | '>' | '!' | '%' | '&' | '#' | '$' | '^' | '~' => {
            !(is_letter(before) && is_letter(after))
        }
        // Mathematical operators and currency signs, but not quotes and dashes.
        '°' | '±' | '×' | '÷' | '€' | '£' | '¥' | '≠' | '≤' | '≥' | '≈' | '∞' => {
            true
        }
        _ => false,
    }
}

/// Returns true for variants of letters and digits: those of full width, in circles, in mathematical
/// alphabets, and signs such as the Roman numeral four.
fn is_form_of_ascii(character: char) -> bool {
    matches!(
        character,
        '\u{2100}'..='\u{2125}'
            | '\u{2127}'..='\u{218b}'
            | '\u{2460}'..='\u{24ff}'
            | '\u{ff10}'..='\u{ff5a}'
            | '\u{1d400}'..='\u{1d7ff}'
    )
}

fn is_cyrillic(character: char) -> bool {
    matches!(character, '\u{400}'..='\u{52f}')
}

/// Returns true for a Cyrillic letter that looks like a Latin one.
fn is_cyrillic_like_latin(character: char) -> bool {
    // In the order of the Unicode standard.
    const LETTERS: [u32; 36] = [
        0x405, 0x406, 0x408, 0x410, 0x412, 0x415, 0x41a, 0x41c, 0x41d, 0x41e, 0x420, 0x421, 0x422,
        0x423, 0x425, 0x430, 0x435, 0x43e, 0x440, 0x441, 0x443, 0x445, 0x455, 0x456, 0x458, 0x474,
        0x475, 0x4ae, 0x4bb, 0x4c0, 0x4cf, 0x501, 0x50c, 0x51a, 0x51b, 0x51d,
    ];
    LETTERS.binary_search(&u32::from(character)).is_ok()
}

/// Returns the name of a Greek letter, and of signs that are Greek letters.
fn greek_name(letter: char) -> Option<&'static str> {
    const NAMES: [&str; 25] = [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
        "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon",
        "phi", "chi", "psi", "omega",
    ];
    match letter {
        // Both are the prefix of units: the micro sign and the letter.
        '\u{b5}' | '\u{3bc}' => Some("micro"),
        '\u{2126}' => Some("ohm"),
        '\u{391}'..='\u{3a9}' | '\u{3b1}'..='\u{3c9}' => {
            let index = (u32::from(letter) - 0x391) % 0x20;
            NAMES.get(usize::try_from(index).ok()?).copied()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{name, spelled};

    #[track_caller]
    fn assert_names(values: &[(&str, &str)]) {
        for (wire, expected) in values {
            assert_eq!(name(wire, "Value"), *expected, "{wire}");
        }
    }

    #[test]
    fn symbols_are_words() {
        assert_names(&[
            (">=", "GreaterEqual"),
            ("≥", "AtLeast"),
            ("≠", "Unequal"),
            ("C", "C"),
            ("C++", "CPlusPlus"),
            ("C#", "CHash"),
            ("% vol", "PercentVol"),
            ("read:*", "ReadStar"),
            ("-created_at", "MinusCreatedAt"),
            ("likes-+1", "LikesPlus1"),
            ("likes--1", "LikesMinus1"),
            (" ", "Space"),
            ("\t", "Tab"),
            ("", "Empty"),
        ]);
    }

    #[test]
    fn separators_are_no_words() {
        assert_names(&[
            ("application/atom+xml", "ApplicationAtomXml"),
            ("a-b_c.d", "ABCD"),
            ("2024-01", "Value202401"),
            ("/docs", "Docs"),
            ("a&b", "AB"),
        ]);
        assert_eq!(spelled("__count__", "Value"), "UnderscoreCountUnderscore");
        assert_eq!(spelled("a.b", "Value"), "ADotB");
    }

    #[test]
    fn look_alike_values_have_different_names() {
        assert_names(&[
            ("µg", "MicroG"),
            ("μg", "MicroG"),
            ("mg", "Mg"),
            ("\u{3a9}", "Omega"),
            ("\u{2126}", "Ohm"),
            ("α-helix", "AlphaHelix"),
            ("abc", "Abc"),
            ("\u{430}bc", "U430Bc"),
            ("\u{410}\u{412}", "U410U412"),
            ("Москва", "Москва"),
            ("O", "O"),
            ("\u{ff2f}", "Uff2f"),
            ("\u{2163}", "U2163"),
            ("\u{2113}/s", "U2113S"),
            ("1.0", "Value1_0"),
            ("10", "Value10"),
            ("v1.2.3-rc1", "V1_2_3Rc1"),
        ]);
    }
}
