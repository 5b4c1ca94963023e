//! Reduces items to what users of the crate can see: no bodies, no private fields, and only the
//! attributes that are part of the API.

use crate::source::{attributes, conditions};
use proc_macro2::TokenStream;
use quote::ToTokens;
use std::collections::BTreeSet;
use syn::parse::Parse;
use syn::{
    Attribute, Block, Expr, Field, Fields, FnArg, ImplItem, Item, ItemImpl, Meta, Pat,
    ReceiverKind, Signature, TraitItem, Visibility, parse_quote,
};

/// The name of the field that stands for all private fields of a struct.
pub const PRIVATE_FIELDS: &str = "__private";

/// Returns the public part of an item.
pub fn public_part(item: &Item) -> Item {
    let mut item = copy(item);
    match &mut item {
        Item::Struct(item) => {
            keep_attributes(&mut item.attrs);
            hide_private_fields(&mut item.fields);
        }
        Item::Enum(item) => {
            keep_attributes(&mut item.attrs);
            for variant in &mut item.variants {
                keep_attributes(&mut variant.attrs);
                let fields = variant.fields.iter_mut();
                fields.for_each(|field| keep_attributes(&mut field.attrs));
            }
        }
        Item::Trait(item) => {
            keep_attributes(&mut item.attrs);
            item.items.iter_mut().for_each(reduce_trait_item);
        }
        Item::Fn(item) => {
            keep_attributes(&mut item.attrs);
            reduce_signature(&mut item.sig);
            *item.block = empty_block();
        }
        Item::Const(item) => {
            keep_attributes(&mut item.attrs);
            *item.expr = unknown_value();
        }
        Item::Static(item) => {
            keep_attributes(&mut item.attrs);
            *item.expr = unknown_value();
        }
        Item::Type(item) => keep_attributes(&mut item.attrs),
        _ => {}
    }
    item
}

/// Returns an implementation with its public items, or with its associated types and constants if
/// it implements a trait.
pub fn public_impl(item: &ItemImpl) -> ItemImpl {
    let mut item: ItemImpl = copy(item);
    keep_attributes(&mut item.attrs);
    let is_trait = item.trait_.is_some();
    item.items.retain(|item| match item {
        ImplItem::Fn(item) => is_public(&item.vis),
        ImplItem::Const(item) => is_trait || is_public(&item.vis),
        ImplItem::Type(_) => true,
        _ => false,
    });
    for item in &mut item.items {
        match item {
            ImplItem::Fn(item) => {
                keep_attributes(&mut item.attrs);
                reduce_signature(&mut item.sig);
                item.block = empty_block();
            }
            ImplItem::Const(item) => {
                keep_attributes(&mut item.attrs);
                item.expr = unknown_value();
            }
            ImplItem::Type(item) => keep_attributes(&mut item.attrs),
            _ => {}
        }
    }
    item
}

fn reduce_trait_item(item: &mut TraitItem) {
    match item {
        TraitItem::Fn(item) => {
            keep_attributes(&mut item.attrs);
            reduce_signature(&mut item.sig);
            if item.default.is_some() {
                item.default = Some(parse_quote!({ _ }));
            }
        }
        TraitItem::Const(item) => keep_attributes(&mut item.attrs),
        TraitItem::Type(item) => keep_attributes(&mut item.attrs),
        _ => {}
    }
}

/// Removes `mut` from arguments, because it matters only to the body.
fn reduce_signature(signature: &mut Signature) {
    for input in &mut signature.inputs {
        match input {
            FnArg::Receiver(receiver) if matches!(receiver.kind, ReceiverKind::Value) => {
                receiver.mutability = None;
            }
            FnArg::Typed(argument) => {
                if let Pat::Ident(name) = &mut *argument.pat {
                    name.mutability = None;
                }
            }
            FnArg::Receiver(_) => {}
        }
    }
}

fn hide_private_fields(fields: &mut Fields) {
    match fields {
        Fields::Named(fields) => {
            let all = std::mem::take(&mut fields.named);
            let (public, private): (Vec<_>, Vec<_>) =
                all.into_iter().partition(|field| is_public(&field.vis));
            fields.named = public.into_iter().map(public_field).collect();
            if !private.is_empty() {
                let name = quote::format_ident!("{PRIVATE_FIELDS}");
                fields.named.push(parse_quote!(#name: ()));
            }
        }
        Fields::Unnamed(fields) => {
            for field in &mut fields.unnamed {
                keep_attributes(&mut field.attrs);
                if !is_public(&field.vis) {
                    field.vis = Visibility::Inherited;
                    field.ty = parse_quote!(_);
                }
            }
        }
        Fields::Unit => {}
    }
}

fn public_field(mut field: Field) -> Field {
    keep_attributes(&mut field.attrs);
    field
}

/// Keeps the attributes that are part of the API.
fn keep_attributes(attributes: &mut Vec<Attribute>) {
    attributes.retain(|attribute| {
        let path = attribute.path();
        let kept = ["cfg", "deprecated", "must_use", "non_exhaustive", "repr"];
        let is_hidden = |list: &syn::MetaList| list.tokens.to_string() == "hidden";
        kept.iter().any(|name| path.is_ident(name))
            || matches!(&attribute.meta, Meta::List(list) if path.is_ident("doc") && is_hidden(list))
    });
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn empty_block() -> Block {
    parse_quote!({})
}

/// Returns the expression `_`, for a value that is not part of the listing.
fn unknown_value() -> Expr {
    parse_quote!(_)
}

/// Copies syntax, which has no `Clone` without a feature of syn that nothing else here needs.
pub fn copy<T: Parse + ToTokens>(syntax: &T) -> T {
    syn::parse2(syntax.to_token_stream()).unwrap()
}

/// Adds conditions to an item that does not have them yet.
pub fn with_conditions(item: Item, added: &[String]) -> Item {
    let own: BTreeSet<String> = conditions(attributes(&item)).collect();
    let added: BTreeSet<&String> = added.iter().filter(|one| !own.contains(*one)).collect();
    let added = added
        .into_iter()
        .map(|one| one.parse::<TokenStream>().unwrap());
    parse_quote!(#(#[cfg(#added)])* #item)
}
