//! The components of a document as a hierarchy: which one extends which.

use crate::lower::pointer::Pointer;
use crate::lower::schema::{SchemaView, component_name, is_component};
use crate::spec::Document;
use indexmap::IndexMap;
use openapiv3::{Discriminator, ReferenceOr, Schema};
use std::collections::{HashMap, HashSet, VecDeque};

/// The components, with those that each one extends, and those that extend it.
pub(super) struct Components<'d> {
    pub(super) document: &'d Document,
    pub(super) components: IndexMap<String, Component<'d>>,
    /// For each component, the nearest one with a discriminator: itself or one that it extends.
    discriminators: HashMap<String, String>,
}

pub(super) struct Component<'d> {
    schema: &'d Schema,
    /// The schema and the inline schemas in its `allOf`.
    pub(super) parts: Vec<&'d Schema>,
    parents: Vec<String>,
    children: Vec<String>,
}

impl<'d> Components<'d> {
    /// Finds the components of a document. It is empty if no component has a discriminator.
    pub(super) fn of(document: &'d Document) -> Self {
        let mut components = IndexMap::new();
        let schemas = document.openapi().components.iter();
        let schemas = || schemas.clone().flat_map(|all| &all.schemas);
        let has_discriminator = |schema: &ReferenceOr<Schema>| {
            let mut parts = Vec::new();
            let schema = schema.as_item();
            schema.is_some_and(|schema| {
                inline_parts(schema, &mut parts);
                let mut parts = parts.iter();
                parts.any(|part| part.schema_data.discriminator.is_some())
            })
        };
        if schemas().any(|(_, schema)| has_discriminator(schema)) {
            for (name, schema) in schemas() {
                if let ReferenceOr::Item(schema) = schema {
                    let pointer = Pointer::start("/components/schemas");
                    let pointer = pointer.child(name).to_string();
                    components.insert(pointer, component(document, schema));
                }
            }
        }
        let mut all = Self {
            document,
            components,
            discriminators: HashMap::new(),
        };
        all.link();
        all.discriminators = all.nearest(|one| discriminators(one).next().is_some());
        all.unlink_aliases();
        all
    }

    /// Records each component as a child of those that it extends.
    fn link(&mut self) {
        let links = self.components.iter().flat_map(|(pointer, component)| {
            let parents = component.parents.iter();
            parents.map(|parent| (parent.clone(), pointer.clone()))
        });
        let links: Vec<_> = links.collect();
        for (parent, child) in links {
            if let Some(parent) = self.components.get_mut(&parent) {
                parent.children.push(child);
            }
        }
    }

