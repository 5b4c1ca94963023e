//! The request builder of an operation and its setters.

use super::arguments::{self, Argument};
use super::links::Scope;
use super::{Context, docs, known, media_types, response, tokens};
use crate::model::{Input, Operation, Resource, unraw};
use proc_macro2::TokenStream;
use quote::quote;

/// Generates the type alias of the builder, its setters and the traits of the operation.
pub fn items(
    context: &Context<'_>,
    resource: &Resource,
    operation: &Operation,
) -> Vec<TokenStream> {
    let builder = tokens::ident(&operation.builder);
    let handle = &resource.name.rust;
    let method = unraw(&operation.name.rust);
    let mut lines = vec![
        format!("Request builder returned by [`{handle}::{method}`]."),
        String::new(),
    ];
    lines.extend(docs::lines(&response::send_docs(context, operation)));
    if operation.body.as_ref().is_some_and(|body| body.is_open) {
        lines.push(String::new());
        lines.push(EXTRA_FIELDS.to_owned());
    }
    let lines = tokens::doc_lines(&lines);
    let mut setters = setters(context, resource, operation);
    setters.extend(media_types::methods(context, operation));
    let mut items = vec![quote! {
        #lines
        pub type #builder<C = Client> = RequestBuilder<operation::#builder, C>;
    }];
    if !setters.is_empty() {
        items.push(quote! {
            impl<C> #builder<C> {
                #(#setters)*
            }
        });
    }
    items.extend(response::items(context, operation));
    items
}

fn setters(context: &Context<'_>, resource: &Resource, operation: &Operation) -> Vec<TokenStream> {
    let setters = operation.setters().into_iter();
    setters
        .flat_map(|input| {
            let clears = operation
                .has_clear_setter(input)
                .then(|| clear_setter(input));
            let empty = operation.empty_setter(input);
            let empty = empty.map(|name| empty_setter(input, &name));
            [
                Some(setter(context, resource, operation, input)),
                clears,
                empty,
            ]
        })
        .flatten()
        .collect()
}

/// The note on an operation whose body is an open object.
const EXTRA_FIELDS: &str =
    "[`extra_body_field`](RequestBuilder::extra_body_field) sets another field of the body.";

/// The note on a field that an optional body requires.
pub const REQUIRED_WITH_OTHERS: &str = "Required if any other field of the body is set.";

/// Setter names that clippy expects to be implementations of operator traits.
const OPERATOR_METHODS: [&str; 10] = [
    "add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub",
];

fn setter(
    context: &Context<'_>,
    resource: &Resource,
    operation: &Operation,
    input: Input<'_>,
) -> TokenStream {
    let name = tokens::ident(input.rust());
    let lint_attribute = OPERATOR_METHODS
        .contains(&input.rust())
        .then(|| quote!(#[allow(clippy::should_implement_trait)]));
    let lines = setter_docs(resource, operation, input);
    let deprecated = tokens::deprecated(input.deprecated());
    let Argument { ty, call } = arguments::input(context, operation, input);
    quote! {
        #lines
        #deprecated
        #lint_attribute
        pub fn #name(mut self, #name: #ty) -> Self {
            self.request.#call;
            self
        }
    }
}

/// Generates the method that sends `null` for a field.
fn clear_setter(input: Input<'_>) -> TokenStream {
    let (name, wire) = (tokens::ident(&input.clear_setter()), input.wire());
    let lines = tokens::doc_lines(&[format!("Sends `null` for `{wire}`, which clears it.")]);
    let deprecated = tokens::deprecated(input.deprecated());
    quote! {
        #lines
        #deprecated
        pub fn #name(mut self) -> Self {
            self.request.clear(#wire);
            self
        }
    }
}

/// Returns the note on the media types that the document declares for a part of a form.
pub fn media_types_note(input: Input<'_>) -> Option<String> {
    let Input::Field(field) = input else {
        return None;
    };
    let types = field.encoding.content_types.iter();
    let types: Vec<_> = types.map(|media_type| docs::code(media_type)).collect();
    match types.as_slice() {
        [] => None,
        [one] => Some(format!("Media type: {one}.")),
        several => Some(format!("Media types: {}.", several.join(", "))),
    }
}

/// Generates the method that sends a query parameter without a value.
fn empty_setter(input: Input<'_>, name: &str) -> TokenStream {
    let (name, wire) = (tokens::ident(name), input.wire());
    let lines = format!("Sends {} without a value.", docs::code(wire));
    let lines = tokens::doc_lines(&[lines]);
    let deprecated = tokens::deprecated(input.deprecated());
    quote! {
        #lines
        #deprecated
        pub fn #name(mut self) -> Self {
            self.request.query_str(#wire, "");
            self
        }
    }
}

fn setter_docs(resource: &Resource, operation: &Operation, input: Input<'_>) -> TokenStream {
    let media_types = media_types_note(input);
    let required_note = operation
        .is_required_with_others(input)
        .then_some(REQUIRED_WITH_OTHERS);
    let known = known::input(input);
    let default = input.default().and_then(known::default_value);
    let scope = Scope {
        resource,
        operation: Some(operation),
        is_builder: true,
        own: input.rust(),
    };
    let passages = [
        known.as_deref(),
        media_types.as_deref(),
        required_note,
        default.as_deref(),
    ];
    // Without a description, the code spans are values and names of the document.
    let lines = match input.description() {
        Some(_) => scope.paragraphs(passages),
        None => docs::paragraphs(passages),
    };
    tokens::doc_lines(&lines)
}
