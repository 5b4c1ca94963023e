//! The reference pages in Markdown: one for each resource, and one for the models.

mod markdown;
mod models;
mod operation;

use super::links::see_also;
use super::{Context, docs, features};
use crate::GeneratedFile;
use crate::model::{Gate, Operation, Resource, Type, unraw};
use markdown::{Anchors, cell, code};
use std::collections::HashMap;

/// Generates all pages. Their order has no meaning.
pub fn files(context: &Context<'_>) -> Vec<GeneratedFile> {
    let models = models::Page::new(context);
    let mut files: Vec<_> = context
        .api
        .resources
        .iter()
        .map(|resource| page(context, resource, models.anchors()))
        .collect();
    if !models.is_empty() {
        files.push(models.file());
    }
    if !context.api.webhooks.is_empty() {
        files.push(models::Page::of_webhooks(context, models.anchors()).file());
    }
    files
}

/// Returns the pages with examples: their paths, relative to the crate root, and their resources.
pub fn pages<'a>(context: &Context<'a>) -> Vec<(String, &'a Resource)> {
    let resources = context.api.resources.iter();
    let pages = resources.map(|resource| (path(&resource.file), resource));
    pages.collect()
}

/// Returns the path of a page, relative to the crate root.
fn path(page: &str) -> String {
    format!("docs/{page}.md")
}

/// The anchors of the models on their page, by Rust name.
type ModelAnchors<'a> = HashMap<&'a str, String>;

fn page(context: &Context<'_>, resource: &Resource, models: &ModelAnchors<'_>) -> GeneratedFile {
    let title = match resource.name.wire.as_str() {
        "" => "Operations without a tag".to_owned(),
        tag => docs::lines(tag).join(" "),
    };
    let mut anchors = Anchors::default();
    anchors.next(&title);
    anchors.next("Available operations");
    let sections: Vec<_> = resource
        .operations
        .iter()
        .map(|operation| operation::section(context, resource, operation, models, &mut anchors))
        .collect();
    let mut lines = vec![format!("# {title}"), String::new()];
    let see_also = see_also(resource.external_docs.as_ref());
    let description = docs::paragraphs([resource.description.as_deref(), see_also.as_deref()]);
    if !description.is_empty() {
        lines.extend(description);
        lines.push(String::new());
    }
    if let Some(feature) = &resource.feature {
        lines.extend([
            features::sentence(&Gate::from([feature.as_str()])),
            String::new(),
        ]);
    }
    lines.extend(["## Available operations".to_owned(), String::new()]);
    let listed = resource.operations.iter().zip(&sections);
    lines.extend(listed.map(|(operation, section)| toc_entry(operation, &section.anchor)));
    lines.push(String::new());
    lines.extend(docs::wrapped(REQUEST_OPTIONS));
    for section in sections {
        lines.push(String::new());
        lines.extend(section.lines);
    }
    GeneratedFile {
        path: path(&resource.file),
        text: markdown::join_lines(&lines),
    }
}

/// The paragraph about all operations of a page.
const REQUEST_OPTIONS: &str = "Every request builder also has the methods `timeout`, `deadline`, `retry` and `header`, which \
     apply to that request only. Call `send_with_response` instead of `send` to get the full response: status, headers and \
     body.";

/// Returns the entry of an operation in the list at the top. A deprecated operation is struck
/// through; the note is only in its section.
fn toc_entry(operation: &Operation, anchor: &str) -> String {
    let name = unraw(&operation.name.rust);
    let summary = cell(&super::operation::summary(operation));
    match &operation.deprecated {
        None => format!("- [{name}](#{anchor}): {summary}"),
        Some(_) => format!("- ~~[{name}](#{anchor})~~: {summary}"),
    }
}

/// Formats a type as code, with a link if it contains a model.
fn type_link(ty: &Type, label: &str, page: &str, models: &ModelAnchors<'_>) -> String {
    match ty.name().and_then(|name| models.get(name)) {
        Some(anchor) => format!("[{}]({page}#{anchor})", code(label)),
        None => code(label),
    }
}
