//! Writes a tree as YAML. Numbers keep their written form.

use super::scalar;
use super::tree::{Node, Object, Value};
use std::borrow::Cow;
use std::fmt::Write as _;

/// The maximum length of a key before its colon, which YAML limits to 1024 characters.
const MAX_KEY: usize = 500;

/// Words that YAML 1.1 reads as booleans.
const BOOLEANS: [&str; 6] = ["y", "n", "yes", "no", "on", "off"];

/// Returns a tree as YAML.
pub(super) fn write(root: &Node) -> String {
    let mut text = String::new();
    match &root.value {
        Value::Object(object) if !object.is_empty() => mapping(object, 0, &mut text),
        Value::Array(items) if !items.is_empty() => sequence(items, 0, &mut text),
        value => text += &format!("{}\n", scalar_text(value)),
    }
    text
}

/// Writes the entries of an object. The first line is already indented.
fn mapping(object: &Object, indent: usize, text: &mut String) {
    for (index, (key, entry)) in object.iter().enumerate() {
        if index > 0 {
            push_indent(indent, text);
        }
        let key = string(key);
        if key.len() > MAX_KEY {
            *text += &format!("? {key}\n");
            push_indent(indent, text);
            text.push(':');
        } else {
            *text += &format!("{key}:");
        }
        let inner = indent + 2;
        match &entry.node.value {
            Value::Object(object) if !object.is_empty() => {
                text.push('\n');
                push_indent(inner, text);
                mapping(object, inner, text);
            }
            Value::Array(items) if !items.is_empty() => {
                text.push('\n');
                push_indent(inner, text);
                sequence(items, inner, text);
            }
            value => {
                text.push(' ');
                inline(value, inner, text);
            }
        }
    }
}

/// Writes the items of an array. The first line is already indented.
fn sequence(items: &[Node], indent: usize, text: &mut String) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            push_indent(indent, text);
        }
        *text += "- ";
        let inner = indent + 2;
        match &item.value {
            Value::Object(object) if !object.is_empty() => mapping(object, inner, text),
            Value::Array(items) if !items.is_empty() => sequence(items, inner, text),
            value => inline(value, inner, text),
        }
    }
}

/// Writes a value on the current line, or as a block of lines.
fn inline(value: &Value, indent: usize, text: &mut String) {
    let block = match value {
        Value::String(string) => block(string),
        _ => None,
    };
    let Some((lines, header)) = block else {
        *text += &format!("{}\n", scalar_text(value));
        return;
    };
    *text += &format!("{header}\n");
    for line in lines.split('\n') {
        if !line.is_empty() {
            push_indent(indent, text);
        }
        *text += line;
        text.push('\n');
    }
}

/// Returns the lines of a string and the header of their block, if it can be written as one.
fn block(string: &str) -> Option<(&str, &'static str)> {
    let has_odd_line = |line: &str| !line.is_empty() && line.trim().is_empty();
    let is_plain = string.contains('\n')
        && string.starts_with(|char: char| !char.is_whitespace())
        && string
            .chars()
            .all(|char| char == '\n' || is_printable(char))
        && !string.split('\n').any(has_odd_line);
    if !is_plain {
        return None;
    }
    match string.strip_suffix('\n') {
        None => Some((string, "|-")),
        Some(lines) if !lines.ends_with('\n') => Some((lines, "|")),
        Some(_) => None,
    }
}

fn scalar_text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => "null".into(),
        Value::Bool(true) => "true".into(),
        Value::Bool(false) => "false".into(),
        Value::Number(number) => Cow::Borrowed(number),
        Value::String(text) => string(text),
        Value::Array(_) => "[]".into(),
        Value::Object(_) => "{}".into(),
    }
}

fn string(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(quoted(text))
    }
}

