//! Discriminators as keywords of JSON Schema.
//!
//! JSON Schema ignores a discriminator, so that a value could have the tag of one schema and the
//! properties of another, and a base would not stand for the schemas that extend it.

use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

const PREFIX: &str = "#/components/schemas/";

/// The maximum number of steps from a schema to the base that it extends.
const MAX_STEPS: usize = 20;

/// Adds the tags to the branches of all unions of a document in OpenAPI 3.0, and replaces each base
/// by a union of the schemas that extend it.
pub fn document(root: &mut Value) {
    let schemas = root.pointer("/components/schemas");
    let Some(Value::Object(schemas)) = schemas.cloned() else {
        return;
    };
    let components = Components::new(&schemas);
    tag_branches(root, &components);
    let Some(Value::Object(changed)) = root.pointer_mut("/components/schemas") else {
        return;
    };
    let bases = components.bases();
    let own = |name: &str| format!("{name}--base");
    for (name, schema) in changed.iter_mut() {
        // Another name for a base is a name for the union, too.
        if components.is_alias(name) {
            continue;
        }
        let parts = schema.get_mut("allOf").and_then(Value::as_array_mut);
        for part in parts.into_iter().flatten() {
            if let Some(base) = reference(part).filter(|name| bases.contains(*name)) {
                *part = json!({ "$ref": format!("{PREFIX}{}", own(base)) });
            }
        }
    }
    for base in &bases {
        let Some((property, mapping)) = components.discriminator(base) else {
            continue;
        };
        let descendants = components.descendants(base);
        let branch = |name: &&str| {
            let target = match bases.contains(*name) {
                true => own(name),
                false => (*name).to_owned(),
            };
            let tags = components.tags(name, base, property, mapping);
            tagged(
                json!({ "$ref": format!("{PREFIX}{target}") }),
                property,
                &tags,
            )
        };
        let mut branches: Vec<Value> = descendants.iter().map(branch).collect();
        // A value of the base itself.
        branches.push(json!({ "$ref": format!("{PREFIX}{}", own(base)) }));
        let union = json!({ "anyOf": branches });
        if let Some(original) = changed.insert((*base).to_owned(), union) {
            changed.insert(own(base), original);
        }
    }
}

/// Adds the tags to the branches of a union, here and below.
fn tag_branches(value: &mut Value, components: &Components<'_>) {
    match value {
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| tag_branches(item, components)),
        Value::Object(object) => {
            tag_union(object, components);
            for (key, value) in object {
                let is_value = matches!(key.as_str(), "example" | "examples" | "enum");
                if !is_value && !key.starts_with("x-") {
                    tag_branches(value, components);
                }
            }
        }
        _ => {}
    }
}

fn tag_union(object: &mut Map<String, Value>, components: &Components<'_>) {
    let discriminator = object.get("discriminator").cloned().unwrap_or_default();
    let Some(property) = discriminator.get("propertyName").and_then(Value::as_str) else {
        return;
    };
    let mapping = discriminator.get("mapping").and_then(Value::as_object);
    for keyword in ["oneOf", "anyOf"] {
        let branches = object.get_mut(keyword).and_then(Value::as_array_mut);
        for branch in branches.into_iter().flatten() {
            let Some(name) = reference(branch) else {
                continue;
            };
            if components.is_closed_to(name, property) || components.has_own_tags(name, property) {
                continue;
            }
            let tags = components.tags(name, name, property, mapping);
            *branch = tagged(branch.take(), property, &tags);
        }
    }
}

/// Restricts a schema to values with a tag.
fn tagged(schema: Value, property: &str, tags: &[Value]) -> Value {
    if tags.is_empty() {
        return schema;
    }
    let tag = json!({ "required": [property], "properties": { property: { "enum": tags } } });
    json!({ "allOf": [schema, tag] })
}

/// Returns the name of the component that a schema refers to.
fn reference(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix(PREFIX)
}

