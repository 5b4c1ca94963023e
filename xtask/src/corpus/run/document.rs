//! A document as the mock server reads it: independent of the model of the generator.

use super::encoded::decoded;
use super::lenient;
use dub_generator::json_schema::{Direction, raise};
use dub_generator::spec::{Document, to_json};
use jsonschema::{Draft, Registry, Validator};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// The URI under which the validators know the document.
const URI: &str = "json-schema:///document";

/// The maximum number of references in a chain.
const MAX_REFERENCES: usize = 50;

type Compiled = Arc<Result<Validator, String>>;

/// A document whose schemas are JSON Schema, once for each direction.
pub struct Contract {
    request: Side,
    response: Side,
    has_floats: bool,
}

struct Side {
    root: Value,
    registry: Registry<'static>,
    validators: Mutex<HashMap<String, Compiled>>,
}

impl Side {
    fn new(mut root: Value, direction: Direction) -> Result<Self, String> {
        raise::document(&mut root, direction);
        lenient::correct(&mut root);
        encode_references(&mut root);
        let registry = Registry::new()
            .draft(Draft::Draft202012)
            .add(URI, root.clone())
            .and_then(|registry| registry.prepare())
            .map_err(|error| error.to_string())?;
        Ok(Self {
            root,
            registry,
            validators: Mutex::default(),
        })
    }

    /// Returns the validator of a schema.
    fn validator(&self, pointer: &str, formats: bool) -> Compiled {
        let mut validators = match self.validators.lock() {
            Ok(validators) => validators,
            Err(poisoned) => poisoned.into_inner(),
        };
        if let Some(validator) = validators.get(pointer) {
            return Arc::clone(validator);
        }
        let schema = json!({ "$ref": format!("{URI}#{}", fragment(pointer)) });
        let validator = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .with_registry(&self.registry)
            .should_validate_formats(formats)
            .build(&schema)
            .map_err(|error| format!("the schema cannot be compiled: {error}"));
        let validator = Arc::new(validator);
        validators.insert(pointer.to_owned(), Arc::clone(&validator));
        validator
    }
}

impl Contract {
    pub fn new(document: &Document) -> Result<Self, String> {
        let root = to_json(document.tree());
        Ok(Self {
            has_floats: has_floats(&root),
            request: Side::new(root.clone(), Direction::Request)?,
            response: Side::new(root, Direction::Response)?,
        })
    }

    /// Returns true if the document has numbers of 32 bits.
    pub fn has_floats(&self) -> bool {
        self.has_floats
    }

    fn side(&self, direction: Direction) -> &Side {
        match direction {
            Direction::Request => &self.request,
            Direction::Response => &self.response,
        }
    }

    /// Returns the value at a location, through references, with the location where it is.
    pub fn at(&self, direction: Direction, pointer: &str) -> Option<(String, &Value)> {
        let mut pointer = pointer.to_owned();
        for _ in 0..MAX_REFERENCES {
            let value = self.side(direction).root.pointer(&pointer)?;
            match value.get("$ref").and_then(Value::as_str) {
                Some(reference) => pointer = target(reference)?,
                None => return Some((pointer, value)),
            }
        }
        None
    }

    /// Returns a key of the value at a location, through references.
    pub fn child(
        &self,
        direction: Direction,
        pointer: &str,
        key: &str,
    ) -> Option<(String, &Value)> {
        let (pointer, _) = self.at(direction, pointer)?;
        self.at(direction, &format!("{pointer}/{}", escaped(key)))
    }

    /// Returns true if the value at a location itself has a key, without following references.
    pub fn has(&self, direction: Direction, pointer: &str, key: &str) -> bool {
        let value = self.side(direction).root.pointer(pointer);
        value.is_some_and(|value| value.get(key).is_some())
    }

    /// Returns the schema that a reference refers to.
    pub fn resolve(&self, direction: Direction, reference: &str) -> Option<Value> {
        let pointer = target(reference)?;
        self.side(direction).root.pointer(&pointer).cloned()
    }

    /// Returns the schema at a location, and those that it consists of: the targets of references,
    /// and the branches of `allOf`, `oneOf` and `anyOf`.
    pub fn parts(&self, direction: Direction, pointer: &str) -> Vec<&Value> {
        let mut parts = Vec::new();
        if let Some(schema) = self.side(direction).root.pointer(pointer) {
            self.add_parts(direction, schema, &mut parts, 0);
        }
        parts
    }

    /// Adds a schema and those that it consists of.
    pub fn add_parts<'a>(
        &'a self,
        direction: Direction,
        schema: &'a Value,
        parts: &mut Vec<&'a Value>,
        depth: usize,
    ) {
        if depth > MAX_REFERENCES || parts.len() > 2_000 {
            return;
        }
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let target = target(reference);
            let root = &self.side(direction).root;
            if let Some(schema) = target.and_then(|target| root.pointer(&target)) {
                self.add_parts(direction, schema, parts, depth + 1);
            }
            return;
        }
        parts.push(schema);
        for key in ["allOf", "oneOf", "anyOf"] {
            let branches = schema.get(key).and_then(Value::as_array);
            for branch in branches.into_iter().flatten() {
                self.add_parts(direction, branch, parts, depth + 1);
            }
        }
    }

    /// Returns the first reason why a value does not satisfy the schema at a location. The formats
    /// of responses are not checked.
    pub fn problem(&self, direction: Direction, pointer: &str, value: &Value) -> Option<String> {
        let formats = direction == Direction::Request;
        match &*self.side(direction).validator(pointer, formats) {
            Ok(validator) => validator.iter_errors(value).next().map(|error| {
                let text: String = error.to_string().chars().take(160).collect();
                match error.instance_path().as_str() {
                    "" => text,
                    path => format!("{text} at {path}"),
                }
            }),
            Err(problem) => Some(problem.clone()),
        }
    }
}

/// Returns true if a schema in the value has the format of numbers of 32 bits.
fn has_floats(value: &Value) -> bool {
    match value {
        Value::Object(object) => {
            object.get("format").is_some_and(|format| format == "float")
                || object.values().any(has_floats)
        }
        Value::Array(items) => items.iter().any(has_floats),
        _ => false,
    }
}

/// Encodes the characters in references that are not allowed in a URI.
fn encode_references(value: &mut Value) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                match value {
                    Value::String(reference) if key == "$ref" => {
                        if let Some(pointer) = target(reference) {
                            *reference = format!("#{}", fragment(&pointer));
                        }
                    }
                    value => encode_references(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(encode_references),
        _ => {}
    }
}

/// Returns the location that a reference within the document refers to.
fn target(reference: &str) -> Option<String> {
    let fragment = reference.strip_prefix('#')?;
    Some(decoded(fragment))
}

/// Escapes a token of a JSON pointer.
pub fn escaped(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

/// Encodes a JSON pointer as the fragment of a URI.
fn fragment(pointer: &str) -> String {
    let mut text = String::new();
    for byte in pointer.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}
