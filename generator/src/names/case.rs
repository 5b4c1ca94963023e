//! Converts any string of a document to a Rust identifier.

use heck::{ToSnakeCase, ToUpperCamelCase};

/// Keywords that are valid as raw identifiers.
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that cannot be raw identifiers.
const NEVER_RAW: [&str; 4] = ["self", "super", "crate", "_"];

/// Converts a string to the name of a field, a method, an argument or a module.
pub fn snake(wire: &str) -> String {
    let name = replace_invalid_chars(wire).to_snake_case();
    let name = match name.chars().next() {
        None => "empty".to_owned(),
        Some(first) if first.is_numeric() => format!("_{name}"),
        Some(_) => name,
    };
    if NEVER_RAW.contains(&name.as_str()) {
        format!("{name}_")
    } else if KEYWORDS.contains(&name.as_str()) {
        format!("r#{name}")
    } else {
        name
    }
}

/// Converts a string to the name of a type or a variant. Adds `prefix` to a name that would start
/// with a digit.
pub fn pascal(wire: &str, prefix: &str) -> String {
    let name = replace_invalid_chars(wire).to_upper_camel_case();
    match name.chars().next() {
        None => "Empty".to_owned(),
        Some(first) if first.is_numeric() => format!("{prefix}{name}"),
        Some(_) if name == "Self" => "Self_".to_owned(),
        Some(_) => name,
    }
}

/// Returns true if a name is a keyword, in any edition.
pub fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name) || NEVER_RAW.contains(&name)
}

/// Removes the `r#` or the trailing `_` of a keyword, for use in a longer name.
pub fn unescape_keyword(name: &str) -> &str {
    name.strip_prefix("r#")
        .unwrap_or(name)
        .trim_end_matches('_')
}

/// Replaces characters that an identifier cannot contain with spaces. They become words if the
/// string contains no other characters, or if they are the sign of a number (`+1` and `-1`).
fn replace_invalid_chars(wire: &str) -> String {
    let wire = &*crate::words::respell(wire);
    let signed = matches!(wire.as_bytes(), [b'+' | b'-', b'0'..=b'9', ..]);
    let bare = !wire.chars().any(is_identifier_char);
    let mut text = String::with_capacity(wire.len());
    for (index, character) in wire.chars().enumerate() {
        if is_identifier_char(character) {
            text.push(character);
        } else if bare || (signed && index == 0) {
            text.push(' ');
            text.push_str(&char_name(character));
            text.push(' ');
        } else {
            text.push(' ');
        }
    }
    text
}

pub fn is_identifier_char(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || (!character.is_ascii()
            && character.is_alphanumeric()
            && unicode_ident::is_xid_continue(character))
}

/// Returns a word for a punctuation character.
pub fn char_name(character: char) -> String {
    let word = match character {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '=' => "equal",
        '<' => "less",
        '>' => "greater",
        '!' => "not",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '@' => "at",
        '#' => "hash",
        '$' => "dollar",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        '?' => "question",
        '^' => "caret",
        '~' => "tilde",
        '_' => "underscore",
        '≥' => "at least",
        '≤' => "at most",
        '≠' => "unequal",
        '≈' => "approximately",
        '±' => "plus minus",
        '×' => "times",
        '÷' => "divided",
        '∞' => "infinity",
        '°' => "degree",
        '€' => "euro",
        '£' => "pound",
        '¥' => "yen",
        '(' => "open",
        ')' => "close",
        '[' => "open bracket",
        ']' => "close bracket",
        '{' => "open brace",
        '}' => "close brace",
        '\'' => "quote",
        '"' => "double quote",
        '`' => "backtick",
        '\\' => "backslash",
        ';' => "semicolon",
        character if character.is_whitespace() => "",
        other => return format!("u{:x}", u32::from(other)),
    };
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{pascal, snake};

    #[test]
    fn snake_case_names_are_identifiers() {
        let names = [
            "externalId",
            "doc_url",
            "type",
            "self",
            "+1",
            "-1",
            "",
            "2fa",
            "X-Rate-Limit",
            "*",
        ];
        let rust = names.map(snake);
        assert_eq!(
            rust,
            [
                "external_id",
                "doc_url",
                "r#type",
                "self_",
                "plus_1",
                "minus_1",
                "empty",
                "_2fa",
                "x_rate_limit",
                "star"
            ]
        );
    }

    #[test]
    fn pascal_case_names_are_identifiers() {
        let names = [
            "percentage",
            "invite_pending",
            "1",
            "self",
            "",
            "*",
            "a.b",
            "+1",
        ];
        let rust = names.map(|name| pascal(name, "Value"));
        assert_eq!(
            rust,
            [
                "Percentage",
                "InvitePending",
                "Value1",
                "Self_",
                "Empty",
                "Star",
                "AB",
                "Plus1"
            ]
        );
    }
}
