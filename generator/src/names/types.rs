//! Names of the types in `models`.

mod aliases;

use super::case::{pascal, singular, unescape_keyword};
use super::entity::{self, entity};
use super::error_bodies::ErrorBodyNames;
use super::members;
use super::operations::{Stems, collision, stems};
use super::reserved::{self, Namespace};
use super::scope::{Scope, shorten};
use super::statuses::status_name;
use crate::diagnostic::Diagnostic;
use crate::model::unnamed::{Lowered, OperationId, Origin, Resource, TypeDef};
use crate::model::{Errors, Resource as NamedResource, TypeId, TypeTable};
use std::collections::HashMap;

/// The maximum length of the name of a type.
const MAX_NAME_LENGTH: usize = 120;

/// The parts of the model that contain types, with the names of the types.
pub struct Named {
    pub resources: Vec<NamedResource>,
    /// The types in use, in the order of their names, so that a new type does not move the others.
    pub types: Vec<crate::model::TypeDef>,
    pub errors: Errors,
}

/// Names the types and their members, and replaces type ids by names in all uses. Removes unused
/// types and adds the aliases.
pub fn assign(mut lowered: Lowered, diagnostics: &mut Vec<Diagnostic>) -> Named {
    let reachable = super::uses::reachable(&lowered);
    let error_bodies = ErrorBodyNames::of(&lowered);
    error_bodies.split_variants(&mut lowered.errors);
    let names = Namer::new(&lowered, error_bodies, &reachable, diagnostics).names();
    members::keep_inline_variant_names(&mut lowered);
    let originals = originals(&lowered, &names);
    let mut name = |id: TypeId| names[id].name.clone();
    let mut types = Vec::new();
    for (id, def) in lowered.types.into_iter().filter(|(id, _)| reachable[*id]) {
        types.extend(aliases::definitions(&def.pointer, &names[id]));
        let mut def = def.map(&mut name);
        def.rust = name(id);
        members::assign(&mut def, &originals, diagnostics);
        types.push(def);
    }
    types.sort_by(|a, b| a.rust.cmp(&b.rust));
    let resources = lowered.resources.into_iter();
    let resources = resources.map(|one| one.map(&mut name)).collect();
    let mut errors = lowered.errors.map(&mut name);
    members::errors(&mut errors);
    Named {
        resources,
        types,
        errors,
    }
}

/// Returns the names of the types for responses, by those of the types for requests.
fn originals(lowered: &Lowered, names: &TypeTable<Names>) -> HashMap<String, String> {
    let origins = lowered.origins.iter();
    let pairs = origins.flat_map(|(id, origins)| {
        origins.iter().filter_map(move |origin| match origin {
            Origin::Input { of } => Some((names[id].name.clone(), names[*of].name.clone())),
            _ => None,
        })
    });
    pairs.collect()
}

/// The name of a type, and its aliases.
#[derive(Clone)]
struct Names {
    name: String,
    aliases: Vec<String>,
}

