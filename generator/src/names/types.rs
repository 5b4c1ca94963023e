//! Names of the types in `models`.

mod aliases;

use super::case::{pascal, singular, unescape_keyword};
use super::entity::{self, entity};
use super::error_bodies::ErrorBodyNames;
use super::members;
use super::operations::{Stems, collision, stems};
use super::scope::{RESERVED, Scope, shorten};
use super::statuses::status_name;
use crate::diagnostic::Diagnostic;
use crate::lower::{Arena, Origin, TypeId};
use crate::model::{Api, Resource, TypeDef};

/// The maximum length of the name of a type.
const MAX_NAME_LENGTH: usize = 120;

/// Names the types and their members, and replaces type ids with names in all uses. Removes unused
/// types and adds the aliases.
pub fn assign(api: &mut Api, origins: &[Vec<Origin>], diagnostics: &mut Vec<Diagnostic>) {
    let reachable = super::uses::reachable(api);
    let error_bodies = ErrorBodyNames::of(api, origins);
    error_bodies.split_variants(&mut api.errors);
    let names = Namer::new(api, origins, error_bodies, &reachable, diagnostics).names();
    let aliases = aliases::aliases(api, &names, &reachable);
    members::keep_inline_variant_names(api, origins);
    for (def, names) in api.types.iter_mut().zip(&names) {
        def.rust = names.first().cloned().unwrap_or_default();
    }
    super::uses::rename(api, &names);
    let mut index = 0;
    api.types.retain(|_| {
        index += 1;
        reachable.get(index - 1).copied().unwrap_or_default()
    });
    for def in &mut api.types {
        members::assign(def, diagnostics);
    }
    api.types.extend(aliases);
    // Sorted by name, so that a new type does not move other types.
    api.types.sort_by(|a, b| a.rust.cmp(&b.rust));
    members::errors(&mut api.errors);
}

