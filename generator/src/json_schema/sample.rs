//! Values that satisfy a schema.

use super::variety::{self, Choices};
use super::{allowed, merge, number, text};
use serde_json::{Map, Value, json};
use std::cell::Cell;

/// The maximum depth of a value. Deeper schemas contain themselves.
const MAX_DEPTH: usize = 12;

/// The number of values after which optional properties are left out, and only one branch of a
/// `oneOf` is tried: schemas that refer to each other can describe values of any size.
const MAX_OPTIONAL: usize = 2_000;

/// The number of values after which no value is found: with branches that contain each other, none of
/// which can end, there would be more attempts than can be made.
const MAX_MADE: usize = 10_000;

/// The properties that a value has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The required ones.
    Required,
    /// The required ones, or else one of the others.
    AtLeastOne,
    /// All, except where the schema contains itself, and in large values.
    All,
    /// Those that the choices of the sampler include.
    Chosen,
}

/// Makes values.
pub struct Sampler<'a> {
    resolve: &'a dyn Fn(&str) -> Option<Value>,
    pub(super) extent: Extent,
    max_chars: usize,
    /// The number of values that were made for the current sample.
    made: Cell<usize>,
    pub(super) choices: Choices,
}

impl<'a> Sampler<'a> {
    /// Returns a sampler. `resolve` returns the converted schema that a reference refers to, and
    /// `max_chars` is the maximum length of a text that is taken from an example, in characters.
    pub fn new(
        resolve: &'a dyn Fn(&str) -> Option<Value>,
        extent: Extent,
        max_chars: usize,
    ) -> Self {
        Self {
            resolve,
            extent,
            max_chars,
            made: Cell::new(0),
            choices: Choices::default(),
        }
    }

    /// Returns a sampler that varies its values. The numbers decide which optional properties a
    /// value has, which branch of a `oneOf` it satisfies, and the like. Without further numbers,
    /// the rest of a value is as small as possible.
    pub fn varied(resolve: &'a dyn Fn(&str) -> Option<Value>, choices: Vec<u32>) -> Self {
        Self {
            choices: Choices::new(choices),
            ..Self::new(resolve, Extent::Chosen, usize::MAX)
        }
    }

    /// Returns a value that satisfies a schema of JSON Schema 2020-12: its example, if it satisfies
    /// the schema, or else one that is made from its keywords. `name` is the text where the schema
    /// allows any. `None` if no value is found.
    pub fn sample(&self, schema: &Value, name: &str) -> Option<Value> {
        self.made.set(0);
        self.at_depth(schema, name, 0)
    }

    pub(super) fn at_depth(&self, schema: &Value, name: &str, depth: usize) -> Option<Value> {
        if depth > MAX_DEPTH || self.made.get() > MAX_MADE {
            return None;
        }
        self.made.set(self.made.get() + 1);
        let mut object = match schema {
            Value::Bool(true) => return Some(json!(name)),
            Value::Object(object) => object.clone(),
            _ => return None,
        };
        self.flatten(&mut object, depth)?;
        // No type is common to all parts.
        if object.get("type") == Some(&json!([])) {
            return None;
        }
        remove_wider_alternatives(&mut object);
        let examples = object.get("examples").and_then(Value::as_array);
        let examples = examples.into_iter().flatten().chain(object.get("default"));
        // Varied values are seldom examples, and never those with undeclared properties.
        let is_varied = self.extent == Extent::Chosen;
        let uses_example = !is_varied || self.choices.next(4) == 1;
        let example = examples
            .filter(|example| uses_example && !(is_varied && example.is_object()))
            .filter(|example| !example.is_null() && self.is_short(example))
            .find(|example| allowed::is_allowed(example, &object, self.resolve, depth));
        if let Some(example) = example {
            return Some(example.clone());
        }
        for keyword in ["oneOf", "anyOf"] {
            let Some(Value::Array(branches)) = object.remove(keyword) else {
                continue;
            };
            let branches = branches.as_slice();
            // Null comes last: it shows the least.
            let is_null = |branch: &&Value| branch.get("type") == Some(&json!("null"));
            let (nulls, others): (Vec<_>, Vec<_>) = branches.iter().partition(is_null);
            let mut all: Vec<_> = others.into_iter().chain(nulls).collect();
            all.rotate_left(self.choices.next(branches.len()));
            let mut samples = all.into_iter().filter_map(|branch| {
                let all = json!({ "allOf": [branch, object] });
                self.at_depth(&all, name, depth + 1)
            });
            return match keyword {
                "oneOf" => self.of_one_branch(branches, samples, depth),
                _ => samples.next(),
            };
        }
        self.by_type(&object, name, depth)
    }

