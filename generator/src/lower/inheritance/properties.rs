//! The declarations of the properties of discriminators in components.

use super::components::{Component, Components, discriminators};
use crate::lower::schema::SchemaView;
use crate::spec::Document;
use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// The declarations of the property of a discriminator in components.
#[derive(Default)]
pub(super) struct Property {
    /// The values that the components allow, by the component that declares them.
    values: HashMap<String, Vec<String>>,
    /// For each component, the nearest one that declares values.
    owners: HashMap<String, String>,
    /// For each component with the property, the nearest one that requires it.
    required: HashMap<String, String>,
}

/// The properties of all discriminators, by name.
pub(super) struct Properties(HashMap<String, Property>);

impl Properties {
    pub(super) fn of(components: &Components<'_>) -> Self {
        let all = components.components.values().flat_map(discriminators);
        let names: HashSet<&String> = all.map(|one| &one.property_name).collect();
        let names = names.into_iter();
        let properties = names.map(|name| (name.clone(), Property::of(components, name)));
        Self(properties.collect())
    }

    /// Returns true if a component requires a property.
    pub(super) fn requires(&self, pointer: &str, property: &str) -> bool {
        let property = self.0.get(property);
        property.is_some_and(|property| property.required.contains_key(pointer))
    }

    /// Returns the values that the `enum` of a property allows, and the component that declares
    /// it: the nearest one.
    pub(super) fn values(&self, pointer: &str, property: &str) -> Option<(&str, &[String])> {
        let property = self.0.get(property)?;
        let owner = property.owners.get(pointer)?;
        Some((owner, property.values.get(owner)?))
    }
}

impl Property {
    fn of(components: &Components<'_>, name: &String) -> Self {
        let own = components.components.iter();
        let own = own.map(|(pointer, one)| (pointer.clone(), components.own_values(one, name)));
        let values: HashMap<_, _> = own.filter(|(_, values)| !values.is_empty()).collect();
        let requires = |one: &Component<'_>| {
            let mut parts = one.parts.iter();
            parts.any(|part| SchemaView::of(part).required.contains(name))
        };
        Self {
            owners: components.nearest(|one| !components.own_values(one, name).is_empty()),
            required: components.nearest(requires),
            values,
        }
    }
}

impl<'d> Components<'d> {
    /// Returns the values that a component itself allows for a property, as strings.
    fn own_values(&self, component: &Component<'d>, property: &str) -> Vec<String> {
        let mut parts = component.parts.iter();
        let values = parts.find_map(|part| {
            let property = match SchemaView::of(part).properties.get(property)? {
                ReferenceOr::Item(schema) => schema,
                ReferenceOr::Reference { reference } => self.schema(reference)?,
            };
            Some(enumeration(self.document, property, 0)).filter(|values| !values.is_empty())
        });
        values.unwrap_or_default()
    }

    fn schema(&self, reference: &str) -> Option<&'d Schema> {
        Some(self.document.schema(reference).ok()?.1)
    }
}

/// The maximum number of nested schemas to search. References may be circular.
const MAX_DEPTH: usize = 8;

/// A property as an object and its `allOf` declare it. This is for a schema whose type is still being
/// lowered.
#[derive(Debug, Default)]
pub struct DeclaredProperty {
    /// The values of its `enum`, as strings.
    pub values: Vec<String>,
    pub is_required: bool,
}

impl DeclaredProperty {
    pub fn of(document: &Document, schema: &Schema, name: &str) -> Self {
        let mut property = Self::default();
        property.search(document, schema, name, 0);
        property
    }

    fn search(&mut self, document: &Document, schema: &Schema, name: &str, depth: usize) {
        let view = SchemaView::of(schema);
        self.is_required |= view.required.iter().any(|required| required == name);
        let declared = match view.properties.get(name) {
            Some(ReferenceOr::Item(schema)) => Some(&**schema),
            Some(ReferenceOr::Reference { reference }) => target(document, reference),
            None => None,
        };
        if let Some(declared) = declared.filter(|_| self.values.is_empty()) {
            self.values = enumeration(document, declared, 0);
        }
        if depth < MAX_DEPTH {
            for branch in branches(document, view.all_of) {
                self.search(document, branch, name, depth + 1);
            }
        }
    }
}

/// Returns the values of an `enum`, also of an `allOf` with one, as strings.
fn enumeration(document: &Document, schema: &Schema, depth: usize) -> Vec<String> {
    let view = SchemaView::of(schema);
    let values: Vec<String> = view.enumeration.iter().filter_map(scalar).collect();
    if !values.is_empty() || depth == MAX_DEPTH {
        return values;
    }
    let branches = branches(document, view.all_of);
    let mut values = branches.map(|branch| enumeration(document, branch, depth + 1));
    values.find(|values| !values.is_empty()).unwrap_or_default()
}

fn branches<'d>(
    document: &'d Document,
    all_of: &'d [ReferenceOr<Schema>],
) -> impl Iterator<Item = &'d Schema> {
    all_of.iter().filter_map(|branch| match branch {
        ReferenceOr::Item(schema) => Some(schema),
        ReferenceOr::Reference { reference } => target(document, reference),
    })
}

fn target<'d>(document: &'d Document, reference: &str) -> Option<&'d Schema> {
    Some(document.schema(reference).ok()?.1)
}

/// Returns a string, or the JSON of a number or a boolean.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}