/// The component schemas, before they are converted.
struct Components<'a> {
    schemas: &'a Map<String, Value>,
    /// The components that each component extends.
    parents: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Components<'a> {
    fn new(schemas: &'a Map<String, Value>) -> Self {
        let parents = schemas.iter().map(|(name, schema)| {
            let parts = schema.get("allOf").and_then(Value::as_array);
            let parents = parts.into_iter().flatten().filter_map(reference);
            (name.as_str(), parents.collect())
        });
        Self {
            parents: parents.collect(),
            schemas,
        }
    }

    /// Returns the names of the components that others extend, if they have a discriminator.
    fn bases(&self) -> BTreeSet<&'a str> {
        let names = self.schemas.keys().map(String::as_str);
        names
            .filter(|name| self.discriminator(name).is_some())
            .filter(|name| !self.descendants(name).is_empty())
            .collect()
    }

    /// Returns the property and the mapping of the discriminator that a component declares or
    /// inherits.
    fn discriminator(&self, name: &str) -> Option<(&'a str, Option<&'a Map<String, Value>>)> {
        self.ancestry(name).into_iter().find_map(|name| {
            let schema = self.schemas.get(name)?;
            let is_union = schema.get("oneOf").or(schema.get("anyOf")).is_some();
            let discriminator = schema.get("discriminator").filter(|_| !is_union)?;
            let property = discriminator.get("propertyName")?.as_str()?;
            Some((
                property,
                discriminator.get("mapping").and_then(Value::as_object),
            ))
        })
    }

    /// Returns a component and those that it extends, the nearest first.
    fn ancestry(&self, name: &str) -> Vec<&'a str> {
        let mut found: Vec<&str> = self
            .schemas
            .get_key_value(name)
            .map(|(name, _)| name.as_str())
            .into_iter()
            .collect();
        let mut next = 0;
        while let Some(name) = found.get(next).filter(|_| next < MAX_STEPS) {
            for parent in self.parents.get(name).into_iter().flatten() {
                if !found.contains(parent) && self.schemas.contains_key(*parent) {
                    found.push(parent);
                }
            }
            next += 1;
        }
        found
    }

    /// Returns the components that extend another one, at any depth.
    fn descendants(&self, base: &str) -> Vec<&'a str> {
        let names = self.schemas.keys().map(String::as_str);
        names
            .filter(|name| *name != base && self.ancestry(name).contains(&base))
            .filter(|name| !self.is_alias(name))
            .collect()
    }

    /// Returns true for a component that only names another one, and that no tag selects.
    fn is_alias(&self, name: &str) -> bool {
        let schema = self.schemas.get(name);
        let parts = schema.and_then(|schema| schema.get("allOf")?.as_array());
        let is_single = parts.is_some_and(|parts| parts.len() == 1);
        let has_more = schema.is_some_and(|schema| schema.get("properties").is_some());
        let Some((property, mapping)) = self.discriminator(name) else {
            return true;
        };
        is_single
            && !has_more
            && mapped(name, mapping).is_empty()
            && self.similar_value(name, property).is_none()
    }

    /// Returns the schemas of a property of a component and of those that it extends.
    fn properties(&self, name: &str, property: &str) -> Vec<&'a Value> {
        let mut found = Vec::new();
        for name in self.ancestry(name) {
            let schema = self.schemas.get(name);
            let parts = schema.and_then(|schema| schema.get("allOf")?.as_array());
            let parts = schema.into_iter().chain(parts.into_iter().flatten());
            found.extend(parts.filter_map(|part| part.get("properties")?.get(property)));
        }
        found
    }

    /// Returns the values that a property declares.
    fn values(&self, name: &str, property: &str) -> Vec<&'a Value> {
        let properties = self.properties(name, property).into_iter();
        let mut listed = properties.filter_map(|schema| {
            let schema = reference(schema)
                .and_then(|name| self.schemas.get(name))
                .unwrap_or(schema);
            schema.get("enum")?.as_array()
        });
        listed.next().into_iter().flatten().collect()
    }

    fn has_own_tags(&self, name: &str, property: &str) -> bool {
        !self.values(name, property).is_empty()
    }

    /// Returns true for an object that cannot have the property.
    fn is_closed_to(&self, name: &str, property: &str) -> bool {
        let schema = self.schemas.get(name);
        let others = schema.and_then(|schema| schema.get("additionalProperties"));
        others == Some(&Value::Bool(false)) && self.properties(name, property).is_empty()
    }

    /// Returns the declared value that is the name of a component in another case.
    fn similar_value(&self, name: &str, property: &str) -> Option<&'a Value> {
        let plain = |text: &str| -> String {
            let letters = text.chars().filter(|letter| letter.is_alphanumeric());
            letters.flat_map(char::to_lowercase).collect()
        };
        let values = self.values(name, property).into_iter();
        let mut similar = values.filter(|value| {
            value
                .as_str()
                .is_some_and(|value| plain(value) == plain(name))
        });
        similar.next()
    }

    /// Returns the tags of a component in a union.
    fn tags(
        &self,
        name: &str,
        base: &str,
        property: &str,
        mapping: Option<&Map<String, Value>>,
    ) -> Vec<Value> {
        let mapped = mapped(name, mapping);
        if !mapped.is_empty() {
            let tags = mapped.into_iter();
            return tags.map(|tag| self.typed(property, mapping, tag)).collect();
        }
        let values = self.values(name, property);
        if values != self.values(base, property) {
            return values.into_iter().cloned().collect();
        }
        let similar = self.similar_value(name, property).cloned();
        vec![similar.unwrap_or_else(|| json!(name))]
    }

    /// Returns a tag in the type that the property has in one of the schemas of the mapping.
    fn typed(&self, property: &str, mapping: Option<&Map<String, Value>>, tag: &str) -> Value {
        let targets = mapping.into_iter().flatten();
        let names = targets.filter_map(|(_, target)| {
            let target = target.as_str()?;
            Some(target.strip_prefix(PREFIX).unwrap_or(target))
        });
        let properties = names.flat_map(|name| self.properties(name, property));
        let mut types = properties.filter_map(|schema| schema.get("type"));
        let is_other = types.any(|name| name != "string");
        let parsed = serde_json::from_str(tag).ok().filter(|_| is_other);
        parsed.unwrap_or_else(|| json!(tag))
    }
}

