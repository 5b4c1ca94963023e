//! Values that are objects.

use super::sample::{Extent, Sampler};
use serde_json::{Map, Value};

impl Sampler<'_> {
    /// Returns an object that satisfies a schema.
    pub(super) fn object(&self, object: &Map<String, Value>, depth: usize) -> Option<Value> {
        let mut value = Map::new();
        let required = object.get("required").and_then(Value::as_array);
        let is_required =
            |name: &str| required.is_some_and(|names| names.iter().any(|other| other == name));
        if let Some(Value::Object(properties)) = object.get("properties") {
            for (name, schema) in properties {
                if !is_required(name) && !self.has_optional() {
                    continue;
                }
                match self.at_depth(schema, name, depth + 1) {
                    Some(sample) => {
                        value.insert(name.clone(), sample);
                    }
                    None if is_required(name) => return None,
                    None => {}
                }
            }
        }
        let any = Value::Bool(true);
        let others = object.get("additionalProperties").unwrap_or(&any);
        let missing = required.into_iter().flatten().filter_map(Value::as_str);
        for name in missing {
            if !value.contains_key(name) {
                value.insert(name.to_owned(), self.at_depth(others, name, depth + 1)?);
            }
        }
        let min = object
            .get("minProperties")
            .and_then(Value::as_u64)
            .unwrap_or(0);
        self.fill(object, min, depth, &mut value)?;
        // A map is shown with an entry.
        let shows = match self.extent {
            Extent::Required => false,
            Extent::All | Extent::AtLeastOne => value.is_empty(),
            // A property of which the schema says nothing is not kept by all types.
            Extent::Chosen => {
                object.contains_key("additionalProperties") && self.choices.next(2) == 1
            }
        };
        let shown = match shows && (others.is_object() || *others == Value::Bool(true)) {
            true if self.extent == Extent::Chosen => u64::try_from(value.len()).ok()? + 1,
            true => u64::from(others.is_object()),
            false => 0,
        };
        for index in 1..=min.max(shown).min(1_000) {
            if u64::try_from(value.len()).ok()? >= min.max(shown) {
                break;
            }
            let Some(name) = self.other_name(object, index, depth) else {
                return (min == 0).then_some(Value::Object(value));
            };
            match self.at_depth(others, &name, depth + 1) {
                Some(sample) => value.insert(name, sample),
                None if min > 0 => return None,
                None => break,
            };
        }
        Some(Value::Object(value))
    }

    /// Returns the name of a property that is not declared; its index begins with 1.
    fn other_name(&self, object: &Map<String, Value>, index: u64, depth: usize) -> Option<String> {
        let Some(names) = object.get("propertyNames") else {
            return Some(format!("key{index}"));
        };
        let first = self.at_depth(names, "key1", depth + 1)?;
        let name = match usize::try_from(index).ok()?.checked_sub(1)? {
            0 => first,
            index => self.variant(names, &first, index)?,
        };
        name.as_str().map(str::to_owned)
    }

    /// Adds declared properties up to a minimum number.
    fn fill(
        &self,
        object: &Map<String, Value>,
        min: u64,
        depth: usize,
        value: &mut Map<String, Value>,
    ) -> Option<()> {
        let min = match self.extent {
            Extent::AtLeastOne => min.max(1),
            _ => min,
        };
        let properties = object.get("properties").and_then(Value::as_object);
        for (name, schema) in properties.into_iter().flatten() {
            if u64::try_from(value.len()).ok()? >= min {
                break;
            }
            if value.contains_key(name) {
                continue;
            }
            let sample = self.at_depth(schema, name, depth + 1);
            if let Some(sample) = sample.filter(|sample| !sample.is_null()) {
                value.insert(name.clone(), sample);
            }
        }
        Some(())
    }
}
