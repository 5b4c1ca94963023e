//! Reads the names and the descriptions of an enum's values (`x-enum-varnames`,
//! `x-enum-descriptions`).

use crate::diagnostic::{Code, Diagnostic};
use crate::lower::describe::non_empty;
use crate::lower::extensions::{ENUM_DESCRIPTIONS, ENUM_NAMES, Extensions};
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
    match key(extensions) {
        None => Ok(vec![None; values.len()]),
        Some(key) => strings(extensions, key, values, at, "description"),
    }
}

/// Returns the name of each value of `enum`, in their order. `at` is the location of the schema.
pub fn names(
    extensions: &Extensions,
    values: &[Value],
    at: Pointer<'_>,
) -> Result<Vec<Option<String>>, Diagnostic> {
    let mut keys = ENUM_NAMES.into_iter();
    match keys.find(|key| extensions.contains_key(*key)) {
        None => Ok(vec![None; values.len()]),
        Some(key) => strings(extensions, key, values, at, "name"),
    }
}

/// Reads an extension with a text for each value. `what` is the noun for a text.
fn strings(
    extensions: &Extensions,
    key: &str,
    values: &[Value],
    at: Pointer<'_>,
    what: &str,
) -> Result<Vec<Option<String>>, Diagnostic> {
    let at = at.child(key);
    match extensions.get(key) {
        Some(Value::Object(by_value)) => from_object(key, by_value, values, at, what),
        Some(Value::Array(list)) => from_array(key, list, values, at, what),
        _ => {
            let message = format!("`{key}` must be an object or an array");
            Err(Diagnostic::new(Code::Extension, at, message)
                .help(format!("write an object from each value to its {what}")))
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
    what: &str,
) -> Result<Vec<Option<String>>, Diagnostic> {
    let known: Vec<String> = values.iter().map(wire).collect();
    if let Some(unknown) = by_value.keys().find(|value| !known.contains(value)) {
        let message = format!("unknown value `{unknown}` in `{key}`");
        let help = format!("the values of `enum` are `{}`", known.join("`, `"));
        return Err(Diagnostic::new(Code::Extension, at.child(unknown), message).help(help));
    }
    let descriptions = known.iter().map(|value| match by_value.get(value) {
        None => Ok(None),
        Some(text) => read_text(text, at.child(value), what),
    });
    descriptions.collect()
}

fn from_array(
    key: &str,
    list: &[Value],
    values: &[Value],
    at: Pointer<'_>,
    what: &str,
) -> Result<Vec<Option<String>>, Diagnostic> {
    // Some tools list no text for null.
    let without_null = values.iter().filter(|value| !value.is_null()).count();
    if list.len() != values.len() && list.len() == without_null {
        let mut strings = list.iter().cloned();
        let of_value = |value: &Value| match value {
            Value::Null => Value::Null,
            _ => strings.next().unwrap_or_default(),
        };
        let list: Vec<Value> = values.iter().map(of_value).collect();
        return from_array(key, &list, values, at, what);
    }
    if list.len() != values.len() {
        let message = format!(
            "`{key}` has {} {what}s for {} values",
            list.len(),
            values.len()
        );
        return Err(Diagnostic::new(Code::Extension, at, message).help(format!(
            "list a {what} for each value of `enum`, or use an object"
        )));
    }
    let descriptions = list.iter().enumerate().map(|(index, text)| match text {
        // A value without a text.
        Value::Null => Ok(None),
        text => read_text(text, at.child(&index.to_string()), what),
    });
    descriptions.collect()
}

fn read_text(text: &Value, at: Pointer<'_>, what: &str) -> Result<Option<String>, Diagnostic> {
    match text {
        Value::String(text) => Ok(non_empty(Some(text))),
        Value::Number(number) if what == "name" => Ok(Some(number.to_string())),
        _ => Err(Diagnostic::new(
            Code::Extension,
            at,
            format!("the {what} of a value must be a string"),
        )),
    }
}
