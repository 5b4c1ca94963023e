//! Further names of types: one for each place where a type was met, so that nothing is renamed when a place that says
//! more is added.

use super::{LONGEST, Namer, end, property};
use crate::lower::{Origin, TypeId};
use crate::model::{Api, Docs, Kind, Type, TypeDef};
use crate::names::scope::shortened;
use std::collections::{HashSet, VecDeque};

/// How many names one type may have as a part of others: those may have many themselves, and so on.
const PART_NAMES: usize = 1024;

/// How many of those there may be in all, which is more than the largest documents need.
const ALL_PART_NAMES: usize = 20_000;

/// The names that types have as parts of others. Parents with many names give many, which multiply from level to level.
struct PartNames {
    of_each: Vec<usize>,
    left: usize,
}

impl PartNames {
    /// Whether the type may have another; counts it.
    fn spend(&mut self, id: TypeId) -> bool {
        match self.of_each.get_mut(id) {
            Some(count) if *count < PART_NAMES && self.left > 0 => {
                *count += 1;
                self.left -= 1;
                true
            }
            _ => false,
        }
    }
}

/// A definition for each aliases name of a type.
pub(super) fn aliases(api: &Api, names: &[Vec<String>], reached: &[bool]) -> Vec<TypeDef> {
    let mut aliases = Vec::new();
    for ((def, names), reached) in api.types.iter().zip(names).zip(reached) {
        let Some((first, others)) = names.split_first().filter(|_| *reached) else {
            continue;
        };
        aliases.extend(others.iter().map(|name| TypeDef {
            rust: name.clone(),
            place: def.place.clone(),
            docs: Docs::default(),
            deprecated: None,
            error_payload: false,
            kind: Kind::Alias(Type::Named(first.clone())),
        }));
    }
    aliases
}

