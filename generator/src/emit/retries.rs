//! The rules of an operation on repeating its requests, in its docs and for the runtime.

use super::errors;
use crate::model::{Input, Operation, RetryRules, unraw};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Returns the note on repeating requests, if the operation has rules of its own.
pub fn note(operation: &Operation) -> Option<String> {
    let rules = operation.retry.as_ref()?;
    let sentences = [condition(operation, rules), exception(rules)];
    let sentences: Vec<_> = sentences.into_iter().flatten().collect();
    Some(format!("**Retries:** {}", sentences.join(" ")))
}

fn condition(operation: &Operation, rules: &RetryRules) -> Option<String> {
    let wire = rules.idempotent_if.as_deref()?;
    let inputs = [operation.arguments(), operation.setters()].concat();
    let is_field = |input: &Input<'_>| matches!(input, Input::Field(_)) && input.wire() == wire;
    let name = inputs.into_iter().find(is_field);
    let name = name.map_or(wire, Input::rust);
    Some(format!(
        "If `{0}` is set and not empty, the client treats the request as idempotent: it also sends it again after a \
         server error, a timeout or a broken connection. Without `{0}`, it does not send it again once the server \
         may have received it.",
        unraw(name)
    ))
}

fn exception(rules: &RetryRules) -> Option<String> {
    let statuses = rules.never_after.iter();
    let statuses: Vec<_> = statuses
        .filter_map(|status| errors::status_code(*status))
        .collect();
    let statuses = match statuses.as_slice() {
        [] => return None,
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    };
    Some(format!(
        "The client never sends the request again after {statuses}, even with `idempotent(true)`."
    ))
}

/// Generates the entries of the operation's definition.
pub fn rules(operation: &Operation) -> Option<TokenStream> {
    let rules = operation.retry.as_ref()?;
    let field = rules.idempotent_if.as_ref();
    let field = field.map(|name| quote!(idempotent_if: #name,));
    let statuses = rules.never_after.iter();
    let statuses = statuses.map(|status| Literal::u16_unsuffixed(errors::key(*status)));
    let statuses: Vec<_> = statuses.collect();
    let statuses = (!statuses.is_empty()).then(|| quote!(never_retry_after: &[#(#statuses),*],));
    Some(quote!(#field #statuses))
}
