//! The type that a resource is about.

use super::case::{pascal, singular};
use crate::lower::{Arena, TypeId};
use crate::model::{HttpMethod, Operation, Resource, Type};

/// The type that a resource is about: what its plain operations give (the one at its path, of one item or
/// of all of them), whichever of them the document has.
pub fn entity(resource: &Resource) -> Option<TypeId> {
    let tag = resource_word(&resource.name.wire);
    let about = |operation: &&Operation| {
        let last = operation
            .path
            .split('/')
            .rfind(|part| !part.is_empty() && !part.starts_with('{'));
        last.is_some_and(|last| resource_word(last) == tag)
    };
    let plain = resource.operations.iter().filter(about);
    let mut ranked: Vec<_> = plain
        .filter_map(|operation| Some((entity_rank(operation)?, operation)))
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().find_map(|(_, operation)| {
        let ty = operation.success.ty()?;
        Arena::id_of(ty)
    })
}

fn resource_word(name: &str) -> String {
    singular(&pascal(name, "").to_lowercase())
}

/// Getting one says best what a resource is, then listing, changing, creating; deleting says nothing.
fn entity_rank(operation: &Operation) -> Option<u8> {
    let single = operation.path.ends_with('}');
    match (operation.method, single) {
        (HttpMethod::Get, true) => Some(0),
        (HttpMethod::Get, false) if matches!(operation.success.ty(), Some(Type::Array(_))) => {
            Some(1)
        }
        (HttpMethod::Patch | HttpMethod::Put, true) => Some(2),
        (HttpMethod::Post, false) => Some(3),
        _ => None,
    }
}