    /// Removes the components that are only another name of a base, for example with a description of
    /// their own. They could as well extend the base without adding properties: they do if the
    /// mapping refers to them, if there is none, or if others extend them.
    fn unlink_aliases(&mut self) {
        let is_alias = |pointer: &str, component: &Component<'_>| {
            let view = SchemaView::of(component.schema);
            let only = matches!(view.all_of, [ReferenceOr::Reference { .. }]);
            let adds = view.is_struct() || !view.required.is_empty();
            let discriminator = self.discriminator(pointer).filter(|_| only && !adds);
            let is_extended = !component.children.is_empty();
            discriminator.filter(|_| !is_extended).is_some_and(|one| {
                let mapping = self.mapping(pointer, &one.property_name);
                !mapping.is_empty() && mapping.iter().all(|(_, target)| *target != pointer)
            })
        };
        let all = self.components.iter();
        let aliases = all.filter(|(pointer, component)| is_alias(pointer, component));
        let aliases: HashSet<String> = aliases.map(|(pointer, _)| pointer.clone()).collect();
        for (pointer, component) in &mut self.components {
            component.children.retain(|child| !aliases.contains(child));
            if aliases.contains(pointer) {
                component.parents.clear();
                self.discriminators.remove(pointer);
            }
        }
    }

    /// Returns for each component the nearest one that passes the test: itself or one that it
    /// extends.
    pub(super) fn nearest(&self, test: impl Fn(&Component<'d>) -> bool) -> HashMap<String, String> {
        let own = self.components.iter().filter(|(_, one)| test(one));
        let mut pending: VecDeque<(&str, &str)> = own
            .map(|(pointer, _)| (pointer.as_str(), pointer.as_str()))
            .collect();
        let mut nearest = HashMap::new();
        while let Some((pointer, owner)) = pending.pop_front() {
            if !nearest.contains_key(pointer) {
                nearest.insert(pointer.to_owned(), owner.to_owned());
                pending.extend(self.children(pointer).map(|child| (child, owner)));
            }
        }
        nearest
    }

    /// Returns the components that have a discriminator or extend one that has, in the order of the
    /// document.
    pub(super) fn with_discriminator(&self) -> impl Iterator<Item = &str> {
        let pointers = self.components.keys().map(String::as_str);
        pointers.filter(|pointer| self.discriminators.contains_key(*pointer))
    }

    /// Returns the components that extend a component directly, in the order of the document.
    pub(super) fn children(&self, pointer: &str) -> impl Iterator<Item = &str> {
        let component = self.components.get(pointer).into_iter();
        component.flat_map(|one| one.children.iter().map(String::as_str))
    }

    /// Returns the components that extend a component, directly or not, without itself.
    pub(super) fn descendants(&self, pointer: &str) -> HashSet<&str> {
        let mut found = HashSet::new();
        let mut pending: Vec<&str> = self.children(pointer).collect();
        while let Some(next) = pending.pop() {
            if next != pointer && found.insert(next) {
                pending.extend(self.children(next));
            }
        }
        found
    }

    /// Returns a component and those that it extends, the nearest first.
    fn ancestry(&self, pointer: &str) -> Vec<(&str, &Component<'d>)> {
        let mut ancestry: Vec<(&str, &Component<'d>)> = Vec::new();
        let mut seen = HashSet::new();
        let mut pending = VecDeque::from([pointer]);
        while let Some(pointer) = pending.pop_front() {
            if !seen.insert(pointer.to_owned()) {
                continue;
            }
            if let Some((pointer, component)) = self.components.get_key_value(pointer) {
                ancestry.push((pointer, component));
                pending.extend(component.parents.iter().map(String::as_str));
            }
        }
        ancestry
    }

    /// Returns the discriminator of a component, or of the nearest one that it extends.
    pub(super) fn discriminator(&self, pointer: &str) -> Option<&Discriminator> {
        let owner = self.components.get(self.discriminators.get(pointer)?)?;
        discriminators(owner).next()
    }

    pub(super) fn has_own_discriminator(&self, pointer: &str) -> bool {
        let component = self.components.get(pointer);
        component.is_some_and(|one| discriminators(one).next().is_some())
    }

    /// Returns the tags that a component and those that it extends map to components: the tag and
    /// the pointer of the component.
    pub(super) fn mapping(&self, pointer: &str, property: &str) -> Vec<(String, &str)> {
        let mut mapping: Vec<(String, &str)> = Vec::new();
        let mut seen = HashSet::new();
        for (_, component) in self.ancestry(pointer) {
            for discriminator in discriminators(component) {
                if discriminator.property_name != property {
                    continue;
                }
                for (tag, target) in &discriminator.mapping {
                    if let Some(target) = self.target(target).filter(|_| seen.insert(tag)) {
                        mapping.push((tag.clone(), target));
                    }
                }
            }
        }
        mapping
    }

    /// Returns the components to which the mapping of a component itself refers, without those that
    /// the component extends.
    pub(super) fn own_targets(&self, pointer: &str, property: &str) -> Vec<&str> {
        let ancestry = self.ancestry(pointer);
        let is_ancestor = |target: &str| ancestry.iter().any(|(known, _)| *known == target);
        let own = ancestry.first().into_iter();
        let own = own.flat_map(|(_, one)| discriminators(one));
        let own = own.filter(|one| one.property_name == property);
        let targets = own.flat_map(|one| one.mapping.values());
        let targets = targets.filter_map(|target| self.target(target));
        targets.filter(|target| !is_ancestor(target)).collect()
    }

    /// Returns the component to which an entry of a mapping refers: a reference or a name.
    fn target(&self, target: &str) -> Option<&str> {
        let by_name = Pointer::start("/components/schemas");
        let by_name = by_name.child(target).to_string();
        let pointer = match self.components.get_key_value(&by_name) {
            Some((pointer, _)) => return Some(pointer),
            None => self.document.schema(target).ok()?.0,
        };
        let (pointer, _) = self.components.get_key_value(&pointer)?;
        Some(pointer)
    }

    /// Returns true if the component can be the base of a family: an object without alternatives.
    pub(super) fn is_object(&self, pointer: &str) -> bool {
        self.components.get(pointer).is_some_and(|component| {
            let mut parts = component.parts.iter().map(|part| SchemaView::of(part));
            parts.all(|view| {
                !view.has_alternatives()
                    && !view.is_enum()
                    && matches!(view.kind(), None | Some("object"))
            })
        })
    }

    /// Returns true if the component is an object with properties and without branches.
    pub(super) fn is_plain_object(&self, pointer: &str) -> bool {
        self.components.get(pointer).is_some_and(|component| {
            let view = SchemaView::of(component.schema);
            view.is_struct() && !view.has_branches()
        })
    }

    /// Returns true if other components extend the component.
    pub(super) fn is_extended(&self, pointer: &str) -> bool {
        self.children(pointer).next().is_some()
    }

    /// Returns the name of a component.
    pub(super) fn name(pointer: &str) -> String {
        component_name(pointer)
    }
}

pub(super) fn discriminators<'c>(
    component: &'c Component<'_>,
) -> impl Iterator<Item = &'c Discriminator> {
    let parts = component.parts.iter();
    // A discriminator beside `oneOf` or `anyOf` belongs to these.
    let parts = parts.filter(|part| !SchemaView::of(part).has_alternatives());
    parts.filter_map(|part| part.schema_data.discriminator.as_ref())
}

