//! Keywords of JSON Schema whose meaning OpenAPI 3.0 writes in another way.

use super::super::tree::Object;
use super::super::tree::{Node, Value};
use super::super::{number, typed};
use super::draft::Draft;
use super::{Converter, boolean, object, string};
use crate::diagnostic::Code;

/// Converts bounds that are numbers: in OpenAPI 3.0, `exclusiveMinimum` is a flag of `minimum`.
pub(super) fn bounds(draft: &mut Draft<'_>) {
    bound(draft, "minimum", "exclusiveMinimum", |new, old| new >= old);
    bound(draft, "maximum", "exclusiveMaximum", |new, old| new <= old);
}

fn bound(
    draft: &mut Draft<'_>,
    inclusive: &str,
    exclusive: &str,
    is_stricter: fn(f64, f64) -> bool,
) {
    let Some(new) = draft.get(exclusive).and_then(value) else {
        return;
    };
    let old = draft.get(inclusive).and_then(value);
    let Some(entry) = draft.remove(exclusive) else {
        return;
    };
    if old.is_none_or(|old| is_stricter(new, old)) {
        draft.set(inclusive, entry.key, entry.node);
        draft.set(exclusive, entry.key, boolean(entry.key, true));
    }
}

fn value(node: &Node) -> Option<f64> {
    match &node.value {
        Value::Number(text) => number::parse(text)?.as_f64(),
        _ => None,
    }
}

/// Converts a list of examples to the first one.
pub(super) fn examples(draft: &mut Draft<'_>) {
    let first = draft.get("examples").and_then(Node::as_array);
    let Some(first) = first.and_then(<[Node]>::first).cloned() else {
        return;
    };
    let at = draft.key_span("examples");
    draft.remove("examples");
    if !draft.has("example") {
        draft.set("example", at, first);
    }
}

/// Converts a description of bytes to the formats `byte` and `binary`.
pub(super) fn content(draft: &mut Draft<'_>) {
    let string_of = |key: &str| draft.get(key).and_then(Node::as_str);
    let encoding = string_of("contentEncoding").map(str::to_ascii_lowercase);
    let media_type = string_of("contentMediaType").map(str::to_ascii_lowercase);
    let is_string = match draft.get("type").map(|node| &node.value) {
        Some(Value::String(name)) => **name == *"string",
        Some(Value::Array(names)) => names.iter().any(|name| name.as_str() == Some("string")),
        _ => media_type.is_some() || encoding.is_some(),
    };
    let format = match (encoding.as_deref(), media_type.as_deref()) {
        (Some("base64"), _) => "byte",
        // Not the alphabet of `byte`, or text.
        (Some(_), _) => return,
        (None, Some(media_type)) if !is_text(media_type) => "binary",
        _ => return,
    };
    if !is_string || draft.has("format") {
        return;
    }
    let key = if encoding.is_some() {
        "contentEncoding"
    } else {
        "contentMediaType"
    };
    let at = draft.key_span(key);
    if !draft.has("type") {
        draft.set("type", at, string(at, "string"));
    }
    draft.set("format", at, string(at, format));
}

fn is_text(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.starts_with("text/")
        || ["json", "xml", "yaml", "javascript", "x-www-form-urlencoded"]
            .iter()
            .any(|kind| essence.ends_with(kind))
}

impl<'t> Converter<'t> {
    /// Reports a value of another kind, for keywords that validation does not know. Returns true if
    /// the value is valid.
    pub(super) fn expect(
        &mut self,
        key: &'static str,
        draft: &Draft<'t>,
        expected: &str,
        is_valid: fn(&Node) -> bool,
    ) -> bool {
        let Some(entry) = draft.original().entry(key) else {
            return true;
        };
        if is_valid(&entry.node) {
            return true;
        }
        let found = entry.node.kind();
        let message = format!("`{key}` must be {expected}, found {found}");
        let problem = crate::diagnostic::Diagnostic::new(Code::Shape, "", message);
        self.report.at_key(key, entry.report_at(), problem);
        false
    }

