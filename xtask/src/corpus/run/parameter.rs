//! Values of parameters and of form fields, as their schema says what the text stands for.

use super::document::Contract;
use super::encoded::form_decoded;
use dub_generator::json_schema::Direction;
use serde_json::{Map, Value};

/// A value as a request contains it.
#[derive(Clone, Debug)]
pub enum Written {
    Text(String),
    List(Vec<Written>),
    Pairs(Vec<(String, Written)>),
}

/// The JSON types that a schema allows; all are false if it does not say.
#[derive(Clone, Copy, Debug, Default)]
struct Types {
    text: bool,
    number: bool,
    boolean: bool,
    array: bool,
    object: bool,
}

impl Types {
    fn of(parts: &[&Value]) -> Self {
        let mut types = Self::default();
        for part in parts {
            match part.get("type") {
                Some(Value::String(name)) => types.add(name),
                Some(Value::Array(names)) => {
                    names
                        .iter()
                        .filter_map(Value::as_str)
                        .for_each(|name| types.add(name));
                }
                _ => {
                    let values = part.get("enum").and_then(Value::as_array);
                    for value in values.into_iter().flatten() {
                        types.add(match value {
                            Value::String(_) => "string",
                            Value::Number(_) => "number",
                            Value::Bool(_) => "boolean",
                            _ => "",
                        });
                    }
                    if part.get("properties").is_some() {
                        types.object = true;
                    }
                    if part.get("items").is_some() {
                        types.array = true;
                    }
                }
            }
        }
        types
    }

    fn add(&mut self, name: &str) {
        match name {
            "string" => self.text = true,
            "number" | "integer" => self.number = true,
            "boolean" => self.boolean = true,
            "array" => self.array = true,
            "object" => self.object = true,
            _ => {}
        }
    }

    fn is_any(self) -> bool {
        !(self.text || self.number || self.boolean || self.array || self.object)
    }

    pub fn may_be_list(self) -> bool {
        self.array || self.is_any()
    }

    pub fn may_be_object(self) -> bool {
        self.object || self.is_any()
    }

    pub fn may_be_text(self) -> bool {
        self.text || self.number || self.boolean || self.is_any()
    }
}

/// Returns readers for all ways to read a text.
pub fn readers(contract: &Contract) -> impl Iterator<Item = Reader<'_>> {
    let ways = [(false, false), (true, false), (false, true), (true, true)];
    ways.into_iter()
        .map(move |(prefers_text, prefers_list)| Reader {
            contract,
            prefers_text,
            prefers_list,
        })
}

/// Reads written values as JSON.
pub struct Reader<'a> {
    contract: &'a Contract,
    /// True to read a text as a string where the schema also allows a number or a boolean.
    prefers_text: bool,
    /// True to read a text as a list with one item where the schema also allows other values.
    prefers_list: bool,
}

