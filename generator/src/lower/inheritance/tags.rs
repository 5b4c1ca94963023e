//! The tags of the members of a family.

use super::components::Components;
use super::properties::Properties;
use crate::lower::schema::is_case_variant;
use std::collections::{HashMap, HashSet};

/// Returns the tags of each member, where the first one is the base. No tag selects two members.
///
/// The tags of a member are those that the mapping maps to it. Otherwise they are the values that
/// the member itself declares for the property, then the value that is its name, then its name.
/// The base also gets the values of its `enum` that belong to no member.
///
/// A member that others extend is abstract, without a tag of the last kind, if its property has an
/// `enum`, or if it has a mapping of its own.
pub(super) fn assign(
    components: &Components<'_>,
    properties: &Properties,
    property: &str,
    mapping: &[(String, &str)],
    members: &[(&str, bool)],
) -> Vec<Vec<String>> {
    let mut claimed: HashSet<String> = mapping.iter().map(|(tag, _)| tag.clone()).collect();
    let mut mapped: HashMap<&str, Vec<String>> = HashMap::new();
    for (tag, target) in mapping {
        mapped.entry(target).or_default().push(tag.clone());
    }
    let all = members.iter();
    let all = all.map(|(pointer, _)| mapped.remove(pointer).unwrap_or_default());
    let mut all: Vec<Vec<String>> = all.collect();
    let rules = Rules::new(components, properties, property, members);
    for rule in [Rules::declared, Rules::value_like_name, Rules::own_name] {
        for ((pointer, _), tags) in members.iter().zip(&mut all) {
            if tags.is_empty() {
                let mut found = rule(&rules, pointer, !mapping.is_empty());
                found.retain(|tag| claimed.insert(tag.clone()));
                *tags = found;
            }
        }
    }
    if let (Some((base, _)), Some(tags)) = (members.first(), all.first_mut()) {
        let values = rules.own_values(base).unwrap_or_default().iter();
        let rest = values.filter(|value| claimed.insert((*value).clone()));
        tags.extend(rest.cloned());
    }
    all
}

/// The rules for members that the mapping does not contain.
struct Rules<'a> {
    components: &'a Components<'a>,
    properties: &'a Properties,
    property: &'a str,
    /// The lists of values that several members declare, so that they do not tell them apart.
    shared: HashSet<&'a [String]>,
}

impl<'a> Rules<'a> {
    fn new(
        components: &'a Components<'a>,
        properties: &'a Properties,
        property: &'a str,
        members: &[(&str, bool)],
    ) -> Self {
        let mut rules = Self {
            components,
            properties,
            property,
            shared: HashSet::new(),
        };
        let mut seen = HashSet::new();
        let lists = members.iter();
        let lists = lists.filter_map(|(pointer, _)| rules.own_values(pointer));
        rules.shared = lists.filter(|values| !seen.insert(*values)).collect();
        rules
    }

    fn values(&self, pointer: &str) -> &'a [String] {
        let values = self.properties.values(pointer, self.property);
        values.map_or(&[], |(_, values)| values)
    }

    /// Returns the values that a member itself declares for the property.
    fn own_values(&self, pointer: &str) -> Option<&'a [String]> {
        let (owner, values) = self.properties.values(pointer, self.property)?;
        (owner == pointer).then_some(values)
    }

    /// Returns the values that only the member can have.
    fn declared(&self, pointer: &str, _: bool) -> Vec<String> {
        // A base lists the values of all that extend it, unless there is only one.
        let is_own = |values: &&[String]| {
            let is_one = values.len() == 1 || !self.components.is_extended(pointer);
            is_one && !self.shared.contains(*values)
        };
        let values = self.own_values(pointer).filter(is_own);
        values.unwrap_or_default().to_vec()
    }

    /// Returns the value of the property's `enum` that is the name of the member, or its name in
    /// another case.
    fn value_like_name(&self, pointer: &str, _: bool) -> Vec<String> {
        let values = self.values(pointer);
        let name = Components::name(pointer);
        let mut exact = values.iter().filter(|value| **value == name);
        let mut similar = values.iter().filter(|value| is_case_variant(value, &name));
        let value = exact.next().or_else(|| similar.next());
        value.cloned().into_iter().collect()
    }

    /// Returns the name of the member, unless it is abstract.
    fn own_name(&self, pointer: &str, is_mapped: bool) -> Vec<String> {
        let has_values = !self.values(pointer).is_empty();
        let is_mapping_own = is_mapped && self.components.has_own_discriminator(pointer);
        if self.components.is_extended(pointer) && (has_values || is_mapping_own) {
            return Vec::new();
        }
        vec![Components::name(pointer)]
    }
}
