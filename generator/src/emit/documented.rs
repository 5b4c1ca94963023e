//! Finds out if every generated item has docs, which the crate then requires.

use super::known;
use crate::model::{Api, Kind, Operation, Tagging, Type, TypeDef};

/// Returns true if a type, a field or a setter has no docs, because the document does not describe
/// it.
pub fn has_gaps(api: &Api) -> bool {
    let mut operations = api.resources.iter().flat_map(|one| &one.operations);
    api.types.iter().any(type_has_gaps) || operations.any(has_undescribed_setter)
}

fn type_has_gaps(def: &TypeDef) -> bool {
    let has_docs = def.docs.description.is_some();
    match &def.kind {
        Kind::Struct { fields, .. } => {
            !has_docs || fields.iter().any(|field| known::field(field).is_none())
        }
        Kind::Alias(Type::Named(_)) => false,
        // The docs of a variant can be those of its type.
        Kind::Union { tagging, .. } => !has_docs || *tagging == Tagging::Untagged,
        Kind::Enum { .. } | Kind::Alias(_) => !has_docs,
    }
}

fn has_undescribed_setter(operation: &Operation) -> bool {
    let mut setters = operation.setters().into_iter();
    setters.any(|input| {
        // A setter without a description may still have a default or a note.
        known::input(input).is_none() && input.default().is_none()
    })
}
