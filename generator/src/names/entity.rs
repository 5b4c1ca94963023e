//! The entity of a resource: the type that it is about, such as `Customer` for `customers`.

use super::case::{pascal, singular};
use crate::model::unnamed::{Operation, Resource, Type};
use crate::model::{HttpMethod, TypeId};

/// Returns the entity of a resource: the response type of the best operation on the path of the
/// resource, by [`rank`]. `None` if there is no such operation.
pub fn entity(resource: &Resource) -> Option<TypeId> {
    let operations = resource.operations.iter();
    let mut ranked: Vec<_> = operations
        .filter_map(|operation| Some((rank(resource, operation)?, operation)))
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked
        .into_iter()
        .find_map(|(_, operation)| operation.success.ty()?.id())
}

/// Ranks how well an operation identifies the entity of its resource; 0 is best. `None` if it does
/// not identify it.
pub fn rank(resource: &Resource, operation: &Operation) -> Option<u8> {
    let (path, _) = operation.path_and_query();
    let last = path
        .split('/')
        .rfind(|part| !part.is_empty() && !part.starts_with('{'))?;
    if resource_word(last) != resource_word(&resource.name.wire) {
        return None;
    }
    operation.success.ty()?.id()?;
    entity_rank(operation, last)
}

fn resource_word(name: &str) -> String {
    singular(&pascal(name, "").to_lowercase())
}

/// Ranks by method: getting one item is best, then listing, updating and creating. Deleting does
/// not identify the entity.
fn entity_rank(operation: &Operation, last: &str) -> Option<u8> {
    let (path, _) = operation.path_and_query();
    let single = path.ends_with('}');
    match (operation.method, single) {
        (HttpMethod::Get, true) => Some(0),
        (HttpMethod::Get, false) if matches!(operation.success.ty(), Some(Type::Array(_))) => {
            Some(1)
        }
        (HttpMethod::Patch | HttpMethod::Put, true) => Some(2),
        // A POST to a path that ends in a singular word, such as `search`, does not create an item.
        (HttpMethod::Post, false) if is_plural(last) => Some(3),
        _ => None,
    }
}

/// Returns true if a word of a path is a plural.
fn is_plural(word: &str) -> bool {
    let word = pascal(word, "");
    singular(&word) != word
}
