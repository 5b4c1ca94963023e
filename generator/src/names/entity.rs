//! The type that a resource is about.

use super::case::{pascal, singular};
use crate::lower::{Arena, TypeId};
use crate::model::{HttpMethod, Operation, Resource, Type};

/// The type that a resource is about: what its plain operations give (the one at its path, of one item or
/// of all of them), whichever of them the document has.
pub fn entity(resource: &Resource) -> Option<TypeId> {
    let operations = resource.operations.iter();
    let mut ranked: Vec<_> = operations
        .filter_map(|operation| Some((rank(resource, operation)?, operation)))
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().find_map(|(_, operation)| {
        let ty = operation.success.ty()?;
        Arena::id_of(ty)
    })
}

/// Which of a resource's operations says best what it is about; none for one that does not say it.
pub fn rank(resource: &Resource, operation: &Operation) -> Option<u8> {
    let last = operation
        .path
        .split('/')
        .rfind(|part| !part.is_empty() && !part.starts_with('{'))?;
    if resource_word(last) != resource_word(&resource.name.wire) {
        return None;
    }
    Arena::id_of(operation.success.ty()?)?;
    entity_rank(operation, last)
}

fn resource_word(name: &str) -> String {
    singular(&pascal(name, "").to_lowercase())
}

/// Getting one says best what a resource is, then listing, changing, creating; deleting says nothing.
fn entity_rank(operation: &Operation, last: &str) -> Option<u8> {
    let single = operation.path.ends_with('}');
    match (operation.method, single) {
        (HttpMethod::Get, true) => Some(0),
        (HttpMethod::Get, false) if matches!(operation.success.ty(), Some(Type::Array(_))) => {
            Some(1)
        }
        (HttpMethod::Patch | HttpMethod::Put, true) => Some(2),
        // What is sent to a place of one word, such as `search`, creates nothing.
        (HttpMethod::Post, false) if is_plural(last) => Some(3),
        _ => None,
    }
}

/// Whether a word of a path is the name of many things.
fn is_plural(word: &str) -> bool {
    let word = pascal(word, "");
    singular(&word) != word
}
