//! Names of what error responses carry.

use super::operations::stems;
use super::statuses::status_name;
use crate::lower::{Arena, Origin, TypeId};
use crate::model::{Api, ErrorBody, Errors, OperationErrorBody, Payload, StatusRange};
use std::collections::{BTreeMap, HashMap};

/// Which payload has which name: one that several statuses share is the error's detail, one that most of a status's
/// operations agree on is that status's, and any other is that of the operations that give it.
pub struct ErrorBodyNames {
    detail: Option<TypeId>,
    /// The operations of each payload that few of a status's operations give.
    rare: HashMap<(TypeId, StatusRange), Vec<OperationStem>>,
}

/// An operation: its place, and how the names of its types begin.
struct OperationStem {
    place: String,
    stem: String,
}

impl ErrorBodyNames {
    pub fn of(api: &Api, origins: &[Vec<Origin>]) -> Self {
        let stems = stems_by_operation(api);
        // Components have names of their own, and leave the others to the rest.
        let unnamed_type_id = |body: &ErrorBody| {
            let id = Arena::id_of(&body.ty)?;
            let mut origins = origins.get(id)?.iter();
            let is_nameless = origins.all(|origin| !matches!(origin, Origin::Component(_)));
            is_nameless.then_some(id)
        };
        let mut common: BTreeMap<TypeId, (usize, StatusRange)> = BTreeMap::new();
        let mut rare = HashMap::new();
        for variant in &api.errors.variants {
            let mut note = |id| common.entry(id).or_insert((0, variant.status)).0 += 1;
            match &variant.payload {
                Payload::None => {}
                Payload::One(body) => unnamed_type_id(body).into_iter().for_each(note),
                Payload::PerOperation { bodies, .. } => {
                    let nameless = bodies.iter().filter_map(|body| {
                        let id = unnamed_type_id(body.body.as_ref()?)?;
                        Some((id, &body.operations))
                    });
                    let all: usize = nameless.clone().map(|(_, places)| places.len()).sum();
                    for (id, places) in nameless {
                        if places.len().saturating_mul(2) > all {
                            note(id);
                            continue;
                        }
                        let operation_stems = places.iter().filter_map(|place| {
                            Some(OperationStem {
                                place: place.clone(),
                                stem: stems.get(place.as_str())?.clone(),
                            })
                        });
                        let known: &mut Vec<OperationStem> =
                            rare.entry((id, variant.status)).or_default();
                        known.extend(operation_stems);
                    }
                }
            }
        }
        let is_only = common.len() == 1 && rare.is_empty();
        // Of those that as many statuses have, the one of the lowest status.
        let detail = common
            .into_iter()
            .filter(|(_, (count, _))| *count > 1 || is_only)
            .min_by_key(|(id, (count, status))| (usize::MAX - count, *status, *id));
        Self {
            detail: detail.map(|(id, _)| id),
            rare,
        }
    }

    /// All names of the payload that responses of this status carry, the one to use first.
    pub fn names(&self, id: TypeId, status: StatusRange) -> Vec<String> {
        if self.detail == Some(id) {
            return vec!["ErrorDetail".to_owned()];
        }
        let name = format!("{}Detail", status_name(status));
        match self.rare.get(&(id, status)) {
            Some(operation_stems) if !operation_stems.is_empty() => {
                let stems = operation_stems
                    .iter()
                    .map(|operation_stem| &operation_stem.stem);
                stems.map(|stem| format!("{stem}{name}")).collect()
            }
            _ => vec![name],
        }
    }

    /// Gives each operation with such a payload a variant of its own, so that another operation with the same one
    /// renames none.
    pub fn split_variants(&self, errors: &mut Errors) {
        for variant in &mut errors.variants {
            let Payload::PerOperation { bodies, .. } = &mut variant.payload else {
                continue;
            };
            let all = std::mem::take(bodies);
            for body in all {
                let id = body.body.as_ref().and_then(|body| Arena::id_of(&body.ty));
                let operation_stems = id.and_then(|id| self.rare.get(&(id, variant.status)));
                let operation_stems = operation_stems.into_iter().flatten();
                let own: Vec<_> = operation_stems
                    .filter(|operation_stem| body.operations.contains(&operation_stem.place))
                    .map(|operation_stem| OperationErrorBody {
                        rust: operation_stem.stem.clone(),
                        body: body.body.clone(),
                        operations: vec![operation_stem.place.clone()],
                    })
                    .collect();
                if own.is_empty() {
                    bodies.push(body);
                } else {
                    bodies.extend(own);
                }
            }
        }
    }
}

/// How the names of each operation's types begin, by its place.
fn stems_by_operation(api: &Api) -> HashMap<&str, String> {
    let operations = api.resources.iter().flat_map(|resource| {
        let operations = resource.operations.iter();
        operations.map(move |operation| (resource, operation))
    });
    operations
        .filter(|(_, operation)| !operation.name.rust.is_empty())
        .map(|(resource, operation)| (operation.place.as_str(), stems(resource, operation).body))
        .collect()
}
