//! Checks the parsers of JSON and YAML.

use super::report::{self, Lines};
use dub_generator::spec::{Document, Node, tree::Value};

/// The maximum size of an input. The parsers have no state that only a larger one reaches.
const MAX_BYTES: usize = 4 * 1024;

/// Reads bytes as a document, as JSON and as YAML in an extension of a valid document, and checks
/// that all locations are inside the document, and that both parsers read JSON in the same way.
pub fn tree(data: &[u8]) {
    if data.len() > MAX_BYTES {
        return;
    }
    read(data);
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let block = text.replace('\n', "\n  ");
    let head = "openapi: 3.0.3\ninfo: {title: a, version: '1'}\npaths: {}\nx-any:\n  ";
    read(format!("{head}{block}\n").as_bytes());
    let json = format!(
        r#"{{"openapi":"3.0.3","info":{{"title":"a","version":"1"}},"paths":{{}},"x-any":{text}
}}"#
    );
    let is_json = serde_json::from_str::<serde_json::Value>(&json).is_ok();
    let Some(document) = read(json.as_bytes()).filter(|_| is_json && !is_beyond_yaml(text)) else {
        return;
    };
    // The first line makes the document YAML.
    let yaml = format!("---\n{json}");
    let document_as_yaml = read(yaml.as_bytes()).expect("YAML includes JSON");
    check_equal(document.tree(), document_as_yaml.tree());
}

/// Reads a document and checks its diagnostics and locations.
fn read(bytes: &[u8]) -> Option<Document> {
    match Document::read_lenient(bytes) {
        Ok(document) => {
            report::check(document.problems(), bytes);
            report::check(document.warnings(), bytes);
            check_spans(document.tree(), &Lines::new(bytes));
            Some(document)
        }
        Err(problems) => {
            assert!(!problems.is_empty(), "rejected without an error");
            report::check(&problems, bytes);
            None
        }
    }
}

fn check_spans(node: &Node, lines: &Lines) {
    lines.check(node.span);
    match &node.value {
        Value::Array(items) => items.iter().for_each(|item| check_spans(item, lines)),
        Value::Object(object) => {
            for (_, entry) in object.iter() {
                lines.check(entry.key);
                check_spans(&entry.node, lines);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Checks that both trees have the same values, and that those in YAML are one line further down.
fn check_equal(json: &Node, yaml: &Node) {
    assert_eq!(
        (json.span.line + 1, json.span.column),
        (yaml.span.line, yaml.span.column),
        "{json:?} is at another location in YAML"
    );
    match (&json.value, &yaml.value) {
        (Value::Array(left), Value::Array(right)) => {
            assert_eq!(left.len(), right.len());
            left.iter()
                .zip(right.iter())
                .for_each(|(left, right)| check_equal(left, right));
        }
        (Value::Object(left), Value::Object(right)) => {
            assert!(left.keys().eq(right.keys()), "{left:?}\n{right:?}");
            let entries = left.iter().zip(right.iter());
            entries.for_each(|((_, left), (_, right))| check_equal(&left.node, &right.node));
        }
        (left, right) => assert_eq!(left, right),
    }
}

/// Returns true for JSON that YAML may read differently: tabs between the tokens, escaped surrogates, a
/// key of more than 1024 characters, and characters that YAML does not allow or regards as the end of
/// a line.
fn is_beyond_yaml(text: &str) -> bool {
    let is_special = |char: char| {
        matches!(
            char,
            '\t' | '\r' | '\u{7f}'
                ..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
    };
    let has_surrogates = text.contains("\\ud") || text.contains("\\uD");
    text.contains(is_special) || has_surrogates || text.len() > 1000
}
