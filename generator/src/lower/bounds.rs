//! The format and the bounds of a value in words, for the docs of an element without a description.

use super::Lowering;
use super::pointer::Pointer;
use crate::spec::Node;
use openapiv3::ReferenceOr;

/// The formats that a Rust type or its documentation states.
const TYPED_FORMATS: [&str; 12] = [
    "date-time",
    "date",
    "time",
    "byte",
    "binary",
    "int32",
    "int64",
    "uint32",
    "uint64",
    "float",
    "double",
    "decimal",
];

/// The maximum length of a pattern that is shown.
const MAX_PATTERN: usize = 80;

impl Lowering<'_> {
    /// Returns the format and the bounds of a schema as sentences; `None` if it has none.
    pub fn bounds<T>(&self, schema: &ReferenceOr<T>, at: Pointer<'_>) -> Option<String> {
        let pointer = match schema {
            ReferenceOr::Item(_) => at.to_string(),
            ReferenceOr::Reference { reference } => self.document.schema(reference).ok()?.0,
        };
        let node = self.document.tree().at(&pointer)?;
        let sentences = [
            format(node),
            range(node),
            count(
                node,
                ["minLength", "maxLength"],
                ["character", "characters"],
            ),
            count(node, ["minItems", "maxItems"], ["item", "items"]),
            is_true(node, "uniqueItems").then(|| "No item occurs twice.".to_owned()),
            pattern(node),
        ];
        let sentences: Vec<String> = sentences.into_iter().flatten().collect();
        (!sentences.is_empty()).then(|| sentences.join(" "))
    }
}

fn format(node: &Node) -> Option<String> {
    let format = node.get("format")?.as_str()?.trim();
    let is_shown = !format.is_empty() && !TYPED_FORMATS.contains(&format);
    (is_shown && is_code(format)).then(|| format!("Format: `{format}`."))
}

fn pattern(node: &Node) -> Option<String> {
    let pattern = node.get("pattern")?.as_str()?;
    let is_short = !pattern.is_empty() && pattern.len() <= MAX_PATTERN;
    (is_short && is_code(pattern)).then(|| format!("Matches `{pattern}`."))
}

/// Returns true if a string can be shown in a code span.
fn is_code(text: &str) -> bool {
    text == text.trim() && !text.contains(|letter: char| letter == '`' || letter.is_control())
}

fn is_true(node: &Node, key: &str) -> bool {
    node.get(key).and_then(Node::as_bool) == Some(true)
}

/// Returns a number as it is written in JSON.
fn number(node: &Node, key: &str) -> Option<String> {
    match crate::spec::to_json(node.get(key)?) {
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn range(node: &Node) -> Option<String> {
    let range = match (number(node, "minimum"), number(node, "maximum")) {
        (Some(minimum), Some(maximum)) => Some(
            match (
                is_true(node, "exclusiveMinimum"),
                is_true(node, "exclusiveMaximum"),
            ) {
                (false, false) => format!("From {minimum} to {maximum}."),
                (true, false) => format!("Above {minimum}, at most {maximum}."),
                (false, true) => format!("At least {minimum}, below {maximum}."),
                (true, true) => format!("Above {minimum}, below {maximum}."),
            },
        ),
        (Some(minimum), None) if is_true(node, "exclusiveMinimum") => {
            Some(format!("Above {minimum}."))
        }
        (Some(minimum), None) => Some(format!("At least {minimum}.")),
        (None, Some(maximum)) if is_true(node, "exclusiveMaximum") => {
            Some(format!("Below {maximum}."))
        }
        (None, Some(maximum)) => Some(format!("At most {maximum}.")),
        (None, None) => None,
    };
    let multiple = number(node, "multipleOf").filter(|step| step != "1");
    let multiple = multiple.map(|step| format!("A multiple of {step}."));
    match (range, multiple) {
        (Some(range), Some(multiple)) => Some(format!("{range} {multiple}")),
        (range, multiple) => range.or(multiple),
    }
}

/// Describes the minimum and the maximum number of characters or items.
fn count(node: &Node, keys: [&str; 2], [one, several]: [&str; 2]) -> Option<String> {
    let [minimum, maximum] = keys.map(|key| number(node, key));
    let minimum = minimum.filter(|minimum| minimum != "0");
    let noun = |count: &str| if count == "1" { one } else { several };
    Some(match (minimum, maximum) {
        (Some(minimum), Some(maximum)) if minimum == maximum => {
            format!("Exactly {minimum} {}.", noun(&minimum))
        }
        (Some(minimum), Some(maximum)) => {
            format!("From {minimum} to {maximum} {}.", noun(&maximum))
        }
        (Some(minimum), None) => format!("At least {minimum} {}.", noun(&minimum)),
        (None, Some(maximum)) => format!("At most {maximum} {}.", noun(&maximum)),
        (None, None) => return None,
    })
}
