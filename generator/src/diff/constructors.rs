//! Constructors of models. Types used in requests have a constructor; types used only in responses
//! do not.

use super::display;
use crate::model::{Api, Field, Kind, Type, TypeDef};
use std::collections::HashSet;

/// Returns the names of all types used in requests, directly or through other types.
pub(super) fn request_types(api: &Api) -> HashSet<&str> {
    let operations = api
        .resources
        .iter()
        .flat_map(|resource| &resource.operations);
    let input =
        operations.flat_map(|operation| [operation.arguments(), operation.setters()].concat());
    let mut pending: Vec<&str> = input.filter_map(|input| input.ty().name()).collect();
    let mut request_types = HashSet::new();
    while let Some(name) = pending.pop() {
        if request_types.insert(name)
            && let Some(def) = api.types.iter().find(|def| def.rust == name)
        {
            pending.extend(parts(&def.kind).into_iter().filter_map(Type::name));
        }
    }
    request_types
}

/// Returns the types that a definition refers to.
fn parts(kind: &Kind) -> Vec<&Type> {
    match kind {
        Kind::Struct { fields, additional } => fields
            .iter()
            .map(|field| &field.ty)
            .chain(additional)
            .collect(),
        Kind::Union { variants, .. } => variants.iter().map(|variant| &variant.ty).collect(),
        Kind::Alias(ty) => vec![ty],
        Kind::Enum { .. } => Vec::new(),
    }
}

/// Returns the constructor of a type: `default()`, `new(..)` with its argument types, or `None`.
pub(super) fn constructor(def: &TypeDef, request_types: &HashSet<&str>) -> Option<String> {
    let Kind::Struct { fields, .. } = &def.kind else {
        return None;
    };
    if !request_types.contains(def.rust.as_str()) {
        return None;
    }
    let is_argument = |field: &&Field| !field.is_option() || (field.required && field.nullable);
    let arguments: Vec<_> = fields
        .iter()
        .filter(is_argument)
        .map(display::field)
        .collect();
    if arguments.is_empty() {
        Some("default()".to_owned())
    } else {
        Some(format!("new({})", arguments.join(", ")))
    }
}
