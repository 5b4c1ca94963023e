//! Removes what an example does not need.

use crate::model::{Api, Kind, Type, TypeDef};
use serde_json::Value;
use std::collections::HashMap;

/// The maximum depth of the types inside a value.
const MAX_DEPTH: usize = 64;

/// Removes the optional fields of values.
pub struct Reducer<'a> {
    types: HashMap<&'a str, &'a TypeDef>,
}

impl<'a> Reducer<'a> {
    pub fn new(api: &'a Api) -> Self {
        let types = api.types.iter().map(|def| (def.rust.as_str(), def));
        Self {
            types: types.collect(),
        }
    }

    /// Removes each optional field without which the value is still allowed. If `keeps_one` is true,
    /// no object becomes empty.
    pub fn reduce(
        &self,
        ty: &Type,
        mut value: Value,
        keeps_one: bool,
        is_allowed: &dyn Fn(&Value) -> bool,
    ) -> Value {
        let mut optional = Vec::new();
        self.collect(ty, &value, "", 0, &mut optional);
        // A schema whose keywords are not all known may reject every value.
        let is_checked = !optional.is_empty() && is_allowed(&value);
        // The first fields of an object are the ones to keep.
        for (object, name) in optional.into_iter().rev() {
            let mut without = value.clone();
            let fields = without.pointer_mut(&object).and_then(Value::as_object_mut);
            let Some(fields) = fields.filter(|fields| !keeps_one || fields.len() > 1) else {
                continue;
            };
            fields.remove(&name);
            if !is_checked || is_allowed(&without) {
                value = without;
            }
        }
        value
    }

    /// Appends the optional fields inside a value, each as the JSON pointer of its object and its
    /// name. `at` is the JSON pointer of the value.
    fn collect(
        &self,
        ty: &Type,
        value: &Value,
        at: &str,
        depth: usize,
        optional: &mut Vec<(String, String)>,
    ) {
        if depth > MAX_DEPTH {
            return;
        }
        let depth = depth + 1;
        match (ty, value) {
            (Type::Nullable(inner) | Type::Boxed(inner), _) => {
                self.collect(inner, value, at, depth, optional);
            }
            (Type::Array(item) | Type::OneOrMany(item), Value::Array(values)) => {
                for (index, value) in values.iter().enumerate() {
                    self.collect(item, value, &format!("{at}/{index}"), depth, optional);
                }
            }
            // The document may allow a single item in place of the list.
            (Type::Array(item) | Type::OneOrMany(item), _) => {
                self.collect(item, value, at, depth, optional);
            }
            (Type::Map(item), Value::Object(entries)) => {
                for (name, value) in entries {
                    self.collect(item, value, &inside(at, name), depth, optional);
                }
            }
            (Type::Named(name), _) => {
                if let Some(def) = self.types.get(name.as_str()) {
                    self.collect_named(def, value, at, depth, optional);
                }
            }
            _ => {}
        }
    }

    fn collect_named(
        &self,
        def: &TypeDef,
        value: &Value,
        at: &str,
        depth: usize,
        optional: &mut Vec<(String, String)>,
    ) {
        match &def.kind {
            Kind::Struct { fields, .. } => {
                for field in fields {
                    let Some(inner) = value.get(&field.wire) else {
                        continue;
                    };
                    if field.is_absent_by_default() {
                        optional.push((at.to_owned(), field.wire.clone()));
                    }
                    let at = inside(at, &field.wire);
                    self.collect(&field.ty, inner, &at, depth, optional);
                }
            }
            // It is not known here which variant the value belongs to.
            Kind::Union { variants, tagging } => {
                for variant in variants {
                    self.collect(&variant.ty, value, at, depth, optional);
                }
                let is_tag =
                    |object: &str, name: &str| object == at && Some(name) == tagging.property();
                optional.retain(|(object, name)| !is_tag(object, name));
            }
            Kind::Alias(ty) => self.collect(ty, value, at, depth, optional),
            Kind::Enum { .. } => {}
        }
    }
}

/// Returns the JSON pointer of a property.
fn inside(at: &str, name: &str) -> String {
    format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"))
}