/// Returns true for a string that all parsers of YAML read as such without quotes. Brackets have a
/// meaning only at the beginning, because all collections are written as blocks.
fn is_plain(text: &str) -> bool {
    let is_word =
        |char: char| char.is_ascii_alphanumeric() || "_./-+()=;'<>$!?*@&, {}[]:".contains(char);
    let is_start = |char: char| char.is_ascii_alphabetic() || "_/$(".contains(char);
    let is_boolean = BOOLEANS.iter().any(|word| word.eq_ignore_ascii_case(text));
    (text.starts_with(is_start) || is_version(text))
        && text.chars().all(is_word)
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !is_boolean
        && matches!(
            scalar::resolve(Cow::Borrowed(text), true, None),
            Ok(Value::String(_))
        )
}

/// Returns true for a version such as `3.0.3`.
fn is_version(text: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.matches('.').count() == 2 && text.split('.').all(is_number)
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for char in text.chars() {
        match char {
            '"' => quoted += "\\\"",
            '\\' => quoted += "\\\\",
            '\n' => quoted += "\\n",
            '\r' => quoted += "\\r",
            '\t' => quoted += "\\t",
            char if is_printable(char) => quoted.push(char),
            char => {
                // Writing to a string does not fail.
                let _ = write!(quoted, "\\U{:08X}", u32::from(char));
            }
        }
    }
    quoted.push('"');
    quoted
}

/// Returns true for a character that YAML allows as it is, and that is visible.
fn is_printable(char: char) -> bool {
    let is_hidden = matches!(char, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    !char.is_control() && !is_hidden
}

fn push_indent(indent: usize, text: &mut String) {
    text.extend(std::iter::repeat_n(' ', indent));
}

#[cfg(test)]
mod tests {
    use super::super::typed::json;
    use super::super::{json as json_parser, yaml};
    use super::write;
    use crate::span::SourceId;

    #[test]
    fn writes_readable_yaml() {
        let text = "\
openapi: 3.0.3
info:
  title: \"A: b\"
  version: 1.10
  description: |-
    First line.

      - indented
tags: []
paths:
  /a/{id}:
    get:
      parameters:
        - name: id
          in: path
        - {}
      x-list:
        - - 1
          - \"no\"
        - \"\"
      responses:
        \"200\": null
";
        let tree = yaml::read(SourceId::DOCUMENT, text).ok().unwrap().root;
        assert_eq!(write(&tree), text);
    }

    #[test]
    fn all_strings_are_read_back() {
        let strings = [
            "",
            " ",
            "a ",
            " a",
            "a: b",
            "a #b",
            "#",
            "- a",
            "-",
            "null",
            "~",
            "true",
            "No",
            "1",
            "1.10",
            "0x1",
            "2020-01-01",
            "<<",
            "a\nb",
            "a\nb\n",
            "a\nb\n\n",
            "\na",
            " a\nb",
            "a\n \nb",
            "a\tb",
            "\ta\nb",
            "a\r\nb",
            "\u{1b}[0m",
            "\u{feff}",
            "\u{2028}",
            "\u{85}",
            "\"",
            "\\",
            "'a'",
            "a'b",
            "é",
            "漢字\n字",
            "|",
            ">",
            "@a",
            "%a",
            "&a",
            "*a",
            "!a",
            "?",
            "? a",
            ":",
            "::",
            "a:",
            "[a",
            "{a}",
            "a, b",
            "---",
            "...",
            "`a",
            "\u{1f600}",
        ];
        let long = "k".repeat(3000);
        let mut object = serde_json::Map::new();
        for string in strings.iter().copied().chain([long.as_str()]) {
            object.insert(
                string.to_owned(),
                serde_json::json!([string, {string: string}]),
            );
        }
        let value = serde_json::Value::Object(object);
        let parsed = json_parser::read(SourceId::DOCUMENT, &value.to_string());
        let text = write(&parsed.ok().unwrap().root);
        let read = yaml::read(SourceId::DOCUMENT, &text);
        let read = read
            .unwrap_or_else(|problem| panic!("{problem:?}\n{text}"))
            .root;
        assert_eq!(json(&read), value, "{text}");
        // Another parser reads the same.
        let other: serde_json::Value = serde_yaml::from_str(&text).unwrap();
        assert_eq!(other, value, "{text}");
    }
}
