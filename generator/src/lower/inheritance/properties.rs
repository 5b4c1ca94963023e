//! The declarations of the properties of discriminators in components.

use super::components::{Component, Components, discriminators};
use crate::lower::schema::SchemaView;
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
            Some(self.enumeration(property, 0)).filter(|values| !values.is_empty())
        });
        values.unwrap_or_default()
    }

    /// Returns the values of an `enum`, also of an `allOf` with one, as strings.
    fn enumeration(&self, schema: &Schema, depth: usize) -> Vec<String> {
        /// The maximum number of nested schemas to search. References may be circular.
        const MAX_DEPTH: usize = 8;
        let view = SchemaView::of(schema);
        let values: Vec<String> = view.enumeration.iter().filter_map(scalar).collect();
        if !values.is_empty() || depth == MAX_DEPTH {
            return values;
        }
        let branches = view.all_of.iter();
        let branches = branches.filter_map(|branch| match branch {
            ReferenceOr::Item(schema) => Some(schema),
            ReferenceOr::Reference { reference } => self.schema(reference),
        });
        let mut values = branches.map(|branch| self.enumeration(branch, depth + 1));
        values.find(|values| !values.is_empty()).unwrap_or_default()
    }

    fn schema(&self, reference: &str) -> Option<&'d Schema> {
        Some(self.document.schema(reference).ok()?.1)
    }
}

/// Returns a string, or the JSON of a number or a boolean.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}
