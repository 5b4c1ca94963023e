//! Path items, operations, and their parameters, bodies and responses.

use indexmap::IndexMap;
use openapiv3::{
    AnySchema, Callback, CookieStyle, Encoding, Header, HeaderStyle, Link, LinkOperation,
    MediaType, Operation, Parameter, ParameterData, ParameterSchemaOrContent, PathItem, PathStyle,
    QueryStyle, ReferenceOr, RequestBody, Response, Responses, Schema, SchemaData, SchemaKind,
    StatusCode,
};

use super::shared::{examples, external_docs, security, server};
use super::{Fields, json, reference_or, schema};
use crate::spec::tree::{Node, Object};
use crate::spec::{grammar, ref_siblings, rules};

pub(in crate::spec) fn path_item(node: &Node) -> PathItem {
    let fields = Fields::of(node);
    let method = |name: &str| fields.get(name).map(operation);
    PathItem {
        summary: fields.string("summary"),
        description: fields.string("description"),
        get: method("get"),
        put: method("put"),
        post: method("post"),
        delete: method("delete"),
        options: method("options"),
        head: method("head"),
        patch: method("patch"),
        trace: method("trace"),
        servers: fields.list("servers", server),
        parameters: parameters(fields),
        extensions: fields.extensions(),
    }
}

pub(in crate::spec) fn parameter(node: &Node) -> Parameter {
    let fields = Fields::of(node);
    let parameter_data = parameter_data(fields);
    let style = fields.string("style");
    let style = style.as_deref();
    match fields.string("in").as_deref() {
        Some("path") => Parameter::Path {
            parameter_data,
            style: path_style(style),
        },
        Some("header") => Parameter::Header {
            parameter_data,
            style: HeaderStyle::Simple,
        },
        Some("cookie") => Parameter::Cookie {
            parameter_data,
            style: CookieStyle::Form,
        },
        _ => Parameter::Query {
            parameter_data,
            allow_reserved: fields.is("allowReserved"),
            style: query_style(style).unwrap_or_default(),
            allow_empty_value: fields.bool("allowEmptyValue"),
        },
    }
}

pub(in crate::spec) fn request_body(node: &Node) -> RequestBody {
    let fields = Fields::of(node);
    RequestBody {
        description: fields.string("description"),
        content: fields.map("content", media_type),
        required: fields.is("required"),
        extensions: fields.extensions(),
    }
}

pub(in crate::spec) fn response(node: &Node) -> Response {
    let fields = Fields::of(node);
    Response {
        description: fields.required_string("description"),
        headers: headers(fields),
        content: fields.map("content", media_type),
        links: fields.map("links", |node| reference_or(&grammar::LINK, node, link)),
        extensions: fields.extensions(),
    }
}

pub(in crate::spec) fn header(node: &Node) -> Header {
    let fields = Fields::of(node);
    Header {
        description: fields.string("description"),
        style: HeaderStyle::Simple,
        required: fields.is("required"),
        deprecated: fields.bool("deprecated"),
        format: schema_or_content(fields),
        example: fields.data("example"),
        examples: examples(fields),
        extensions: fields.extensions(),
    }
}

pub(in crate::spec) fn link(node: &Node) -> Link {
    let fields = Fields::of(node);
    let operation = match fields.string("operationRef") {
        Some(reference) => LinkOperation::OperationRef(reference),
        None => LinkOperation::OperationId(fields.required_string("operationId")),
    };
    Link {
        description: fields.string("description"),
        operation,
        request_body: fields.data("requestBody"),
        parameters: fields.map("parameters", json),
        server: fields.get("server").map(server),
        extensions: fields.extensions(),
    }
}

/// Converts a callback without the references in it, which openapiv3 cannot represent. A callback
/// is a request to the SDK user's server, and no code is generated for it.
pub(super) fn callback(node: &Node) -> Callback {
    let entries = node
        .as_object()
        .into_iter()
        .flat_map(Object::iter)
        .filter(|(key, _)| !key.starts_with("x-"));
    let inline = entries
        .filter(|(_, entry)| ref_siblings::reference(&grammar::PATH_ITEM, &entry.node).is_none());
    inline
        .map(|(key, entry)| (key.to_owned(), path_item(&entry.node)))
        .collect()
}

