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
    let types = api.types.iter();
    types
        .filter_map(|def| {
            let is_input = def.rust.ends_with("Input") || def.pointer.contains("/requestBody/");
            let direction = match is_input {
                true => Direction::Request,
                false => Direction::Response,
            };
            let is_whole = contract.at(direction, &def.pointer).is_some() && !is_base(api, def);
            let is_whole = is_whole && !is_without_tag(api, def);
            let is_whole = is_whole && is_complete(contract, direction, &def.pointer);
            let is_whole = is_whole && (branch(&def.pointer).is_none() || has_own_fields(def));
            let is_new = is_whole && seen.insert((def.pointer.clone(), is_input));
            is_new.then(|| Tested {
                name: def.rust.clone(),
                pointer: def.pointer.clone(),
                direction,
            })
        })
        .collect()
}

/// Returns true if the schema at a location describes whole values: it is no part of an `allOf`, nor
/// inside one, where other parts may describe the same property, and no branch beside which there are
/// further properties.
fn is_complete(contract: &Contract, direction: Direction, pointer: &str) -> bool {
    if pointer.contains("/allOf/") {
        return false;
    }
    let Some((parent, key)) = branch(pointer) else {
        return true;
    };
    let has = |key: &str| contract.has(direction, parent, key);
    let others = ["properties", "required", "additionalProperties", "allOf"];
    let is_only = match key {
        "oneOf" => !has("anyOf"),
        _ => !has("oneOf"),
    };
    // A type at a reference is not that of the component: it also has the properties of another
    // schema.
    let is_reference = contract.has(direction, pointer, "$ref");
    let is_only = is_only && !is_reference && !others.into_iter().any(has);
    is_only && is_complete(contract, direction, parent)
}

/// Returns true if all fields of a struct come from the schema itself. A type for a branch may also
/// have those of another schema, with which an `allOf` combines the union.
fn has_own_fields(def: &TypeDef) -> bool {
    match &def.kind {
        Kind::Struct { fields, .. } => {
            let mut fields = fields.iter();
            fields.all(|field| field.pointer.starts_with(&def.pointer))
        }
        _ => true,
    }
}

/// Returns the location of the schema that a branch belongs to, and the keyword of the branches.
fn branch(pointer: &str) -> Option<(&str, &str)> {
    let (list, index) = pointer.rsplit_once('/')?;
    let (parent, key) = list.rsplit_once('/')?;
    let is_index = index.bytes().all(|byte| byte.is_ascii_digit());
    let is_property = parent.ends_with("/properties");
    (is_index && !is_property && matches!(key, "oneOf" | "anyOf")).then_some((parent, key))
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

#[cfg(test)]
mod tests {
    use super::*;
    use dub_generator::{Config, Unsupported};

    const DOCUMENT: &str = r##"{
        "openapi": "3.0.3",
        "info": {"title": "Sample", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": {"/things": {"get": {
            "operationId": "getThing",
            "responses": {"200": {"description": "A thing.", "content": {"application/json": {"schema": {
                "type": "object",
                "properties": {
                    "owner": {"type": "object", "properties": {"name": {"type": "string"}}},
                    "shape": {"oneOf": [
                        {"type": "object", "required": ["radius"], "properties": {"radius": {"type": "number"}}},
                        {"type": "object", "required": ["side"], "properties": {"side": {"type": "number"}}}
                    ]},
                    "part": {
                        "required": ["id"],
                        "properties": {"id": {"type": "integer"}},
                        "oneOf": [
                            {"type": "object", "required": ["screw"], "properties": {"screw": {"type": "string"}}},
                            {"type": "object", "required": ["nail"], "properties": {"nail": {"type": "string"}}}
                        ]
                    }
                }
            }}}}}
        }}}
    }"##;

    #[test]
    fn inline_schemas_of_whole_values_are_tested() {
        let config = Config {
            document: DOCUMENT.as_bytes(),
            files: None,
            overlay: None,
            tags: &[],
            crate_name: "sample",
            command: "test",
            unsupported: Unsupported::Reject,
            names: None,
        };
        let (api, document) = dub_generator::read(&config).unwrap();
        let contract = Contract::new(&document).unwrap();
        let tested = tested(&api, &contract);
        let ends: Vec<_> = tested
            .iter()
            .filter_map(|tested| Some(tested.pointer.rsplit_once("/schema/properties/")?.1))
            .collect();
        assert_eq!(
            ends,
            ["owner", "part", "shape", "shape/oneOf/0", "shape/oneOf/1"]
        );
    }
}