impl<'a> Reader<'a> {
    /// Returns the value that a schema, given by its parts, sees in the written value.
    pub fn read(&self, written: &Written, parts: &[&'a Value]) -> Value {
        let types = Types::of(parts);
        match written {
            Written::Text(text) if types.array && (self.prefers_list || !types.may_be_text()) => {
                Value::Array(vec![self.text(text, &self.below(parts, "items"))])
            }
            Written::Text(text) => self.text(text, parts),
            Written::List(items) => {
                let parts = self.below(parts, "items");
                Value::Array(items.iter().map(|item| self.read(item, &parts)).collect())
            }
            Written::Pairs(pairs) if is_indexed(pairs) && types.may_be_list() && !types.object => {
                let parts = self.below(parts, "items");
                let items = pairs.iter();
                Value::Array(items.map(|(_, item)| self.read(item, &parts)).collect())
            }
            Written::Pairs(pairs) => {
                let mut object = Map::new();
                for (name, value) in pairs {
                    let value = self.read(value, &self.property(parts, name));
                    object.insert(name.clone(), value);
                }
                Value::Object(object)
            }
        }
    }

    fn text(&self, text: &str, parts: &[&Value]) -> Value {
        let types = Types::of(parts);
        let parsed = serde_json::from_str::<Value>(text).ok();
        let parsed = parsed.filter(|value| match value {
            Value::Number(_) => types.number,
            Value::Bool(_) => types.boolean,
            _ => false,
        });
        match parsed {
            Some(value) if !(types.text && self.prefers_text) => value,
            _ => Value::String(text.to_owned()),
        }
    }

    fn below(&self, parts: &[&'a Value], key: &str) -> Vec<&'a Value> {
        let mut below = Vec::new();
        for schema in parts.iter().filter_map(|part| part.get(key)) {
            self.contract
                .add_parts(Direction::Request, schema, &mut below, 0);
        }
        below
    }

    fn property(&self, parts: &[&'a Value], name: &str) -> Vec<&'a Value> {
        let mut below = Vec::new();
        for part in parts {
            let property = part.get("properties").and_then(|all| all.get(name));
            if let Some(schema) = property {
                self.contract
                    .add_parts(Direction::Request, schema, &mut below, 0);
            }
        }
        match below.is_empty() {
            true => self.below(parts, "additionalProperties"),
            false => below,
        }
    }
}

/// Returns true for names such as `0`, `1`, or for empty names.
fn is_indexed(pairs: &[(String, Written)]) -> bool {
    pairs
        .iter()
        .all(|(name, _)| name.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Returns true if a schema declares a property of this name, or any.
pub fn has_property(parts: &[&Value], name: &str) -> bool {
    parts.iter().any(|part| {
        let declared = part.get("properties").and_then(|all| all.get(name));
        let others = part.get("additionalProperties");
        declared.is_some() || others.is_some_and(|others| *others != Value::Bool(false))
    })
}

/// The forms that a text without structure may be written in: itself, a list, or an object.
pub fn readings(text: &str, separators: &[&str], exploded: bool, parts: &[&Value]) -> Vec<Written> {
    let types = Types::of(parts);
    let mut readings = Vec::new();
    let decoded = |text: &str| Written::Text(form_decoded(text));
    let mut pieces = vec![text];
    for separator in separators {
        pieces = pieces
            .into_iter()
            .flat_map(|piece| piece.split(separator))
            .collect();
    }
    if types.may_be_text() {
        readings.push(decoded(text));
    }
    if types.may_be_list() {
        let items = pieces.iter().filter(|_| !text.is_empty());
        readings.push(Written::List(items.map(|piece| decoded(piece)).collect()));
    }
    if types.may_be_object() {
        let pairs = match exploded {
            true => pieces
                .iter()
                .map(|piece| piece.split_once('=').unwrap_or((piece, "")))
                .map(|(name, value)| (form_decoded(name), decoded(value)))
                .collect(),
            false => pieces
                .chunks(2)
                .map(|pair| {
                    let piece = |index: usize| pair.get(index).copied().unwrap_or_default();
                    (form_decoded(piece(0)), decoded(piece(1)))
                })
                .collect(),
        };
        readings.push(Written::Pairs(pairs));
    }
    readings
}

/// Reads names with brackets, such as `a[b][0]=1`, as nested values.
pub fn nested(form: &[(String, String)]) -> Vec<(String, Written)> {
    let mut all = Vec::new();
    for (name, value) in form {
        let (first, rest) = name.split_once('[').unwrap_or((name, ""));
        let rest = rest.strip_suffix(']').unwrap_or(rest);
        let path = rest.split("][").filter(|_| name.contains('['));
        let path: Vec<&str> = std::iter::once(first).chain(path).collect();
        insert(&mut all, &path, form_decoded(value));
    }
    all
}

fn insert(pairs: &mut Vec<(String, Written)>, path: &[&str], value: String) {
    let Some((name, rest)) = path.split_first() else {
        return;
    };
    let index = match pairs
        .iter()
        .position(|(known, _)| known == name && !name.is_empty())
    {
        Some(index) => index,
        None => {
            let written = match rest.is_empty() {
                true => Written::Text(value),
                false => {
                    let mut inner = Vec::new();
                    insert(&mut inner, rest, value);
                    Written::Pairs(inner)
                }
            };
            pairs.push(((*name).to_owned(), written));
            return;
        }
    };
    let Some((_, known)) = pairs.get_mut(index) else {
        return;
    };
    match known {
        Written::Pairs(inner) if !rest.is_empty() => insert(inner, rest, value),
        Written::List(items) => items.push(Written::Text(value)),
        Written::Text(first) => {
            let first = Written::Text(std::mem::take(first));
            *known = Written::List(vec![first, Written::Text(value)]);
        }
        Written::Pairs(_) => {}
    }
}
