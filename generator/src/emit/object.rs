//! The list of the fields of a struct. The runtime's macro `object!` generates the serialization,
//! the deserialization, `Debug` and `Default` from it.

use super::{Context, tokens};
use crate::model::{Field, Kind, Type, TypeDef};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// Generates the call of `object!` for a struct.
pub fn list(
    context: &Context<'_>,
    def: &TypeDef,
    fields: &[Field],
    additional: Option<&Type>,
) -> TokenStream {
    let name = tokens::ident(&def.rust);
    let lines = fields.iter().map(|field| {
        let (name, wire) = (tokens::ident(&field.rust), &field.wire);
        let kind = kind(context, field);
        quote!(#name: #kind #wire,)
    });
    let response = def.error_payload.then(|| quote!(response: private,));
    let others = additional.map(|ty| {
        let kind = if is_numeric_type(context, ty) {
            quote!(other_numbers)
        } else {
            quote!(others)
        };
        quote!(..additional_properties: #kind,)
    });
    quote! {
        object! { #name { #(#lines)* #response #others } }
    }
}

/// Returns the kind of a field: the name of the runtime's methods that read and write it.
fn kind(context: &Context<'_>, field: &Field) -> Ident {
    let kind = if !field.is_option() {
        "required"
    } else if field.is_absent_by_default() {
        "optional"
    } else {
        "nullable"
    };
    let is_list = matches!(field.ty, Type::OneOrMany(_));
    match (is_list, is_numeric_type(context, &field.ty)) {
        (false, false) => format_ident!("{kind}"),
        (false, true) => format_ident!("{kind}_number"),
        (true, false) => format_ident!("{kind}_one_or_many"),
        (true, true) => format_ident!("{kind}_one_or_many_numbers"),
    }
}

/// Returns true for a number, an array or map of numbers, and an alias of one of these.
fn is_numeric_type(context: &Context<'_>, ty: &Type) -> bool {
    ty.nested().any(|ty| match ty {
        Type::Integer(_) | Type::Number(_) => true,
        Type::Named(name) => match context.definition(name).map(|def| &def.kind) {
            Some(Kind::Alias(ty)) => is_numeric_type(context, ty),
            _ => false,
        },
        _ => false,
    })
}
