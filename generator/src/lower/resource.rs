//! Lowers tags to resources.

use super::Lowering;
use super::describe;
use super::operation::lower_operation;
use super::plan::Plan;
use crate::model::Name;
use crate::model::unnamed::{OperationId, Resource};

/// Lowers the plan's resources. A rejected operation is omitted, and its problems are recorded as
/// diagnostics.
pub fn lower<'a>(lowering: &mut Lowering<'a>, plan: &Plan<'a>) -> Vec<Resource> {
    let openapi = lowering.document.openapi();
    let mut resources = Vec::new();
    for (number, planned) in plan.resources.iter().enumerate() {
        let mut operations = Vec::new();
        for operation in &planned.operations {
            // The index counts only the accepted operations, so that it is valid in the model.
            let id = OperationId::new(number, operations.len());
            let Some(lowered) = lower_operation(lowering, operation, id) else {
                continue;
            };
            let next = operations.len().saturating_add(1);
            let id = |index: usize| OperationId::new(number, next.saturating_add(index));
            let others = lowering.operations_by_body_type(operation, &lowered, id);
            operations.push(lowered);
            operations.extend(others);
        }
        let tag = openapi.tags.iter().find(|tag| tag.name == planned.tag);
        resources.push(Resource {
            name: Name {
                wire: planned.tag.to_owned(),
                rust: String::new(),
            },
            module: String::new(),
            file: String::new(),
            feature: None,
            description: describe::non_empty(tag.and_then(|tag| tag.description.as_deref())),
            external_docs: describe::external_docs(tag.and_then(|tag| tag.external_docs.as_ref())),
            operations,
        });
    }
    resources
}