/// Decides the names of types from their origins.
struct Namer<'a> {
    lowered: &'a Lowered,
    /// For each type, true if an operation or an error uses it.
    reachable: &'a TypeTable<bool>,
    /// The entity of each resource.
    entities: Vec<Option<TypeId>>,
    /// The full names of the components. Removing the suffix `Schema` from a component must not
    /// result in one of these names.
    components: std::collections::HashSet<String>,
    error_bodies: ErrorBodyNames,
    scope: Scope,
    /// The names decided so far.
    names: TypeTable<Option<Names>>,
    /// The types whose names are being decided, to detect a type that is named after itself.
    in_progress: Vec<TypeId>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Namer<'a> {
    fn new(
        lowered: &'a Lowered,
        error_bodies: ErrorBodyNames,
        reachable: &'a TypeTable<bool>,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        let origins = lowered.origins.values().flatten();
        let components = origins.filter_map(|origin| match origin {
            Origin::Component(name) => Some(pascal(name, "Type")),
            _ => None,
        });
        Self {
            lowered,
            reachable,
            entities: lowered.resources.iter().map(entity).collect(),
            components: components.collect(),
            error_bodies,
            scope: Scope::with_reserved(&reserved::names(Namespace::Type)),
            names: lowered.types.map(|_, _| None),
            in_progress: Vec::new(),
            diagnostics,
        }
    }

    /// Returns the names of each type.
    ///
    /// Types are named in the order of their best origins, so that a derived name never takes the
    /// name of a component. If it takes a name that `x-rust-name` sets, that is an error.
    fn names(mut self) -> TypeTable<Names> {
        let mut order: Vec<TypeId> = self.lowered.types.ids().collect();
        order.retain(|id| self.reachable[*id]);
        order.sort_by_key(|id| self.best_origin(*id).map(rank));
        for &id in &order {
            self.name(id);
        }
        self.add_aliases(&order);
        // The types that are not generated still need a name, as the others may refer to them.
        let ids = self.lowered.types.map(|id, _| id);
        ids.map(|_, id| self.decide(*id).clone())
    }

    /// Returns the origin after which a type is named: the one with the lowest rank. An origin in a
    /// discarded type or in the type itself is used only if there is no other.
    fn best_origin(&self, id: TypeId) -> Option<&'a Origin> {
        let origins = self.lowered.origins[id].iter();
        origins.min_by_key(|origin| {
            let is_own_parent = aliases::parent(origin) == Some(id);
            (
                self.has_discarded_parent(origin) || is_own_parent,
                rank(origin),
            )
        })
    }

    /// Returns the name of a type.
    fn name(&mut self, id: TypeId) -> String {
        if self.in_progress.contains(&id) {
            // The origins of the type contain the type itself, so only its location can name it.
            return location_name(&self.lowered.types[id]);
        }
        self.decide(id).name.clone()
    }

    /// Returns the names of a type, and decides them the first time.
    fn decide(&mut self, id: TypeId) -> &mut Names {
        let names = match self.names[id].take() {
            Some(names) => names,
            None => Names {
                name: self.new_name(id),
                aliases: Vec::new(),
            },
        };
        self.names[id].insert(names)
    }

    /// Decides the name of a type.
    fn new_name(&mut self, id: TypeId) -> String {
        let def = &self.lowered.types[id];
        let origin = self.best_origin(id);
        self.in_progress.push(id);
        let name = match origin {
            _ if !def.rust.is_empty() => pascal(&def.rust, "Type"),
            Some(origin) => self.derived(id, origin),
            None => location_name(def),
        };
        self.in_progress.pop();
        let chosen = !def.rust.is_empty() || matches!(origin, Some(Origin::Component(_)));
        if !self.reachable[id] {
            // The type is not generated, so its name need not be unique. It is only a part of other
            // names.
            shorten(name, MAX_NAME_LENGTH)
        } else if chosen {
            self.claim_type_name(name, def)
        } else {
            self.scope
                .claim_unique(shorten(name, MAX_NAME_LENGTH), &def.pointer)
        }
    }

    /// Claims a name that the document sets. Reports an error if another type already has it.
    fn claim_type_name(&mut self, name: String, def: &TypeDef) -> String {
        let name = if reserved::contains(Namespace::Type, &name) {
            format!("{}Model", unescape_keyword(&name))
        } else {
            name
        };
        let name = shorten(name, MAX_NAME_LENGTH);
        if let Err(holder) = self.scope.claim(&name, &def.pointer) {
            self.diagnostics
                .push(collision(&def.pointer, "type", &name, &holder));
            return self.scope.claim_unique(name, &def.pointer);
        }
        name
    }

    /// Derives a name from an origin.
    fn derived(&mut self, id: TypeId, origin: &Origin) -> String {
        match origin {
            Origin::Component(name) => self.component(name),
            Origin::Success { operation } => match self.owner(id) {
                Some(owner) => singular(&owner.name.rust),
                None => self.response(id, *operation),
            },
            Origin::Error { status } => self.error_bodies.names(id, *status).0,
            Origin::ErrorEnum(wire) => format!("Error{}", suffix(wire, "")),
            Origin::Parameter { operation, wire } => {
                format!("{}{}", self.stems(*operation).parameter, suffix(wire, ""))
            }
            Origin::Body { operation } => format!("{}Request", self.stems(*operation).body),
            Origin::BodyField {
                operation,
                wire,
                item,
            } => format!("{}{}", self.stems(*operation).body, property(wire, *item)),
            Origin::Property { parent, wire, item } => {
                format!("{}{}", self.name(*parent), property(wire, *item))
            }
            // An inline type that only requests contain needs no second name.
            Origin::Input { of } if !self.reachable[*of] && !self.is_component(*of) => {
                self.name(*of)
            }
            Origin::Input { of } => format!("{}Input", self.name(*of)),
            Origin::Base { union } => format!("{}Base", self.name(*union)),
            Origin::Variant { union, hint } => {
                format!("{}{}", self.name(*union), suffix(hint, "Variant"))
            }
        }
    }

    fn is_component(&self, id: TypeId) -> bool {
        let mut origins = self.lowered.origins[id].iter();
        origins.any(|origin| matches!(origin, Origin::Component(_)))
    }

    /// Returns the name of a component, without the suffix `Schema` unless another component has
    /// that name.
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
        let origins = self.lowered.origins[id].iter();
        let mut operations = origins.filter_map(|origin| match origin {
            Origin::Success { operation } => Some(*operation),
            _ => None,
        });
        let operation = operations.find(|operation| self.is_owner(id, *operation))?;
        Some(self.lowered.operation(operation).0)
    }

    /// Returns true if a type is the entity of the operation's resource.
    fn is_owner(&self, id: TypeId, operation: OperationId) -> bool {
        self.entities.get(operation.resource()) == Some(&Some(id))
    }

    /// Returns true if a type is the entity of a resource, and the operation would be enough to
    /// identify it as the entity.
    fn identifies_entity(&self, id: TypeId, operation: OperationId) -> bool {
        let (resource, source) = self.lowered.operation(operation);
        self.is_owner(id, operation) && entity::rank(resource, source).is_some()
    }

    /// Returns the name of a response type of an operation. If the operation has several response
    /// types, the names of all but the first include the status.
    fn response(&self, id: TypeId, operation: OperationId) -> String {
        let (_, source) = self.lowered.operation(operation);
        let mut named = source.success.responses().filter_map(|response| {
            let body = response.body.as_ref()?;
            Some((body.ty.id()?, response.statuses))
        });
        let is_first = named.next().is_none_or(|(first, _)| first == id);
        let status = named
            .find(|(other, _)| !is_first && *other == id)
            .map(|(_, statuses)| status_name(statuses));
        format!(
            "{}{}Response",
            self.stems(operation).body,
            status.unwrap_or_default()
        )
    }

    fn stems(&self, operation: OperationId) -> Stems {
        let (resource, operation) = self.lowered.operation(operation);
        stems(resource, operation)
    }
}

/// Returns a name for a type that has no origin outside of itself: the last two names in the JSON
/// pointer of its schema.
fn location_name(def: &TypeDef) -> String {
    let tokens: Vec<&str> = def.pointer.split('/').collect();
    let last = tokens.iter().rev().take(2).rev();
    pascal(&last.copied().collect::<Vec<_>>().join(" "), "Type")
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
        Origin::Base { .. } | Origin::Variant { .. } | Origin::Input { .. } => 7,
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
