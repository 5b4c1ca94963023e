//! Generates open enums: a variant for each declared value, and `Unknown` for all other values.

use super::{docs, tokens};
use crate::model::{EnumValue, Scalar, TypeDef};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// Generates the enum, its conversions, and its serialization and deserialization.
pub fn items(def: &TypeDef, scalar: Scalar, values: &[EnumValue]) -> Vec<TokenStream> {
    let name = tokens::ident(&def.rust);
    let mut items = vec![definition(def, &name, scalar, values)];
    items.extend(match scalar {
        Scalar::String => strings(&name, values),
        Scalar::Integer => integers(&name, values),
        Scalar::Mixed => mixed(&name, values),
    });
    items
}

fn definition(def: &TypeDef, name: &Ident, scalar: Scalar, values: &[EnumValue]) -> TokenStream {
    let type_docs = tokens::type_docs(def);
    let deprecated = tokens::deprecated(def.deprecated.as_deref());
    let variants = values.iter().map(|value| {
        let variant = tokens::ident(&value.rust);
        let variant_docs = tokens::doc_lines(&value_docs(scalar, value));
        quote!(#variant_docs #variant,)
    });
    // For strings, `string_enum!` implements the other traits, based on the string of a value.
    let (unknown, derived) = match scalar {
        Scalar::String => (quote!(String), quote!(Clone)),
        Scalar::Integer => (quote!(i64), quote!(Clone, Debug, PartialEq, Eq, Hash)),
        Scalar::Mixed => (quote!(serde_json::Value), quote!(Clone, Debug, PartialEq)),
    };
    quote! {
        #type_docs
        #deprecated
        #[derive(#derived)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value that this version of the crate does not know.
            Unknown(#unknown),
        }
    }
}

/// Returns the docs of a variant: its description, and the value that the API uses.
fn value_docs(scalar: Scalar, value: &EnumValue) -> Vec<String> {
    let wire = docs::code(&value.shown(scalar));
    match &value.description {
        None => docs::lines(&wire),
        Some(description) => {
            let wire = format!("In the API: {wire}.");
            docs::paragraphs([Some(description.as_str()), Some(wire.as_str())])
        }
    }
}

/// Generates the constant that lists the known values of an enum.
fn known_values(values: &[EnumValue]) -> TokenStream {
    let variants = values.iter().map(|value| tokens::ident(&value.rust));
    quote! {
        /// The values that this version of the crate knows.
        pub const VALUES: &'static [Self] = &[#(Self::#variants),*];
    }
}

fn strings(name: &Ident, values: &[EnumValue]) -> Vec<TokenStream> {
    let known_values = known_values(values);
    let as_str_arms = values.iter().map(|value| {
        let (variant, wire) = (tokens::ident(&value.rust), &value.wire);
        quote!(Self::#variant => #wire,)
    });
    vec![
        quote! {
            impl #name {
                #known_values

                /// Returns the string that the API uses for this value.
                pub fn as_str(&self) -> &str {
                    match self {
                        #(#as_str_arms)*
                        Self::Unknown(value) => value,
                    }
                }
            }
        },
        quote!(string_enum!(#name);),
    ]
}

fn integers(name: &Ident, values: &[EnumValue]) -> Vec<TokenStream> {
    let pairs: Vec<_> = values
        .iter()
        .filter_map(|value| {
            let number = proc_macro2::Literal::i64_unsuffixed(value.wire.parse().ok()?);
            Some((tokens::ident(&value.rust), number))
        })
        .collect();
    let known_values = known_values(values);
    let value_arms = pairs
        .iter()
        .map(|(variant, number)| quote!(Self::#variant => #number,));
    let from_arms = pairs
        .iter()
        .map(|(variant, number)| quote!(#number => Self::#variant,));
    vec![
        quote! {
            impl #name {
                #known_values

                /// Returns the integer that the API uses for this value.
                pub fn value(&self) -> i64 {
                    match self {
                        #(#value_arms)*
                        Self::Unknown(value) => *value,
                    }
                }
            }
        },
        quote! {
            impl From<i64> for #name {
                fn from(value: i64) -> Self {
                    match value {
                        #(#from_arms)*
                        other => Self::Unknown(other),
                    }
                }
            }
        },
        quote!(integer_enum!(#name);),
    ]
}

fn mixed(name: &Ident, values: &[EnumValue]) -> Vec<TokenStream> {
    // Numbers and booleans are written in Rust as in JSON.
    let to_literal = |value: &EnumValue| {
        let wire = &value.wire;
        let literal = value.is_json.then(|| wire.parse::<TokenStream>().ok());
        literal.flatten().unwrap_or_else(|| quote!(#wire))
    };
    let known_values = known_values(values);
    let value_arms = values.iter().map(|value| {
        let (variant, literal) = (tokens::ident(&value.rust), to_literal(value));
        quote!(Self::#variant => serde_json::json!(#literal),)
    });
    let from_branches = values.iter().map(|value| {
        let (variant, literal) = (tokens::ident(&value.rust), to_literal(value));
        quote! {
            if value == serde_json::json!(#literal) {
                return Self::#variant;
            }
        }
    });
    vec![
        quote! {
            impl #name {
                #known_values

                /// Returns the JSON value that the API uses for this value.
                pub fn to_value(&self) -> serde_json::Value {
                    match self {
                        #(#value_arms)*
                        Self::Unknown(value) => value.clone(),
                    }
                }
            }
        },
        quote! {
            impl From<serde_json::Value> for #name {
                fn from(value: serde_json::Value) -> Self {
                    #(#from_branches)*
                    Self::Unknown(value)
                }
            }
        },
        quote!(mixed_enum!(#name);),
    ]
}
