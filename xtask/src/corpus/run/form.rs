//! Compares forms (`application/x-www-form-urlencoded`) with the document.

use super::document::{Contract, escaped};
use super::encoded::{form_decoded, pairs};
use super::media_type::{essence, is_json};
use super::parameter::{Reader, Written, nested, readers, readings};
use dub_generator::json_schema::Direction::Request;
use serde_json::{Map, Value, json};

type Pairs = Vec<(String, String)>;

/// Returns the first problem of a form. `at` is the location of its media type in the document.
pub fn problem(contract: &Contract, at: &str, body: &[u8]) -> Option<String> {
    let form = pairs(&String::from_utf8_lossy(body));
    let schema = format!("{at}/schema");
    let mut problems = readers(contract).map(|reader| {
        let value = value(contract, at, &reader, form.clone());
        contract.problem(Request, &schema, &value)
    });
    let first = problems.next()?;
    first.filter(|_| problems.all(|problem| problem.is_some()))
}

/// Returns the object that a form contains.
fn value(contract: &Contract, at: &str, reader: &Reader<'_>, mut form: Pairs) -> Value {
    let schema = format!("{at}/schema");
    let mut object = Map::new();
    let encoding = contract.at(Request, &format!("{at}/encoding"));
    let encoding = encoding.and_then(|(_, encoding)| encoding.as_object());
    for (name, encoding) in encoding.into_iter().flatten() {
        let property = property(contract, &schema, name);
        let parts = contract.parts(Request, &property);
        let is_exploded = encoding.get("explode") != Some(&Value::Bool(false));
        let is_part = |known: &str| {
            let is_inner = is_exploded && parts.iter().any(|part| declares(part, known));
            known == name || (encoding.get("style") == Some(&json!("form")) && is_inner)
        };
        let (own, rest): (Pairs, Pairs) = form.into_iter().partition(|(known, _)| is_part(known));
        form = rest;
        if let Some(value) = encoded(reader, name, encoding, &own, &parts) {
            object.insert(name.clone(), value);
        }
    }
    let rest = reader.read(
        &Written::Pairs(nested(&form)),
        &contract.parts(Request, &schema),
    );
    object.extend(rest.as_object().cloned().unwrap_or_default());
    add_empty(contract, &schema, &mut object);
    Value::Object(object)
}

/// Reads a property that has an encoding.
fn encoded<'a>(
    reader: &Reader<'a>,
    name: &str,
    encoding: &Value,
    own: &Pairs,
    parts: &[&'a Value],
) -> Option<Value> {
    let (_, text) = own.first()?;
    let word = |key: &str| encoding.get(key).and_then(Value::as_str);
    if word("contentType").is_some_and(|content_type| is_json(&essence(content_type))) {
        return serde_json::from_str(&form_decoded(text)).ok();
    }
    let style = word("style").unwrap_or("form");
    let default = style == "form";
    let is_exploded = encoding.get("explode").and_then(Value::as_bool);
    let separators: &[&str] = match (style, is_exploded.unwrap_or(default)) {
        ("form", true) => {
            let written = match own.iter().all(|(known, _)| known == name) {
                true => nested(own).pop()?.1,
                false => Written::Pairs(nested(own)),
            };
            return Some(reader.read(&written, parts));
        }
        ("spaceDelimited", _) => &["%20", "+"],
        ("pipeDelimited", _) => &["|", "%7C"],
        _ => &[","],
    };
    let written = readings(text, separators, false, parts).pop()?;
    Some(reader.read(&written, parts))
}

/// Adds the properties that are required and absent, and that may be empty: an empty list or object
/// is written as nothing.
fn add_empty(contract: &Contract, schema: &str, object: &mut Map<String, Value>) {
    for part in contract.parts(Request, schema) {
        let required = part.get("required").and_then(Value::as_array);
        for name in required.into_iter().flatten().filter_map(Value::as_str) {
            let property = property(contract, schema, name);
            let is_allowed = |value: &Value| contract.problem(Request, &property, value).is_none();
            if !object.contains_key(name)
                && let Some(empty) = [json!([]), json!({})].into_iter().find(is_allowed)
            {
                object.insert(name.to_owned(), empty);
            }
        }
    }
}

fn property(contract: &Contract, schema: &str, name: &str) -> String {
    let at = contract.at(Request, schema);
    let at = at.map_or_else(|| schema.to_owned(), |(at, _)| at);
    format!("{at}/properties/{}", escaped(name))
}

fn declares(part: &Value, name: &str) -> bool {
    part.get("properties")
        .is_some_and(|all| all.get(name).is_some())
}
