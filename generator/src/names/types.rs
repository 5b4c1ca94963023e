//! Names of the types in `models`. Each rule is a function: see the page "From a schema to its name"
//! in the docs of the project.

mod component;
mod namer;
mod origins;
mod response;
mod shared;
mod split;

use super::error_bodies::ErrorBodyNames;
use super::members;
use crate::diagnostic::Diagnostic;
use crate::model::unnamed::{Lowered, Origin};
use crate::model::{Errors, Record, Resource as NamedResource, TypeId, TypeTable, Webhook};
use namer::Namer;
use std::collections::HashMap;

/// The maximum length of the name of a type.
const MAX_NAME_LENGTH: usize = 120;

/// The parts of the model that contain types, with the names of the types.
pub struct Named {
    pub resources: Vec<NamedResource>,
    /// The types in use, in the order of their names, so that a new type does not move the others.
    pub types: Vec<crate::model::TypeDef>,
    pub errors: Errors,
    pub webhooks: Vec<Webhook>,
}

/// Names the types and their members, and replaces type ids by names in all uses. Removes unused
/// types. Adds the names to `new_record`.
pub fn assign(
    mut lowered: Lowered,
    record: &Record,
    new_record: &mut Record,
    diagnostics: &mut Vec<Diagnostic>,
) -> Named {
    split::responses(&mut lowered, record);
    super::variants::assign(&mut lowered);
    let reachable = super::uses::reachable(&lowered);
    let error_bodies = ErrorBodyNames::of(&lowered, record);
    error_bodies.split_variants(&mut lowered.errors);
    let names =
        Namer::new(&lowered, error_bodies, &reachable, record, diagnostics).names(new_record);
    let originals = originals(&lowered, &names);
    let mut name = |id: TypeId| names[id].clone();
    let mut types = Vec::new();
    for (id, def) in lowered.types.into_iter().filter(|(id, _)| reachable[*id]) {
        let mut def = def.map(&mut name);
        def.rust = name(id);
        members::assign(&mut def, &originals, diagnostics);
        types.push(def);
    }
    types.sort_by(|a, b| a.rust.cmp(&b.rust));
    let resources = lowered.resources.into_iter();
    let resources = resources.map(|one| one.map(&mut name)).collect();
    let webhooks = lowered.webhooks.into_iter();
    let webhooks = webhooks.map(|one| one.map(&mut name)).collect();
    let mut errors = lowered.errors.map(&mut name);
    members::errors(&mut errors);
    Named {
        resources,
        types,
        errors,
        webhooks,
    }
}

/// Returns the names of the types for responses, by those of the types for requests.
fn originals(lowered: &Lowered, names: &TypeTable<String>) -> HashMap<String, String> {
    let origins = lowered.origins.iter();
    let pairs = origins.flat_map(|(id, origins)| {
        origins.iter().filter_map(move |origin| match origin {
            Origin::Input { of } => Some((names[id].clone(), names[*of].clone())),
            _ => None,
        })
    });
    pairs.collect()
}

/// Returns the type that contains a type of this origin; `None` if it is not a part of another
/// type.
fn parent(origin: &Origin) -> Option<TypeId> {
    match origin {
        Origin::Property { parent, .. }
        | Origin::Variant { union: parent, .. }
        | Origin::Base { union: parent }
        | Origin::Input { of: parent } => Some(*parent),
        _ => None,
    }
}
