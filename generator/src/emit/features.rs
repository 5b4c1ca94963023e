//! The features that items require, in a crate that has a feature for each tag.

use crate::model::{Gate, Resource};
use proc_macro2::TokenStream;
use quote::quote;

/// Returns `#[cfg(..)]` for an item that requires one of these features.
pub fn cfg(gate: &Gate<'_>) -> TokenStream {
    let condition = condition(gate);
    quote!(#[cfg(#condition)])
}

/// Returns `#[cfg(..)]` for an item that belongs to a resource; no tokens if the resource is part of
/// every crate.
pub fn cfg_of_resource(resource: &Resource) -> TokenStream {
    gate(resource).as_ref().map(cfg).unwrap_or_default()
}

/// Returns the attribute that includes a page as docs, if the crate has the resource of the page.
pub fn page_docs(page: &str, resource: &Resource) -> TokenStream {
    match gate(resource).as_ref().map(condition) {
        Some(condition) => quote!(#[cfg_attr(#condition, doc = include_str!(#page))]),
        None => quote!(#[doc = include_str!(#page)]),
    }
}

/// Returns the sentence that names the features in Markdown.
pub fn sentence(gate: &Gate<'_>) -> String {
    let mut names: Vec<_> = gate.iter().map(|name| format!("`{name}`")).collect();
    let last = names.pop().unwrap_or_default();
    match names.is_empty() {
        true => format!("Requires the feature {last}."),
        false => format!("Requires the feature {} or {last}.", names.join(", ")),
    }
}

fn gate(resource: &Resource) -> Option<Gate<'_>> {
    let feature = resource.feature.as_deref()?;
    Some(Gate::from([feature]))
}

fn condition(gate: &Gate<'_>) -> TokenStream {
    let features: Vec<_> = gate.iter().map(|name| quote!(feature = #name)).collect();
    match features.as_slice() {
        [one] => one.clone(),
        several => quote!(any(#(#several),*)),
    }
}