    /// Returns the first sample that exactly one branch of a `oneOf` allows, or else the first one.
    fn of_one_branch(
        &self,
        branches: &[Value],
        samples: impl Iterator<Item = Value>,
        depth: usize,
    ) -> Option<Value> {
        let schema = Map::from_iter([("oneOf".to_owned(), json!(branches))]);
        let mut first = None;
        for sample in samples {
            if allowed::is_allowed(&sample, &schema, self.resolve, depth) {
                return Some(sample);
            }
            first = first.or(Some(sample));
            if self.made.get() > MAX_OPTIONAL {
                break;
            }
        }
        first
    }

    fn is_short(&self, example: &Value) -> bool {
        match example {
            Value::String(text) => text.chars().count() <= self.max_chars,
            Value::Array(items) => items.iter().all(|item| self.is_short(item)),
            Value::Object(object) => object.values().all(|value| self.is_short(value)),
            _ => true,
        }
    }

    /// Replaces a reference and `allOf` by the keywords that they stand for.
    fn flatten(&self, object: &mut Map<String, Value>, depth: usize) -> Option<()> {
        let mut steps = 0;
        loop {
            steps += 1;
            if steps > 200 || depth > MAX_DEPTH {
                return None;
            }
            if let Some(Value::String(reference)) = object.remove("$ref") {
                let Value::Object(target) = (self.resolve)(&reference)? else {
                    return None;
                };
                merge::add(object, target);
            } else if let Some(Value::Array(parts)) = object.remove("allOf") {
                for part in parts {
                    match part {
                        Value::Object(part) => merge::add(object, self.without_examples(part)?),
                        Value::Bool(true) => {}
                        _ => return None,
                    }
                }
            } else {
                return Some(());
            }
        }
    }

    /// Resolves a part of an `allOf`. The examples of a part are no examples of the whole.
    fn without_examples(&self, mut part: Map<String, Value>) -> Option<Map<String, Value>> {
        let mut steps = 0;
        while let Some(Value::String(reference)) = part.remove("$ref") {
            steps += 1;
            match (self.resolve)(&reference)? {
                Value::Object(target) if steps < 50 => merge::add(&mut part, target),
                _ => return None,
            }
        }
        if part.contains_key("properties") || part.contains_key("allOf") {
            part.remove("examples");
        }
        Some(part)
    }

    fn by_type(&self, object: &Map<String, Value>, name: &str, depth: usize) -> Option<Value> {
        if let Some(value) = object.get("const") {
            return Some(value.clone());
        }
        if let Some(Value::Array(values)) = object.get("enum") {
            let chosen = self.choices.next(values.len());
            let mut rotated = values.iter().cycle().skip(chosen).take(values.len());
            let value = rotated.find(|value| !value.is_null());
            return value.or(values.first()).cloned();
        }
        if variety::may_be_null(object) && self.choices.next(6) == 1 {
            return Some(Value::Null);
        }
        let vary = |value: Option<Value>, others: &[Value]| {
            let chosen = self.choices.next(others.len() + 1);
            let other = chosen.checked_sub(1).and_then(|index| others.get(index));
            let allowed =
                other.filter(|value| allowed::is_allowed(value, object, self.resolve, depth));
            allowed.cloned().or(value)
        };
        match type_of(object)? {
            "string" => vary(
                text::text(object, name).map(Value::String),
                &variety::strings(object),
            ),
            "integer" => vary(number::integer(object), &variety::integers(object)),
            "number" => vary(number::number(object), &variety::numbers(object)),
            "boolean" => vary(Some(json!(true)), &[json!(false)]),
            "null" => Some(Value::Null),
            "array" => self.array(object, name, depth),
            "object" => self.object(object, depth),
            _ => None,
        }
    }

