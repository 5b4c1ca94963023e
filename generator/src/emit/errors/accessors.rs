//! Accessors for the fields that most error bodies have: the code, the message and the
//! documentation URL.

use super::Context;
use crate::emit::tokens;
use crate::model::{ErrorBody, Field, Kind, OperationErrorBody, Payload, Scalar, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// Generates the accessors. They return `None` for variants whose body has no such field.
pub fn accessors(context: &Context<'_>) -> TokenStream {
    let code = accessor(
        context,
        "code",
        "Returns the error code of the API, or `None` if the response has none.",
        |field| field.wire == "code",
    );
    let message = accessor(
        context,
        "message",
        "Returns the error message of the API, or `None` if the response has none.",
        |field| field.error_message || field.wire == "message",
    );
    let doc_url = accessor(
        context,
        "doc_url",
        "Returns the URL of the documentation for the error, or `None` if the response has none.",
        |field| field.wire == "doc_url",
    );
    quote!(#code #message #doc_url)
}

fn accessor(
    context: &Context<'_>,
    name: &str,
    summary: &str,
    wanted: fn(&Field) -> bool,
) -> TokenStream {
    let arms: Vec<_> = context
        .api
        .errors
        .variants
        .iter()
        .flat_map(|variant| {
            let name = tokens::ident(&variant.rust);
            let arms: Vec<_> = match &variant.payload {
                Payload::None => Vec::new(),
                Payload::One(body) => {
                    let value = field_expression(context, body, wanted);
                    value
                        .map(|value| quote!(Self::#name(body) => #value,))
                        .into_iter()
                        .collect()
                }
                Payload::PerOperation { rust, bodies } => {
                    let body_enum = tokens::ident(rust);
                    let arm = |body: &OperationErrorBody| {
                        let value = field_expression(context, body.body.as_ref()?, wanted)?;
                        let variant = tokens::ident(&body.rust);
                        Some(quote!(Self::#name(#body_enum::#variant(body)) => #value,))
                    };
                    bodies.iter().filter_map(arm).collect()
                }
            };
            arms
        })
        .collect();
    let name = tokens::ident(name);
    let lines = tokens::doc_lines(&[summary.to_owned()]);
    let value = if arms.is_empty() {
        quote!(None)
    } else {
        quote!(match self { #(#arms)* _ => None, })
    };
    quote! {
        #lines
        pub fn #name(&self) -> Option<&str> {
            #value
        }
    }
}

/// Returns the expression for the field of a body that `wanted` selects; `None` if there is none.
fn field_expression(
    context: &Context<'_>,
    body: &ErrorBody,
    wanted: fn(&Field) -> bool,
) -> Option<TokenStream> {
    let Type::Named(name) = &body.ty else {
        return None;
    };
    let Kind::Struct { fields, .. } = &context.definition(name)?.kind else {
        return None;
    };
    let marked = fields
        .iter()
        .find(|field| field.error_message && wanted(field));
    string_expression(
        marked.or_else(|| fields.iter().find(|field| wanted(field)))?,
        context,
    )
}

/// Returns the expression for the string of a field; `None` if the field is not a string.
fn string_expression(field: &Field, context: &Context<'_>) -> Option<TokenStream> {
    let name = tokens::ident(&field.rust);
    let optional = field.is_option();
    match &field.ty {
        Type::String if optional => Some(quote!(body.#name.as_deref())),
        Type::String => Some(quote!(Some(&body.#name))),
        Type::Named(ty) if is_string_enum(context, ty) => {
            if optional {
                Some(quote!(body.#name.as_ref().map(|value| value.as_str())))
            } else {
                Some(quote!(Some(body.#name.as_str())))
            }
        }
        _ => None,
    }
}

fn is_string_enum(context: &Context<'_>, name: &str) -> bool {
    let kind = context.definition(name).map(|def| &def.kind);
    matches!(
        kind,
        Some(Kind::Enum {
            scalar: Scalar::String,
            ..
        })
    )
}
