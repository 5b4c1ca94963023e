//! Names of variables in examples.

use super::case::{snake, unescape_keyword};
use crate::model::{Operation, Resource, Success, Type, unraw};

/// Returns the name of the variable for the client.
pub fn client(client: &str) -> String {
    variable(client).unwrap_or_else(|| "client".to_owned())
}

/// Names the variables for the results of all operations. Types must have names already.
pub fn assign_results(resources: &mut [Resource]) {
    for resource in resources {
        for operation in &mut resource.operations {
            operation.result_variable = result(&resource.module, operation);
        }
    }
}

/// Returns the name of the variable for the result; `None` if the response has no body.
fn result(module: &str, operation: &Operation) -> Option<String> {
    let name = match &operation.success {
        Success::One(response) => match &response.body.as_ref()?.ty {
            Type::Array(_) | Type::OneOrMany(_) => variable(unraw(module)),
            Type::Named(name) if !name.ends_with("Response") => variable(name),
            _ => None,
        },
        Success::Several { .. } => None,
    };
    Some(name.unwrap_or_else(|| "response".to_owned()))
}

/// Converts the name of a type to the name of a variable; `None` if the result is a keyword.
fn variable(ty: &str) -> Option<String> {
    let name = snake(ty);
    (unescape_keyword(&name) == name).then_some(name)
}
