//! The root of a document and its metadata, servers and components.

use indexmap::IndexMap;
use openapiv3::{
    Components, Contact, Example, ExternalDocumentation, Info, License, OpenAPI, Paths,
    ReferenceOr, SecurityRequirement, Server, ServerVariable, Tag,
};

use super::operation::{callback, header, link, parameter, path_item, request_body, response};
use super::{Fields, reference_or, schema, security_scheme, string};
use crate::spec::grammar;
use crate::spec::object::Object;
use crate::spec::tree::Node;

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

pub(in crate::spec) fn example(node: &Node) -> Example {
    let fields = Fields::of(node);
    Example {
        summary: fields.string("summary"),
        description: fields.string("description"),
        value: fields.data("value"),
        external_value: fields.string("externalValue"),
        extensions: fields.extensions(),
    }
}

pub(super) fn examples(fields: Fields<'_>) -> IndexMap<String, ReferenceOr<Example>> {
    fields.map("examples", |node| {
        reference_or(&grammar::EXAMPLE, node, example)
    })
}

pub(super) fn server(node: &Node) -> Server {
    let fields = Fields::of(node);
    Server {
        url: fields.required_string("url"),
        description: fields.string("description"),
        variables: fields
            .has("variables")
            .then(|| fields.map("variables", server_variable)),
        extensions: fields.extensions(),
    }
}

pub(super) fn external_docs(node: &Node) -> ExternalDocumentation {
    let fields = Fields::of(node);
    ExternalDocumentation {
        description: fields.string("description"),
        url: fields.required_string("url"),
        extensions: fields.extensions(),
    }
}

pub(super) fn security(fields: Fields<'_>) -> Option<Vec<SecurityRequirement>> {
    fields
        .has("security")
        .then(|| fields.list("security", security_requirement))
}

fn security_requirement(node: &Node) -> SecurityRequirement {
    let entries = node.as_object().into_iter().flat_map(Object::iter);
    let scopes = |node: &Node| {
        node.as_array()
            .unwrap_or_default()
            .iter()
            .filter_map(string)
            .collect()
    };
    entries
        .map(|(name, entry)| (name.to_owned(), scopes(&entry.node)))
        .collect()
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

fn server_variable(node: &Node) -> ServerVariable {
    let fields = Fields::of(node);
    ServerVariable {
        enumeration: fields.strings("enum"),
        default: fields.required_string("default"),
        description: fields.string("description"),
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
