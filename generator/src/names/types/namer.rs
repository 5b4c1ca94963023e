//! Decides the names of types from their origins.

use super::super::case::{pascal, unescape_keyword};
use super::super::entity;
use super::super::error_bodies::ErrorBodyNames;
use super::super::operations::collision;
use super::super::reserved::{self, Namespace};
use super::super::scope::{Scope, shorten};
use super::super::stems::{Stems, entity_name, stems};
use super::component::ComponentNames;
use super::{MAX_NAME_LENGTH, parent, response};
use crate::diagnostic::Diagnostic;
use crate::model::unnamed::{Kind, Lowered, OperationId, Origin, TypeDef};
use crate::model::{Record, TypeId, TypeTable};
use crate::words::{self, singular};
use std::collections::HashSet;

/// Decides the names of types from their origins.
pub struct Namer<'a> {
    pub(super) lowered: &'a Lowered,
    /// For each type, true if an operation or an error uses it.
    reachable: &'a TypeTable<bool>,
    /// The entity of each resource.
    pub(super) entities: Vec<Option<TypeId>>,
    components: ComponentNames,
    pub(super) error_bodies: ErrorBodyNames,
    scope: Scope,
    record: &'a Record,
    /// The names in the record. Only the types that have them there may take them.
    recorded: HashSet<&'a str>,
    /// The names decided so far.
    names: TypeTable<Option<String>>,
    /// The types whose names are being decided, to detect a type that is named after itself.
    in_progress: Vec<TypeId>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Namer<'a> {
    pub fn new(
        lowered: &'a Lowered,
        error_bodies: ErrorBodyNames,
        reachable: &'a TypeTable<bool>,
        record: &'a Record,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        Self {
            lowered,
            reachable,
            entities: entity::all(lowered),
            components: ComponentNames::of(lowered),
            error_bodies,
            scope: Scope::with_reserved(&reserved::names(Namespace::Type)),
            record,
            recorded: record.type_names(),
            names: lowered.types.map(|_, _| None),
            in_progress: Vec::new(),
            diagnostics,
        }
    }

    /// Returns the name of each type, and adds the names to the record.
    ///
    /// Types are named in the order of their best origins, so that a derived name never takes the
    /// name of a component. If it takes a name that `x-rust-name` sets, that is an error.
    pub fn names(mut self, new_record: &mut Record) -> TypeTable<String> {
        let mut order: Vec<TypeId> = self.lowered.types.ids().collect();
        order.retain(|id| self.reachable[*id]);
        order.sort_by_key(|id| {
            let is_chosen = !self.lowered.types[*id].rust.is_empty();
            let is_entity = self.entities.contains(&Some(*id));
            (!is_chosen, self.best_origin(*id).map(rank), !is_entity)
        });
        for &id in &order {
            self.name(id);
        }
        self.record_names(&order, new_record);
        // The types that are not generated still need a name, as the others may refer to them.
        let ids = self.lowered.types.map(|id, _| id);
        ids.map(|_, id| self.decide(*id))
    }

    /// Returns the origin after which a type is named: the one with the lowest rank. An origin in a
    /// discarded type or in the type itself is used only if there is no other.
    fn best_origin(&self, id: TypeId) -> Option<&'a Origin> {
        let origins = self.lowered.origins[id].iter();
        origins.min_by_key(|origin| {
            let is_own_parent = parent(origin) == Some(id);
            (
                self.has_discarded_parent(origin) || is_own_parent,
                rank(origin),
            )
        })
    }

    /// Returns true if the parent of an origin was discarded, such as a union that was lowered to a
    /// string.
    pub(super) fn has_discarded_parent(&self, origin: &Origin) -> bool {
        parent(origin).is_some_and(|parent| {
            let is_chosen = !self.lowered.types[parent].rust.is_empty();
            !is_chosen && self.lowered.origins[parent].is_empty()
        })
    }

    /// Returns the name of a type.
    pub(super) fn name(&mut self, id: TypeId) -> String {
        if self.in_progress.contains(&id) {
            // The origins of the type contain the type itself, so only its location can name it.
            return location_name(&self.lowered.types[id]);
        }
        self.decide(id)
    }

    /// Returns the name of a type, and decides it the first time.
    fn decide(&mut self, id: TypeId) -> String {
        if let Some(name) = &self.names[id] {
            return name.clone();
        }
        let name = self.new_name(id);
        self.names[id] = Some(name.clone());
        name
    }

    /// Decides the name of a type: the one that the document sets, else the recorded one, else the
    /// first of the derived ones that is free.
    fn new_name(&mut self, id: TypeId) -> String {
        let def = &self.lowered.types[id];
        if !def.rust.is_empty() {
            let name = pascal(&def.rust, "Type");
            return match self.reachable[id] {
                true => self.claim_chosen(name, def),
                false => name,
            };
        }
        self.in_progress.push(id);
        let mut candidates = self.candidates(id);
        self.in_progress.pop();
        for name in &mut candidates {
            *name = shorten(std::mem::take(name), MAX_NAME_LENGTH);
        }
        let last = candidates.last().cloned().unwrap_or_default();
        if !self.reachable[id] {
            // The type is not generated, so its name need not be unique. It is only a part of other
            // names.
            return candidates.into_iter().next().unwrap_or(last);
        }
        let keys = self.recorded_keys(id);
        if let Some(name) = self.record.type_name(&keys)
            && self.scope.claim(name, &def.pointer).is_ok()
        {
            return name.to_owned();
        }
        if self.is_component(id) {
            return self.claim_chosen(last, def);
        }
        let recorded = &self.recorded;
        candidates.retain(|name| !recorded.contains(name.as_str()));
        let mut names = candidates.into_iter();
        match names.find(|name| self.scope.claim(name, &def.pointer).is_ok()) {
            Some(name) => name,
            None => self.claim_by_kind(last, def),
        }
    }

    /// Returns the derived names of a type, the best one first.
    fn candidates(&mut self, id: TypeId) -> Vec<String> {
        let Some(origin) = self.best_origin(id) else {
            return vec![location_name(&self.lowered.types[id])];
        };
        if let Origin::Component(_) = origin {
            return vec![self.derived(id, origin)];
        }
        if let Some(resource) = self.resource_of_entity(id) {
            return vec![entity_name(resource), self.derived(id, origin)];
        }
        if let Some(item) = self.item_of_response(id) {
            let by_place = self.derived(id, origin);
            return vec![item, by_place];
        }
        match self.shared_names(id) {
            Some(names) => names,
            None => vec![self.derived(id, origin)],
        }
    }

    /// Returns the resource whose entity a type is.
    fn resource_of_entity(&self, id: TypeId) -> Option<&'a crate::model::unnamed::Resource> {
        let index = self
            .entities
            .iter()
            .position(|entity| *entity == Some(id))?;
        self.lowered.resources.get(index)
    }

    /// Returns the name of the items in the envelope of a response, if the path names them.
    fn item_of_response(&self, id: TypeId) -> Option<String> {
        let mut origins = self.lowered.origins[id].iter();
        let lowered = self.lowered;
        origins.find_map(|origin| match origin {
            Origin::Success { operation } => response::subject(lowered, *operation, id),
            Origin::Property { parent, wire, .. } if words::is_envelope(wire) => {
                let mut origins = lowered.origins[*parent].iter();
                origins.find_map(|origin| match origin {
                    Origin::Success { operation } => response::named_by_path(lowered, *operation),
                    _ => None,
                })
            }
            _ => None,
        })
    }

    /// Claims a name that the document sets. Reports an error if another type already has it.
    fn claim_chosen(&mut self, name: String, def: &TypeDef) -> String {
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

    /// Claims a name with a word for the kind of the type, else with the first number from 2 that
    /// makes it unique.
    fn claim_by_kind(&mut self, name: String, def: &TypeDef) -> String {
        let kind = match &def.kind {
            Kind::Struct { .. } => "Details",
            Kind::Enum { .. } => "Value",
            Kind::Union { .. } => "Choice",
            Kind::Alias(_) => "Alias",
        };
        let by_kind = format!("{name}{kind}");
        let is_free = !self.recorded.contains(by_kind.as_str());
        if is_free && self.scope.claim(&by_kind, &def.pointer).is_ok() {
            return by_kind;
        }
        let mut name = name;
        while self.recorded.contains(name.as_str()) {
            name.push('2');
        }
        self.scope.claim_unique(name, &def.pointer)
    }

    /// Derives a name from an origin.
    pub(super) fn derived(&mut self, id: TypeId, origin: &Origin) -> String {
        match origin {
            Origin::Component(name) => self.components.name(name),
            Origin::Success { operation } => response::of_operation(self.lowered, *operation, id),
            Origin::Webhook(name) => format!("{}Payload", suffix(name, "Webhook")),
            Origin::Error { status } => self.error_bodies.name(id, *status),
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
                format!("{}{}", self.place(*parent), property(wire, *item))
            }
            // An inline type that only requests contain needs no second name.
            Origin::Input { of } if !self.reachable[*of] && !self.is_component(*of) => {
                self.name(*of)
            }
            Origin::Input { of } => format!("{}Input", self.name(*of)),
            Origin::Base { union } => format!("{}Base", self.name(*union)),
            Origin::Variant { union, hint } => self.variant_type(id, *union, hint),
        }
    }

    /// Returns the name of a type for the names of its parts: that of an inline response is the
    /// operation's (`TrackLeadClick`).
    fn place(&mut self, parent: TypeId) -> String {
        let name = self.name(parent);
        let origins = &self.lowered.origins[parent];
        let is_success = |origin: &Origin| matches!(origin, Origin::Success { .. });
        match name.strip_suffix("Response") {
            Some(operation) if origins.iter().all(is_success) && !operation.is_empty() => {
                operation.to_owned()
            }
            _ => name,
        }
    }

    /// Returns the name of the type of a variant: that of the union with the variant's own, unless
    /// the latter contains the former (`ClickEvent` of the union `Event`).
    fn variant_type(&mut self, id: TypeId, union: TypeId, hint: &str) -> String {
        let word = match &self.lowered.types[union].kind {
            Kind::Union { variants, .. } => {
                let mut variants = variants.iter();
                let variant = variants.find(|variant| variant.ty.id() == Some(id));
                variant
                    .map(|variant| variant.rust.as_str())
                    .filter(|word| !word.is_empty())
            }
            _ => None,
        };
        let word = suffix(word.unwrap_or(hint), "Variant");
        let union = self.name(union);
        let (parts, whole) = (words::split(&word), words::split(&union));
        if parts.len() > whole.len() && parts.ends_with(&whole) {
            return word;
        }
        format!("{union}{word}")
    }

    /// Returns true if an operation or an error uses a type.
    pub(super) fn is_reachable(&self, id: TypeId) -> bool {
        self.reachable[id]
    }

    fn is_component(&self, id: TypeId) -> bool {
        let mut origins = self.lowered.origins[id].iter();
        origins.any(|origin| matches!(origin, Origin::Component(_)))
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
        Origin::Success { .. } | Origin::Webhook(_) => 1,
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
pub(super) fn suffix(wire: &str, prefix: &str) -> String {
    unescape_keyword(&pascal(wire, prefix)).to_owned()
}

/// Returns the part of a type's name that comes from a property: singular for the items of an array
/// or a map, otherwise unchanged.
pub(super) fn property(wire: &str, item: bool) -> String {
    let name = suffix(wire, "");
    if item { singular(&name) } else { name }
}
