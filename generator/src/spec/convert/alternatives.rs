//! `oneOf` and `anyOf` with null: a nullable schema.

use super::super::tree::Node;
use super::draft::Draft;
use super::types::allow_null;
use super::{array, constants};

/// Converts the alternatives of a schema.
pub(super) fn convert(draft: &mut Draft<'_>) {
    for key in ["anyOf", "oneOf"] {
        without_null(draft, key);
        constants::alternatives(draft, key);
    }
}

/// Removes alternatives that are null, and makes the schema nullable.
fn without_null(draft: &mut Draft<'_>, key: &str) {
    let Some(list) = draft.get(key) else { return };
    let span = list.span;
    let branches = list.as_array().unwrap_or_default();
    let Some(null) = branches.iter().find(|branch| is_null(branch)) else {
        return;
    };
    let null = null.span;
    let rest: Vec<Node> = branches
        .iter()
        .filter(|branch| !is_null(branch))
        .cloned()
        .collect();
    match rest.as_slice() {
        [] => return,
        [only] => {
            if !merge(draft, key, only) {
                let at = draft.key_span(key);
                draft.remove(key);
                if draft.has("allOf") || draft.has("$ref") {
                    draft.set(key, at, array(span, rest));
                } else {
                    draft.set("allOf", at, array(span, rest));
                }
            }
        }
        _ => draft.replace(key, array(span, rest)),
    }
    allow_null(draft, null);
}

/// Merges the keys of the only alternative into the schema. Returns false if that would change the
/// meaning, or if the alternative has its own documentation.
fn merge(draft: &mut Draft<'_>, key: &str, only: &Node) -> bool {
    let Some(branch) = only.as_object().filter(|branch| !branch.contains("$ref")) else {
        return false;
    };
    let is_annotated = draft
        .current()
        .keys()
        .all(|other| other == key || is_annotation(other));
    let is_free = |other: &str| match other {
        "title" | "nullable" => true,
        other => !is_annotation(other) && (other == key || !draft.has(other)),
    };
    if !is_annotated || !branch.keys().all(is_free) {
        return false;
    }
    draft.remove(key);
    for (name, entry) in branch.iter() {
        if name != "title" || !draft.has(name) {
            draft.set(name, entry.key, entry.node.clone());
        }
    }
    true
}

/// Returns true for a keyword that does not affect the values.
fn is_annotation(key: &str) -> bool {
    key.starts_with("x-")
        || matches!(
            key,
            "title"
                | "description"
                | "default"
                | "example"
                | "deprecated"
                | "readOnly"
                | "writeOnly"
                | "externalDocs"
                | "xml"
                | "nullable"
                | "summary"
                | "$comment"
        )
}

/// Returns true for the schema of null.
fn is_null(branch: &Node) -> bool {
    let Some(branch) = branch.as_object() else {
        return false;
    };
    let is_only_null = |values: &[Node]| !values.is_empty() && values.iter().all(Node::is_null);
    let typ = branch.get("type").and_then(Node::as_str);
    let values = branch.get("enum").and_then(Node::as_array);
    match (typ, values) {
        (Some("null"), _) => true,
        (None, Some(values)) => is_only_null(values),
        _ => false,
    }
}
