//! Constructors of models, which return values for requests. Types used only in responses have none:
//! their `Default` returns placeholder values.

use super::display;
use crate::model::{Field, Kind, TypeDef};
use std::collections::HashSet;

/// Returns the constructor of a type: `default()`, `new(..)` with its argument types, or `None`.
pub(super) fn constructor(def: &TypeDef, request_types: &HashSet<&str>) -> Option<String> {
    let Kind::Struct { fields, .. } = &def.kind else {
        return None;
    };
    if !request_types.contains(def.rust.as_str()) {
        return None;
    }
    let is_argument = |field: &&Field| !field.is_absent_by_default();
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
