//! `models.rs`: the structs and enums that requests and replies are made of.

use super::{Context, SourceFile, docs, path, tokens};
use crate::model::{EnumValue, Field, IntegerWidth, Kind, NumberWidth, Type, TypeDef};
use proc_macro2::TokenStream;
use quote::quote;

/// The file of the models.
pub fn file(context: &Context<'_>) -> SourceFile {
    let types = &context.api.types;
    SourceFile {
        path: path("models"),
        docs: vec!["The types that requests and replies are made of.".to_owned()],
        imports: imports(types),
        items: types.iter().flat_map(items).collect(),
    }
}

fn imports(types: &[TypeDef]) -> Vec<TokenStream> {
    let fields = || {
        types.iter().flat_map(|def| match &def.kind {
            Kind::Struct(fields) => fields.as_slice(),
            Kind::Enum(_) => &[],
        })
    };
    let has = |test: &dyn Fn(&Type) -> bool| fields().any(|field| tokens::any(&field.ty, test));
    let mut runtime = Vec::new();
    if types.iter().any(|def| def.error_payload) {
        runtime.extend([quote!(AttachedReply), quote!(ErrorBody), quote!(ErrorReply)]);
    }
    if has(&|ty| matches!(ty, Type::Timestamp)) {
        runtime.push(quote!(Timestamp));
    }
    if fields().any(|field| number_module(&field.ty).is_some()) {
        runtime.push(quote!(number));
    }
    if types.iter().any(|def| matches!(def.kind, Kind::Enum(_))) {
        runtime.push(quote!(string_enum));
    }
    let mut imports = Vec::new();
    if !runtime.is_empty() {
        imports.push(quote!(use crate::runtime::{#(#runtime),*};));
    }
    if types.iter().any(|def| matches!(def.kind, Kind::Struct(_))) {
        imports.push(quote!(
            use serde::{Deserialize, Serialize};
        ));
    }
    if has(&|ty| matches!(ty, Type::Map(_))) {
        imports.push(quote!(
            use std::collections::BTreeMap;
        ));
    }
    imports
}

fn items(def: &TypeDef) -> Vec<TokenStream> {
    match &def.kind {
        Kind::Struct(fields) => structure(def, fields),
        Kind::Enum(values) => enumeration(def, values),
    }
}

fn type_docs(def: &TypeDef, fallback: &str) -> TokenStream {
    let description = def.docs.description.as_deref().unwrap_or(fallback);
    tokens::doc_lines(&docs::lines(description))
}

fn structure(def: &TypeDef, fields: &[Field]) -> Vec<TokenStream> {
    let name = tokens::ident(&def.rust);
    let lines = type_docs(def, &format!("`{}` as the API has it.", def.rust));
    let deprecated = tokens::deprecated(def.deprecated.as_deref());
    let members = fields.iter().map(field);
    let reply = def.error_payload.then(|| {
        quote! {
            #[doc = " The reply that this stood in: never compared, never written."]
            #[serde(skip)]
            pub(crate) reply: AttachedReply,
        }
    });
    let mut items = vec![quote! {
        #lines
        #deprecated
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[non_exhaustive]
        pub struct #name {
            #(#members)*
            #reply
        }
    }];
    if def.error_payload {
        items.push(quote! {
            impl ErrorBody for #name {
                fn attach(&mut self, reply: ErrorReply) {
                    self.reply = reply.into();
                }
            }
        });
    }
    items
}

fn field(field: &Field) -> TokenStream {
    let name = tokens::ident(&field.rust);
    let lines = tokens::doc_lines(&field_docs(field));
    let deprecated = tokens::deprecated(field.deprecated.as_deref());
    let ty = tokens::ty(&field.ty);
    let ty = if is_option(field) {
        quote!(Option<#ty>)
    } else {
        ty
    };
    let serde = serde_attribute(field);
    quote! {
        #lines
        #deprecated
        #serde
        pub #name: #ty,
    }
}

/// What a field's docs say; a field without a description says its name, which `missing_docs` asks for.
pub fn field_docs(field: &Field) -> Vec<String> {
    match &field.description {
        Some(description) => docs::lines(description),
        None => vec![format!("`{}`.", field.wire)],
    }
}

/// Null and absent both read as `None`.
fn is_option(field: &Field) -> bool {
    field.nullable || !field.required
}

fn serde_attribute(field: &Field) -> TokenStream {
    let mut parts = Vec::new();
    let wire = &field.wire;
    if field.rust.strip_prefix("r#").unwrap_or(&field.rust) != wire {
        parts.push(quote!(rename = #wire));
    }
    if let Some(module) = number_module(&field.ty) {
        if is_option(field) {
            let module = format!("number::optional_{module}");
            // `with` takes away the leave that serde gives an absent `Option`.
            parts.push(quote!(default));
            parts.push(quote!(with = #module));
        } else {
            let module = format!("number::{module}");
            parts.push(quote!(with = #module));
        }
    }
    if !field.required {
        parts.push(quote!(skip_serializing_if = "Option::is_none"));
    }
    if parts.is_empty() {
        TokenStream::new()
    } else {
        quote!(#[serde(#(#parts),*)])
    }
}

/// The runtime's module for a number, which reads and writes it as JavaScript would.
fn number_module(ty: &Type) -> Option<&'static str> {
    match ty {
        Type::Integer(IntegerWidth::I64) => Some("integer"),
        Type::Integer(IntegerWidth::I32) => Some("integer_32"),
        Type::Number(NumberWidth::F32 | NumberWidth::F64) => Some("float"),
        _ => None,
    }
}

fn enumeration(def: &TypeDef, values: &[EnumValue]) -> Vec<TokenStream> {
    let name = tokens::ident(&def.rust);
    let lines = type_docs(def, &format!("The values of `{}`.", def.rust));
    let deprecated = tokens::deprecated(def.deprecated.as_deref());
    let variants = values.iter().map(|value| {
        let variant = tokens::ident(&value.rust);
        let line = tokens::doc_lines(&docs::lines(&format!("`{}`", value.wire.replace('`', "'"))));
        quote!(#line #variant,)
    });
    let texts = values.iter().map(|value| {
        let (variant, wire) = (tokens::ident(&value.rust), &value.wire);
        quote!(Self::#variant => #wire,)
    });
    let reads = values.iter().map(|value| {
        let (variant, wire) = (tokens::ident(&value.rust), &value.wire);
        quote!(#wire => Self::#variant,)
    });
    vec![
        quote! {
            #lines
            #deprecated
            #[derive(Clone, Debug, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants)*
                /// A value that this version of the crate does not know, as it came.
                Unknown(String),
            }
        },
        quote! {
            impl #name {
                /// The value as it stands on the wire.
                pub fn as_str(&self) -> &str {
                    match self {
                        #(#texts)*
                        Self::Unknown(value) => value,
                    }
                }
            }
        },
        quote! {
            impl From<&str> for #name {
                fn from(value: &str) -> Self {
                    match value {
                        #(#reads)*
                        other => Self::Unknown(other.to_owned()),
                    }
                }
            }
        },
        quote!(string_enum!(#name);),
    ]
}
