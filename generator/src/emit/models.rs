//! `models.rs`: the structs and enums used in requests and responses.

use super::{
    Context, SourceFile, docs, enums, error_body, features, known, object, path, tokens, unions,
};
use crate::model::{Field, Kind, Scalar, Type, TypeDef};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The documentation of the module.
const DOCS: [&str; 10] = [
    "Types used in requests and responses.",
    "",
    "All structs and enums implement `Default`, which returns placeholder values for tests: empty",
    "strings and lists, zeros, `None`, and `Unknown` for enums.",
    "",
    "They also implement serde's `Serialize` and `Deserialize`, for formats that store the names of",
    "fields, such as JSON, CBOR and MessagePack, and for `#[serde(flatten)]` in a struct of your own.",
    "Formats that store fields by their position, such as postcard, bincode and CSV, do not work,",
    "because an object omits some fields that are `None`. For these formats, copy the values that you",
    "need to a type of your own.",
];

/// Generates the file of the models.
pub fn file(context: &Context<'_>) -> SourceFile {
    let elsewhere = context.api.webhook_types();
    let types = context.api.types.iter();
    let types: Vec<_> = types
        .filter(|def| !elsewhere.contains(def.rust.as_str()))
        .collect();
    SourceFile {
        path: path("models"),
        docs: DOCS.map(str::to_owned).to_vec(),
        attributes: attributes(context),
        imports: imports(&types),
        items: types
            .iter()
            .flat_map(|def| gated_items(context, def))
            .collect(),
    }
}

/// Returns the attributes of the module. Without some features, it does not use all of its imports.
fn attributes(context: &Context<'_>) -> TokenStream {
    match context.gates.is_empty() {
        true => TokenStream::new(),
        false => quote! {
            #![allow(unused_imports, reason = "which types exist depends on the features")]
        },
    }
}

