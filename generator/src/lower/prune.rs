//! Pruning: removes the operations that problems affect, and no others.

use super::inheritance::Families;
use super::plan::{self, Plan, PlannedResource};
use super::pointer::Pointer;
use super::references;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Skipped;
use crate::spec::Document;
use std::collections::BTreeSet;

/// Removes the operations that problems affect from the plan, and returns them with the reasons.
///
/// A problem in a component affects every operation that refers to it, directly or through other
/// components.
pub fn prune(
    document: &Document,
    families: &Families,
    plan: &mut Plan<'_>,
    problems: &[Diagnostic],
) -> Vec<Skipped> {
    let mut skipped = Vec::new();
    if problems.is_empty() {
        return skipped;
    }
    for resource in &mut plan.resources {
        let tag = resource.tag;
        resource.operations.retain(|planned| {
            let operations = vec![planned.clone()];
            let plan = Plan {
                resources: vec![PlannedResource { tag, operations }],
                webhooks: Vec::new(),
            };
            let reasons = reasons(document, families, &plan, problems);
            if !reasons.is_empty() {
                skipped.push(Skipped {
                    operation: format!("{} {}", planned.method.as_str(), planned.path),
                    pointer: planned.pointer.clone(),
                    reasons,
                });
            }
            skipped
                .last()
                .is_none_or(|last| last.pointer != planned.pointer)
        });
    }
    plan.resources
        .retain(|resource| !resource.operations.is_empty());
    plan.webhooks.retain(|planned| {
        let plan = Plan {
            resources: Vec::new(),
            webhooks: vec![planned.clone()],
        };
        let reasons = reasons(document, families, &plan, problems);
        let is_valid = reasons.is_empty();
        if !is_valid {
            skipped.push(Skipped {
                operation: format!("webhook {}", planned.name),
                pointer: planned.pointer.clone(),
                reasons,
            });
        }
        is_valid
    });
    skipped
}

/// The document has two values for one key, and it is unknown which one an operation should reach.
pub struct Ambiguous;

/// Returns the invalid components and paths that no operation of the document reaches.
///
/// A duplicate key in such a part makes the document ambiguous.
pub fn unreached(document: &Document, families: &Families) -> Result<Vec<Skipped>, Ambiguous> {
    if document.problems().is_empty() {
        return Ok(Vec::new());
    }
    let (plan, _) = plan::select(document, &[]);
    let pointers = pointers(document, families, &plan);
    let problems = document.problems().iter();
    let problems: Vec<_> = problems
        .filter(|problem| !overlaps(&pointers, &problem.pointer))
        .collect();
    if problems
        .iter()
        .any(|problem| problem.code == Code::DuplicateKey)
    {
        return Err(Ambiguous);
    }
    let mut unreached: Vec<Skipped> = Vec::new();
    for problem in problems {
        // `/components/schemas/Name`, or `/paths/~1things/key`.
        let part: Vec<&str> = problem.pointer.split('/').take(4).collect();
        let (part, reason) = (part.join("/"), reason(document, problem));
        match unreached.iter_mut().find(|known| known.pointer == part) {
            Some(known) => known.reasons.push(reason),
            None => unreached.push(Skipped {
                operation: part.clone(),
                pointer: part,
                reasons: vec![reason],
            }),
        }
    }
    Ok(unreached)
}

/// Returns the locations of the plan's operations and of all components that they reach.
fn pointers(document: &Document, families: &Families, plan: &Plan<'_>) -> BTreeSet<String> {
    let mut pointers: BTreeSet<String> = references::reachable_pointers(document, families, plan)
        .into_iter()
        .collect();
    pointers.extend(plan.pointers().map(str::to_owned));
    let global_security = document.openapi().security.as_ref();
    let operations = plan
        .resources
        .iter()
        .flat_map(|resource| &resource.operations);
    let needed =
        operations.filter_map(|planned| planned.operation.security.as_ref().or(global_security));
    for name in needed.flatten().flat_map(indexmap::IndexMap::keys) {
        pointers.insert(
            Pointer::start("/components/securitySchemes")
                .child(name)
                .to_string(),
        );
    }
    pointers
}

/// Returns the problems of a plan and of the components that it reaches.
fn reasons(
    document: &Document,
    families: &Families,
    plan: &Plan<'_>,
    problems: &[Diagnostic],
) -> Vec<String> {
    let pointers = pointers(document, families, plan);
    let concerns = |problem: &&Diagnostic| overlaps(&pointers, &problem.pointer);
    let problems = problems.iter().filter(concerns);
    problems.map(|problem| reason(document, problem)).collect()
}

fn reason(document: &Document, problem: &Diagnostic) -> String {
    let at = document.written_pointer(&problem.pointer);
    format!("{} (at {at})", problem.message)
}

/// Returns true if the pointer is equal to one of the pointers, inside of one, or contains one.
fn overlaps(pointers: &BTreeSet<String>, pointer: &str) -> bool {
    let ends = pointer
        .match_indices('/')
        .map(|(end, _)| end)
        .chain([pointer.len()]);
    ends.filter_map(|end| pointer.get(..end))
        .any(|known| pointers.contains(known))
        || pointers
            .range(format!("{pointer}/")..)
            .next()
            .is_some_and(|known| known.starts_with(&format!("{pointer}/")))
}
