//! Names of the bodies of error responses.

use super::operations::origin;
use super::statuses::status_name;
use super::stems::stems;
use crate::model::unnamed::{ErrorBody, Errors, Lowered, OperationErrorBody, Origin, Payload};
use crate::model::{StatusRange, TypeId};
use std::collections::{BTreeMap, HashMap};

/// The names of error bodies.
///
/// The body that most statuses share, or the only body, is `ErrorDetail`. A body that most
/// operations with a status share is named after the status. Any other body is named after its
/// operations and the status.
pub struct ErrorBodyNames {
    detail: Option<TypeId>,
    /// The operations of each body that at most half of the operations with a status share.
    rare: HashMap<(TypeId, StatusRange), Vec<OperationStem>>,
}

/// The JSON pointer of an operation, and the prefix of the names of its types.
struct OperationStem {
    pointer: String,
    /// The operation as the record of names has it.
    origin: String,
    stem: String,
}

impl ErrorBodyNames {
    pub fn of(lowered: &Lowered) -> Self {
        let stems = stems_by_operation(lowered);
        // Components have names already, so they do not compete for the names of error bodies.
        let unnamed_type_id = |body: &ErrorBody| {
            let id = body.ty.id()?;
            let mut origins = lowered.origins[id].iter();
            let is_nameless = origins.all(|origin| !matches!(origin, Origin::Component(_)));
            is_nameless.then_some(id)
        };
        let mut common: BTreeMap<TypeId, (usize, StatusRange)> = BTreeMap::new();
        let mut rare = HashMap::new();
        for variant in &lowered.errors.variants {
            let mut count = |id| common.entry(id).or_insert((0, variant.status)).0 += 1;
            match &variant.payload {
                Payload::None => {}
                Payload::One(body) => unnamed_type_id(body).into_iter().for_each(count),
                Payload::PerOperation { bodies, .. } => {
                    let nameless = bodies.iter().filter_map(|body| {
                        let id = unnamed_type_id(body.body.as_ref()?)?;
                        Some((id, &body.operations))
                    });
                    let all: usize = nameless.clone().map(|(_, pointers)| pointers.len()).sum();
                    for (id, pointers) in nameless {
                        if pointers.len().saturating_mul(2) > all {
                            count(id);
                            continue;
                        }
                        let operation_stems = pointers.iter().filter_map(|pointer| {
                            let (origin, stem) = stems.get(pointer.as_str())?.clone();
                            Some(OperationStem {
                                pointer: pointer.clone(),
                                origin,
                                stem,
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
        // The body that most statuses share. On a tie, the one with the lowest status.
        let detail = common
            .into_iter()
            .filter(|(_, (count, _))| *count > 1 || is_only)
            .min_by_key(|(id, (count, status))| (usize::MAX - count, *status, *id));
        Self {
            detail: detail.map(|(id, _)| id),
            rare,
        }
    }

    /// Returns the name of a body for a status.
    pub fn name(&self, id: TypeId, status: StatusRange) -> String {
        if self.detail == Some(id) {
            return "ErrorDetail".to_owned();
        }
        let name = format!("{}Detail", status_name(status));
        let mut stems = self.rare.get(&(id, status)).into_iter().flatten();
        match stems.next() {
            Some(first) => format!("{}{name}", first.stem),
            None => name,
        }
    }

    /// Returns the operations of a body that at most half of the operations with a status share.
    pub fn operations(&self, id: TypeId, status: StatusRange) -> impl Iterator<Item = &str> {
        let stems = self.rare.get(&(id, status)).into_iter().flatten();
        stems.map(|stem| stem.origin.as_str())
    }

    /// Gives each operation with a rare body its own variant, so that another operation with the
    /// same body does not rename a variant.
    pub fn split_variants(&self, errors: &mut Errors) {
        for variant in &mut errors.variants {
            let Payload::PerOperation { bodies, .. } = &mut variant.payload else {
                continue;
            };
            let all = std::mem::take(bodies);
            for body in all {
                let id = body.body.as_ref().and_then(|body| body.ty.id());
                let operation_stems = id.and_then(|id| self.rare.get(&(id, variant.status)));
                let operation_stems = operation_stems.into_iter().flatten();
                let own: Vec<_> = operation_stems
                    .filter(|operation_stem| body.operations.contains(&operation_stem.pointer))
                    .map(|operation_stem| OperationErrorBody {
                        rust: operation_stem.stem.clone(),
                        body: body.body.clone(),
                        operations: vec![operation_stem.pointer.clone()],
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

/// Returns each operation as the record of names has it, and the prefix of the names of its types, by
/// the JSON pointer of the operation.
fn stems_by_operation(lowered: &Lowered) -> HashMap<&str, (String, String)> {
    let operations = lowered.resources.iter().flat_map(|resource| {
        let operations = resource.operations.iter();
        operations.map(move |operation| (resource, operation))
    });
    operations
        .filter(|(_, operation)| {
            !operation.name.rust.is_empty() && operation.other_body_type.is_none()
        })
        .map(|(resource, operation)| {
            let stem = stems(resource, operation).body;
            (operation.pointer.as_str(), (origin(operation), stem))
        })
        .collect()
}
