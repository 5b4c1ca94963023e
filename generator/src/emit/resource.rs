//! A resource's file: its handle, its operations and their request builders.

use super::{Context, SourceFile, builder, docs, operation, path, tokens};
use crate::model::{Operation, PageInputs, Resource, Type};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// The file of a resource.
pub fn file(context: &Context<'_>, resource: &Resource) -> SourceFile {
    let mut items = handle(context, resource);
    items.extend(resource.operations.iter().map(operation::definition));
    items.extend(
        resource
            .operations
            .iter()
            .flat_map(|operation| builder::items(resource, operation)),
    );
    let subject = if resource.name.wire.is_empty() {
        "Operations without a tag"
    } else {
        &resource.name.wire
    };
    SourceFile {
        path: path(
            resource
                .module
                .strip_prefix("r#")
                .unwrap_or(&resource.module),
        ),
        docs: vec![format!(
            "{}: the operations and their request builders.",
            one_line(subject)
        )],
        imports: imports(context, resource),
        items,
    }
}

fn one_line(text: &str) -> String {
    docs::lines(text).join(" ")
}

fn handle(context: &Context<'_>, resource: &Resource) -> Vec<TokenStream> {
    let name = tokens::ident(&resource.name.rust);
    let client = tokens::ident(&context.api.client);
    let link = format!(
        "from [`{client}::{0}`](crate::{client}::{0}).",
        resource.module
    );
    let summary = format!(
        "The operations on {}, {link}",
        one_line(&resource.name.wire.to_lowercase())
    );
    let mut lines = vec![summary];
    if let Some(description) = &resource.description {
        lines.push(String::new());
        lines.extend(docs::lines(description));
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

fn imports(context: &Context<'_>, resource: &Resource) -> Vec<TokenStream> {
    let mut imports = Vec::new();
    let models = models(resource);
    if !models.is_empty() {
        let names = models.iter().map(|name| tokens::ident(name));
        imports.push(quote!(use crate::generated::models::{#(#names),*};));
    }
    imports.push(quote!(
        #[cfg(feature = "blocking")]
        use crate::runtime::blocking;
    ));
    let names = runtime(context, resource);
    let names = names.iter().map(|name| tokens::ident(name));
    imports.push(quote!(use crate::runtime::{#(#names),*};));
    if uses(resource, &|ty| matches!(ty, Type::Map(_))) {
        imports.push(quote!(
            use std::collections::BTreeMap;
        ));
    }
    imports.push(quote!(
        use std::time::Duration;
    ));
    imports
}

/// What the file needs of the runtime, in order.
fn runtime(_context: &Context<'_>, resource: &Resource) -> BTreeSet<&'static str> {
    let mut names = BTreeSet::from([
        "Client",
        "Error",
        "Method",
        "Operation",
        "Reply",
        "Request",
        "RetryPolicy",
    ]);
    let has = |test: fn(&Operation) -> bool| resource.operations.iter().any(test);
    if has(|operation| operation.pagination.is_some()) {
        names.extend(["Items", "PageInputs", "Pages", "Pagination"]);
    }
    let cursor = |operation: &Operation| {
        let inputs = operation
            .pagination
            .as_ref()
            .map(|pagination| &pagination.inputs);
        matches!(inputs, Some(PageInputs::Cursor { .. }))
    };
    if has(cursor) {
        names.insert("NextCursor");
    }
    if has(|operation| !operation.conflicts.is_empty()) {
        names.insert("Conflict");
    }
    if has(|operation| operation.body.is_some()) {
        names.insert("BodyKind");
    }
    if uses(resource, &|ty| matches!(ty, Type::Timestamp)) {
        names.insert("Timestamp");
    }
    names
}

/// The types that signatures of the resource are made of.
fn types(resource: &Resource) -> impl Iterator<Item = &Type> {
    resource.operations.iter().flat_map(|op| {
        let parameters = op.parameters.iter().map(|parameter| &parameter.ty);
        let fields = operation::body_fields(op).iter().map(|field| &field.ty);
        parameters.chain(fields).chain(&op.success.ty)
    })
}

fn uses(resource: &Resource, test: &dyn Fn(&Type) -> bool) -> bool {
    types(resource).any(|ty| tokens::any(ty, test))
}

fn models(resource: &Resource) -> BTreeSet<&str> {
    types(resource).filter_map(Type::named).collect()
}
