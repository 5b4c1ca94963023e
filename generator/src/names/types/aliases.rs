//! Aliases of types. A type gets a name from each location where it occurs: one becomes its name,
//! the others become aliases. So a name stays valid if a location with a better name is added
//! later.

use super::{MAX_NAME_LENGTH, Namer, Names, property, suffix};
use crate::model::unnamed::Origin;
use crate::model::{Docs, Kind, Type, TypeDef, TypeId, TypeTable};
use crate::names::scope::shorten;
use std::collections::{HashSet, VecDeque};

/// The maximum number of aliases that a type gets as a part of other types. The other types may
/// have many aliases themselves.
const MAX_NESTED_ALIASES: usize = 1024;

/// The maximum number of such aliases in total. The largest documents need fewer.
const MAX_TOTAL_NESTED_ALIASES: usize = 20_000;

/// The budget for aliases that types get as parts of other types. A part gets one alias for each
/// name of its parent, so their number multiplies with each level of nesting.
struct AliasBudget {
    used_per_type: TypeTable<usize>,
    remaining: usize,
}

impl AliasBudget {
    /// Counts one more alias of the type. Returns false if the budget is used up.
    fn spend(&mut self, id: TypeId) -> bool {
        let used = &mut self.used_per_type[id];
        let is_left = *used < MAX_NESTED_ALIASES && self.remaining > 0;
        if is_left {
            *used += 1;
            self.remaining -= 1;
        }
        is_left
    }
}

/// Returns a definition for each alias of a type.
pub(super) fn definitions(pointer: &str, names: &Names) -> impl Iterator<Item = TypeDef> {
    names.aliases.iter().map(|alias| TypeDef {
        rust: alias.clone(),
        pointer: pointer.to_owned(),
        docs: Docs::default(),
        deprecated: None,
        error_payload: false,
        kind: Kind::Alias(Type::Named(names.name.clone())),
    })
}

