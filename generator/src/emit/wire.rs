//! `wire.rs`: JSON serialization and deserialization of the structs in `models`.

use super::{Context, SourceFile, models, path, tokens};
use crate::model::{Field, Kind, Scalar, Type, TypeDef};
use proc_macro2::TokenStream;
use quote::quote;

/// Generates the file of the JSON serialization.
pub fn file(context: &Context<'_>) -> SourceFile {
    let structs = context.api.types.iter().filter_map(|def| match &def.kind {
        Kind::Struct { fields, additional } => Some((def, fields, additional.as_ref())),
        _ => None,
    });
    let mut items = Vec::new();
    for (def, fields, others) in structs {
        let others = others.map(|ty| is_numeric_type(context, ty));
        let name = model(def);
        items.push(object_impl(context, def, fields, others));
        items.push(quote!(object!(#name);));
    }
    SourceFile {
        path: path("wire"),
        docs: vec!["JSON serialization and deserialization of the structs in `models`.".to_owned()],
        attributes: TokenStream::new(),
        imports: if items.is_empty() {
            Vec::new()
        } else {
            imports(&items)
        },
        items,
    }
}

/// Returns the path of a type in `models`. A bare name could conflict with an import: a document
/// may define its own `Object` or `FieldWriter`.
fn model(def: &TypeDef) -> TokenStream {
    let name = tokens::ident(&def.rust);
    quote!(models::#name)
}

fn imports(items: &[TokenStream]) -> Vec<TokenStream> {
    let mut used_names = tokens::used_names(items, &["AttachedResponse", "BTreeMap", "Timestamp"]);
    let map = used_names.remove("BTreeMap").then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    used_names.insert("object");
    let used_names = used_names.into_iter().map(tokens::ident);
    let mut imports = vec![
        quote!(
            use crate::generated::models;
        ),
        quote!(
            use crate::runtime::object::{FieldReader, Object, FieldWriter};
        ),
        quote!(use crate::runtime::{#(#used_names),*};),
    ];
    imports.extend(map);
    imports
}

fn object_impl(
    context: &Context<'_>,
    def: &TypeDef,
    fields: &[Field],
    others: Option<bool>,
) -> TokenStream {
    let name = model(def);
    let placeholder = placeholder(context, def, fields, others.is_some());
    let read = read_method(context, fields, others);
    let write = write_method(context, fields, others);
    quote! {
        impl Object for #name {
            fn placeholder() -> Self {
                #placeholder
            }

            #read

            #write
        }
    }
}

/// Generates `read`, which names the field for each property.
fn read_method(context: &Context<'_>, fields: &[Field], others: Option<bool>) -> TokenStream {
    let calls = fields.iter().map(|field| {
        let (wire, name) = (&field.wire, tokens::ident(&field.rust));
        let method = match (is_required(field), is_numeric_type(context, &field.ty)) {
            (true, false) => quote!(required),
            (false, false) => quote!(optional),
            (true, true) => quote!(required_numbers),
            (false, true) => quote!(optional_numbers),
        };
        quote!(fields.#method(#wire, &mut self.#name);)
    });
    let others = others.map(|numbers| {
        let method = additional_properties_method(numbers);
        quote!(fields.#method(&mut self.additional_properties);)
    });
    let parameter = parameter("fields", fields, others.is_some());
    quote! {
        fn read<F: FieldReader>(&mut self, #parameter: &mut F) {
            #(#calls)*
            #others
        }
    }
}

/// Generates `write`, which writes the value of each property.
fn write_method(context: &Context<'_>, fields: &[Field], others: Option<bool>) -> TokenStream {
    let calls = fields.iter().map(|field| {
        let (wire, name) = (&field.wire, tokens::ident(&field.rust));
        let numbers = is_numeric_type(context, &field.ty);
        let method = match (models::is_absent_by_default(field), numbers) {
            (false, false) => quote!(field),
            (true, false) => quote!(optional),
            (false, true) => quote!(numbers),
            (true, true) => quote!(optional_numbers),
        };
        quote!(out.#method(#wire, &self.#name);)
    });
    let others = others.map(|numbers| {
        let method = additional_properties_method(numbers);
        quote!(out.#method(&self.additional_properties);)
    });
    let parameter = parameter("out", fields, others.is_some());
    quote! {
        fn write<O: FieldWriter>(&self, #parameter: &mut O) {
            #(#calls)*
            #others
        }
    }
}

fn additional_properties_method(numbers: bool) -> TokenStream {
    if numbers {
        quote!(other_numbers)
    } else {
        quote!(others)
    }
}

/// Returns the pattern of a parameter: `_` for a struct without fields, which does not use it.
fn parameter(name: &str, fields: &[Field], has_additional_properties: bool) -> TokenStream {
    if fields.is_empty() && !has_additional_properties {
        return quote!(_);
    }
    let name = tokens::ident(name);
    quote!(#name)
}

/// Returns true for a number, an array or map of numbers, and an alias of one of these.
fn is_numeric_type(context: &Context<'_>, ty: &Type) -> bool {
    match ty {
        Type::Integer(_) | Type::Number(_) => true,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => {
            is_numeric_type(context, inner)
        }
        Type::Named(name) => match context.definition(name).map(|def| &def.kind) {
            Some(Kind::Alias(ty)) => is_numeric_type(context, ty),
            _ => false,
        },
        _ => false,
    }
}

/// Returns true if reading an object without this field fails. A nullable field may also be absent.
fn is_required(field: &Field) -> bool {
    !field.is_option()
}

fn placeholder(
    context: &Context<'_>,
    def: &TypeDef,
    fields: &[Field],
    has_additional_properties: bool,
) -> TokenStream {
    let values = fields.iter().map(|field| {
        let name = tokens::ident(&field.rust);
        let value = if field.is_option() {
            quote!(None)
        } else {
            placeholder_value(context, &field.ty)
        };
        quote!(#name: #value,)
    });
    let others = has_additional_properties.then(|| quote!(additional_properties: BTreeMap::new(),));
    let response = def
        .error_payload
        .then(|| quote!(response: AttachedResponse::default(),));
    quote!(Self { #(#values)* #others #response })
}

/// Returns the value of a field before it is read.
fn placeholder_value(context: &Context<'_>, ty: &Type) -> TokenStream {
    match ty {
        Type::String => quote!(String::new()),
        Type::Timestamp => quote!(Timestamp::from("")),
        Type::Boolean => quote!(false),
        Type::Integer(_) => quote!(0),
        Type::Number(_) => quote!(0.0),
        Type::Json => quote!(serde_json::Value::Null),
        Type::Array(_) => quote!(Vec::new()),
        Type::Map(_) => quote!(BTreeMap::new()),
        Type::Nullable(_) => quote!(None),
        Type::Boxed(inner) => {
            let inner = placeholder_value(context, inner);
            quote!(Box::new(#inner))
        }
        Type::Bytes | Type::Named(_) => named_placeholder_value(context, ty),
    }
}

fn named_placeholder_value(context: &Context<'_>, ty: &Type) -> TokenStream {
    let def = match ty {
        Type::Named(name) => context.definition(name),
        _ => None,
    };
    let Some(def) = def else {
        return quote!(Default::default());
    };
    let name = model(def);
    match &def.kind {
        Kind::Alias(ty) => placeholder_value(context, ty),
        Kind::Struct { .. } => quote!(#name::placeholder()),
        Kind::Enum {
            scalar: Scalar::String,
            ..
        } => quote!(#name::Unknown(String::new())),
        Kind::Enum {
            scalar: Scalar::Integer,
            ..
        } => quote!(#name::Unknown(0)),
        Kind::Enum {
            scalar: Scalar::Mixed,
            ..
        }
        | Kind::Union { .. } => quote!(#name::Unknown(serde_json::Value::Null)),
    }
}
