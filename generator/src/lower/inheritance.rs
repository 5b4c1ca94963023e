//! Inheritance: components that extend each other through `allOf`, below one with a discriminator.
//!
//! A value of such a component can be a value of each component that extends it, so that the
//! component becomes a union. This module finds out which types can occur, and by which tags,
//! from the document alone: the types can refer to each other while they are lowered.

mod components;
mod properties;
mod tags;

use crate::diagnostic::{Code, Diagnostic};
use crate::spec::Document;
use components::Components;
pub use properties::DeclaredProperty;
use properties::Properties;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// A component that others extend, and the types that its values can have.
#[derive(Debug, PartialEq)]
pub struct Family {
    /// The property that tells the members apart.
    pub property: String,
    /// True if a value without the property belongs to the first member: the base itself, which does
    /// not require the property.
    pub untagged_is_base: bool,
    /// The types that can occur. If the component itself can occur, it is the first one.
    pub members: Vec<Member>,
}

/// A component that can occur where the document refers to the base of its family.
#[derive(Debug, PartialEq)]
pub struct Member {
    /// The JSON pointer of the component.
    pub pointer: String,
    /// The values of the discriminator that select the member.
    pub tags: Vec<String>,
    /// True if the member is told apart from the components that extend it by a discriminator of
    /// its own. It is then a union inside of the union.
    pub is_nested: bool,
}

/// The maximum number of members of all families together. Each component that extends another one
/// can be a member of every family above it.
const MAX_MEMBERS: usize = 20_000;

/// The families of a document.
pub struct Families {
    families: HashMap<String, Rc<Family>>,
    /// The component whose family has too many members.
    too_large: Option<String>,
    /// The components that extend another one in a family, with all components that they extend.
    ancestors: HashMap<String, HashSet<String>>,
}

impl Families {
    pub fn of(document: &Document) -> Self {
        let components = Components::of(document);
        let properties = Properties::of(&components);
        let mut families = HashMap::new();
        let mut ancestors: HashMap<String, HashSet<String>> = HashMap::new();
        let mut too_large = None;
        let mut count = 0;
        for pointer in components.with_discriminator() {
            let Some(found) = Found::of(&components, pointer) else {
                continue;
            };
            count += found.members.len();
            if count > MAX_MEMBERS {
                too_large = Some(pointer.to_owned());
                break;
            }
            let Some(family) = family(&components, &properties, pointer, &found) else {
                continue;
            };
            for descendant in components.descendants(pointer) {
                let known = ancestors.entry(descendant.to_owned()).or_default();
                known.insert(pointer.to_owned());
            }
            families.insert(pointer.to_owned(), Rc::new(family));
        }
        Self {
            families,
            too_large,
            ancestors,
        }
    }

    /// Returns an error if a few components that extend each other would need too many variants.
    pub fn problem(&self) -> Option<Diagnostic> {
        let pointer = self.too_large.clone()?;
        let message = format!(
            "more than {MAX_MEMBERS} variants for schemas that extend each other below a discriminator"
        );
        Some(Diagnostic::new(Code::Bound, pointer, message))
    }

    /// Returns the family whose base is the component at a location.
    pub fn get(&self, pointer: &str) -> Option<&Rc<Family>> {
        self.families.get(pointer)
    }

    /// Returns true if a component extends the base of a family.
    pub fn has_ancestor(&self, pointer: &str) -> bool {
        self.ancestors.contains_key(pointer)
    }

    /// Returns true if a component extends the base of the family at `ancestor`.
    pub fn extends(&self, pointer: &str, ancestor: &str) -> bool {
        let ancestors = self.ancestors.get(pointer);
        ancestors.is_some_and(|ancestors| ancestors.contains(ancestor))
    }
}

/// Returns the family of a component; `None` if no other type can occur in its place.
fn family(
    components: &Components<'_>,
    properties: &Properties,
    pointer: &str,
    found: &Found<'_>,
) -> Option<Family> {
    let property = found.property;
    let mapping = components.mapping(pointer, property);
    let tags = tags::assign(components, properties, property, &mapping, &found.members);
    let untagged_is_base = !properties.requires(pointer, property);
    let members = found.members.iter().zip(tags).enumerate();
    let members = members.filter(|(index, (_, tags))| {
        let is_untagged_base = *index == 0 && untagged_is_base;
        is_untagged_base || !tags.is_empty()
    });
    let members = members.map(|(_, ((pointer, is_nested), tags))| Member {
        pointer: (*pointer).to_owned(),
        tags,
        is_nested: *is_nested,
    });
    let members: Vec<Member> = members.collect();
    let has_others = members.iter().any(|member| member.pointer != pointer);
    has_others.then(|| Family {
        property: property.to_owned(),
        untagged_is_base,
        members,
    })
}

/// The components of a family, from the base to those that extend it.
struct Found<'c> {
    property: &'c str,
    /// The components. The second value is true for one with another discriminator.
    members: Vec<(&'c str, bool)>,
    seen: HashSet<&'c str>,
}

impl<'c> Found<'c> {
    /// Returns the family of a component; `None` if it has no discriminator, or no others.
    fn of(components: &'c Components<'_>, pointer: &'c str) -> Option<Self> {
        if !components.is_object(pointer) {
            return None;
        }
        let mut found = Self {
            property: &components.discriminator(pointer)?.property_name,
            members: Vec::new(),
            seen: HashSet::new(),
        };
        found.visit(components, pointer);
        for target in components.own_targets(pointer, found.property) {
            if components.is_plain_object(target) {
                found.add(target, false);
            }
        }
        (found.members.len() > 1).then_some(found)
    }

    fn add(&mut self, pointer: &'c str, is_nested: bool) -> bool {
        let is_new = self.seen.insert(pointer);
        if is_new {
            self.members.push((pointer, is_nested));
        }
        is_new
    }

    fn visit(&mut self, components: &'c Components<'_>, pointer: &'c str) {
        let discriminator = components.discriminator(pointer);
        let is_nested = discriminator.is_some_and(|other| other.property_name != self.property);
        if self.add(pointer, is_nested) && !is_nested {
            for child in components.children(pointer) {
                self.visit(components, child);
            }
        }
    }
}
