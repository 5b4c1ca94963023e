//! Leaving out the operations that are not supported, and no others.

use super::references;
use super::resource::{Plan, Planned, PlannedResource};
use crate::diagnostic::Diagnostic;
use crate::model::LeftOut;
use crate::spec::Document;
use std::collections::BTreeSet;

/// Takes the operations out of the plan that problems concern, and lists them with the reasons. A problem
/// within a component concerns those operations that reach it, directly or through others.
pub fn prune(document: &Document, plan: &mut Plan<'_>, problems: &[Diagnostic]) -> Vec<LeftOut> {
    let mut left_out = Vec::new();
    if problems.is_empty() {
        return left_out;
    }
    for resource in &mut plan.resources {
        let tag = resource.tag;
        resource.operations.retain(|planned| {
            let reasons = reasons(document, tag, planned, problems);
            if !reasons.is_empty() {
                left_out.push(LeftOut {
                    operation: format!("{} {}", planned.method.as_str(), planned.path),
                    place: planned.place.clone(),
                    reasons,
                });
            }
            left_out
                .last()
                .is_none_or(|last| last.place != planned.place)
        });
    }
    plan.resources
        .retain(|resource| !resource.operations.is_empty());
    left_out
}

/// The problems that concern none of the plan's operations.
pub fn unattributed(
    document: &Document,
    plan: &Plan<'_>,
    problems: &[Diagnostic],
) -> Vec<Diagnostic> {
    if problems.is_empty() {
        return Vec::new();
    }
    let mut places: BTreeSet<String> = references::all(document, plan).into_iter().collect();
    places.extend(plan.places().map(str::to_owned));
    let concerns = |problem: &&Diagnostic| !holds(&places, &problem.pointer);
    problems.iter().filter(concerns).cloned().collect()
}

/// What is wrong with one operation and all that it reaches.
fn reasons(
    document: &Document,
    tag: &str,
    planned: &Planned<'_>,
    problems: &[Diagnostic],
) -> Vec<String> {
    let plan = Plan {
        resources: vec![PlannedResource {
            tag,
            operations: vec![planned.clone()],
        }],
    };
    let mut places: BTreeSet<String> = references::all(document, &plan).into_iter().collect();
    places.extend(plan.places().map(str::to_owned));
    let concerns = |problem: &&Diagnostic| holds(&places, &problem.pointer);
    let reason = |problem: &Diagnostic| format!("{} (at {})", problem.message, problem.pointer);
    problems.iter().filter(concerns).map(reason).collect()
}

/// Whether a pointer leads to one of the places or into it.
fn holds(places: &BTreeSet<String>, pointer: &str) -> bool {
    let ends = pointer
        .match_indices('/')
        .map(|(end, _)| end)
        .chain([pointer.len()]);
    ends.filter_map(|end| pointer.get(..end))
        .any(|place| places.contains(place))
}
