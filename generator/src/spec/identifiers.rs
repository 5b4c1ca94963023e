//! The identifiers of parts of a source: `$id` and `$self` set the URI of a part, `$anchor` and
//! `$dynamicAnchor` name a schema in that part.

use super::convert::origin;
use super::pointer;
use super::tree::{Node, Value};
use std::collections::HashMap;

/// The maximum size of the locations that are recorded, in bytes. Later ones are unresolved.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The keys whose value is data, such as an example.
const DATA: [&str; 6] = ["example", "examples", "default", "enum", "value", "const"];

/// The keys whose value is an object with names as its keys.
const MAPS: [&str; 15] = [
    "properties",
    "$defs",
    "definitions",
    "patternProperties",
    "dependentSchemas",
    "schemas",
    "responses",
    "parameters",
    "requestBodies",
    "headers",
    "pathItems",
    "callbacks",
    "paths",
    "x-webhooks",
    "content",
];

/// The location of a walk.
pub(super) struct Walk {
    pub(super) pointer: String,
    /// The size of the recorded locations.
    bytes: usize,
    /// The URI and the location of the part that contains the current object.
    pub(super) base: String,
    pub(super) resource: String,
}

impl Walk {
    pub(super) fn new(base: &str) -> Self {
        Self {
            pointer: String::new(),
            bytes: 0,
            base: base.to_owned(),
            resource: String::new(),
        }
    }

    /// Calls a function for the values inside a value. Returns the location to what it was.
    pub(super) fn inside(
        &mut self,
        node: &Node,
        is_map: bool,
        mut visit: impl FnMut(&mut Self, &Node, bool),
    ) {
        let length = self.pointer.len();
        match &node.value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    pointer::push_index(&mut self.pointer, index);
                    visit(self, item, false);
                    self.pointer.truncate(length);
                }
            }
            Value::Object(object) => {
                for (key, entry) in object.iter() {
                    if is_map || !DATA.contains(&key) {
                        pointer::push(&mut self.pointer, key);
                        visit(self, &entry.node, !is_map && MAPS.contains(&key));
                        self.pointer.truncate(length);
                    }
                }
            }
            _ => {}
        }
    }

    /// Enters the part that `$id` begins, and returns the outer one.
    pub(super) fn enter(&mut self, node: &Node, is_map: bool) -> Option<(String, String)> {
        let id = node.get("$id").and_then(Node::as_str).filter(|_| !is_map)?;
        let base = join(&self.base, id);
        let outer = std::mem::replace(&mut self.base, base);
        let resource = std::mem::replace(&mut self.resource, self.pointer.clone());
        Some((outer, resource))
    }

    /// Returns true if the current location may be recorded.
    pub(super) fn record(&mut self) -> bool {
        self.bytes = self.bytes.saturating_add(self.pointer.len());
        self.bytes <= MAX_BYTES
    }

    pub(super) fn leave(&mut self, outer: Option<(String, String)>) {
        if let Some(outer) = outer {
            (self.base, self.resource) = outer;
        }
    }
}

pub(super) struct Index<'w> {
    /// The tree as written, if a conversion has changed it.
    written: Option<&'w Node>,
    /// The locations of the parts, by their URI.
    ids: HashMap<String, String>,
    /// The anchors, by their name: the part and the schema.
    anchors: HashMap<String, Vec<(String, String)>>,
}

impl<'w> Index<'w> {
    /// Collects the identifiers of a tree. `written` is the tree as written, if it was converted.
    pub(super) fn of(root: &Node, written: Option<&'w Node>) -> Self {
        let mut index = Self {
            written,
            ids: HashMap::new(),
            anchors: HashMap::new(),
        };
        let base = Self::base(root);
        index.ids.insert(base.to_owned(), String::new());
        index.collect(root, &mut Walk::new(base));
        index
    }

    /// Returns the URI of a document.
    pub(super) fn base(root: &Node) -> &str {
        root.get("$self").and_then(Node::as_str).unwrap_or_default()
    }

    fn collect(&mut self, node: &Node, walk: &mut Walk) {
        self.collect_in(node, false, walk);
    }

    fn collect_in(&mut self, node: &Node, is_map: bool, walk: &mut Walk) {
        let outer = walk.enter(node, is_map);
        if outer.is_some() && walk.record() {
            let id = walk.base.trim_end_matches('#').to_owned();
            self.ids.entry(id).or_insert_with(|| walk.pointer.clone());
        }
        for key in ["$anchor", "$dynamicAnchor"] {
            if let Some(name) = node.get(key).and_then(Node::as_str).filter(|_| !is_map)
                && walk.record()
            {
                let found = (walk.resource.clone(), walk.pointer.clone());
                self.anchors.entry(name.to_owned()).or_default().push(found);
            }
        }
        walk.inside(node, is_map, |walk, node, is_map| {
            self.collect_in(node, is_map, walk);
        });
        walk.leave(outer);
    }

    /// Returns the pointer to which a reference refers. `base` and `resource` are the URI and the
    /// location of the part that contains the reference.
    pub(super) fn target(
        &self,
        root: &Node,
        reference: &str,
        base: &str,
        resource: &str,
    ) -> Option<String> {
        let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let resource = match uri {
            "" => resource,
            uri => self.ids.get(&join(base, uri))?,
        };
        if fragment.is_empty() {
            return (!uri.is_empty()).then(|| resource.to_owned());
        }
        if fragment.starts_with('/') {
            let fragment = pointer::from_fragment(fragment)?;
            let target = format!("{resource}{fragment}");
            // Many documents write pointers from the root in a schema with `$id`.
            return Some(if root.at(&target).is_some() {
                target
            } else if root.at(&fragment).is_none()
                && let Some(written) = self.written.filter(|node| node.at(&fragment).is_some())
            {
                origin::pointer(root, written, &fragment)
            } else {
                fragment.into_owned()
            });
        }
        let found = self.anchors.get(fragment)?;
        let own = found.iter().find(|(part, _)| part == resource);
        let only = match found.as_slice() {
            [only] => Some(only),
            _ => None,
        };
        Some(own.or(only)?.1.clone())
    }

    /// Returns true if several schemas have the `$dynamicAnchor` to which a `$dynamicRef` refers. Its
    /// target then depends on the schema from which it is reached.
    pub(super) fn is_dynamic(&self, root: &Node, reference: &str) -> bool {
        let (_, name) = reference.split_once('#').unwrap_or_default();
        let found = self.anchors.get(name).into_iter().flatten();
        let found = found.filter_map(|(_, pointer)| root.at(pointer)?.get("$dynamicAnchor"));
        found.take(2).count() == 2
    }
}

/// Resolves a URI reference, as far as identifiers need it.
pub(super) fn join(base: &str, reference: &str) -> String {
    let base = base.split('#').next().unwrap_or_default();
    let has_scheme = reference
        .split_once(':')
        .is_some_and(|(scheme, _)| !scheme.contains(['/', '?', '#']));
    if has_scheme || base.is_empty() {
        return reference.to_owned();
    }
    let path_start = base
        .find("://")
        .and_then(|start| Some(start + 3 + base.get(start + 3..)?.find('/')?))
        .unwrap_or_default();
    if reference.starts_with('/') {
        return format!("{}{reference}", base.get(..path_start).unwrap_or_default());
    }
    let reference = reference.strip_prefix("./").unwrap_or(reference);
    let folder = base.rfind('/').map_or(0, |end| end + 1);
    format!("{}{reference}", base.get(..folder).unwrap_or_default())
}