/// Returns the tags that a mapping has for a component.
fn mapped<'a>(name: &str, mapping: Option<&'a Map<String, Value>>) -> Vec<&'a str> {
    let entries = mapping.into_iter().flatten();
    let own = entries.filter(|(_, target)| {
        let target = target.as_str().unwrap_or_default();
        target.strip_prefix(PREFIX).unwrap_or(target) == name
    });
    own.map(|(tag, _)| tag.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn branches_have_their_tags() {
        let mut root = json!({"components": {"schemas": {
            "Pet": {
                "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
                "discriminator": {"propertyName": "kind", "mapping": {"cat": "Cat"}},
            },
            "Cat": {"type": "object"},
            "Dog": {"type": "object"},
        }}});
        document(&mut root);
        let branches = &root["components"]["schemas"]["Pet"]["oneOf"];
        let tags = |index: usize| branches[index]["allOf"][1]["properties"]["kind"]["enum"].clone();
        assert_eq!(tags(0), json!(["cat"]));
        assert_eq!(tags(1), json!(["Dog"]));
    }

    #[test]
    fn base_is_a_union_of_what_extends_it() {
        let mut root = json!({"components": {"schemas": {
            "Plan": {
                "properties": {"level": {"type": "integer"}},
                "discriminator": {"propertyName": "level", "mapping": {"1": "#/components/schemas/Team"}},
            },
            "Team": {"allOf": [{"$ref": "#/components/schemas/Plan"}, {"required": ["seats"]}]},
        }}});
        document(&mut root);
        let schemas = &root["components"]["schemas"];
        let branch = &schemas["Plan"]["anyOf"][0]["allOf"];
        assert_eq!(branch[0]["$ref"], "#/components/schemas/Team");
        assert_eq!(branch[1]["properties"]["level"]["enum"], json!([1]));
        assert_eq!(
            schemas["Team"]["allOf"][0]["$ref"],
            "#/components/schemas/Plan--base"
        );
        assert_eq!(
            schemas["Plan--base"]["properties"]["level"]["type"],
            "integer"
        );
    }
}
