//! The origins of types as the record of names has them.

use super::super::operations;
use super::super::statuses::status_name;
use super::namer::Namer;
use crate::model::unnamed::{Kind, Lowered, OperationId, Origin};
use crate::model::{Record, TypeId};
use std::collections::HashMap;

/// The use of the origins of a type.
#[derive(Clone, Copy)]
enum Purpose {
    /// To find the type's name in the record.
    Lookup,
    /// To add the type's name to the record.
    Record,
}

impl Namer<'_> {
    /// Adds the names of types to a record, under each origin that only one type has.
    pub(super) fn record_names(&mut self, types: &[TypeId], record: &mut Record) {
        let mut names: HashMap<String, Option<String>> = HashMap::new();
        for &id in types {
            let name = self.name(id);
            for key in self.keys(id, Purpose::Record) {
                let known = names.entry(key).or_insert_with(|| Some(name.clone()));
                if known.as_ref() != Some(&name) {
                    *known = None;
                }
            }
        }
        for (key, name) in names {
            if let Some(name) = name {
                record.add_type(key, &name);
            }
        }
    }

    /// Returns the origins under which the record of names may have a type.
    pub(super) fn recorded_keys(&mut self, id: TypeId) -> Vec<String> {
        self.keys(id, Purpose::Lookup)
    }

    /// Returns the origins of a type as the record of names has them. The parts of other types are
    /// found by the names of these types. Only the names of generated types are unique, so a part of
    /// a type that is not generated counts only if there is no other.
    ///
    /// For a lookup, they include those under which an earlier record may have the type.
    fn keys(&mut self, id: TypeId, purpose: Purpose) -> Vec<String> {
        let lowered = self.lowered;
        let origins = lowered.origins[id].iter().filter(|origin| {
            !self.has_discarded_parent(origin) && super::parent(origin) != Some(id)
        });
        let (unique, other): (Vec<_>, Vec<_>) = origins.partition(|origin| {
            super::parent(origin).is_none_or(|parent| self.is_reachable(parent))
        });
        let origins = if unique.is_empty() { other } else { unique };
        let mut keys = Vec::new();
        for origin in origins {
            let key = match origin {
                Origin::Component(name) => format!("component {name}"),
                Origin::Success { operation } => success_key(lowered, *operation, id),
                Origin::Error { status } => {
                    keys.extend(match purpose {
                        Purpose::Lookup => self.error_bodies.recorded_origins(id, *status),
                        Purpose::Record => self.error_bodies.origins(id, *status),
                    });
                    continue;
                }
                Origin::Webhook(name) => format!("webhook {name}"),
                Origin::ErrorEnum(wire) => format!("errors .{wire}"),
                Origin::Parameter { operation, wire } => {
                    format!("{} parameter {wire}", operation_key(lowered, *operation))
                }
                Origin::Body { operation } => {
                    format!("{} body", operation_key(lowered, *operation))
                }
                Origin::BodyField {
                    operation,
                    wire,
                    item,
                } => {
                    let operation = operation_key(lowered, *operation);
                    format!("{operation} body .{wire}{}", brackets(*item))
                }
                Origin::Property { parent, wire, item } => {
                    format!("{}.{wire}{}", self.name(*parent), brackets(*item))
                }
                Origin::Base { union } => format!("{} itself", self.name(*union)),
                Origin::Input { of } => format!("{} in requests", self.name(*of)),
                Origin::Variant { union, hint } => {
                    let word = variant_word(lowered, id, *union, hint);
                    format!("{} variant {word}", self.name(*union))
                }
            };
            keys.push(key);
        }
        keys
    }
}

/// Returns what tells the type of a variant from those of the other variants: the hint of its
/// branch, else the name of the variant.
fn variant_word<'h>(lowered: &'h Lowered, id: TypeId, union: TypeId, hint: &'h str) -> &'h str {
    let Kind::Union { variants, .. } = &lowered.types[union].kind else {
        return hint;
    };
    let is_named_alike = |other: TypeId| {
        let mut origins = lowered.origins[other].iter();
        other != id
            && origins.any(|origin| {
                matches!(origin, Origin::Variant { union: of, hint: other } if *of == union && other == hint)
            })
    };
    let others = variants.iter().filter_map(|variant| variant.ty.id());
    let mut own = variants
        .iter()
        .filter(|variant| variant.ty.id() == Some(id));
    match own.next() {
        Some(variant) if others.into_iter().any(is_named_alike) => &variant.rust,
        _ => hint,
    }
}

/// Returns the origin of a response's type as the record of names has it.
pub(super) fn success_key(lowered: &Lowered, operation: OperationId, id: TypeId) -> String {
    let (_, source) = lowered.operation(operation);
    let mut responses = source.success.responses();
    let several = source.success.responses().count() > 1;
    let response = responses.find(|response| {
        let body = response.body.as_ref();
        body.is_some_and(|body| body.ty.id() == Some(id))
    });
    let operation = operation_key(lowered, operation);
    match response {
        Some(response) if several => {
            format!("{operation} response {}", status_name(response.statuses))
        }
        _ => format!("{operation} response"),
    }
}

fn operation_key(lowered: &Lowered, operation: OperationId) -> String {
    let (_, source) = lowered.operation(operation);
    let key = operations::origin(source);
    match &source.other_body_type {
        Some(media_type) => format!("{key} as {media_type}"),
        None => key,
    }
}

fn brackets(item: bool) -> &'static str {
    if item { "[]" } else { "" }
}
