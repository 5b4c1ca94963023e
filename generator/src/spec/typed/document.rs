//! The root of a document, its metadata and its components.

use indexmap::IndexMap;
use openapiv3::{Components, Contact, Info, License, OpenAPI, PathItem, Paths, Tag};

use super::operation::{callback, header, link, parameter, path_item, request_body, response};
use super::shared::{examples, external_docs, security, server};
use super::{Fields, reference_or, schema, security_scheme};
use crate::spec::grammar;
use crate::spec::tree::{Node, Object};

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

/// Reads the webhooks (`x-webhooks`), by name.
pub(in crate::spec) fn webhooks(root: &Node) -> IndexMap<String, PathItem> {
    Fields::of(root).map("x-webhooks", path_item)
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
