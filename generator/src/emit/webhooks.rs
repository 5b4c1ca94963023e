//! The file of the webhooks: the types that only their payloads use, and aliases for other payloads.

use super::{Context, SourceFile, docs, models, path, tokens};
use crate::model::{Api, Type, TypeDef, Webhook};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// The documentation of the module, before the list of the webhooks.
const DOCS: [&str; 6] = [
    "The payloads of webhooks: requests that the API sends to your server.",
    "",
    "All types implement `Default` and serde's `Serialize` and `Deserialize`, like those in",
    "[`models`](crate::models).",
    "",
    "| webhook | payload |",
];

/// Generates the file.
pub fn file(context: &Context<'_>) -> SourceFile {
    let api = context.api;
    let types = own_types(api);
    let aliases: Vec<_> = aliases(api).collect();
    let mut imports = models::imports(&types);
    imports.extend(context.import(&other_types(&types, &aliases)));
    let mut items: Vec<_> = types
        .iter()
        .flat_map(|def| models::items(context, def))
        .collect();
    items.extend(aliases.into_iter().map(|webhook| alias(context, webhook)));
    SourceFile {
        path: path(&api.webhook_module),
        docs: module_docs(api),
        attributes: TokenStream::new(),
        imports,
        items,
    }
}

/// Generates the declaration of the module in `mod.rs`.
pub fn declaration(api: &Api) -> Option<TokenStream> {
    let module = (!api.webhooks.is_empty()).then(|| tokens::ident(&api.webhook_module))?;
    Some(quote! {
        #[cfg(feature = "webhooks")]
        pub mod #module;
    })
}

/// Returns the types that the file defines.
pub fn own_types(api: &Api) -> Vec<&TypeDef> {
    let own = api.webhook_types();
    let types = api.types.iter();
    types
        .filter(|def| own.contains(def.rust.as_str()))
        .collect()
}

/// Returns the webhooks whose payload is a type of another module, or no named type.
fn aliases(api: &Api) -> impl Iterator<Item = &Webhook> {
    let mut known = BTreeSet::new();
    let webhooks = api.webhooks.iter();
    webhooks.filter(move |webhook| !webhook.is_own_type() && known.insert(&webhook.name.rust))
}

/// Returns the types of other modules that these types and aliases mention.
fn other_types<'a>(types: &[&'a TypeDef], aliases: &[&'a Webhook]) -> BTreeSet<&'a str> {
    let own: BTreeSet<&str> = types.iter().map(|def| def.rust.as_str()).collect();
    let mentioned = types.iter().flat_map(|def| def.kind.types());
    let mentioned = mentioned.chain(aliases.iter().map(|webhook| &webhook.ty));
    let names = mentioned.filter_map(Type::name);
    names.filter(|name| !own.contains(name)).collect()
}

fn alias(context: &Context<'_>, webhook: &Webhook) -> TokenStream {
    let (name, ty) = (tokens::ident(&webhook.name.rust), context.ty(&webhook.ty));
    let line = format!(
        "The payload of the webhook {}.",
        docs::code(&webhook.name.wire)
    );
    let lines = tokens::doc_lines(&[line]);
    quote!(#lines pub type #name = #ty;)
}

fn module_docs(api: &Api) -> Vec<String> {
    let mut lines = DOCS.map(str::to_owned).to_vec();
    lines.push("|---|---|".to_owned());
    lines.extend(api.webhooks.iter().map(|webhook| {
        let name = docs::code(&webhook.name.wire);
        format!("| {name} | [`{}`] |", webhook.name.rust)
    }));
    lines
}
