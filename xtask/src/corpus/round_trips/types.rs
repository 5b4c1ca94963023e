//! The types of a crate whose values are read and written.

use super::super::run::Contract;
use dub_generator::json_schema::Direction;
use dub_generator::model::{Api, Kind, TypeDef};
use std::collections::HashSet;

/// A type, and the schema that its values satisfy.
pub struct Tested {
    pub name: String,
    /// The location of the schema.
    pub pointer: String,
    pub direction: Direction,
}

/// Returns the types of a crate. Those that only requests contain are tested with values of
/// requests.
pub fn tested(api: &Api, contract: &Contract) -> Vec<Tested> {
    let mut seen = HashSet::new();
    // A branch is not complete without the properties beside the branches.
    let is_branch = |pointer: &str| {
        let keys = ["/allOf/", "/oneOf/", "/anyOf/"];
        keys.iter().any(|key| pointer.contains(key))
    };
    let types = api.types.iter().filter(|def| !is_branch(&def.pointer));
    types
        .filter_map(|def| {
            let is_input = def.rust.ends_with("Input") || def.pointer.contains("/requestBody/");
            let direction = match is_input {
                true => Direction::Request,
                false => Direction::Response,
            };
            let is_whole = contract.at(direction, &def.pointer).is_some() && !is_base(api, def);
            let is_whole = is_whole && !is_without_tag(api, def);
            let is_new = is_whole && seen.insert((def.pointer.clone(), is_input));
            is_new.then(|| Tested {
                name: def.rust.clone(),
                pointer: def.pointer.clone(),
                direction,
            })
        })
        .collect()
}

/// Returns true for the struct of a schema that others extend: its schema became a union, too.
fn is_base(api: &Api, def: &TypeDef) -> bool {
    let is_union = |other: &TypeDef| matches!(other.kind, Kind::Union { .. });
    let mut others = api
        .types
        .iter()
        .filter(|other| other.pointer == def.pointer);
    !is_union(def) && others.any(is_union)
}

/// Returns true for a variant of a union that has no field for the tag: only the union writes it.
fn is_without_tag(api: &Api, def: &TypeDef) -> bool {
    let Kind::Struct { fields, .. } = &def.kind else {
        return false;
    };
    api.types.iter().any(|union| match &union.kind {
        Kind::Union { tagging, variants } => {
            let has = |tag: &str| fields.iter().any(|field| field.wire == tag);
            let is_variant = variants.iter().any(|one| one.ty.name() == Some(&def.rust));
            is_variant && tagging.property().is_some_and(|tag| !has(tag))
        }
        _ => false,
    })
}
