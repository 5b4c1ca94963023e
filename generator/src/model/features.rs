//! The features of a crate that has one for each tag, and the types that depend on them.

use super::{Api, Operation, Resource};
use std::collections::{BTreeSet, HashMap};

/// The features that an item requires: one of them is enough. An item without a gate is part of every
/// crate.
pub type Gate<'a> = BTreeSet<&'a str>;

impl Api {
    /// Returns the gate of each type that only some tags use, directly or through other types. There
    /// are none if the crate does not have a feature for each tag.
    pub fn type_gates(&self) -> HashMap<&str, Gate<'_>> {
        let features: Vec<_> = self.resources.iter().filter_map(feature).collect();
        if features.is_empty() {
            return HashMap::new();
        }
        let mut gates: HashMap<&str, Gate<'_>> = HashMap::new();
        for (resource, feature) in &features {
            let direct = resource.operations.iter().flat_map(Operation::types);
            for name in self.reachable(direct) {
                gates.entry(name).or_default().insert(feature);
            }
        }
        // The errors of all operations are one enum, and webhooks have a feature of their own.
        let other_types = self.types.iter().filter(|def| {
            let name = def.rust.as_str();
            !gates.contains_key(name)
        });
        let other_types = other_types.flat_map(|def| def.kind.types());
        let webhooks = self.webhooks.iter().map(|webhook| &webhook.ty);
        let common = self.errors.types().chain(webhooks).chain(other_types);
        for name in self.reachable(common) {
            gates.remove(name);
        }
        gates.retain(|_, gate| gate.len() < features.len());
        gates
    }
}

/// Returns a resource with its feature, if it has one.
fn feature(resource: &Resource) -> Option<(&Resource, &str)> {
    Some((resource, resource.feature.as_deref()?))
}
