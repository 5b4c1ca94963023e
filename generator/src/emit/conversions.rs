//! The conversions of payloads to unions.

use super::{Context, tokens};
use crate::model::{Kind, Type, UnionVariant};
use proc_macro2::TokenStream;
use quote::quote;

/// Generates the `From` impls for the payload of a variant, unless another variant has the same type.
pub fn from_impls(
    context: &Context<'_>,
    name: &proc_macro2::Ident,
    variant: &UnionVariant,
    variants: &[UnionVariant],
) -> Vec<TokenStream> {
    let own = rust_type(context, &variant.ty);
    let same = variants.iter().map(|other| rust_type(context, &other.ty));
    if same.filter(|other| *other == own).count() > 1 {
        return Vec::new();
    }
    let (ty, variant_name) = (tokens::ty(&variant.ty), tokens::ident(&variant.rust));
    let value = match &variant.ty {
        Type::Named(_) => quote!(Box::new(value)),
        _ => quote!(value),
    };
    let mut impls = vec![quote! {
        impl From<#ty> for #name {
            fn from(value: #ty) -> Self {
                Self::#variant_name(#value)
            }
        }
    }];
    if own == "String" {
        impls.push(quote! {
            impl From<&str> for #name {
                fn from(value: &str) -> Self {
                    Self::#variant_name(value.to_owned())
                }
            }
        });
    }
    impls
}

/// Returns the Rust type of a payload, without aliases.
fn rust_type(context: &Context<'_>, ty: &Type) -> String {
    let alias = ty.named().and_then(|name| context.definition(name));
    match (ty, alias.map(|def| &def.kind)) {
        (Type::Named(_), Some(Kind::Alias(target))) => target.to_string(),
        (Type::Named(name), _) => {
            let def = context.definition(name);
            def.map_or(name.as_str(), |def| def.rust.as_str())
                .to_owned()
        }
        _ => ty.to_string(),
    }
}
