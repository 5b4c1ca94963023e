//! The root of a document, its metadata and its components.

use indexmap::IndexMap;
use openapiv3::{Components, Contact, Info, License, OpenAPI, PathItem, Paths, Tag};

use super::operation::{callback, header, link, parameter, path_item, request_body, response};
use super::shared::{examples, external_docs, security, server};
use super::{Fields, reference_or, schema, security_scheme};
use crate::spec::tree::{Node, Object};
use crate::spec::{grammar, pointer};

pub(in crate::spec) fn openapi(root: &Node) -> OpenAPI {
    let fields = Fields::of(root);
    OpenAPI {
        openapi: fields.required_string("openapi"),
        info: fields.get("info").map(info).unwrap_or_default(),
        servers: fields.list("servers", server),
        paths: fields.get("paths").map(paths).unwrap_or_default(),
        components: fields.get("components").map(components),
        security: security(fields),
        tags: fields.list("tags", tag),
        external_docs: fields.get("externalDocs").map(external_docs),
        extensions: fields.extensions(),
    }
}

fn info(node: &Node) -> Info {
    let fields = Fields::of(node);
    Info {
        title: fields.required_string("title"),
        description: fields.string("description"),
        terms_of_service: fields.string("termsOfService"),
        contact: fields.get("contact").map(contact),
        license: fields.get("license").map(license),
        version: fields.required_string("version"),
        extensions: fields.extensions(),
    }
}

fn contact(node: &Node) -> Contact {
    let fields = Fields::of(node);
    Contact {
        name: fields.string("name"),
        url: fields.string("url"),
        email: fields.string("email"),
        extensions: fields.extensions(),
    }
}

fn license(node: &Node) -> License {
    let fields = Fields::of(node);
    License {
        name: fields.required_string("name"),
        url: fields.string("url"),
        extensions: fields.extensions(),
    }
}

fn tag(node: &Node) -> Tag {
    let fields = Fields::of(node);
    Tag {
        name: fields.required_string("name"),
        description: fields.string("description"),
        external_docs: fields.get("externalDocs").map(external_docs),
        extensions: fields.extensions(),
    }
}

fn paths(node: &Node) -> Paths {
    let entries = node
        .as_object()
        .into_iter()
        .flat_map(Object::iter)
        .filter(|(path, _)| path.starts_with('/'));
    let item = |node| reference_or(&grammar::PATH_ITEM, node, path_item);
    Paths {
        paths: entries
            .map(|(path, entry)| (path.to_owned(), item(&entry.node)))
            .collect(),
        extensions: Fields::of(node).extensions(),
    }
}

/// The maximum number of references from a webhook to its path item.
const MAX_REFERENCES: usize = 16;

/// Reads the webhooks (`x-webhooks`) by name, each with the pointer of its path item. Dangling
/// references are skipped.
pub(in crate::spec) fn webhooks(root: &Node) -> IndexMap<String, (String, PathItem)> {
    let webhooks = root.get("x-webhooks").and_then(Node::as_object);
    let webhooks = webhooks.into_iter().flat_map(Object::iter);
    let items = webhooks.filter_map(|(name, entry)| {
        let (pointer, node) = webhook_item(root, name, &entry.node)?;
        Some((name.to_owned(), (pointer, path_item(node))))
    });
    items.collect()
}

/// Follows the references of a webhook to its path item. Returns the pointer of the item, too.
fn webhook_item<'t>(root: &'t Node, name: &str, mut node: &'t Node) -> Option<(String, &'t Node)> {
    let mut found = "/x-webhooks".to_owned();
    pointer::push(&mut found, name);
    for _ in 0..MAX_REFERENCES {
        let Some(reference) = Fields::of(node).string("$ref") else {
            return Some((found, node));
        };
        found = pointer::from_fragment(reference.strip_prefix('#')?)?.into_owned();
        node = root.at(&found)?;
    }
    None
}

fn components(node: &Node) -> Components {
    let fields = Fields::of(node);
    Components {
        schemas: fields.map("schemas", |node| {
            reference_or(&grammar::SCHEMA, node, schema)
        }),
        responses: fields.map("responses", |node| {
            reference_or(&grammar::RESPONSE, node, response)
        }),
        parameters: fields.map("parameters", |node| {
            reference_or(&grammar::PARAMETER, node, parameter)
        }),
        examples: examples(fields),
        request_bodies: fields.map("requestBodies", |node| {
            reference_or(&grammar::REQUEST_BODY, node, request_body)
        }),
        headers: fields.map("headers", |node| {
            reference_or(&grammar::HEADER, node, header)
        }),
        security_schemes: fields.map("securitySchemes", |node| {
            reference_or(&grammar::SECURITY_SCHEME, node, security_scheme)
        }),
        links: fields.map("links", |node| reference_or(&grammar::LINK, node, link)),
        callbacks: fields.map("callbacks", |node| {
            reference_or(&grammar::CALLBACK, node, callback)
        }),
        extensions: fields.extensions(),
    }
}
