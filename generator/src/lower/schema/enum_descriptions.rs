//! Reads the descriptions of an enum's values (`x-enum-descriptions`).

use crate::diagnostic::{Code, Diagnostic};
use crate::lower::describe::non_empty;
use crate::lower::extensions::{ENUM_DESCRIPTIONS, Extensions};
use crate::lower::pointer::Pointer;
use serde_json::{Map, Value};

/// Returns the key of the extension that a schema has, if any.
pub fn key(extensions: &Extensions) -> Option<&'static str> {
    let mut keys = ENUM_DESCRIPTIONS.into_iter();
    keys.find(|key| extensions.contains_key(*key))
}

/// Returns the description of each value of `enum`, in their order. `at` is the location of the
/// schema.
///
/// The extension is an object from values to descriptions, or an array parallel to `enum`.
pub fn read(
    extensions: &Extensions,
    values: &[Value],
    at: Pointer<'_>,
) -> Result<Vec<Option<String>>, Diagnostic> {
    let value = key(extensions).and_then(|key| Some((key, extensions.get(key)?)));
    match value {
        None => Ok(vec![None; values.len()]),
        Some((key, Value::Object(by_value))) => from_object(key, by_value, values, at.child(key)),
        Some((key, Value::Array(list))) => from_array(key, list, values, at.child(key)),
        Some((key, _)) => {
            let message = format!("`{key}` must be an object or an array");
            Err(Diagnostic::new(Code::Extension, at.child(key), message)
                .help("write an object from each value to its description"))
        }
    }
}

/// Returns the string of a value of `enum`: the string itself, or the JSON of another value.
pub fn wire(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn from_object(
    key: &str,
    by_value: &Map<String, Value>,
    values: &[Value],
    at: Pointer<'_>,
) -> Result<Vec<Option<String>>, Diagnostic> {
    let known: Vec<String> = values.iter().map(wire).collect();
    if let Some(unknown) = by_value.keys().find(|value| !known.contains(value)) {
        let message = format!("unknown value `{unknown}` in `{key}`");
        let help = format!("the values of `enum` are `{}`", known.join("`, `"));
        return Err(Diagnostic::new(Code::Extension, at.child(unknown), message).help(help));
    }
    let descriptions = known.iter().map(|value| match by_value.get(value) {
        None => Ok(None),
        Some(text) => description(text, at.child(value)),
    });
    descriptions.collect()
}

fn from_array(
    key: &str,
    list: &[Value],
    values: &[Value],
    at: Pointer<'_>,
) -> Result<Vec<Option<String>>, Diagnostic> {
    if list.len() != values.len() {
        let message = format!(
            "`{key}` has {} descriptions for {} values",
            list.len(),
            values.len()
        );
        return Err(Diagnostic::new(Code::Extension, at, message)
            .help("list a description for each value of `enum`, or use an object"));
    }
    let descriptions = list.iter().enumerate().map(|(index, text)| match text {
        // A value without a description.
        Value::Null => Ok(None),
        text => description(text, at.child(&index.to_string())),
    });
    descriptions.collect()
}

fn description(text: &Value, at: Pointer<'_>) -> Result<Option<String>, Diagnostic> {
    match text {
        Value::String(text) => Ok(non_empty(Some(text))),
        _ => Err(Diagnostic::new(
            Code::Extension,
            at,
            "the description of a value must be a string",
        )),
    }
}