    /// Converts a tuple to a list. Its items have a type if all have the same one.
    pub(super) fn tuple(&mut self, draft: &mut Draft<'t>) {
        let is_list = |node: &Node| node.as_array().is_some_and(|items| !items.is_empty());
        if !self.expect("prefixItems", draft, "an array of schemas", is_list) {
            return;
        }
        let Some(prefix) = draft.remove("prefixItems") else {
            return;
        };
        let items = prefix.node.as_array().unwrap_or_default();
        let rest = draft.original().get("items");
        let is_closed = rest.is_some_and(|rest| rest.as_bool() == Some(false));
        let rest = draft.get("items").cloned().filter(|_| !is_closed);
        let mut all = items.iter().chain(&rest);
        let first = items.first();
        let is_uniform = first.is_some_and(|first| all.all(|item| is_same(first, item)));
        let item = match first {
            Some(first) if is_uniform => first.clone(),
            _ => {
                let message = "a tuple becomes a list of JSON values";
                let help = "write an object to give each part a type";
                self.warn("prefixItems", prefix.key, message, help);
                object(prefix.key, Object::default())
            }
        };
        draft.set("items", prefix.key, item);
        if !draft.has("type") {
            draft.set("type", prefix.key, string(prefix.key, "array"));
        }
    }

    /// Converts `patternProperties` to `additionalProperties`: maps accept any key.
    pub(super) fn patterns(&mut self, draft: &mut Draft<'t>) {
        if !self.expect("patternProperties", draft, "an object", |node| {
            node.as_object().is_some()
        }) {
            return;
        }
        let Some(patterns) = draft.remove("patternProperties") else {
            return;
        };
        let schemas = patterns.node.as_object().into_iter().flat_map(Object::iter);
        let schemas: Vec<&Node> = schemas.map(|(_, entry)| &entry.node).collect();
        let rest = draft.get("additionalProperties");
        let rest = rest.filter(|rest| rest.as_object().is_some()).cloned();
        let mut all = schemas.iter().copied().chain(&rest);
        let Some(first) = schemas.first() else {
            return;
        };
        let values = if all.all(|schema| is_same(first, schema)) {
            (*first).clone()
        } else {
            let message = "the values of `patternProperties` have several types";
            let help = "they become JSON values";
            self.warn("patternProperties", patterns.key, message, help);
            boolean(patterns.key, true)
        };
        draft.set("additionalProperties", patterns.key, values);
    }

    /// Converts `unevaluatedProperties` and `unevaluatedItems` with a schema, unless other schemas
    /// also describe the values.
    pub(super) fn unevaluated(&mut self, draft: &mut Draft<'t>) {
        for (key, plain) in [
            ("unevaluatedProperties", "additionalProperties"),
            ("unevaluatedItems", "items"),
        ] {
            let Some(entry) = draft.current().entry(key).cloned() else {
                continue;
            };
            if entry.node.as_bool().is_some() {
                continue;
            }
            draft.remove(key);
            if entry.node.as_object().is_none() {
                self.expect(key, draft, "a boolean or a schema", |_| false);
            } else if ["allOf", "anyOf", "oneOf", "$ref", plain]
                .iter()
                .any(|key| draft.has(key))
            {
                let message = format!("`{key}` beside other schemas is ignored");
                let help = format!("write `{plain}`");
                self.warn(key, entry.key, message, &help);
            } else {
                draft.set(plain, entry.key, entry.node);
            }
        }
    }

    /// Warns about schemas that only restrict the values. Generated code does not check them.
    pub(super) fn conditions(&mut self, draft: &mut Draft<'t>) {
        for key in ["if", "then", "else", "dependentSchemas", "not"] {
            let Some(entry) = draft.original().entry(key) else {
                continue;
            };
            // `if` stands for all three keywords.
            if matches!(key, "then" | "else") && draft.has("if") {
                continue;
            }
            let message = format!("`{key}` is ignored: it only restricts the values");
            let help = "generated code does not check values; properties that only occur here are not generated";
            self.warn(key, entry.key, message, help);
        }
    }

    pub(super) fn discriminator(&mut self, draft: &mut Draft<'t>) {
        let default = draft.original().get("discriminator");
        let default = default.and_then(|node| node.as_object()?.entry("defaultMapping"));
        if let Some(entry) = default {
            self.report.enter(super::Step::Key("discriminator"));
            let message = "`defaultMapping` is ignored";
            let help = "a value with another tag becomes the variant `Unknown`";
            self.warn("defaultMapping", entry.key, message, help);
            self.report.leave();
        }
    }
}

/// Returns true for values that differ only in their locations.
fn is_same(left: &Node, right: &Node) -> bool {
    typed::json(left) == typed::json(right)
}
