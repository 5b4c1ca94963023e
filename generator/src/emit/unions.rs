//! Unions: an enum of the types that a value may have.

use super::{docs, tokens};
use crate::model::{Tagging, Type, TypeDef, UnionVariant};
use proc_macro2::TokenStream;
use quote::quote;

/// The enum of a union, and how it is read and written.
pub fn items(def: &TypeDef, tagging: &Tagging, variants: &[UnionVariant]) -> Vec<TokenStream> {
    let name = tokens::ident(&def.rust);
    let lines = super::models::type_docs(def, &format!("`{}`: one of several types.", def.rust));
    let deprecated = tokens::deprecated(def.deprecated.as_deref());
    let members = variants.iter().map(|variant| {
        let line = tokens::doc_lines(&docs::lines(&variant_docs(tagging, variant)));
        let (variant, ty) = (tokens::ident(&variant.rust), payload(&variant.ty));
        quote!(#line #variant(#ty),)
    });
    let writes = variants.iter().map(|variant| {
        let variant = tokens::ident(&variant.rust);
        quote!(Self::#variant(value) => value.serialize(serializer),)
    });
    let mut items = vec![
        quote! {
            #lines
            #deprecated
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum #name {
                #(#members)*
                /// A value that is none of these, as it came.
                Unknown(serde_json::Value),
            }
        },
        quote! {
            impl Serialize for #name {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    match self {
                        #(#writes)*
                        Self::Unknown(value) => value.serialize(serializer),
                    }
                }
            }
        },
        deserialize_impl(&name, tagging, variants),
    ];
    items.extend(
        variants
            .iter()
            .filter_map(|variant| from_impl(&name, variant, variants)),
    );
    items
}

fn variant_docs(tagging: &Tagging, variant: &UnionVariant) -> String {
    match tagging {
        Tagging::Property(property) | Tagging::OptionalProperty(property) => {
            let tags: Vec<_> = variant.tags.iter().map(|tag| docs::code(tag)).collect();
            format!("When {} is {}.", docs::code(property), tags.join(" or "))
        }
        Tagging::Untagged => format!("{}.", describe_type(&variant.ty)),
    }
}

/// A type in words.
fn describe_type(ty: &Type) -> String {
    match ty {
        Type::String => "A text".to_owned(),
        Type::Timestamp => "A point in time".to_owned(),
        Type::Boolean => "`true` or `false`".to_owned(),
        Type::Integer(_) => "A whole number".to_owned(),
        Type::Number(_) => "A number".to_owned(),
        Type::Array(item) => item
            .named()
            .map_or_else(|| "A list".to_owned(), |name| format!("A list of `{name}`")),
        Type::Map(_) => "An object of any keys".to_owned(),
        Type::Named(name) => format!("`{name}`"),
        _ => "A value".to_owned(),
    }
}

/// Named types stand behind a pointer: a union is no larger than its smallest part, and may contain itself.
fn payload(ty: &Type) -> TokenStream {
    let inner = tokens::ty(ty);
    match ty {
        Type::Named(_) => quote!(Box<#inner>),
        _ => inner,
    }
}

fn deserialize_impl(
    name: &proc_macro2::Ident,
    tagging: &Tagging,
    variants: &[UnionVariant],
) -> TokenStream {
    let read = match tagging {
        Tagging::Property(property) => by_tag(property, variants, &TokenStream::new()),
        Tagging::OptionalProperty(property) => {
            let best_match = by_best_match(variants);
            by_tag(property, variants, &quote!(None => #best_match,))
        }
        Tagging::Untagged => by_best_match(variants),
    };
    quote! {
        impl<'de> Deserialize<'de> for #name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = serde_json::Value::deserialize(deserializer)?;
                let read = #read;
                Ok(union::or_unknown(read, value, Self::Unknown))
            }
        }
    }
}

/// The variant whose tag a value has; `untagged` is the arm of a value without one.
fn by_tag(property: &str, variants: &[UnionVariant], untagged: &TokenStream) -> TokenStream {
    let arms = variants.iter().map(|variant| {
        let (tags, variant) = (&variant.tags, tokens::ident(&variant.rust));
        quote!(Some(#(#tags)|*) => union::read(&value).map(Self::#variant),)
    });
    quote! {
        match union::tag(&value, #property) {
            #(#arms)*
            #untagged
            _ => None,
        }
    }
}

/// The variant that has names for most of what is in a value.
fn by_best_match(variants: &[UnionVariant]) -> TokenStream {
    let candidates = variants.iter().map(|variant| {
        let (ty, variant) = (&variant.ty, tokens::ident(&variant.rust));
        match ty {
            Type::Map(_) => quote!(.or_map(Self::#variant)),
            _ => quote!(.or(Self::#variant)),
        }
    });
    quote!(union::UnionMatch::of(&value) #(#candidates)*.best())
}

/// `From` for a variant whose type no other variant has.
fn from_impl(
    name: &proc_macro2::Ident,
    variant: &UnionVariant,
    variants: &[UnionVariant],
) -> Option<TokenStream> {
    let Type::Named(ty) = &variant.ty else {
        return None;
    };
    let same = variants
        .iter()
        .filter(|other| other.ty == variant.ty)
        .count();
    let (ty, variant) = (tokens::ident(ty), tokens::ident(&variant.rust));
    (same == 1).then(|| {
        quote! {
            impl From<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self::#variant(Box::new(value))
                }
            }
        }
    })
}
