//! Names of arguments and setters: parameters and body fields.

use super::case::{snake, unescape_keyword};
use super::scope::Scope;
use crate::model::{Field, Location, Operation, clear_setter};

/// What a request builder has of its own.
const BUILDER_METHODS: [&str; 9] = [
    "send",
    "send_with_response",
    "stream",
    "pages",
    "timeout",
    "deadline",
    "retry",
    "header",
    "request",
];

/// Parameters and body fields share one builder, so they share one scope.
pub fn arguments(operation: &mut Operation) {
    let mut scope = Scope::with_reserved(&BUILDER_METHODS);
    // What a call cannot do without is named first, as its author would.
    let mut order: Vec<_> = operation.parameters.iter_mut().collect();
    order.sort_by_key(|parameter| (parameter.location != Location::Path, !parameter.required));
    for parameter in order {
        let prescribed = !parameter.name.rust.is_empty();
        let name = if prescribed {
            &parameter.name.rust
        } else {
            &parameter.name.wire
        };
        let name = snake(name);
        let name = if scope.is_free(&name) {
            name
        } else {
            format!(
                "{}_{}",
                unescape_keyword(&name),
                parameter.location.as_str()
            )
        };
        parameter.name.rust = scope.claim_unique(name, &operation.place);
    }
    let Some(body) = &mut operation.body else {
        return;
    };
    for field in body.content.fields_mut() {
        field.rust = setter(field, &mut scope);
    }
}

/// A name for the setter of a body's field that is free, as is that of what clears it.
fn setter(field: &Field, scope: &mut Scope) -> String {
    let name = snake(if field.rust.is_empty() {
        &field.wire
    } else {
        &field.rust
    });
    let plain = unescape_keyword(&name);
    let others = (2_u32..).map(|number| format!("{plain}_body{number}"));
    let candidates = [name.clone(), format!("{plain}_body")]
        .into_iter()
        .chain(others);
    for candidate in candidates {
        let clear = clear_setter(&candidate);
        if scope.is_free(&candidate) && (!field.nullable || scope.is_free(&clear)) {
            scope.claim_unique(candidate.clone(), "");
            if field.nullable {
                scope.claim_unique(clear, "");
            }
            return candidate;
        }
    }
    name
}
