//! Responses that have the same structure by chance: each operation gets its own type.

use super::super::entity;
use super::origins::success_key;
use super::response::subject;
use crate::model::unnamed::{Lowered, OperationId, Origin};
use crate::model::{Record, TypeId};

/// Gives each operation its own type of response, if the type is not what the operations are about:
/// `{ "success": boolean }` of two operations is two types. Operations that the record of names has
/// are together, or not, as they were.
pub fn responses(lowered: &mut Lowered, record: &Record) {
    let entities: Vec<_> = entity::all(lowered);
    let ids: Vec<TypeId> = lowered.types.ids().collect();
    for id in ids {
        let operations: Vec<OperationId> = lowered.origins[id]
            .iter()
            .filter_map(|origin| match origin {
                Origin::Success { operation } => Some(*operation),
                _ => None,
            })
            .collect();
        let (Some(first), true) = (operations.first(), operations.len() > 1) else {
            continue;
        };
        let is_only_response = operations.len() == lowered.origins[id].len();
        let is_subject = entities.contains(&Some(id)) || subject(lowered, *first, id).is_some();
        let is_one_type = is_subject || !is_only_response;
        let groups = groups(lowered, record, id, &operations, is_one_type);
        for group in groups.iter().skip(1) {
            separate(lowered, id, group);
        }
    }
}

/// Returns the operations that share one type: those with the same recorded name. One that is not in
/// the record joins the first group if `is_one_type`, else it is alone.
fn groups(
    lowered: &Lowered,
    record: &Record,
    id: TypeId,
    operations: &[OperationId],
    is_one_type: bool,
) -> Vec<Vec<OperationId>> {
    let mut groups: Vec<(Option<&str>, Vec<OperationId>)> = Vec::new();
    for operation in operations {
        let name = record.type_name(&[success_key(lowered, *operation, id)]);
        let group = match (name, is_one_type) {
            (None, false) => None,
            (None, true) => groups.first_mut(),
            (name, _) => groups
                .iter_mut()
                .find(|(known, _)| *known == name || (is_one_type && known.is_none())),
        };
        match group {
            Some((known, group)) => {
                *known = known.or(name);
                group.push(*operation);
            }
            None => groups.push((name, vec![*operation])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// Gives operations a copy of their response's type.
fn separate(lowered: &mut Lowered, id: TypeId, operations: &[OperationId]) {
    let copy = lowered.types.push(lowered.types[id].clone());
    let moved: Vec<Origin> = operations
        .iter()
        .map(|operation| Origin::Success {
            operation: *operation,
        })
        .collect();
    lowered.origins[id].retain(|known| !moved.contains(known));
    lowered.origins.push(moved);
    for origins in lowered.origins.values_mut() {
        let parts: Vec<Origin> = origins
            .iter()
            .filter_map(|origin| in_copy(origin, id, copy))
            .collect();
        origins.extend(parts);
    }
    let mut replace = |other: TypeId| if other == id { copy } else { other };
    for operation in operations {
        let operation = lowered.operation_mut(*operation);
        *operation = operation.clone().map(&mut replace);
    }
}

/// Returns the origin of a part in the copy of the type that contains it.
fn in_copy(origin: &Origin, id: TypeId, copy: TypeId) -> Option<Origin> {
    let mut origin = origin.clone();
    match &mut origin {
        Origin::Property { parent, .. } if *parent == id => *parent = copy,
        Origin::Variant { union, .. } if *union == id => *union = copy,
        _ => return None,
    }
    Some(origin)
}