impl Namer<'_> {
    /// Adds them to the names of these types. They must not take a name that a type needs, so all have theirs already.
    pub(super) fn add_aliases(&mut self, types: &[TypeId]) {
        let sources = self.sources(types);
        let backward = self.backward();
        let mut part_names = PartNames {
            of_each: vec![0; self.names.len()],
            left: ALL_PART_NAMES,
        };
        // The parts of a type that has several names have as many, so this goes on until nothing is new.
        let mut new = true;
        while new {
            new = false;
            for &id in &sources {
                new |= self.aliases(id, &backward, &mut part_names);
            }
        }
    }

    /// The types, and those that they or their parts were met in: what a type was made of gives names, too, though
    /// nothing speaks of it any more.
    fn sources(&mut self, order: &[TypeId]) -> Vec<TypeId> {
        let mut sources = order.to_vec();
        let mut known = self.reached.to_vec();
        let mut index = 0;
        while let Some(&id) = sources.get(index) {
            index += 1;
            for origin in self.origins.get(id).into_iter().flatten() {
                let Some(parent) = parent(origin) else {
                    continue;
                };
                if let Some(known) = known.get_mut(parent).filter(|known| !**known) {
                    *known = true;
                    sources.push(parent);
                    self.name(parent);
                }
            }
        }
        sources
    }

    /// The steps from a type to a part of it that lead back to where the type itself is a part: along them, names would
    /// grow round after round.
    fn backward(&self) -> HashSet<(TypeId, TypeId)> {
        let steps = || {
            let parts = self.origins.iter().enumerate();
            parts.flat_map(|(id, origins)| {
                let parents = origins.iter().filter_map(parent);
                parents.map(move |parent| (parent, id))
            })
        };
        let mut parts: Vec<Vec<TypeId>> = vec![Vec::new(); self.origins.len()];
        for (parent, id) in steps() {
            if let Some(parts) = parts.get_mut(parent) {
                parts.push(id);
            }
        }
        let depths = self.depths(&parts);
        let depth = |id: TypeId| depths.get(id).copied().flatten();
        steps()
            .filter(|&(parent, id)| depth(parent) >= depth(id) && self.is_within(parent, id))
            .collect()
    }

    /// How many steps there are from a place that is no part of a type, for each type.
    fn depths(&self, parts: &[Vec<TypeId>]) -> Vec<Option<usize>> {
        let is_root = |origins: &Vec<Origin>| origins.iter().any(|origin| parent(origin).is_none());
        let mut depths: Vec<Option<usize>> = self
            .origins
            .iter()
            .map(|origins| is_root(origins).then_some(0))
            .collect();
        let roots = depths.iter().enumerate();
        let mut waiting: VecDeque<TypeId> =
            roots.filter_map(|(id, depth)| depth.map(|_| id)).collect();
        while let Some(id) = waiting.pop_front() {
            let depth = depths.get(id).copied().flatten().unwrap_or_default();
            for &part in parts.get(id).into_iter().flatten() {
                if let Some(open @ None) = depths.get_mut(part) {
                    *open = Some(depth.saturating_add(1));
                    waiting.push_back(part);
                }
            }
        }
        depths
    }

    /// Whether a type is a part of another, directly or through others.
    fn is_within(&self, id: TypeId, whole: TypeId) -> bool {
        let mut seen = HashSet::new();
        let mut waiting = vec![id];
        while let Some(id) = waiting.pop() {
            if id == whole {
                return true;
            }
            if seen.insert(id) {
                let origins = self.origins.get(id).into_iter().flatten();
                waiting.extend(origins.filter_map(parent));
            }
        }
        false
    }

    /// Whether an origin leads to a type that came to nothing, such as a union that turned out to be a text.
    pub(super) fn is_nowhere(&self, origin: &Origin) -> bool {
        let Some(parent) = parent(origin) else {
            return false;
        };
        let def = self.api.types.get(parent);
        let is_chosen = def.is_some_and(|def| !def.rust.is_empty());
        !is_chosen && self.origins.get(parent).is_none_or(Vec::is_empty)
    }

    /// The names that a type has from the other places where it was met; whether there was a new one.
    fn aliases(
        &mut self,
        id: TypeId,
        backward: &HashSet<(TypeId, TypeId)>,
        part_names: &mut PartNames,
    ) -> bool {
        let (api, origins) = (self.api, self.origins);
        let Some(def) = api.types.get(id).filter(|def| def.rust.is_empty()) else {
            return false;
        };
        let mut new = false;
        for origin in origins.get(id).into_iter().flatten() {
            let is_backward = parent(origin).is_some_and(|parent| backward.contains(&(parent, id)));
            if is_backward || self.is_nowhere(origin) {
                continue;
            }
            for name in self.names_from(id, origin) {
                let may_have =
                    self.scope.is_free(&name) && (parent(origin).is_none() || part_names.spend(id));
                if may_have
                    && self.scope.claim(&name, &def.place).is_ok()
                    && let Some(names) = self.names.get_mut(id)
                {
                    names.push(name);
                    new = true;
                }
            }
        }
        new
    }

    /// The names that one place gives a type: a part of another type takes part in all of its names.
    fn names_from(&mut self, id: TypeId, origin: &Origin) -> Vec<String> {
        let (parent, end) = match origin {
            Origin::Component(_) => return Vec::new(),
            Origin::Property { parent, wire, item } => (*parent, property(wire, *item)),
            Origin::Variant { union, hint } => (*union, end(hint, "Variant")),
            Origin::Error { status } => {
                let names = self.error_bodies.names(id, *status).into_iter();
                return names.map(|name| shortened(name, LONGEST)).collect();
            }
            // What a resource is about has a name of its own where an operation gives it that does not tell.
            Origin::Success {
                resource,
                operation,
            } if !self.tells(id, *resource, *operation) => {
                return vec![shortened(self.response(id, *resource, *operation), LONGEST)];
            }
            _ => return vec![shortened(self.derived(id, origin), LONGEST)],
        };
        let parents = self.names.get(parent).into_iter().flatten();
        parents
            .map(|parent| shortened(format!("{parent}{end}"), LONGEST))
            .collect()
    }
}

/// The type that one of this origin is a part of.
pub(super) fn parent(origin: &Origin) -> Option<TypeId> {
    match origin {
        Origin::Property { parent, .. } | Origin::Variant { union: parent, .. } => Some(*parent),
        _ => None,
    }
}
