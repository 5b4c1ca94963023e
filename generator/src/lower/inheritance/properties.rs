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
            Some(enumeration(self.document, property)).filter(|values| !values.is_empty())
        });
        values.unwrap_or_default()
    }

    fn schema(&self, reference: &str) -> Option<&'d Schema> {
        Some(self.document.schema(reference).ok()?.1)
    }
}

/// The declaration of a property in a schema and its `allOf`. It is used while the type of the schema
/// is incomplete.
#[derive(Debug, Default)]
pub struct DeclaredProperty {
    pub is_declared: bool,
    pub is_required: bool,
    /// The values of its `enum`, as strings.
    pub values: Vec<String>,
}

impl DeclaredProperty {
    /// Returns the declaration of the property with a name.
    pub fn of(document: &Document, schema: &Schema, name: &str) -> Self {
        let mut property = Self::default();
        each_part(document, schema, &mut HashSet::new(), &mut |view| {
            property.is_required |= view.required.iter().any(|required| required == name);
            let declared = match view.properties.get(name) {
                Some(ReferenceOr::Item(schema)) => Some(&**schema),
                Some(ReferenceOr::Reference { reference }) => target(document, reference),
                None => None,
            };
            property.is_declared |= view.properties.contains_key(name);
            if let Some(declared) = declared.filter(|_| property.values.is_empty()) {
                property.values = enumeration(document, declared);
            }
        });
        property
    }
}

/// Returns the values of an `enum`, also of an `allOf` with one, as strings.
fn enumeration(document: &Document, schema: &Schema) -> Vec<String> {
    let mut values = Vec::new();
    each_part(document, schema, &mut HashSet::new(), &mut |view| {
        if values.is_empty() {
            values.extend(view.enumeration.iter().filter_map(scalar));
        }
    });
    values
}

/// Calls a function with a schema and the schemas of its `allOf`. `seen` are the references that were
/// followed; they may be circular.
fn each_part<'d>(
    document: &'d Document,
    schema: &'d Schema,
    seen: &mut HashSet<&'d str>,
    visit: &mut impl FnMut(&SchemaView<'d>),
) {
    let view = SchemaView::of(schema);
    visit(&view);
    for branch in view.all_of {
        let schema = match branch {
            ReferenceOr::Item(schema) => Some(schema),
            ReferenceOr::Reference { reference } if seen.insert(reference) => {
                target(document, reference)
            }
            ReferenceOr::Reference { .. } => None,
        };
        if let Some(schema) = schema {
            each_part(document, schema, seen, visit);
        }
    }
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
