//! Selects the operations to lower.

use super::extensions;
use super::pointer::Pointer;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::HttpMethod;
use crate::spec::Document;
use openapiv3::{OpenAPI, Operation, PathItem, ReferenceOr};

/// The operations to lower, grouped by tag.
pub struct Plan<'a> {
    pub resources: Vec<PlannedResource<'a>>,
    pub webhooks: Vec<PlannedWebhook<'a>>,
}

/// A request that the API sends to the user's server.
#[derive(Clone)]
pub struct PlannedWebhook<'a> {
    pub name: &'a str,
    /// The pointer of the operation.
    pub pointer: String,
    pub operation: &'a Operation,
}

/// A tag and its operations. Operations without a tag have an empty one.
pub struct PlannedResource<'a> {
    pub tag: &'a str,
    pub operations: Vec<PlannedOperation<'a>>,
}

/// An operation and its location in the document.
#[derive(Clone)]
pub struct PlannedOperation<'a> {
    pub path: &'a str,
    /// The pointer of the path item.
    pub item_pointer: String,
    /// The pointer of the parameters that the path item's operations share.
    pub parameters_pointer: String,
    pub item: &'a PathItem,
    pub method: HttpMethod,
    /// The pointer of the operation.
    pub pointer: String,
    pub operation: &'a Operation,
}

impl Plan<'_> {
    /// Returns the pointers of the operations and of the parameters of their path items.
    pub fn pointers(&self) -> impl Iterator<Item = &str> {
        let operations = self
            .resources
            .iter()
            .flat_map(|resource| &resource.operations);
        let operations = operations.flat_map(|planned| {
            [
                planned.pointer.as_str(),
                planned.parameters_pointer.as_str(),
            ]
        });
        operations.chain(self.webhooks.iter().map(|planned| planned.pointer.as_str()))
    }
}

/// Selects the operations with one of the tags, or all operations if there are no tags, in the
/// order of the document.
pub fn select<'a>(document: &'a Document, tags: &[String]) -> (Plan<'a>, Vec<Diagnostic>) {
    let mut resources: Vec<PlannedResource<'a>> = Vec::new();
    let mut problems = Vec::new();
    let paths = Pointer::start("/paths");
    for (path, item) in &document.openapi().paths.paths {
        let item = match item {
            ReferenceOr::Item(item) => item,
            ReferenceOr::Reference { reference } => match document.path_item(reference) {
                Ok((_, item)) => item,
                Err(problem) => {
                    problems.push(problem);
                    continue;
                }
            },
        };
        let at = paths.child(path);
        for (method, operation) in item.iter() {
            let pointer = at.child(method);
            match extensions::flag(&operation.extensions, extensions::IGNORE, pointer) {
                Ok(false) => {}
                Ok(true) => continue,
                Err(problem) => problems.push(problem),
            }
            let (Some(tag), Some(method)) = (matching_tag(operation, tags), http_method(method))
            else {
                continue;
            };
            let planned = PlannedOperation {
                path,
                item_pointer: at.to_string(),
                parameters_pointer: at.child("parameters").to_string(),
                item,
                method,
                pointer: pointer.to_string(),
                operation,
            };
            match resources.iter_mut().find(|resource| resource.tag == tag) {
                Some(resource) => resource.operations.push(planned),
                None => resources.push(PlannedResource {
                    tag,
                    operations: vec![planned],
                }),
            }
        }
    }
    problems.extend(missing(document, &resources, tags));
    let webhooks = webhooks(document, tags);
    let plan = Plan {
        resources,
        webhooks,
    };
    (plan, problems)
}

/// Returns the webhooks with one of the tags, or all webhooks if there are no tags.
fn webhooks<'a>(document: &'a Document, tags: &[String]) -> Vec<PlannedWebhook<'a>> {
    let mut planned = Vec::new();
    for (name, (pointer, item)) in document.webhooks() {
        let at = Pointer::start(pointer);
        for (method, operation) in item.iter() {
            if matching_tag(operation, tags).is_some() {
                planned.push(PlannedWebhook {
                    name,
                    pointer: at.child(method).to_string(),
                    operation,
                });
            }
        }
    }
    planned
}

/// Returns the tag of an operation that becomes its resource: its first tag, or its first tag that
/// is among the requested ones.
fn matching_tag<'a>(operation: &'a Operation, tags: &[String]) -> Option<&'a str> {
    if tags.is_empty() {
        return Some(operation.tags.first().map_or("", String::as_str));
    }
    operation
        .tags
        .iter()
        .find(|tag| tags.contains(tag))
        .map(String::as_str)
}

fn http_method(name: &str) -> Option<HttpMethod> {
    Some(match name {
        "get" => HttpMethod::Get,
        "put" => HttpMethod::Put,
        "post" => HttpMethod::Post,
        "delete" => HttpMethod::Delete,
        "options" => HttpMethod::Options,
        "head" => HttpMethod::Head,
        "patch" => HttpMethod::Patch,
        "trace" => HttpMethod::Trace,
        _ => return None,
    })
}

/// Returns an error for each requested tag that no operation has.
fn missing<'t>(
    document: &Document,
    found: &[PlannedResource<'_>],
    tags: &'t [String],
) -> impl Iterator<Item = Diagnostic> + use<'t> {
    let known = known_tags(document.openapi()).join("`, `");
    let known = if known.is_empty() {
        "the operations have no tags; omit the tag to use all operations".to_owned()
    } else {
        format!("use a tag of the document: `{known}`")
    };
    let missing: Vec<&String> = tags
        .iter()
        .filter(|tag| found.iter().all(|resource| resource.tag != **tag))
        .collect();
    missing.into_iter().map(move |tag| {
        let message = format!("no operation has the tag `{tag}`");
        Diagnostic::new(Code::NotFound, "/paths", message).help(known.clone())
    })
}

fn known_tags(openapi: &OpenAPI) -> Vec<&str> {
    let mut tags: Vec<&str> = Vec::new();
    for operation in openapi.operations().map(|(_, _, operation)| operation) {
        tags.extend(operation.tags.iter().map(String::as_str));
    }
    tags.sort_unstable();
    tags.dedup();
    tags
}
