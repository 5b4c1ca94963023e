//! References with something beside them.
//!
//! The standard has everything beside a `$ref` ignored, yet real documents write `nullable`, `description` and others
//! there and mean them. In a schema such a reference is therefore read as `allOf: [{$ref}]` with those keys.

use super::grammar;
use super::grammar::types::Shape;
use super::object::Object;
use super::tree::Node;

/// The target of a plain reference; None for anything else, a reference with meaningful keys beside it included.
pub(super) fn reference<'t>(shape: &'static Shape, node: &'t Node) -> Option<&'t str> {
    let object = node.as_object()?;
    let target = object.get("$ref")?.as_str()?;
    let plain = !shape.is(&grammar::SCHEMA) || object.keys().all(is_ignorable_sibling);
    plain.then_some(target)
}

/// The target of a reference that has meaningful keys beside it.
pub(super) fn reference_with_siblings(object: &Object) -> Option<&str> {
    object.get("$ref")?.as_str()
}

/// Keys that say nothing of a type and serve no documentation that the target does not have itself.
fn is_ignorable_sibling(key: &str) -> bool {
    matches!(
        key,
        "$ref" | "example" | "examples" | "externalDocs" | "xml" | "summary" | "$comment"
    )
}
