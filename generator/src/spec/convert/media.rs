//! Media types: the schemas of the items of a stream, and the files of a form.

use super::super::overlay::merge;
use super::super::tree::{Entry, Node, Object};
use super::draft::Draft;
use super::{Converter, Part, array, object, string};
use crate::span::Span;

/// The maximum number of schemas that are searched for the data of an event.
const MAX_EVENTS: usize = 200;

/// The maximum number of values that the data of all events may have, because many events can refer
/// to one schema.
const MAX_COPIED: usize = 200_000;

/// The maximum number of nested references and branches around the data of an event.
const MAX_DEPTH: usize = 16;

impl<'t> Converter<'t> {
    /// Converts the media types of a body.
    pub(super) fn content(&mut self, node: &'t Node) -> Option<Node> {
        let mut draft = Draft::of(node)?;
        for (name, entry) in draft.original().iter() {
            self.report.enter(super::Step::Key(name));
            let converted = self.named_media_type(name, &entry.node);
            self.report.leave();
            if let Some(converted) = converted {
                draft.replace(name, converted);
            }
        }
        draft.finish()
    }

    /// Converts a media type without its name.
    pub(super) fn media_type(&mut self, node: &'t Node) -> Option<Node> {
        self.named_media_type("", node)
    }

    fn named_media_type(&mut self, name: &str, node: &'t Node) -> Option<Node> {
        let mut draft = self.parts(node, |key| {
            Some(match key {
                "schema" => Part::One(Self::schema),
                "examples" => Part::Each(Self::example),
                "encoding" => Part::Each(Self::encoding),
                _ => return None,
            })
        })?;
        let essence = name.split(';').next().unwrap_or_default().trim();
        if let Some(entry) = draft.original().entry("itemSchema") {
            self.items(&mut draft, essence, entry);
        }
        for key in ["prefixEncoding", "itemEncoding"] {
            if let Some(entry) = draft.original().entry(key) {
                let message = format!("`{key}` is ignored");
                self.warn(
                    key,
                    entry.key,
                    message,
                    "the body is sent and read as it is",
                );
                draft.remove(key);
            }
        }
        if essence.eq_ignore_ascii_case("multipart/form-data") {
            files(&mut draft);
        }
        draft.finish()
    }

    fn encoding(&mut self, node: &'t Node) -> Option<Node> {
        let part = |key: &str| (key == "headers").then_some(Part::Each(Self::header));
        self.parts(node, part)?.finish()
    }

    /// Converts `itemSchema` to the schema from which streams are lowered: the list of all items, or
    /// the data of an event.
    fn items(&mut self, draft: &mut Draft<'t>, essence: &str, entry: &'t Entry) {
        let item = &entry.node;
        self.report.enter(super::Step::Key("itemSchema"));
        let schema = if essence.eq_ignore_ascii_case("text/event-stream") {
            let mut budget = MAX_EVENTS;
            self.event_data(item, MAX_DEPTH, &mut budget)
                .unwrap_or_else(|| self.schema_or_same(item))
        } else {
            let items = self.schema_or_same(item);
            list(item.span, entry.key, items)
        };
        self.report.leave();
        draft.remove("itemSchema");
        draft.set("schema", entry.key, schema);
    }

    fn schema_or_same(&mut self, node: &'t Node) -> Node {
        self.schema(node).unwrap_or_else(|| node.clone())
    }

    /// Returns the schema of the data of an event, whose schema declares the properties `event` and
    /// `data`. Returns `None` if the schema does not declare `data`.
    fn event_data(&mut self, node: &'t Node, depth: usize, budget: &mut usize) -> Option<Node> {
        *budget = budget.checked_sub(1)?;
        let depth = depth.checked_sub(1)?;
        if let Some(reference) = node.get("$ref").and_then(Node::as_str) {
            let target = self.root.at(reference.strip_prefix('#')?)?;
            return self.event_data(target, depth, budget);
        }
        if let Some(data) = node.get("properties").and_then(|all| all.get("data")) {
            let schema = data.get("contentSchema").unwrap_or(data);
            self.copied = self.copied.saturating_add(merge::size(schema).0);
            return (self.copied <= MAX_COPIED).then(|| self.schema_or_same(schema));
        }
        let branches = |key: &str| node.get(key).and_then(Node::as_array);
        if let Some(parts) = branches("allOf") {
            return parts
                .iter()
                .find_map(|part| self.event_data(part, depth, budget));
        }
        let alternatives = branches("oneOf").or_else(|| branches("anyOf"))?;
        let all = alternatives.iter();
        let all = all.map(|branch| self.event_data(branch, depth, budget));
        let all: Option<Vec<Node>> = all.collect();
        let mut union = Object::default();
        let entry = Entry {
            key: node.span,
            node: array(node.span, all?),
        };
        union.set("oneOf", entry);
        Some(object(node.span, union))
    }
}

fn list(span: Span, key: Span, items: Node) -> Node {
    let mut list = Object::default();
    let typ = string(span, "array");
    list.set("type", Entry { key, node: typ });
    list.set("items", Entry { key, node: items });
    object(span, list)
}

/// The keys with which a schema describes other values than files.
const TYPE_KEYS: [&str; 9] = [
    "type",
    "$ref",
    "enum",
    "allOf",
    "oneOf",
    "anyOf",
    "properties",
    "items",
    "x-rust-scalar",
];

/// Marks the properties of a form that are files: those without a type.
fn files(media: &mut Draft<'_>) {
    let Some(schema) = media.get("schema").cloned() else {
        return;
    };
    let properties = schema.get("properties").and_then(Node::as_object);
    let Some(properties) = properties else {
        return;
    };
    let mut fields = properties.clone();
    let mut changed = false;
    for (name, entry) in properties.iter() {
        let field = entry.node.as_object();
        let is_file = |field: &&Object| !TYPE_KEYS.iter().any(|key| field.contains(key));
        let Some(field) = field.filter(is_file) else {
            continue;
        };
        let mut file = field.clone();
        for (key, value) in [("type", "string"), ("format", "binary")] {
            let node = string(entry.node.span, value);
            let key_span = entry.node.span;
            file.set(
                key,
                Entry {
                    key: key_span,
                    node,
                },
            );
        }
        let node = object(entry.node.span, file);
        fields.set(
            name,
            Entry {
                key: entry.key,
                node,
            },
        );
        changed = true;
    }
    if let Some(span) = schema.get("properties").map(|all| all.span)
        && changed
        && let Some(mut draft) = Draft::of(&schema)
    {
        draft.replace("properties", object(span, fields));
        if let Some(schema) = draft.finish() {
            media.replace("schema", schema);
        }
    }
}