fn component<'d>(document: &'d Document, schema: &'d Schema) -> Component<'d> {
    let mut parts = Vec::new();
    inline_parts(schema, &mut parts);
    let branches = parts.iter().flat_map(|part| SchemaView::of(part).all_of);
    let references = branches.filter_map(|branch| match branch {
        ReferenceOr::Reference { reference } => Some(reference),
        ReferenceOr::Item(_) => None,
    });
    let targets = references.filter_map(|reference| document.schema(reference).ok());
    let mut parents: Vec<String> = Vec::new();
    for (pointer, _) in targets {
        if is_component(&pointer) && !parents.contains(&pointer) && !is_nullable_alias(&parts) {
            parents.push(pointer);
        }
    }
    Component {
        schema,
        parts,
        parents,
        children: Vec::new(),
    }
}

/// Returns true if the schema is only another one that can also be null. It is the type of that
/// one, and does not extend it.
fn is_nullable_alias(parts: &[&Schema]) -> bool {
    let views = || parts.iter().map(|part| SchemaView::of(part));
    let references = views().flat_map(|view| view.all_of);
    let references = references
        .filter(|branch| branch.as_item().is_none())
        .count();
    let is_nullable = parts.iter().any(|part| part.schema_data.nullable);
    references == 1 && is_nullable && views().all(|view| view.properties.is_empty())
}

/// Collects a schema and the inline schemas in its `allOf`.
fn inline_parts<'d>(schema: &'d Schema, parts: &mut Vec<&'d Schema>) {
    parts.push(schema);
    for branch in SchemaView::of(schema).all_of {
        if let ReferenceOr::Item(schema) = branch {
            inline_parts(schema, parts);
        }
    }
}
