//! Names of the bodies of error responses.

use super::operations::origin;
use super::statuses::status_name;
use super::stems::stems;
use crate::model::unnamed::{ErrorBody, Errors, Lowered, OperationErrorBody, Origin, Payload};
use crate::model::{Record, StatusRange, TypeId};
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
    /// All operations, as the record of names has them.
    operations: Vec<String>,
}

/// The JSON pointer of an operation, and the prefix of the names of its types.
#[derive(Clone)]
struct OperationStem {
    pointer: String,
    /// The operation as the record of names has it.
    origin: String,
    stem: String,
}

/// A body of a status with several ones, and the operations that declare it.
struct Shared {
    id: TypeId,
    operations: Vec<OperationStem>,
}

impl ErrorBodyNames {
    pub fn of(lowered: &Lowered, record: &Record) -> Self {
        let stems = stems_by_operation(lowered);
        // Components have names already, so they do not compete for the names of error bodies.
        let unnamed_type_id = |body: &ErrorBody| {
            let id = body.ty.id()?;
            let mut origins = lowered.origins[id].iter();
            let is_nameless = origins.all(|origin| !matches!(origin, Origin::Component(_)));
            is_nameless.then_some(id)
        };
        let mut common: BTreeMap<TypeId, (usize, StatusRange)> = BTreeMap::new();
        let mut rare: HashMap<_, Vec<OperationStem>> = HashMap::new();
        for variant in &lowered.errors.variants {
            let mut count = |id| common.entry(id).or_insert((0, variant.status)).0 += 1;
            match &variant.payload {
                Payload::None => {}
                Payload::One(body) => unnamed_type_id(body).into_iter().for_each(count),
                Payload::PerOperation { bodies, .. } => {
                    let nameless = bodies.iter().filter_map(|body| {
                        let operations = body.operations.iter();
                        Some(Shared {
                            id: unnamed_type_id(body.body.as_ref()?)?,
                            operations: operations
                                .filter_map(|pointer| stems.get(pointer.as_str()).cloned())
                                .collect(),
                        })
                    });
                    let nameless: Vec<Shared> = nameless.collect();
                    let most = common_body(&nameless, variant.status, record);
                    for body in nameless {
                        if most == Some(body.id) {
                            count(body.id);
                            continue;
                        }
                        let known = rare.entry((body.id, variant.status)).or_default();
                        known.extend(body.operations);
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
            operations: stems.into_values().map(|one| one.origin).collect(),
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

    /// Returns the origins of a body as the record of names has them: its operations if it is named
    /// after them, else the status.
    pub fn origins(&self, id: TypeId, status: StatusRange) -> Vec<String> {
        match self.rare.get(&(id, status)) {
            Some(operations) => {
                let operations = operations.iter();
                let origins = operations.map(|one| operation_origin(&one.origin, status));
                origins.collect()
            }
            None => vec![status_origin(status)],
        }
    }

    /// Returns the origins under which the record may have a body: besides those of today, the
    /// operations after which it was named when other operations had other bodies.
    pub fn recorded_origins(&self, id: TypeId, status: StatusRange) -> Vec<String> {
        let mut origins = self.origins(id, status);
        if !self.rare.keys().any(|(_, other)| *other == status) {
            let operations = self.operations.iter();
            origins.extend(operations.map(|origin| operation_origin(origin, status)));
        }
        origins
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

/// Returns the body that most operations share and that is named after the status. If the record has
/// the name of such a body, it is the one of the operations that are in the record.
fn common_body(bodies: &[Shared], status: StatusRange, record: &Record) -> Option<TypeId> {
    let has_own_name = |body: &Shared| {
        let mut origins = body.operations.iter();
        origins.any(|one| {
            let origin = operation_origin(&one.origin, status);
            record.type_name(&[origin]).is_some()
        })
    };
    let all: usize = bodies.iter().map(|body| body.operations.len()).sum();
    let is_recorded = record.type_name(&[status_origin(status)]).is_some();
    let known = |body: &Shared| {
        let operations = body.operations.iter();
        operations
            .filter(|one| record.method(&one.origin).is_some())
            .count()
    };
    let candidates = bodies.iter().filter(|body| !has_own_name(body));
    if is_recorded && let Some(body) = candidates.clone().max_by_key(|body| known(body)) {
        return (known(body) > 0).then_some(body.id);
    }
    let mut candidates = candidates;
    candidates
        .find(|body| body.operations.len().saturating_mul(2) > all)
        .map(|body| body.id)
}

/// Returns the origin of the body that is named after a status.
fn status_origin(status: StatusRange) -> String {
    match status {
        StatusRange::One(status) => format!("error {}", status.0),
        other => format!("error {}", status_name(other)),
    }
}

/// Returns the origin of the body that is named after an operation.
fn operation_origin(operation: &str, status: StatusRange) -> String {
    format!("{operation} {}", status_origin(status))
}

/// Returns the operations by their JSON pointers.
fn stems_by_operation(lowered: &Lowered) -> BTreeMap<&str, OperationStem> {
    let operations = lowered.resources.iter().flat_map(|resource| {
        let operations = resource.operations.iter();
        operations.map(move |operation| (resource, operation))
    });
    operations
        .filter(|(_, operation)| {
            !operation.name.rust.is_empty() && operation.other_body_type.is_none()
        })
        .map(|(resource, operation)| {
            let stem = OperationStem {
                pointer: operation.pointer.clone(),
                origin: origin(operation),
                stem: stems(resource, operation).body,
            };
            (operation.pointer.as_str(), stem)
        })
        .collect()
}
