//! How a value comes in: as an argument or through a setter.

use super::tokens;
use crate::model::Type;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// An argument's type, and the expression that the runtime takes for it.
pub struct Argument {
    pub ty: TokenStream,
    pub value: TokenStream,
}

/// An argument that becomes text in a path or a query, or a value in a JSON body.
pub fn argument(ty: &Type, name: &Ident) -> Argument {
    match ty {
        Type::String => Argument {
            ty: quote!(impl AsRef<str>),
            value: quote!(#name.as_ref()),
        },
        Type::Timestamp => Argument {
            ty: quote!(impl Into<Timestamp>),
            value: quote!(#name.into().as_str()),
        },
        Type::Boolean => Argument {
            ty: quote!(bool),
            value: quote!(#name),
        },
        Type::Integer(_) | Type::Number(_) => {
            let ty = tokens::ty(ty);
            Argument {
                ty: quote!(impl Into<#ty>),
                value: quote!(#name.into()),
            }
        }
        _ => Argument {
            ty: tokens::ty(ty),
            value: quote!(&#name),
        },
    }
}

/// The same where the value goes into a URL: an enum is its text there.
pub fn url_argument(ty: &Type, name: &Ident) -> Argument {
    match ty {
        Type::Named(_) => Argument {
            ty: tokens::ty(ty),
            value: quote!(#name.as_str()),
        },
        _ => argument(ty, name),
    }
}
