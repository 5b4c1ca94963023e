//! Arguments that are lists: any iterator over values that convert to the items.

use super::{Context, tokens};
use crate::model::{NumberWidth, Type};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

impl Context<'_> {
    /// Returns the type of the items of an argument that is a list, and the expression for the
    /// list.
    pub(super) fn list_item_and_value(
        &self,
        item: &Type,
        name: &Ident,
    ) -> (TokenStream, TokenStream) {
        match item {
            Type::String => (quote!(impl AsRef<str>), quote!(list::strings(#name))),
            Type::Formatted(_) => (
                quote!(impl IntoText),
                quote!(list::of(#name.into_iter().map(IntoText::into_text))),
            ),
            // Byte strings of different lengths have different types, so an array of them would not
            // convert.
            Type::Base64 => (quote!(Base64), quote!(list::of(#name))),
            item if item.text_name().is_some() => {
                let item = tokens::ty(item);
                let value = quote!(list::converted::<#item>(#name));
                (quote!(impl Into<#item>), value)
            }
            Type::Integer(_) => (quote!(impl Integer), quote!(list::integers(#name))),
            Type::Number(NumberWidth::F64) => (quote!(impl Into<f64>), quote!(list::floats(#name))),
            Type::Number(NumberWidth::F32) => (
                quote!(f32),
                quote!(list::of(#name.into_iter().map(number::Float))),
            ),
            item => (self.ty(item), quote!(list::of(#name))),
        }
    }
}
