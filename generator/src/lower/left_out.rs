//! Leaving out the operations that are not supported, and no others.

use super::resource::{Plan, Planned, PlannedResource};
use super::{Lowering, errors, resource};
use crate::diagnostic::Diagnostic;
use crate::model::LeftOut;
use crate::spec::Document;

/// Takes the operations out of the plan that cannot be lowered, each tried by itself, and lists them with the
/// reasons. What is wrong with a component concerns those operations alone that reach it.
pub fn prune(document: &Document, plan: &mut Plan<'_>) -> Vec<LeftOut> {
    let mut left_out = Vec::new();
    for resource in &mut plan.resources {
        let operations = std::mem::take(&mut resource.operations);
        for planned in operations {
            let problems = problems(document, resource.tag, &planned);
            if problems.is_empty() {
                resource.operations.push(planned);
                continue;
            }
            left_out.push(LeftOut {
                operation: format!("{} {}", planned.method.as_str(), planned.path),
                place: planned.place.clone(),
                reasons: problems.iter().map(reason).collect(),
            });
        }
    }
    plan.resources
        .retain(|resource| !resource.operations.is_empty());
    left_out
}

fn reason(problem: &Diagnostic) -> String {
    format!("{} (at {})", problem.message, problem.pointer)
}

/// What is wrong with one operation and all that it reaches.
fn problems(document: &Document, tag: &str, planned: &Planned<'_>) -> Vec<Diagnostic> {
    let mut lowering = Lowering::new(document);
    let plan = Plan {
        resources: vec![PlannedResource {
            tag,
            operations: vec![planned.clone()],
        }],
    };
    let mut problems = document.problems_within(&planned.place).to_vec();
    for reference in super::references::all(document, &plan) {
        problems.extend_from_slice(document.problems_within(&reference));
    }
    if problems.is_empty() {
        lowering.components(&plan);
        resource::lower(&mut lowering, &plan);
        errors::lower(&mut lowering, &plan);
        problems = lowering.diagnostics;
    }
    problems
}
