//! The entity of a resource: the type that it is about, such as `Customer` for `customers`.

use super::path::{collections, is_tag};
use super::stems::tag_words;
use crate::model::unnamed::{Kind, Lowered, Operation, Origin, Resource, Type};
use crate::model::{HttpMethod, TypeId};
use crate::words;
use std::collections::BTreeMap;

/// Returns the entity of each resource, in the order of the resources.
pub fn all(lowered: &Lowered) -> Vec<Option<TypeId>> {
    let resources = lowered.resources.iter();
    resources
        .map(|resource| entity(lowered, resource))
        .collect()
}

/// Returns the entity of a resource: what the best operation on the path of the resource returns, by
/// [`rank`]; else what most of its operations return, if their paths name nothing else. `None` if
/// there is no such type.
fn entity(lowered: &Lowered, resource: &Resource) -> Option<TypeId> {
    let operations = resource.operations.iter();
    let mut ranked: Vec<_> = operations
        .filter_map(|operation| Some((rank(lowered, resource, operation)?, operation)))
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let by_path = ranked
        .into_iter()
        .find_map(|(_, operation)| item(lowered, resource, operation));
    by_path.or_else(|| shared(lowered, resource))
}

/// Returns what at least two operations return whose paths name no collection.
fn shared(lowered: &Lowered, resource: &Resource) -> Option<TypeId> {
    if tag_words(resource).is_empty() {
        return None;
    }
    let mut counts: BTreeMap<TypeId, usize> = BTreeMap::new();
    let operations = resource.operations.iter();
    for operation in operations.filter(|operation| collections(operation).is_empty()) {
        if let Some(id) = item(lowered, resource, operation) {
            *counts.entry(id).or_default() += 1;
        }
    }
    let most = counts.into_iter().filter(|(_, count)| *count > 1);
    most.min_by_key(|(id, count)| (usize::MAX - count, *id))
        .map(|(id, _)| id)
}

/// Returns the named type that an operation returns, or the items of an array or of an envelope such
/// as `{ "data": [...] }`.
fn item(lowered: &Lowered, resource: &Resource, operation: &Operation) -> Option<TypeId> {
    let id = operation.success.ty()?.id()?;
    Some(in_envelope(lowered, resource, id).unwrap_or(id))
}

/// Returns the type of the items in an envelope; `None` if the type is no envelope. The property of
/// an envelope is called `data` or the like, or as the tag.
pub fn in_envelope(lowered: &Lowered, resource: &Resource, id: TypeId) -> Option<TypeId> {
    let tag = tag_words(resource);
    let Kind::Struct { fields, .. } = &lowered.types[id].kind else {
        return None;
    };
    let is_item = |ty: &Type| {
        ty.id().filter(|id| {
            let kind = &lowered.types[*id].kind;
            matches!(kind, Kind::Struct { .. } | Kind::Union { .. })
        })
    };
    let is_part = |part: TypeId, wire: &str| {
        let mut origins = lowered.origins[part].iter();
        let is_component = |origin: &Origin| matches!(origin, Origin::Component(_));
        origins.any(|origin| match origin {
            Origin::Property {
                parent,
                wire: property,
                ..
            } => *parent == id && property == wire,
            origin => is_component(origin),
        })
    };
    let mut parts = fields.iter().filter_map(|field| {
        let part = is_item(&field.ty)?;
        let wire = &field.wire;
        let is_envelope = words::is_envelope(wire) || is_tag(&words::split(wire), &tag);
        (is_envelope && is_part(part, wire)).then_some(part)
    });
    parts.next().filter(|part| *part != id)
}

/// Ranks how well an operation identifies the entity of its resource; 0 is best. `None` if it does
/// not identify it.
fn rank(lowered: &Lowered, resource: &Resource, operation: &Operation) -> Option<u8> {
    let (path, _) = operation.path_and_query();
    let last = path
        .split('/')
        .rfind(|part| !part.is_empty() && !part.starts_with('{'))?;
    if !is_tag(&words::split(last), &tag_words(resource)) {
        return None;
    }
    let ty = operation.success.ty()?;
    let is_list = matches!(ty, Type::Array(_) | Type::OneOrMany(_))
        || in_envelope(lowered, resource, ty.id()?).is_some();
    entity_rank(operation, last, is_list)
}

/// Ranks by method: getting one item is best, then listing, updating and creating. Deleting does
/// not identify the entity.
fn entity_rank(operation: &Operation, last: &str, is_list: bool) -> Option<u8> {
    let (path, _) = operation.path_and_query();
    let single = path.ends_with('}');
    match (operation.method, single) {
        (HttpMethod::Get, true) => Some(0),
        (HttpMethod::Get, false) if is_list => Some(1),
        (HttpMethod::Patch | HttpMethod::Put, true) => Some(2),
        // A POST to a path that ends in a singular word, such as `search`, does not create an item.
        (HttpMethod::Post, false) if is_plural(last) => Some(3),
        _ => None,
    }
}

/// Returns true if a word of a path is a plural.
fn is_plural(word: &str) -> bool {
    words::singular(word) != word
}
