//! The objects that several others contain.

use indexmap::IndexMap;
use openapiv3::{
    Example, ExternalDocumentation, ReferenceOr, SecurityRequirement, Server, ServerVariable,
};

use super::{Fields, reference_or, string};
use crate::spec::grammar;
use crate::spec::tree::{Node, Object};

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

fn server_variable(node: &Node) -> ServerVariable {
    let fields = Fields::of(node);
    ServerVariable {
        enumeration: fields.strings("enum"),
        default: fields.required_string("default"),
        description: fields.string("description"),
        extensions: fields.extensions(),
    }
}