    fn array(&self, object: &Map<String, Value>, name: &str, depth: usize) -> Option<Value> {
        let length = |key: &str| object.get(key).and_then(Value::as_u64);
        let (min, max) = (
            length("minItems").unwrap_or(0),
            length("maxItems").unwrap_or(u64::MAX),
        );
        if max == 0 {
            return Some(json!([]));
        }
        let any = Value::Bool(true);
        let item = object.get("items").unwrap_or(&any);
        let Some(first) = self.at_depth(item, name, depth + 1) else {
            return (min == 0).then(|| json!([]));
        };
        if min == 0 && self.extent == Extent::Chosen && self.choices.next(2) == 0 {
            return Some(json!([]));
        }
        let mut items = vec![first.clone()];
        if min <= 1 && max > 1 && self.choices.next(2) == 1 {
            items.extend(
                self.at_depth(item, name, depth + 1)
                    .filter(|second| *second != first),
            );
        }
        let is_unique = object.get("uniqueItems") == Some(&Value::Bool(true));
        // With one item only, a list could look like a scalar.
        let is_scalar = !first.is_array() && !first.is_object();
        if self.extent == Extent::All && is_scalar && min <= 1 && max > 1 {
            items.extend(match is_unique {
                true => self.variant(item, &first, 1),
                false => Some(first.clone()),
            });
        }
        for index in 1..min.min(1_000) {
            items.push(match is_unique {
                true => self.variant(item, &first, usize::try_from(index).ok()?)?,
                false => first.clone(),
            });
        }
        Some(Value::Array(items))
    }

    /// Returns another value that satisfies the schema of an item.
    pub(super) fn variant(&self, item: &Value, first: &Value, index: usize) -> Option<Value> {
        let mut object = item.as_object().cloned().unwrap_or_default();
        self.flatten(&mut object, 0)?;
        if let Some(Value::Array(values)) = object.get("enum") {
            let others = values.iter().filter(|value| *value != first);
            return others.take(index).last().cloned();
        }
        let other = match first {
            Value::String(text) => json!(format!("{text}{index}")),
            Value::Number(number) => {
                json!(number.as_i64()?.checked_add(i64::try_from(index).ok()?)?)
            }
            _ => return None,
        };
        allowed::is_allowed(&other, &object, self.resolve, 0).then_some(other)
    }

    pub(super) fn has_optional(&self) -> bool {
        match self.extent {
            Extent::Required | Extent::AtLeastOne => false,
            Extent::All => self.made.get() < MAX_OPTIONAL,
            Extent::Chosen => self.choices.next(2) == 1,
        }
    }
}

/// Removes `anyOf` if it includes all branches of `oneOf`, and the other way around: it then allows
/// every value of the other keyword.
fn remove_wider_alternatives(object: &mut Map<String, Value>) {
    for (keyword, other) in [("oneOf", "anyOf"), ("anyOf", "oneOf")] {
        let branches = |keyword: &str| object.get(keyword).and_then(Value::as_array);
        if let (Some(branches), Some(others)) = (branches(keyword), branches(other))
            && branches.iter().all(|branch| others.contains(branch))
        {
            object.remove(other);
        }
    }
}

/// Returns the type of the values: the first one other than null, or what the keywords imply.
pub(super) fn type_of(object: &Map<String, Value>) -> Option<&str> {
    match object.get("type") {
        Some(Value::String(name)) => return Some(name),
        Some(Value::Array(names)) => {
            let other = names.iter().find(|name| *name != "null");
            return other.or(names.first()).and_then(Value::as_str);
        }
        _ => {}
    }
    let has = |keywords: &[&str]| keywords.iter().any(|keyword| object.contains_key(*keyword));
    Some(
        if has(&[
            "properties",
            "additionalProperties",
            "required",
            "minProperties",
        ]) {
            "object"
        } else if has(&["items", "minItems"]) {
            "array"
        } else if has(&["minimum", "maximum", "multipleOf"]) {
            "number"
        } else {
            "string"
        },
    )
}

#[cfg(test)]
mod tests;
