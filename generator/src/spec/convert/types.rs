//! Lists of types: a nullable type, or one alternative for each type.

use super::super::tree::{Entry, Node, Object};
use super::draft::Draft;
use super::{Converter, array, boolean, object, string};
use crate::diagnostic::Code;
use crate::span::Span;
use std::collections::HashSet;

/// The keywords with which a schema is a composition of others.
const COMPOSITIONS: [&str; 4] = ["$ref", "allOf", "anyOf", "oneOf"];

impl<'t> Converter<'t> {
    /// Converts a list of types.
    pub(super) fn types(&mut self, draft: &mut Draft<'t>) {
        let Some(list) = draft.current().entry("type").cloned() else {
            return;
        };
        let all = list.node.as_array().unwrap_or_default();
        let is_null = |node: &&Node| node.as_str() == Some("null");
        let mut types: Vec<Node> = all.iter().filter(|node| !is_null(node)).cloned().collect();
        if types.iter().any(|node| node.as_str() == Some("number")) {
            types.retain(|node| node.as_str() != Some("integer"));
        }
        let mut seen = HashSet::new();
        types.retain(|node| {
            node.as_str()
                .is_none_or(|name| seen.insert(name.to_owned()))
        });
        let null = all.iter().find(is_null);
        match (types.as_slice(), null) {
            ([], Some(null)) => draft.replace("type", null.clone()),
            ([], None) => {
                let message = "`type` must have at least one type".to_owned();
                let help = "remove `type` if all types are allowed";
                self.refuse("type", list.key, Code::Shape, message, help);
                draft.remove("type");
            }
            ([only], _) => draft.replace("type", only.clone()),
            (_, _) => alternatives(draft, &list, &types),
        }
        if let (Some(null), false) = (null, types.is_empty()) {
            allow_null(draft, null.span);
        }
    }
}

/// Allows null.
pub(super) fn allow_null(draft: &mut Draft<'_>, span: Span) {
    draft.set("nullable", span, boolean(span, true));
}

/// Converts several types to alternatives. A keyword belongs to the alternatives of its type.
fn alternatives(draft: &mut Draft<'_>, list: &Entry, types: &[Node]) {
    let names: Vec<&str> = types.iter().filter_map(Node::as_str).collect();
    if names.len() < types.len() {
        // Validation reports the value.
        let wrong = types.iter().find(|node| node.as_str().is_none());
        if let Some(wrong) = wrong {
            draft.replace("type", wrong.clone());
        }
        return;
    }
    draft.remove("type");
    let is_composition = COMPOSITIONS.iter().any(|key| draft.has(key));
    if draft.has("enum") || is_composition || is_any(draft, &names) {
        return;
    }
    let mut branches: Vec<Object> = types.iter().map(|_| Object::default()).collect();
    let keys: Vec<Box<str>> = draft.current().keys().map(Box::from).collect();
    for (branch, typ) in branches.iter_mut().zip(types) {
        let node = typ.clone();
        branch.set(
            "type",
            Entry {
                key: list.key,
                node,
            },
        );
        if typ.as_str() == Some("object") {
            // The name of its variant.
            let node = string(typ.span, "Object");
            branch.set(
                "title",
                Entry {
                    key: list.key,
                    node,
                },
            );
        }
    }
    for key in keys {
        let owner = names.iter().position(|name| belongs(&key, name));
        if let Some(branch) = owner.and_then(|index| branches.get_mut(index))
            && let Some(entry) = draft.remove(&key)
        {
            branch.set(&key, entry);
        } else if is_typed(&key) {
            // A keyword of a type that the list does not contain.
            draft.remove(&key);
        }
    }
    let span = draft.span;
    let branches = branches.into_iter().map(|branch| object(span, branch));
    draft.set("anyOf", list.key, array(span, branches.collect()));
}

/// Returns true if a schema allows all values.
fn is_any(draft: &Draft<'_>, names: &[&str]) -> bool {
    let has_all = ["string", "boolean", "object", "array", "number"]
        .iter()
        .all(|name| names.contains(name));
    has_all && !draft.current().keys().any(is_typed)
}

fn is_typed(key: &str) -> bool {
    ["string", "number", "object", "array"]
        .iter()
        .any(|name| belongs(key, name))
}

/// Returns true for a keyword that applies only to values of a type.
fn belongs(key: &str, typ: &str) -> bool {
    match typ {
        "string" => matches!(key, "format" | "pattern" | "minLength" | "maxLength"),
        "number" | "integer" => matches!(
            key,
            "format"
                | "multipleOf"
                | "minimum"
                | "maximum"
                | "exclusiveMinimum"
                | "exclusiveMaximum"
        ),
        "object" => matches!(
            key,
            "properties" | "required" | "additionalProperties" | "minProperties" | "maxProperties"
        ),
        "array" => matches!(key, "items" | "minItems" | "maxItems" | "uniqueItems"),
        _ => false,
    }
}