impl Namer<'_> {
    /// Adds the aliases to the names of these types. All types must have their first name already,
    /// so that an alias never takes the name of a type.
    pub(super) fn add_aliases(&mut self, types: &[TypeId]) {
        let types_and_ancestors = self.types_and_ancestors(types);
        let back_edges = self.back_edges();
        let mut alias_budget = AliasBudget {
            used_per_type: self.names.map(|_, _| 0),
            remaining: MAX_TOTAL_NESTED_ALIASES,
        };
        // The parts of a type get an alias for each of its aliases, so repeat until no alias is
        // new.
        let mut new = true;
        while new {
            new = false;
            for &id in &types_and_ancestors {
                new |= self.aliases(id, &back_edges, &mut alias_budget);
            }
        }
    }

    /// Returns the types, and all types that contain one of them in the document. A type that is no
    /// longer used after lowering still contributes names to its parts.
    fn types_and_ancestors(&mut self, order: &[TypeId]) -> Vec<TypeId> {
        let mut types_and_ancestors = order.to_vec();
        let mut known = self.reachable.clone();
        let mut index = 0;
        while let Some(&id) = types_and_ancestors.get(index) {
            index += 1;
            for parent in self.lowered.origins[id].iter().filter_map(parent) {
                if !std::mem::replace(&mut known[parent], true) {
                    types_and_ancestors.push(parent);
                    self.name(parent);
                }
            }
        }
        types_and_ancestors
    }

    /// Returns the steps from a type to its part that close a cycle. Names that follow such a step
    /// would grow without end.
    fn back_edges(&self) -> HashSet<(TypeId, TypeId)> {
        let steps = || {
            let parts = self.lowered.origins.iter();
            parts.flat_map(|(id, origins)| {
                let parents = origins.iter().filter_map(parent);
                parents.map(move |parent| (parent, id))
            })
        };
        let mut parts: TypeTable<Vec<TypeId>> = self.names.map(|_, _| Vec::new());
        for (parent, id) in steps() {
            parts[parent].push(id);
        }
        let depths = self.depths(&parts);
        steps()
            .filter(|&(parent, id)| depths[parent] >= depths[id] && self.is_nested_in(parent, id))
            .collect()
    }

    /// Returns the depth of each type: the smallest number of steps from a type that occurs outside
    /// of other types. `None` if there is no such path.
    fn depths(&self, parts: &TypeTable<Vec<TypeId>>) -> TypeTable<Option<usize>> {
        let is_root = |origins: &[Origin]| origins.iter().any(|origin| parent(origin).is_none());
        let origins = &self.lowered.origins;
        let mut depths = origins.map(|_, origins| is_root(origins).then_some(0));
        let roots = depths.iter().filter(|(_, depth)| depth.is_some());
        let mut pending: VecDeque<(TypeId, usize)> = roots.map(|(id, _)| (id, 0)).collect();
        while let Some((id, depth)) = pending.pop_front() {
            for &part in &parts[id] {
                if depths[part].is_none() {
                    depths[part] = Some(depth + 1);
                    pending.push_back((part, depth + 1));
                }
            }
        }
        depths
    }

    /// Returns true if a type is a part of `ancestor`, directly or indirectly.
    fn is_nested_in(&self, id: TypeId, ancestor: TypeId) -> bool {
        let mut seen = HashSet::new();
        let mut pending = vec![id];
        while let Some(id) = pending.pop() {
            if id == ancestor {
                return true;
            }
            if seen.insert(id) {
                pending.extend(self.lowered.origins[id].iter().filter_map(parent));
            }
        }
        false
    }

    /// Returns true if the parent of an origin was discarded, such as a union that was lowered to a
    /// string.
    pub(super) fn has_discarded_parent(&self, origin: &Origin) -> bool {
        parent(origin).is_some_and(|parent| {
            let is_chosen = !self.lowered.types[parent].rust.is_empty();
            !is_chosen && self.lowered.origins[parent].is_empty()
        })
    }

    /// Adds the aliases of a type from all its origins. Returns true if one of them is new.
    fn aliases(
        &mut self,
        id: TypeId,
        back_edges: &HashSet<(TypeId, TypeId)>,
        alias_budget: &mut AliasBudget,
    ) -> bool {
        let lowered = self.lowered;
        let def = &lowered.types[id];
        if !def.rust.is_empty() {
            return false;
        }
        let mut new = false;
        for origin in &lowered.origins[id] {
            let is_back_edge =
                parent(origin).is_some_and(|parent| back_edges.contains(&(parent, id)));
            if is_back_edge || self.has_discarded_parent(origin) {
                continue;
            }
            for name in self.names_from(id, origin) {
                let may_have = self.scope.is_free(&name)
                    && (parent(origin).is_none() || alias_budget.spend(id));
                if may_have && self.scope.claim(&name, &def.pointer).is_ok() {
                    self.decide(id).aliases.push(name);
                    new = true;
                }
            }
        }
        new
    }

    /// Returns the names of a type that follow from one origin. A part of another type gets one for
    /// each name of that type.
    fn names_from(&mut self, id: TypeId, origin: &Origin) -> Vec<String> {
        let (parent, suffix) = match origin {
            Origin::Component(_) | Origin::Base { .. } => return Vec::new(),
            Origin::Input { of } => (*of, "Input".to_owned()),
            Origin::Property { parent, wire, item } => (*parent, property(wire, *item)),
            Origin::Variant { union, hint } => (*union, suffix(hint, "Variant")),
            Origin::Error { status } => {
                let (name, aliases) = self.error_bodies.names(id, *status);
                let names = std::iter::once(name).chain(aliases);
                return names.map(|name| shorten(name, MAX_NAME_LENGTH)).collect();
            }
            // This operation alone would not identify the type as the entity of the resource, so
            // the type gets the response name as an alias.
            Origin::Success { operation } if !self.identifies_entity(id, *operation) => {
                return vec![shorten(self.response(id, *operation), MAX_NAME_LENGTH)];
            }
            _ => return vec![shorten(self.derived(id, origin), MAX_NAME_LENGTH)],
        };
        let Names { name, aliases } = self.decide(parent).clone();
        let parents = std::iter::once(name).chain(aliases);
        parents
            .map(|parent| shorten(format!("{parent}{suffix}"), MAX_NAME_LENGTH))
            .collect()
    }
}

/// Returns the type that contains a type of this origin; `None` if it is not a part of another
/// type.
pub(super) fn parent(origin: &Origin) -> Option<TypeId> {
    match origin {
        Origin::Property { parent, .. }
        | Origin::Variant { union: parent, .. }
        | Origin::Base { union: parent }
        | Origin::Input { of: parent } => Some(*parent),
        _ => None,
    }
}
