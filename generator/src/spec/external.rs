//! Recognises references to other files.

use super::tree::{Node, Value};

/// Returns true if an entry has a reference that is not one to a location in the same source.
pub(super) fn refers_outside(key: &str, node: &Node) -> bool {
    match (key, &node.value) {
        ("$ref", Value::String(reference)) => !reference.starts_with('#'),
        ("mapping", Value::Object(mapping)) => mapping.iter().any(|(_, entry)| {
            let target = entry.node.as_str();
            target.is_some_and(|target| !target.starts_with('#') && is_path(target))
        }),
        _ => false,
    }
}

/// Returns true if a value of a discriminator's mapping refers to a file. Other values are names of
/// schemas.
pub(super) fn is_path(target: &str) -> bool {
    let ends = [".yaml", ".yml", ".json"];
    target.contains(['/', '#']) || ends.iter().any(|end| target.ends_with(end))
}
