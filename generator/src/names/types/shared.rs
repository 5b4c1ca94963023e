//! Names of the types of parameters and properties, which several places of a document can share
//! under one word.

use super::namer::Namer;
use super::parent;
use crate::model::TypeId;
use crate::model::unnamed::Origin;

/// Words that say nothing about what has them.
const GENERIC: [&str; 17] = [
    "Attributes",
    "Data",
    "Field",
    "Id",
    "Info",
    "Input",
    "Item",
    "Kind",
    "Name",
    "Object",
    "Output",
    "Result",
    "Row",
    "Self",
    "Type",
    "Value",
    "Values",
];

/// The owner of a parameter or a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    /// The resource with this position: its parameters, bodies, and the properties of its entity.
    Resource(usize),
    Type(TypeId),
}

impl Namer<'_> {
    /// Returns the possible names of a type that parameters and properties have, the best one first.
    /// `None` if the type is none of these.
    pub(super) fn shared_names(&mut self, id: TypeId) -> Option<Vec<String>> {
        let origins = self.own_origins(id);
        let (first, rest) = origins.split_first()?;
        if !origins.iter().all(is_word_of_place) {
            return None;
        }
        if rest.is_empty() {
            return Some(vec![self.derived(id, first)]);
        }
        let best = self.best_place(&origins).unwrap_or(first);
        let by_place = self.derived(id, best);
        let owners: Vec<Owner> = origins
            .iter()
            .filter_map(|origin| self.owner_of(origin))
            .collect();
        let is_one_owner = owners
            .windows(2)
            .all(|pair| matches!(pair, [a, b] if a == b));
        Some(match owners.first() {
            Some(Owner::Resource(resource)) if is_one_owner => {
                vec![self.of_resource(*resource, best), by_place]
            }
            Some(Owner::Type(_)) if is_one_owner => vec![by_place],
            // The word says nothing without its place.
            _ if GENERIC.contains(&word_alone(best).as_str()) => vec![by_place],
            _ => vec![word_alone(best), by_place],
        })
    }

    /// Returns the origins after which a type is named: not those in discarded types.
    fn own_origins(&self, id: TypeId) -> Vec<Origin> {
        let origins = self.lowered.origins[id].iter();
        let own = origins
            .filter(|origin| !self.has_discarded_parent(origin) && parent(origin) != Some(id));
        own.cloned().collect()
    }

    /// Returns the origin that says most: a property of an entity, then one of another type, then a
    /// parameter.
    fn best_place<'o>(&self, origins: &'o [Origin]) -> Option<&'o Origin> {
        origins
            .iter()
            .min_by_key(|origin| match (origin, self.owner_of(origin)) {
                (Origin::Property { .. }, Some(Owner::Resource(_))) => 0,
                (Origin::Property { .. }, _) => 1,
                (Origin::Parameter { .. }, _) => 2,
                _ => 3,
            })
    }

    fn owner_of(&self, origin: &Origin) -> Option<Owner> {
        match origin {
            Origin::Parameter { operation, .. } | Origin::BodyField { operation, .. } => {
                Some(Owner::Resource(operation.resource()))
            }
            Origin::Property { parent, .. } => {
                let resource = self
                    .entities
                    .iter()
                    .position(|entity| *entity == Some(*parent));
                Some(resource.map_or(Owner::Type(*parent), Owner::Resource))
            }
            _ => None,
        }
    }

    /// Returns the name of a type that only one resource uses: that of the property of its entity
    /// (`CommissionStatus`), else the singular of the tag with the parameter.
    fn of_resource(&mut self, resource: usize, origin: &Origin) -> String {
        if let Origin::Property { parent, .. } = origin {
            return format!("{}{}", self.name(*parent), word_alone(origin));
        }
        let resource = self.lowered.resources.get(resource);
        let tag = resource.filter(|resource| !resource.name.wire.trim().is_empty());
        let entity = tag
            .map(super::super::stems::entity_name)
            .unwrap_or_default();
        format!("{entity}{}", word_alone(origin))
    }
}

/// Returns true for the origins that name a type by the word of a parameter or a property.
fn is_word_of_place(origin: &Origin) -> bool {
    matches!(
        origin,
        Origin::Parameter { .. } | Origin::BodyField { .. } | Origin::Property { .. }
    )
}

/// Returns the word of a parameter or a property: `SortOrder`.
fn word_alone(origin: &Origin) -> String {
    match origin {
        Origin::Parameter { wire, .. } => super::namer::suffix(wire, ""),
        Origin::BodyField { wire, item, .. } | Origin::Property { wire, item, .. } => {
            super::namer::property(wire, *item)
        }
        _ => String::new(),
    }
}
