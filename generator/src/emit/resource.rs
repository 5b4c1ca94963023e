//! The file of a resource: its handle, its operations and their request builders.

use super::links::{Scope, see_also};
use super::{Context, SourceFile, builder, docs, operation, path, response, tokens};
use crate::model::{Operation, Resource, Success, Type, unraw};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// Generates the file of a resource.
pub fn file(context: &Context<'_>, resource: &Resource) -> SourceFile {
    let context = &context.with_local_names(defined_types(resource).collect());
    let mut items = handle(context, resource);
    items.extend(
        resource
            .operations
            .iter()
            .map(|op| operation::definition(context, op)),
    );
    items.extend(
        resource
            .operations
            .iter()
            .flat_map(|operation| builder::items(context, resource, operation)),
    );
    items.push(response::operation_module(&resource.operations));
    SourceFile {
        path: path(&resource.file),
        docs: vec![format!(
            "The {}, with their request builders.",
            subject(resource)
        )],
        attributes: TokenStream::new(),
        imports: imports(context, resource, &items),
        items,
    }
}

/// Returns the names of the types that the file defines: the handle, the request builders, and the
/// enums for operations with several success responses.
fn defined_types(resource: &Resource) -> impl Iterator<Item = &str> {
    let types = resource.operations.iter().flat_map(|operation| {
        let responses = match &operation.success {
            Success::Several { rust, .. } => Some(rust.as_str()),
            Success::One(_) => None,
        };
        std::iter::once(operation.builder.as_str()).chain(responses)
    });
    std::iter::once(resource.name.rust.as_str()).chain(types)
}

/// Describes the operations of a resource in Markdown, such as "operations on customers".
pub fn subject(resource: &Resource) -> String {
    let tag = docs::lines(&resource.name.wire.to_lowercase()).join(" ");
    if tag.is_empty() {
        "operations without a tag".to_owned()
    } else {
        format!("operations on {tag}")
    }
}

fn handle(context: &Context<'_>, resource: &Resource) -> Vec<TokenStream> {
    let name = tokens::ident(&resource.name.rust);
    let client = tokens::ident(&context.api.client);
    let link = format!(
        "returned by [`{client}::{0}`](crate::{client}::{0}).",
        unraw(&resource.module)
    );
    let summary = format!("The {}, {link}", subject(resource));
    let scope = Scope {
        resource,
        operation: None,
        is_builder: false,
        own: "",
    };
    let see_also = see_also(resource.external_docs.as_ref());
    let description = scope.paragraphs([resource.description.as_deref(), see_also.as_deref()]);
    let mut lines = vec![summary];
    if !description.is_empty() {
        lines.push(String::new());
        lines.extend(description);
    }
    let lines = tokens::doc_lines(&lines);
    let methods = resource
        .operations
        .iter()
        .map(|op| operation::method(context, resource, op));
    vec![
        quote! {
            #lines
            #[derive(Clone, Debug)]
            pub struct #name<C = Client> {
                client: C,
            }
        },
        quote! {
            impl<C: Clone> #name<C> {
                pub(crate) fn with_client(client: C) -> Self {
                    Self { client }
                }

                #(#methods)*
            }
        },
    ]
}

/// Names that the file imports if it uses them. All but `BTreeMap` come from the runtime.
const IMPORT_CANDIDATES: [&str; 39] = [
    "ApiOperation",
    "AsBytes",
    "AsEvents",
    "AsItems",
    "AsJson",
    "AsText",
    "AsTextEvents",
    "BTreeMap",
    "Base64",
    "BodyKind",
    "Bytes",
    "Client",
    "Conflict",
    "Date",
    "Error",
    "EventOperation",
    "FilePart",
    "In",
    "Integer",
    "IntoText",
    "ItemOperation",
    "Method",
    "NextCursor",
    "OneOrMany",
    "Operation",
    "PageInputs",
    "PaginatedOperation",
    "Pagination",
    "PartEncoding",
    "RawResponse",
    "RejectedPrefix",
    "Request",
    "RequestBuilder",
    "Response",
    "Style",
    "TimeOfDay",
    "Timestamp",
    "list",
    "number",
];

fn imports(context: &Context<'_>, resource: &Resource, items: &[TokenStream]) -> Vec<TokenStream> {
    let mut imports: Vec<_> = context.import(&models(resource)).into_iter().collect();
    let mut names = tokens::used_names(items, &IMPORT_CANDIDATES);
    let maps = names.remove("BTreeMap");
    imports.extend(tokens::runtime_imports(names));
    if maps {
        imports.push(quote!(
            use std::collections::BTreeMap;
        ));
    }
    imports
}

/// Returns the names of the types in `models` that the signatures of the resource use.
fn models(resource: &Resource) -> BTreeSet<&str> {
    let types = resource.operations.iter().flat_map(Operation::types);
    types.filter_map(Type::name).collect()
}

#[cfg(test)]
mod tests {
    use super::IMPORT_CANDIDATES;
    use crate::names::{Namespace, contains};

    #[test]
    fn reserves_every_imported_type() {
        let types = IMPORT_CANDIDATES
            .iter()
            .filter(|name| super::tokens::is_type(name));
        let missing: Vec<_> = types
            .filter(|name| !contains(Namespace::Type, name))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
