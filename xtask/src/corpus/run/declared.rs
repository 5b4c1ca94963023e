//! The parameters of an operation in the document.

use super::document::{Contract, escaped};
use dub_generator::json_schema::Direction::Request;
use serde_json::Value;

/// A parameter of an operation in the document.
pub struct Declared<'a> {
    pub name: &'a str,
    pub location: &'a str,
    pub required: bool,
    pub style: &'a str,
    pub explode: bool,
    pub is_json: bool,
    /// The location of the schema.
    pub schema: String,
    pub parts: Vec<&'a Value>,
}

/// Returns the parameters of an operation and of its path.
pub fn declared<'a>(contract: &'a Contract, pointer: &str) -> Vec<Declared<'a>> {
    let path_item = pointer.rsplit_once('/').map_or("", |(item, _)| item);
    let mut all: Vec<Declared<'a>> = Vec::new();
    for owner in [pointer, path_item] {
        let Some((list, parameters)) = contract.child(Request, owner, "parameters") else {
            continue;
        };
        for index in 0..parameters.as_array().map_or(0, Vec::len) {
            let Some((at, parameter)) = contract.at(Request, &format!("{list}/{index}")) else {
                continue;
            };
            let parameter = self::parameter(contract, &at, parameter);
            let is_known = |known: &Declared<'_>| {
                (known.name, known.location) == (parameter.name, parameter.location)
            };
            if !all.iter().any(is_known) {
                all.push(parameter);
            }
        }
    }
    all
}

fn parameter<'a>(contract: &'a Contract, at: &str, parameter: &'a Value) -> Declared<'a> {
    let text = |key: &str| parameter.get(key).and_then(Value::as_str);
    let location = text("in").unwrap_or_default();
    let style = text("style").unwrap_or(match location {
        "query" | "cookie" => "form",
        _ => "simple",
    });
    let explode = parameter.get("explode").and_then(Value::as_bool);
    let content = parameter.get("content").and_then(Value::as_object);
    let media_type = content.and_then(|content| content.keys().next());
    let schema = match media_type {
        Some(name) => format!("{at}/content/{}/schema", escaped(name)),
        None => format!("{at}/schema"),
    };
    Declared {
        name: text("name").unwrap_or_default(),
        location,
        required: location == "path"
            || parameter.get("required").and_then(Value::as_bool) == Some(true),
        style,
        explode: explode.unwrap_or(style == "form"),
        is_json: media_type.is_some(),
        parts: contract.parts(Request, &schema),
        schema,
    }
}
