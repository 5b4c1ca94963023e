//! Names of arguments and setters, which are parameters and body fields.

use super::case::{snake, unescape_keyword};
use super::media_types;
use super::reserved::{self, Namespace};
use super::scope::Scope;
use crate::model::unnamed::{Field, Operation};
use crate::model::{Location, clear_setter, empty_setter};

/// Names the parameters and body fields of an operation. They share one request builder and so one
/// scope.
pub fn arguments(operation: &mut Operation) {
    let mut reserved = reserved::names(Namespace::Builder);
    reserved.extend(operation.stream_methods());
    let mut scope = Scope::with_reserved(&reserved);
    // Path parameters are named first, then required ones, so that they keep their plain names.
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
        parameter.name.rust = match parameter.has_empty_setter() {
            true => claim_with(&name, &mut scope, empty_setter),
            false => scope.claim_unique(name, &operation.pointer),
        };
    }
    if let Some(body) = &mut operation.body {
        let is_merge_patch = body.is_merge_patch();
        for field in body.content.fields_mut() {
            let is_cleared = field.nullable || (is_merge_patch && !field.required);
            field.rust = setter(field, is_cleared, &mut scope);
        }
    }
    for other in &mut operation.other_formats {
        let name = |word: &str| format!("as_{word}");
        other.rust = media_types::claim(&mut scope, &other.body.media_type, &other.pointer, name);
    }
}

/// Adds the first name that is free together with another one that depends on it, such as the name
/// of an `empty_` method.
fn claim_with(name: &str, scope: &mut Scope, other: fn(&str) -> String) -> String {
    let plain = unescape_keyword(name);
    let numbered = (2_u32..).map(|number| format!("{plain}{number}"));
    let mut candidates = std::iter::once(name.to_owned()).chain(numbered);
    let is_free = |candidate: &String| scope.is_free(candidate) && scope.is_free(&other(candidate));
    let name = candidates.find(is_free).unwrap_or_else(|| name.to_owned());
    scope.claim_unique(other(&name), "");
    scope.claim_unique(name, "")
}

/// Returns a free name for the setter of a body field. If `is_cleared` is true, the name of the
/// `clear_` method is free too.
fn setter(field: &Field, is_cleared: bool, scope: &mut Scope) -> String {
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
        if scope.is_free(&candidate) && (!is_cleared || scope.is_free(&clear)) {
            scope.claim_unique(candidate.clone(), "");
            if is_cleared {
                scope.claim_unique(clear, "");
            }
            return candidate;
        }
    }
    name
}