fn operation(node: &Node) -> Operation {
    let fields = Fields::of(node);
    let mut callbacks = fields.map("callbacks", |node| (node, callback(node)));
    callbacks.retain(|_, (node, _)| ref_siblings::reference(&grammar::CALLBACK, node).is_none());
    Operation {
        tags: fields.strings("tags"),
        summary: fields.string("summary"),
        description: fields.string("description"),
        external_docs: fields.get("externalDocs").map(external_docs),
        operation_id: fields.string("operationId"),
        parameters: parameters(fields),
        request_body: fields
            .get("requestBody")
            .map(|node| reference_or(&grammar::REQUEST_BODY, node, request_body)),
        responses: fields.get("responses").map(responses).unwrap_or_default(),
        callbacks: callbacks
            .into_iter()
            .map(|(name, (_, callback))| (name, callback))
            .collect(),
        deprecated: fields.is("deprecated"),
        security: security(fields),
        servers: fields.list("servers", server),
        extensions: fields.extensions(),
    }
}

fn responses(node: &Node) -> Responses {
    let fields = Fields::of(node);
    let read = |node| reference_or(&grammar::RESPONSE, node, response);
    let entries = node.as_object().into_iter().flat_map(Object::iter);
    Responses {
        default: fields.get("default").map(read),
        responses: entries
            .filter_map(|(key, entry)| Some((status(key)?, read(&entry.node))))
            .collect(),
        extensions: fields.extensions(),
    }
}

fn status(key: &str) -> Option<StatusCode> {
    let status = rules::status(key)?;
    match status.parse() {
        Ok(code) => Some(StatusCode::Code(code)),
        Err(_) => status.get(..1)?.parse().ok().map(StatusCode::Range),
    }
}

fn parameters(fields: Fields<'_>) -> Vec<ReferenceOr<Parameter>> {
    fields.list("parameters", |node| {
        reference_or(&grammar::PARAMETER, node, parameter)
    })
}

fn headers(fields: Fields<'_>) -> IndexMap<String, ReferenceOr<Header>> {
    fields.map("headers", |node| {
        reference_or(&grammar::HEADER, node, header)
    })
}

fn parameter_data(fields: Fields<'_>) -> ParameterData {
    ParameterData {
        name: fields.required_string("name"),
        description: fields.string("description"),
        required: fields.is("required"),
        deprecated: fields.bool("deprecated"),
        format: schema_or_content(fields),
        example: fields.data("example"),
        examples: examples(fields),
        explode: fields.bool("explode"),
        extensions: fields.extensions(),
    }
}

fn schema_or_content(fields: Fields<'_>) -> ParameterSchemaOrContent {
    match (fields.get("schema"), fields.has("content")) {
        (Some(node), _) => {
            ParameterSchemaOrContent::Schema(reference_or(&grammar::SCHEMA, node, schema))
        }
        (None, true) => ParameterSchemaOrContent::Content(fields.map("content", media_type)),
        (None, false) => ParameterSchemaOrContent::Schema(ReferenceOr::Item(any_schema())),
    }
}

/// Returns the schema that allows any value.
fn any_schema() -> Schema {
    Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Any(AnySchema::default()),
    }
}

fn media_type(node: &Node) -> MediaType {
    let fields = Fields::of(node);
    MediaType {
        schema: fields
            .get("schema")
            .map(|node| reference_or(&grammar::SCHEMA, node, schema)),
        example: fields.data("example"),
        examples: examples(fields),
        encoding: fields.map("encoding", encoding),
        extensions: fields.extensions(),
    }
}

fn encoding(node: &Node) -> Encoding {
    let fields = Fields::of(node);
    Encoding {
        content_type: fields.string("contentType"),
        headers: headers(fields),
        style: query_style(fields.string("style").as_deref()),
        explode: fields.is("explode"),
        allow_reserved: fields.is("allowReserved"),
        extensions: fields.extensions(),
    }
}

fn query_style(style: Option<&str>) -> Option<QueryStyle> {
    match style? {
        "form" => Some(QueryStyle::Form),
        "spaceDelimited" => Some(QueryStyle::SpaceDelimited),
        "pipeDelimited" => Some(QueryStyle::PipeDelimited),
        "deepObject" => Some(QueryStyle::DeepObject),
        _ => None,
    }
}

fn path_style(style: Option<&str>) -> PathStyle {
    match style {
        Some("matrix") => PathStyle::Matrix,
        Some("label") => PathStyle::Label,
        _ => PathStyle::Simple,
    }
}