/// Generates the items of a type, each with the features that the type requires.
fn gated_items(context: &Context<'_>, def: &TypeDef) -> Vec<TokenStream> {
    let items = items(context, def);
    let Some(gate) = context.gates.get(def.rust.as_str()) else {
        return items;
    };
    let cfg = features::cfg(gate);
    items.into_iter().map(|item| quote!(#cfg #item)).collect()
}

/// Generates the imports of a file that defines these types, except those of other types.
pub fn imports(types: &[&TypeDef]) -> Vec<TokenStream> {
    let has = |test: &dyn Fn(&Type) -> bool| {
        types
            .iter()
            .flat_map(|def| def.kind.types())
            .any(|ty| ty.nested().any(test))
    };
    let is = |test: fn(&Kind) -> bool| types.iter().any(|def| test(&def.kind));
    let unions = is(|kind| matches!(kind, Kind::Union { .. }));
    let enums = |wanted: Scalar| {
        types
            .iter()
            .any(|def| matches!(def.kind, Kind::Enum { scalar, .. } if scalar == wanted))
    };
    let payload = types.iter().any(|def| def.error_payload);
    let lists = |def: &&TypeDef| match &def.kind {
        Kind::Struct { fields, .. } => fields.iter().any(is_one_or_many),
        _ => false,
    };
    let lists = types.iter().any(lists);
    let has_inner_lists = types.iter().any(|def| has_inner_lists(&def.kind));
    let runtime: Vec<_> = [
        (payload, "AttachedResponse"),
        (has(&|ty| *ty == Type::Bytes), "Bytes"),
        (payload, "ErrorBody"),
        (payload, "ErrorResponse"),
        (has(&|ty| *ty == Type::Base64), "Base64"),
        (has(&|ty| *ty == Type::Date), "Date"),
        (has_inner_lists, "OneOrMany"),
        (lists, "ReadOneOrMany"),
        (lists, "WriteOneOrMany"),
        (has(&|ty| *ty == Type::Time), "TimeOfDay"),
        (has(&|ty| *ty == Type::Timestamp), "Timestamp"),
        (enums(Scalar::Integer), "integer_enum"),
        (enums(Scalar::Mixed), "mixed_enum"),
        (is(|kind| matches!(kind, Kind::Struct { .. })), "object"),
        (enums(Scalar::String), "string_enum"),
        (unions, "union"),
    ]
    .into_iter()
    .filter_map(|(used, name)| used.then_some(name))
    .collect();
    let maps = has(&|ty| matches!(ty, Type::Map(_)))
        || is(|kind| {
            matches!(
                kind,
                Kind::Struct {
                    additional: Some(_),
                    ..
                }
            )
        });
    let mut imports = tokens::runtime_imports(runtime);
    if unions {
        imports.push(quote!(
            use serde::{Deserialize, Deserializer, Serialize, Serializer};
        ));
    }
    if maps {
        imports.push(quote!(
            use std::collections::BTreeMap;
        ));
    }
    imports
}

/// Returns true for a field that is a list and is also read from a single value.
fn is_one_or_many(field: &Field) -> bool {
    matches!(field.ty, Type::OneOrMany(_))
}

/// Returns true if a list that is also read from a single value is inside another type.
fn has_inner_lists(kind: &Kind) -> bool {
    let has_list = |ty: &Type| ty.nested().any(|ty| matches!(ty, Type::OneOrMany(_)));
    match kind {
        Kind::Struct { fields, additional } => {
            let fields = fields.iter().map(|field| field.ty.as_list());
            fields.chain(additional.clone()).any(|ty| has_list(&ty))
        }
        _ => kind.types().any(has_list),
    }
}

/// Generates the definition of a type.
pub fn items(context: &Context<'_>, def: &TypeDef) -> Vec<TokenStream> {
    match &def.kind {
        Kind::Struct { fields, additional } => {
            struct_items(context, def, fields, additional.as_ref())
        }
        Kind::Enum { scalar, values } => enums::items(def, *scalar, values),
        Kind::Union { tagging, variants } => unions::items(context, def, tagging, variants),
        Kind::Alias(ty) => {
            let (name, target) = (tokens::ident(&def.rust), tokens::ty(ty));
            let alias = |target| format!("Alias of [`{target}`], which has the same structure.");
            let line = match ty {
                Type::Named(target) => Some(alias(target)),
                _ => None,
            };
            let lines = match line {
                Some(line) => tokens::doc_lines(&[line]),
                None => tokens::type_docs(def),
            };
            vec![quote!(#lines pub type #name = #target;)]
        }
    }
}

fn struct_items(
    context: &Context<'_>,
    def: &TypeDef,
    fields: &[Field],
    additional: Option<&Type>,
) -> Vec<TokenStream> {
    let name = tokens::ident(&def.rust);
    let lines = tokens::type_docs(def);
    let deprecated = tokens::deprecated(def.deprecated.as_deref());
    let members = fields.iter().map(field);
    let rest = additional.map(|ty| {
        let ty = tokens::ty(ty);
        quote! {
            #[doc = " The properties that the API description does not declare."]
            pub additional_properties: BTreeMap<String, #ty>,
        }
    });
    let response = def.error_payload.then(|| {
        quote! {
            #[doc = " The response that contained this body. Ignored by comparison and serialization."]
            pub(crate) response: AttachedResponse,
        }
    });
    let is_request_type = context.request_types.contains(def.rust.as_str());
    let required: Vec<&Field> = fields
        .iter()
        .filter(|field| !field.is_absent_by_default())
        .collect();
    let mut items = vec![
        quote! {
            #lines
            #deprecated
            #[derive(Clone, PartialEq)]
            #[non_exhaustive]
            pub struct #name {
                #(#members)*
                #rest
                #response
            }
        },
        object::list(context, def, fields, additional),
    ];
    if is_request_type && !required.is_empty() {
        items.push(constructor(&name, def, fields, additional.is_some()));
    }
    if def.error_payload {
        items.push(error_body::error_body(context, def, fields));
    }
    items
}

/// Generates `new`, whose arguments are the required fields.
fn constructor(name: &Ident, def: &TypeDef, fields: &[Field], rest: bool) -> TokenStream {
    let required: Vec<&Field> = fields
        .iter()
        .filter(|field| !field.is_absent_by_default())
        .collect();
    let arguments = required.iter().map(|field| {
        let argument = tokens::ident(&field.rust);
        let ty = tokens::ty(&field.ty.as_list());
        match (&field.ty, field.is_option()) {
            (_, true) => quote!(#argument: Option<#ty>),
            (text, false) if text.is_text() => quote!(#argument: impl Into<#ty>),
            _ => quote!(#argument: #ty),
        }
    });
    let values = fields.iter().map(|field| {
        let field_name = tokens::ident(&field.rust);
        if field.is_absent_by_default() {
            quote!(#field_name: None,)
        } else if field.ty.is_text() && !field.is_option() {
            quote!(#field_name: #field_name.into(),)
        } else {
            quote!(#field_name,)
        }
    });
    let rest = rest.then(|| quote!(additional_properties: BTreeMap::new(),));
    let response = def
        .error_payload
        .then(|| quote!(response: AttachedResponse::default(),));
    let many = (required.len() > 7).then(|| {
        quote! {
            #[expect(clippy::too_many_arguments, reason = "the schema requires all of them")]
        }
    });
    quote! {
        impl #name {
            /// Creates a value from its required fields and leaves the optional fields unset.
            #many
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values)* #rest #response }
            }
        }
    }
}

fn field(field: &Field) -> TokenStream {
    let name = tokens::ident(&field.rust);
    let lines = tokens::doc_lines(&field_docs(field));
    let deprecated = tokens::deprecated(field.deprecated.as_deref());
    let ty = tokens::ty(&field.ty.as_list());
    let ty = if field.is_option() {
        quote!(Option<#ty>)
    } else {
        ty
    };
    quote! {
        #lines
        #deprecated
        pub #name: #ty,
    }
}

/// Returns the docs of a field, which are empty if the document says nothing about it.
pub fn field_docs(field: &Field) -> Vec<String> {
    known::field(field).map_or_else(Vec::new, |text| docs::lines(&text))
}
