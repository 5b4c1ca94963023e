//! Helpers that make tokens.

use super::docs;
use crate::model::{NO_DEPRECATION_NOTE, NumberWidth, Part, Type, TypeDef};
use proc_macro2::{Ident, Spacing, Span, TokenStream, TokenTree};
use quote::quote;
use std::collections::{BTreeMap, BTreeSet};

/// Returns the imports of items of the runtime. The modules that only some crates have are declared
/// in the generated module.
pub fn runtime_imports<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<TokenStream> {
    let mut parts: BTreeMap<&str, Vec<Ident>> = BTreeMap::new();
    let mut runtime = Vec::new();
    for name in names {
        match Part::of_item(name) {
            Some(part) => parts.entry(part.module()).or_default().push(ident(name)),
            None => runtime.push(ident(name)),
        }
    }
    let parts = parts.into_iter().map(|(part, names)| {
        let part = ident(part);
        quote!(use crate::generated::#part::{#(#names),*};)
    });
    let mut imports: Vec<_> = parts.collect();
    if !runtime.is_empty() {
        imports.push(quote!(use crate::runtime::{#(#runtime),*};));
    }
    imports
}

/// Returns an identifier, which is raw if the name starts with `r#`.
pub fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// Returns the tokens of a type as used inside `models`.
pub fn ty(ty: &Type) -> TokenStream {
    type_with_names(ty, &|name| {
        let name = ident(name);
        quote!(#name)
    })
}

/// Like [`ty`], but calls `name` for each named type.
pub fn type_with_names(ty: &Type, name: &dyn Fn(&str) -> TokenStream) -> TokenStream {
    match ty {
        Type::String | Type::Formatted(_) => quote!(String),
        Type::Timestamp | Type::Date | Type::Time | Type::Base64 => {
            let name = ident(ty.text_name().unwrap_or_default());
            quote!(#name)
        }
        Type::Boolean => quote!(bool),
        Type::Integer(width) => {
            let name = ident(width.as_str());
            quote!(#name)
        }
        Type::Number(NumberWidth::F32) => quote!(f32),
        Type::Number(NumberWidth::F64) => quote!(f64),
        Type::Json => quote!(serde_json::Value),
        Type::Bytes => quote!(Bytes),
        Type::Array(item) => {
            let item = type_with_names(item, name);
            quote!(Vec<#item>)
        }
        Type::OneOrMany(item) => {
            let item = type_with_names(item, name);
            quote!(OneOrMany<#item>)
        }
        Type::Map(value) => {
            let value = type_with_names(value, name);
            quote!(BTreeMap<String, #value>)
        }
        Type::Nullable(inner) => {
            let inner = type_with_names(inner, name);
            quote!(Option<#inner>)
        }
        Type::Named(named) => name(named),
        Type::Boxed(inner) => {
            let inner = type_with_names(inner, name);
            quote!(Box<#inner>)
        }
    }
}

/// Returns one `#[doc = ..]` attribute per line, which prettyplease prints as `///`.
pub fn doc_lines(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| {
        let line = if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        };
        quote!(#[doc = #line])
    });
    quote!(#(#lines)*)
}

/// Returns the docs of a type, which are empty if it has no description.
pub fn type_docs(def: &TypeDef) -> TokenStream {
    let description = def.docs.description.as_deref();
    description.map_or_else(TokenStream::new, |text| doc_lines(&docs::lines(text)))
}

/// Returns `#[deprecated(note = "..")]`, or no tokens if the element is not deprecated.
pub fn deprecated(note: Option<&str>) -> TokenStream {
    match note {
        Some(NO_DEPRECATION_NOTE) => quote!(#[deprecated]),
        Some(note) => quote!(#[deprecated(note = #note)]),
        None => TokenStream::new(),
    }
}

/// Returns those of `names` that the items use without a path, and that the file must import.
///
/// A lower-case name is a module or a macro. Because an argument may have the same name, it counts
/// only if `::` or `!` follows, as in `number::Float` and `union!`.
pub fn used_names(items: &[TokenStream], names: &[&'static str]) -> BTreeSet<&'static str> {
    let mut used_names = BTreeSet::new();
    for item in items {
        collect(item.clone(), names, &mut used_names);
    }
    used_names
}

fn collect(tokens: TokenStream, names: &[&'static str], used_names: &mut BTreeSet<&'static str>) {
    // The number of colons directly before the current token.
    let mut colons = 0_u8;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ':' => {
                colons = colons.saturating_add(1);
                continue;
            }
            TokenTree::Ident(ident) if colons < 2 => {
                let name = names.iter().find(|name| ident == **name);
                used_names
                    .extend(name.filter(|name| is_type(name) || is_path_or_macro(tokens.peek())));
            }
            TokenTree::Group(group) => collect(group.stream(), names, used_names),
            _ => {}
        }
        colons = 0;
    }
}

pub fn is_type(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
}

/// Returns true if the next token is `::` or `!`, so that the name before it is a path or a macro.
fn is_path_or_macro(next: Option<&TokenTree>) -> bool {
    match next {
        Some(TokenTree::Punct(punct)) => match punct.as_char() {
            ':' => punct.spacing() == Spacing::Joint,
            '!' => true,
            _ => false,
        },
        _ => false,
    }
}
