//! The docs of fields, arguments and setters: the description, or what else the document says.

use super::docs;
use crate::model::{Field, Input, unraw};

/// The maximum length of an example that is shown.
const MAX_EXAMPLE: usize = 80;

/// Returns the docs of a field. They are empty if the document says nothing about it.
pub fn field(field: &Field) -> Option<String> {
    let default = field.default.as_deref();
    let facts = || {
        let name = renamed(&field.wire, &field.rust);
        let known = [
            default.and_then(default_value),
            example(field.example.as_deref()),
        ];
        sentences([name, field.bounds.clone()].into_iter().chain(known))
    };
    field.description.clone().or_else(facts)
}

/// Returns the docs of an argument or a setter, without its default.
pub fn input(input: Input<'_>) -> Option<String> {
    let facts = || {
        let name = renamed(input.wire(), input.rust());
        let bounds = input.bounds().map(str::to_owned);
        sentences([name, bounds, example(input.example())])
    };
    input.description().map(str::to_owned).or_else(facts)
}

/// Returns the sentence about a default.
pub fn default_value(value: &str) -> Option<String> {
    Some(format!("Default: {}.", docs::code(value)))
}

fn example(value: Option<&str>) -> Option<String> {
    let value = value.filter(|value| value.len() <= MAX_EXAMPLE && !value.contains(['`', '\n']))?;
    let is_empty = matches!(value, "\"\"" | "null" | "{}" | "[]");
    (!is_empty).then(|| format!("Example: {}.", docs::code(value)))
}

/// Returns the name in the document, if the name in Rust has other letters.
fn renamed(wire: &str, rust: &str) -> Option<String> {
    let letters = |name: &str| -> String {
        let letters = name.chars().filter(|letter| letter.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let differs = letters(wire) != letters(unraw(rust));
    differs.then(|| format!("In the API: {}.", docs::code(wire)))
}

fn sentences(sentences: impl IntoIterator<Item = Option<String>>) -> Option<String> {
    let sentences: Vec<String> = sentences.into_iter().flatten().collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}
