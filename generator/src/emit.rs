//! The model becomes token streams: one file of the crate for each kind of thing.

mod arguments;
mod builder;
mod client;
mod docs;
mod enums;
mod errors;
mod example;
mod models;
mod operation;
pub mod reference;
mod resource;
mod response;
mod tokens;
mod unions;
mod wire;

use crate::model::{Api, Kind, Resource, Type, TypeDef};
use crate::names::file_name;
use proc_macro2::TokenStream;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// A source file before it is formatted.
pub struct SourceFile {
    /// Its path below the crate's root.
    pub path: String,
    /// What `//!` says.
    pub docs: Vec<String>,
    /// The attributes of the file as a whole.
    pub attributes: TokenStream,
    /// The `use` declarations, one an item.
    pub imports: Vec<TokenStream>,
    pub items: Vec<TokenStream>,
}

/// One of the source files of an API.
#[derive(Clone, Copy, Debug)]
pub enum FileKind<'a> {
    Models,
    /// How the models stand in JSON.
    Wire,
    Resource(&'a Resource),
    Errors,
    Client,
    /// `mod.rs`, which declares the others.
    Module,
}

/// All the source files of an API, the largest first.
pub fn file_kinds<'a>(context: &Context<'a>) -> Vec<FileKind<'a>> {
    let resources = context.api.resources.iter().map(FileKind::Resource);
    std::iter::once(FileKind::Models)
        .chain([FileKind::Wire])
        .chain(resources)
        .chain([FileKind::Errors, FileKind::Client, FileKind::Module])
        .collect()
}

/// Makes one of the source files.
pub fn file(context: &Context<'_>, kind: FileKind<'_>) -> SourceFile {
    match kind {
        FileKind::Models => models::file(context),
        FileKind::Wire => wire::file(context),
        FileKind::Resource(resource) => resource::file(context, resource),
        FileKind::Errors => errors::file(context),
        FileKind::Client => client::file(context),
        FileKind::Module => module(context),
    }
}

/// The model with its types at hand by name.
pub struct Context<'a> {
    api: &'a Api,
    types: Arc<HashMap<&'a str, &'a TypeDef>>,
    /// The types that requests are made of.
    request_types: Arc<HashSet<&'a str>>,
    /// What the file at hand defines itself. Models of these names are named by their path there.
    local_names: HashSet<&'a str>,
}

impl<'a> Context<'a> {
    pub fn new(api: &'a Api) -> Self {
        let types = api
            .types
            .iter()
            .map(|def| (def.rust.as_str(), def))
            .collect();
        let mut context = Self {
            api,
            types: Arc::new(types),
            request_types: Arc::default(),
            local_names: HashSet::new(),
        };
        context.request_types = Arc::new(models::request_types(&context));
        context
    }

    /// The same for a file that defines these names itself.
    fn with_local_names(&self, local_names: HashSet<&'a str>) -> Self {
        Self {
            api: self.api,
            types: Arc::clone(&self.types),
            request_types: Arc::clone(&self.request_types),
            local_names,
        }
    }

    /// A type as the file at hand says it.
    fn ty(&self, ty: &Type) -> TokenStream {
        tokens::type_with_names(ty, &|name| {
            let model = tokens::ident(name);
            if self.local_names.contains(name) {
                quote::quote!(models::#model)
            } else {
                quote::quote!(#model)
            }
        })
    }

    /// The declaration that brings in these models.
    fn import(&self, models: &BTreeSet<&str>) -> Option<TokenStream> {
        let by_path = models.iter().any(|name| self.local_names.contains(name));
        let module = by_path.then(|| quote::quote!(self,));
        let names = models
            .iter()
            .filter(|name| !self.local_names.contains(*name));
        let names: Vec<_> = names.map(|name| tokens::ident(name)).collect();
        match (by_path, names.is_empty()) {
            (false, true) => None,
            (true, true) => Some(quote::quote!(
                use crate::generated::models;
            )),
            _ => Some(quote::quote!(use crate::generated::models::{#module #(#names),*};)),
        }
    }

    /// The definition of a named type, behind its further names.
    fn definition(&self, name: &str) -> Option<&'a TypeDef> {
        let def = *self.types.get(name)?;
        match &def.kind {
            Kind::Alias(Type::Named(target)) => self.types.get(target.as_str()).copied(),
            _ => Some(def),
        }
    }
}

fn path(module: &str) -> String {
    format!("src/generated/{module}.rs")
}

/// `mod.rs`, which declares the others.
fn module(context: &Context<'_>) -> SourceFile {
    let mut modules: Vec<&str> = vec!["errors", "models"];
    modules.extend(
        context
            .api
            .resources
            .iter()
            .map(|resource| resource.module.as_str()),
    );
    modules.sort_unstable();
    let modules = modules.into_iter().map(|module| {
        let path_attribute = (!module.is_ascii()).then(|| format!("{}.rs", file_name(module)));
        let path_attribute = path_attribute.map(|file| quote::quote!(#[path = #file]));
        let module = tokens::ident(module);
        quote::quote!(#path_attribute pub mod #module;)
    });
    let pages = reference::pages(context)
        .into_iter()
        .map(|page| format!("../../{page}"));
    let pages: Vec<_> = pages.collect();
    let items = std::iter::once(quote::quote!(
        pub(crate) mod client;
    ))
    .chain(modules)
    .chain([quote::quote!(
        mod wire;
    )])
    .chain([quote::quote! {
        /// The reference, so that its examples are compiled.
        #[cfg(doctest)]
        #(#[doc = include_str!(#pages)])*
        struct Reference;
    }])
    .collect();
    SourceFile {
        path: path("mod"),
        docs: vec!["What the document makes of the crate.".to_owned()],
        attributes: quote::quote! {
            #![allow(deprecated, reason = "what the document calls deprecated is here all the same")]
        },
        imports: Vec::new(),
        items,
    }
}

/// What the root of a crate says of its API.
pub fn description(api: &Api) -> Vec<String> {
    let summary = format!("A client of the {}.", api.title.trim_end_matches('.'));
    docs::paragraphs([Some(summary.as_str()), api.description.as_deref()])
}
