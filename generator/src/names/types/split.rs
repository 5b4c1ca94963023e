//! Responses that have the same structure by chance: each operation gets its own type.

use super::super::entity;
use super::response::subject;
use crate::model::TypeId;
use crate::model::unnamed::{Lowered, OperationId, Origin};

/// Gives each operation its own type of response, if the type is not what the operations are about:
/// `{ "success": boolean }` of two operations is two types.
pub fn responses(lowered: &mut Lowered) {
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
        let is_only_response = operations.len() == lowered.origins[id].len();
        let (Some(first), true) = (operations.first(), is_only_response && operations.len() > 1)
        else {
            continue;
        };
        if entities.contains(&Some(id)) || subject(lowered, *first, id).is_some() {
            continue;
        }
        for operation in operations.iter().skip(1) {
            separate(lowered, id, *operation);
        }
    }
}

/// Gives an operation a copy of its response's type.
fn separate(lowered: &mut Lowered, id: TypeId, operation: OperationId) {
    let copy = lowered.types.push(lowered.types[id].clone());
    let origin = Origin::Success { operation };
    lowered.origins[id].retain(|known| *known != origin);
    lowered.origins.push(vec![origin]);
    for origins in lowered.origins.values_mut() {
        let parts: Vec<Origin> = origins
            .iter()
            .filter_map(|origin| in_copy(origin, id, copy))
            .collect();
        origins.extend(parts);
    }
    let mut replace = |other: TypeId| if other == id { copy } else { other };
    let operation = lowered.operation_mut(operation);
    *operation = operation.clone().map(&mut replace);
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
