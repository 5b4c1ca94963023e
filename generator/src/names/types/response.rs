//! Names of the bodies of success responses.

use super::super::case::pascal;
use super::super::entity;
use super::super::path::{collections, is_tag};
use super::super::statuses::status_name;
use super::super::stems::{entity_name, stems, tag_words};
use crate::model::TypeId;
use crate::model::unnamed::{Lowered, OperationId, Origin};

/// Returns the name of what an operation returns, if the paths of all its operations name it and the
/// type is used for more than one answer: by several operations, or as the items of a list. For
/// `/bounties/{id}/submissions`, it is `BountySubmission`.
pub fn subject(lowered: &Lowered, operation: OperationId, id: TypeId) -> Option<String> {
    let origins = &lowered.origins[id];
    let (resource, _) = lowered.operation(operation);
    let is_envelope = entity::in_envelope(lowered, resource, id).is_some();
    if is_envelope || (origins.len() < 2 && !is_item(lowered, operation, id)) {
        return None;
    }
    let name = named_by_path(lowered, operation)?;
    let mut operations = origins.iter().filter_map(|origin| match origin {
        Origin::Success { operation } => Some(*operation),
        _ => None,
    });
    let agrees = |other| named_by_path(lowered, other).as_ref() == Some(&name);
    operations.all(agrees).then_some(name)
}

/// Returns the name of the collection at the end of the path, with what contains it.
pub fn named_by_path(lowered: &Lowered, operation: OperationId) -> Option<String> {
    let (resource, source) = lowered.operation(operation);
    let tag = tag_words(resource);
    let collections = collections(source);
    let (last, before) = collections.split_last()?;
    if is_tag(last, &tag) {
        return Some(entity_name(resource));
    }
    let container = match before.last() {
        Some(container) if is_tag(container, &tag) => entity_name(resource),
        Some(container) => pascal(&container.join("_"), "Type"),
        None => String::new(),
    };
    // Only the first word of a name can be one that starts with a digit.
    let prefix = if container.is_empty() { "Type" } else { "" };
    Some(format!("{container}{}", pascal(&last.join("_"), prefix)))
}

/// Returns true if an operation returns a list of a type.
fn is_item(lowered: &Lowered, operation: OperationId, id: TypeId) -> bool {
    let (_, source) = lowered.operation(operation);
    source
        .success
        .ty()
        .is_some_and(|ty| ty.id() == Some(id) && ty.direct_id() != Some(id))
}

/// Returns the name of a type that only one operation returns: `<Method><Singular>Response`, or
/// `...Item` for the items of a list. If the operation has several response types, the names of all
/// but the first include the status.
pub fn of_operation(lowered: &Lowered, operation: OperationId, id: TypeId) -> String {
    let (resource, source) = lowered.operation(operation);
    let mut named = source.success.responses().filter_map(|response| {
        let body = response.body.as_ref()?;
        Some((body.ty.id()?, response.statuses))
    });
    let is_first = named.next().is_none_or(|(first, _)| first == id);
    let status = named
        .find(|(other, _)| !is_first && *other == id)
        .map(|(_, statuses)| status_name(statuses));
    let kind = match is_item(lowered, operation, id) {
        true => "Item",
        false => "Response",
    };
    let stem = stems(resource, source).body;
    // The operation is called `GetResponse` already.
    let stem = stem.strip_suffix(kind).unwrap_or(&stem);
    format!("{stem}{}{kind}", status.unwrap_or_default())
}