/// Decides the names of types from their origins.
struct Namer<'a> {
    api: &'a Api,
    origins: &'a [Vec<Origin>],
    /// For each type, true if an operation or an error uses it.
    reachable: &'a [bool],
    /// The entity of each resource.
    entities: Vec<Option<TypeId>>,
    /// The full names of the components. Removing the suffix `Schema` from a component must not
    /// result in one of these names.
    components: std::collections::HashSet<String>,
    error_bodies: ErrorBodyNames,
    scope: Scope,
    /// The names of each type so far: its name, followed by its aliases.
    names: Vec<Vec<String>>,
    /// The types whose names are being decided, to detect a type that is named after itself.
    in_progress: Vec<TypeId>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Namer<'a> {
    fn new(
        api: &'a Api,
        origins: &'a [Vec<Origin>],
        error_bodies: ErrorBodyNames,
        reachable: &'a [bool],
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        let components = origins.iter().flatten().filter_map(|origin| match origin {
            Origin::Component(name) => Some(pascal(name, "Type")),
            _ => None,
        });
        Self {
            api,
            origins,
            reachable,
            entities: api.resources.iter().map(entity).collect(),
            components: components.collect(),
            error_bodies,
            scope: Scope::with_reserved(&RESERVED),
            names: vec![Vec::new(); api.types.len()],
            in_progress: Vec::new(),
            diagnostics,
        }
    }

    /// Returns the names of each type: its name, followed by its aliases.
    ///
    /// Types are named in the order of their best origins, so that a derived name never takes the
    /// name of a component. If it takes a name that `x-rust-name` sets, that is an error.
    fn names(mut self) -> Vec<Vec<String>> {
        let mut order: Vec<TypeId> = (0..self.api.types.len()).collect();
        order.retain(|&id| self.reachable.get(id).copied().unwrap_or_default());
        order.sort_by_key(|&id| self.best_origin(id).map(rank));
        for &id in &order {
            self.name(id);
        }
        self.add_aliases(&order);
        self.names
    }

    /// Returns the origin after which a type is named: the one with the lowest rank. An origin in a
    /// discarded type or in the type itself is used only if there is no other.
    fn best_origin(&self, id: TypeId) -> Option<&'a Origin> {
        let origins = self.origins.get(id)?.iter();
        origins.min_by_key(|origin| {
            let is_own_parent = aliases::parent(origin) == Some(id);
            (
                self.has_discarded_parent(origin) || is_own_parent,
                rank(origin),
            )
        })
    }

    /// Returns the name of a type. Decides it first if necessary.
    fn name(&mut self, id: TypeId) -> String {
        if let Some(name) = self.names.get(id).and_then(|names| names.first()) {
            return name.clone();
        }
        let api = self.api;
        let Some(def) = api.types.get(id) else {
            return String::new();
        };
        if self.in_progress.contains(&id) {
            return "Recursive".to_owned();
        }
        self.in_progress.push(id);
        let name = match self.best_origin(id) {
            _ if !def.rust.is_empty() => pascal(&def.rust, "Type"),
            Some(origin) => self.derived(id, origin),
            None => "Unnamed".to_owned(),
        };
        self.in_progress.pop();
        let is_chosen =
            !def.rust.is_empty() || matches!(self.best_origin(id), Some(Origin::Component(_)));
        let is_unused = !self.reachable.get(id).copied().unwrap_or_default();
        let name = if is_unused {
            // The type is not generated, so its name need not be unique. It is only a part of other
            // names.
            shorten(name, MAX_NAME_LENGTH)
        } else if is_chosen {
            self.claim_type_name(name, def)
        } else {
            self.scope
                .claim_unique(shorten(name, MAX_NAME_LENGTH), &def.place)
        };
        if let Some(names) = self.names.get_mut(id) {
            names.push(name.clone());
        }
        name
    }

    /// Claims a name that the document sets. Reports an error if another type already has it.
    fn claim_type_name(&mut self, name: String, def: &TypeDef) -> String {
        let name = if RESERVED.contains(&name.as_str()) {
            format!("{}Model", unescape_keyword(&name))
        } else {
            name
        };
        let name = shorten(name, MAX_NAME_LENGTH);
        if let Err(holder) = self.scope.claim(&name, &def.place) {
            self.diagnostics
                .push(collision(&def.place, "type", &name, &holder));
            return self.scope.claim_unique(name, &def.place);
        }
        name
    }

    /// Derives a name from an origin.
    fn derived(&mut self, id: TypeId, origin: &Origin) -> String {
        match origin {
            Origin::Component(name) => self.component(name),
            Origin::Success {
                resource,
                operation,
            } => match self.owner(id) {
                Some(owner) => singular(&owner.name.rust),
                None => self.response(id, *resource, *operation),
            },
            Origin::Error { status } => {
                let names = self.error_bodies.names(id, *status);
                names.into_iter().next().unwrap_or_default()
            }
            Origin::ErrorEnum(wire) => format!("Error{}", suffix(wire, "")),
            Origin::Parameter {
                resource,
                operation,
                wire,
            } => {
                let stem = self
                    .operation(*resource, *operation)
                    .map(|stems| stems.parameter);
                format!("{}{}", stem.unwrap_or_default(), suffix(wire, ""))
            }
            Origin::Body {
                resource,
                operation,
            } => {
                let stem = self
                    .operation(*resource, *operation)
                    .map(|stems| stems.body);
                format!("{}Request", stem.unwrap_or_default())
            }
            Origin::BodyField {
                resource,
                operation,
                wire,
                item,
            } => {
                let stem = self
                    .operation(*resource, *operation)
                    .map(|stems| stems.body);
                format!("{}{}", stem.unwrap_or_default(), property(wire, *item))
            }
            Origin::Property { parent, wire, item } => {
                format!("{}{}", self.name(*parent), property(wire, *item))
            }
            Origin::Variant { union, hint } => {
                format!("{}{}", self.name(*union), suffix(hint, "Variant"))
            }
        }
    }

    /// Returns the name of a component. Removes the suffix `Schema`, unless another component has
    /// the shorter name.
    fn component(&self, name: &str) -> String {
        let full = pascal(name, "Type");
        let short = full
            .strip_suffix("Schema")
            .filter(|short| !short.is_empty());
        match short {
            Some(short) if !self.components.contains(short) => short.to_owned(),
            _ => full,
        }
    }

    /// Returns the first resource that has this type as its entity and also an operation that
    /// returns the type.
    fn owner(&self, id: TypeId) -> Option<&'a Resource> {
        let origins = self.origins.get(id)?.iter();
        let mut resources = origins.filter_map(|origin| match origin {
            Origin::Success { resource, .. } => Some(*resource),
            _ => None,
        });
        let owner = resources.find(|resource| self.is_owner(id, *resource))?;
        self.api.resources.get(owner)
    }

    fn is_owner(&self, id: TypeId, resource: usize) -> bool {
        self.entities.get(resource).copied().flatten() == Some(id)
    }

    /// Returns true if a type is the entity of a resource, and the operation would be enough to
    /// identify it as the entity.
    fn identifies_entity(&self, id: TypeId, resource: usize, operation: usize) -> bool {
        let owner = self.api.resources.get(resource);
        let operation = owner.and_then(|resource| resource.operations.get(operation));
        self.is_owner(id, resource)
            && owner
                .zip(operation)
                .is_some_and(|(resource, operation)| entity::rank(resource, operation).is_some())
    }

    /// Returns the name of a response type of an operation. If the operation has several response
    /// types, the names of all but the first include the status.
    fn response(&self, id: TypeId, resource: usize, operation: usize) -> String {
        let stem = self.operation(resource, operation).map(|stems| stems.body);
        let operation = self
            .api
            .resources
            .get(resource)
            .and_then(|resource| resource.operations.get(operation));
        let status = operation.and_then(|operation| {
            let responses = operation.success.responses();
            let mut typed_responses = responses.filter_map(|response| {
                let body = response.body.as_ref()?;
                Some((Arena::id_of(&body.ty)?, response.statuses))
            });
            let (first_id, _) = typed_responses.next()?;
            let (_, statuses) =
                typed_responses.find(|(other, _)| first_id != id && *other == id)?;
            Some(status_name(statuses))
        });
        format!(
            "{}{}Response",
            stem.unwrap_or_default(),
            status.unwrap_or_default()
        )
    }

    fn operation(&self, resource: usize, operation: usize) -> Option<Stems> {
        let resource = self.api.resources.get(resource)?;
        Some(stems(resource, resource.operations.get(operation)?))
    }
}

/// Returns the rank of an origin. A type is named after its origin with the lowest rank.
fn rank(origin: &Origin) -> u8 {
    match origin {
        Origin::Component(_) => 0,
        Origin::Success { .. } => 1,
        Origin::Error { .. } | Origin::ErrorEnum(_) => 2,
        Origin::Parameter { .. } => 3,
        Origin::Body { .. } => 4,
        Origin::BodyField { .. } => 5,
        Origin::Property { .. } => 6,
        Origin::Variant { .. } => 7,
    }
}

/// Converts a wire name to the last part of a longer name. Adds `prefix` to a part that would start
/// with a digit.
fn suffix(wire: &str, prefix: &str) -> String {
    unescape_keyword(&pascal(wire, prefix)).to_owned()
}

/// Returns the part of a type's name that comes from a property: singular for the items of an array
/// or a map, otherwise unchanged.
fn property(wire: &str, item: bool) -> String {
    let name = suffix(wire, "");
    if item { singular(&name) } else { name }
}
