//! References with other keys next to `$ref`.
//!
//! OpenAPI 3.0 says that keys next to `$ref` are ignored. Real documents still write `nullable`,
//! `description` and other keys there and rely on them. In a schema, such a reference is therefore
//! read as `allOf: [{$ref}]` with those keys.

use super::grammar;
use super::grammar::types::Shape;
use super::tree::{Node, Object};

/// Returns the target of a plain reference. Returns `None` for everything else, including a
/// reference with meaningful keys next to it.
pub(super) fn reference<'t>(shape: &'static Shape, node: &'t Node) -> Option<&'t str> {
    let object = node.as_object()?;
    let target = object.get("$ref")?.as_str()?;
    let plain = !shape.is(&grammar::SCHEMA) || object.keys().all(is_ignorable_sibling);
    plain.then_some(target)
}

/// Returns the target of a reference in a schema, unless there are meaningful keys next to it.
pub(super) fn plain_reference(object: &Object) -> Option<&str> {
    let target = object.get("$ref")?.as_str()?;
    object.keys().all(is_ignorable_sibling).then_some(target)
}

/// Returns the target of a reference, whether or not there are other keys next to it.
pub(super) fn reference_with_siblings(object: &Object) -> Option<&str> {
    object.get("$ref")?.as_str()
}

/// Returns true for a key that can be ignored next to `$ref`: it does not affect the type, and the
/// target has its own documentation.
fn is_ignorable_sibling(key: &str) -> bool {
    matches!(
        key,
        "$ref" | "example" | "examples" | "externalDocs" | "xml" | "summary" | "$comment"
    )
}
