//! Turns the model into token streams, one source file for each [`FileKind`].

mod arguments;
mod body_streams;
mod builder;
mod client;
mod conversions;
mod credentials;
mod docs;
mod documented;
mod enums;
mod error_body;
mod errors;
mod example;
mod example_input;
mod example_value;
mod features;
mod first_program;
mod known;
mod links;
mod list_arguments;
mod media_types;
mod models;
mod object;
mod operation;
pub mod reference;
mod resource;
mod response;
mod retries;
mod servers;
mod tokens;
mod unions;
mod webhooks;

pub use example::{Snippet, snippets};
pub use first_program::{FirstProgram, first_program};

use crate::model::{Api, Gate, Kind, Part, Resource, Samples, Server, Type, TypeDef};
use proc_macro2::TokenStream;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// A source file before it is formatted.
pub struct SourceFile {
    /// The path, relative to the crate root.
    pub path: String,
    /// The lines of the module documentation (`//!`).
    pub docs: Vec<String>,
    /// The inner attributes of the file (`#![...]`).
    pub attributes: TokenStream,
    /// The `use` declarations, one per element.
    pub imports: Vec<TokenStream>,
    pub items: Vec<TokenStream>,
}

/// A source file of the generated module.
#[derive(Clone, Copy, Debug)]
pub enum FileKind<'a> {
    Models,
    Resource(&'a Resource),
    Errors,
    /// The types that only webhooks use.
    Webhooks,
    Client,
    /// `mod.rs`, which declares the other modules.
    Module,
}

/// Returns all source files of an API, the largest first.
pub fn file_kinds<'a>(context: &Context<'a>) -> Vec<FileKind<'a>> {
    let resources = context.api.resources.iter().map(FileKind::Resource);
    std::iter::once(FileKind::Models)
        .chain(resources)
        .chain((!context.api.webhooks.is_empty()).then_some(FileKind::Webhooks))
        .chain([FileKind::Errors, FileKind::Client, FileKind::Module])
        .collect()
}

/// Generates one source file.
pub fn file(context: &Context<'_>, kind: FileKind<'_>) -> SourceFile {
    match kind {
        FileKind::Models => models::file(context),
        FileKind::Resource(resource) => resource::file(context, resource),
        FileKind::Errors => errors::file(context),
        FileKind::Webhooks => webhooks::file(context),
        FileKind::Client => client::file(context),
        FileKind::Module => module(context),
    }
}

/// The model, with an index of its types by name.
pub struct Context<'a> {
    api: &'a Api,
    samples: &'a Samples,
    types: Arc<HashMap<&'a str, &'a TypeDef>>,
    /// The names of the types that requests contain, directly or indirectly.
    request_types: Arc<HashSet<&'a str>>,
    /// The features that types require.
    gates: Arc<HashMap<&'a str, Gate<'a>>>,
    /// True if responses can be streams.
    has_streams: bool,
    /// The servers of single operations.
    own_servers: Arc<Vec<&'a Server>>,
    /// The names of the types that the current file defines. A model with one of these names is
    /// referred to as `models::Name` in that file.
    local_names: HashSet<&'a str>,
}

impl<'a> Context<'a> {
    pub fn new(api: &'a Api, samples: &'a Samples) -> Self {
        let types = api
            .types
            .iter()
            .map(|def| (def.rust.as_str(), def))
            .collect();
        Self {
            api,
            samples,
            types: Arc::new(types),
            request_types: Arc::new(api.request_types()),
            gates: Arc::new(api.type_gates()),
            has_streams: api.runtime_parts().contains(&Part::BodyStream),
            own_servers: Arc::new(servers::of_operations(api)),
            local_names: HashSet::new(),
        }
    }

    /// Returns the context for a file that defines types with these names.
    fn with_local_names(&self, local_names: HashSet<&'a str>) -> Self {
        Self {
            api: self.api,
            samples: self.samples,
            types: Arc::clone(&self.types),
            request_types: Arc::clone(&self.request_types),
            gates: Arc::clone(&self.gates),
            has_streams: self.has_streams,
            own_servers: Arc::clone(&self.own_servers),
            local_names,
        }
    }

    /// Returns the tokens that refer to a type in the current file.
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

    /// Returns the `use` declaration for these models, or `None` if none is needed.
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

    /// Returns the definition of a named type. Resolves an alias of a named type.
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

/// Generates `mod.rs`, which declares the other modules.
fn module(context: &Context<'_>) -> SourceFile {
    let resources = context.api.resources.iter();
    let resources = resources.map(|resource| {
        let (module, file) = (resource.module.as_str(), resource.file.as_str());
        (module, file, Some(resource))
    });
    let mut modules = vec![("errors", "errors", None), ("models", "models", None)];
    modules.extend(resources);
    modules.sort_unstable_by_key(|(module, ..)| *module);
    let modules = modules.into_iter().map(|(module, file, resource)| {
        let cfg = resource.map(features::cfg_of_resource);
        let path_attribute = (!module.is_ascii()).then(|| format!("{file}.rs"));
        let path_attribute = path_attribute.map(|file| quote::quote!(#[path = #file]));
        let module = tokens::ident(module);
        quote::quote!(#cfg #path_attribute pub mod #module;)
    });
    let webhooks = webhooks::declaration(context.api);
    let pages = reference::pages(context)
        .into_iter()
        .map(|(page, resource)| features::page_docs(&format!("../../{page}"), resource));
    let parts = context.api.runtime_parts().into_iter().map(|part| {
        let path = format!("../runtime/{}", part.file());
        let module = tokens::ident(part.module());
        quote::quote! {
            #[path = #path]
            pub(crate) mod #module;
        }
    });
    let items = std::iter::once(quote::quote!(
        pub(crate) mod client;
    ))
    .chain(modules)
    .chain(webhooks)
    .chain(parts)
    .chain([quote::quote! {
        /// The reference pages, whose examples are compiled as doctests.
        #[cfg(doctest)]
        #(#pages)*
        struct Reference;
    }])
    .collect();
    SourceFile {
        path: path("mod"),
        docs: vec!["Code generated from the OpenAPI document.".to_owned()],
        attributes: {
            let undocumented = documented::has_gaps(context.api).then(|| {
                quote::quote! {
                    #![allow(missing_docs, reason = "the API description does not describe every item")]
                }
            });
            quote::quote! {
                #![allow(deprecated, reason = "generated code uses the deprecated items that it declares")]
                #undocumented
            }
        },
        imports: Vec::new(),
        items,
    }
}

/// Returns the crate-level documentation of an API.
pub fn description(api: &Api) -> Vec<String> {
    let summary = format!("A client for the {}.", api.titled());
    docs::paragraphs([Some(summary.as_str()), api.description.as_deref()])
}
