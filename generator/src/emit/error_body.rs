//! The trait `ErrorBody` of the structs that are the payload of an error. It returns the response
//! and the fields that most error bodies have: the code, the message and the documentation URL.

use super::{Context, tokens};
use crate::model::{Field, Kind, Scalar, Type, TypeDef};
use proc_macro2::TokenStream;
use quote::quote;

/// Generates the impl of the runtime's trait `ErrorBody` for a struct.
pub fn error_body(context: &Context<'_>, def: &TypeDef, fields: &[Field]) -> TokenStream {
    let name = tokens::ident(&def.rust);
    let code = accessor(context, fields, "code", |field| field.wire == "code");
    let message = accessor(context, fields, "message", |field| {
        field.error_message || field.wire == "message"
    });
    let doc_url = accessor(context, fields, "doc_url", |field| field.wire == "doc_url");
    quote! {
        impl ErrorBody for #name {
            fn attach(&mut self, response: ErrorResponse) {
                self.response = response.into();
            }

            fn response(&self) -> &ErrorResponse {
                &self.response
            }

            #code
            #message
            #doc_url
        }
    }
}

/// Generates the method `name`, which returns the string of the field that `wanted` selects.
/// Without such a field, the method of the trait returns `None`.
fn accessor(
    context: &Context<'_>,
    fields: &[Field],
    name: &str,
    wanted: fn(&Field) -> bool,
) -> Option<TokenStream> {
    let marked = fields
        .iter()
        .find(|field| field.error_message && wanted(field));
    let field = marked.or_else(|| fields.iter().find(|field| wanted(field)))?;
    let value = string_expression(field, context)?;
    let name = tokens::ident(name);
    Some(quote! {
        fn #name(&self) -> Option<&str> {
            #value
        }
    })
}

/// Returns the expression for the string of a field; `None` if the field is not a string.
fn string_expression(field: &Field, context: &Context<'_>) -> Option<TokenStream> {
    let name = tokens::ident(&field.rust);
    let optional = field.is_option();
    match &field.ty {
        Type::String | Type::Formatted(_) if optional => Some(quote!(self.#name.as_deref())),
        Type::String | Type::Formatted(_) => Some(quote!(Some(&self.#name))),
        Type::Named(ty) if is_string_enum(context, ty) => {
            if optional {
                Some(quote!(self.#name.as_ref().map(|value| value.as_str())))
            } else {
                Some(quote!(Some(self.#name.as_str())))
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
