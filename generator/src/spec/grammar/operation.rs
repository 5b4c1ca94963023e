//! Path items, operations, and their parameters, bodies and responses.

use super::schema::SCHEMA;
use super::shared::{EXTERNAL_DOCS, SERVER};
use super::types::{Kind, OtherKeys, Shape, lenient, optional, required, shape, shape_with_rule};
use crate::spec::rules;

const STRINGS: Kind = Kind::List(&Kind::String);

const SECURITY: Kind = Kind::List(&Kind::Map(&Kind::Scopes));

const STYLE: Kind = Kind::Enum(&[
    "form",
    "simple",
    "matrix",
    "label",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
]);

pub(in crate::spec) static PATHS: Shape = Shape {
    name: "the paths object",
    fields: &[],
    other_keys: OtherKeys::Pattern {
        accepts: |key| key.starts_with('/'),
        expected: "a path must start with `/`",
        kind: Kind::Reference(&PATH_ITEM),
    },
    rule: None,
};

pub(in crate::spec) static PATH_ITEM: Shape = shape(
    "a path item",
    &[
        optional("get", Kind::Object(&OPERATION)),
        optional("put", Kind::Object(&OPERATION)),
        optional("post", Kind::Object(&OPERATION)),
        optional("delete", Kind::Object(&OPERATION)),
        optional("options", Kind::Object(&OPERATION)),
        optional("head", Kind::Object(&OPERATION)),
        optional("patch", Kind::Object(&OPERATION)),
        optional("trace", Kind::Object(&OPERATION)),
        lenient("summary", Kind::String),
        lenient("description", Kind::String),
        optional("servers", Kind::List(&Kind::Object(&SERVER))),
        optional("parameters", Kind::List(&Kind::Reference(&PARAMETER))),
    ],
);

pub(in crate::spec) static OPERATION: Shape = shape(
    "an operation",
    &[
        optional("tags", STRINGS),
        lenient("summary", Kind::String),
        lenient("description", Kind::String),
        lenient("externalDocs", Kind::Object(&EXTERNAL_DOCS)),
        optional("operationId", Kind::String),
        optional("parameters", Kind::List(&Kind::Reference(&PARAMETER))),
        optional("requestBody", Kind::Reference(&REQUEST_BODY)),
        required("responses", Kind::Object(&RESPONSES)),
        lenient("callbacks", Kind::Map(&Kind::Reference(&CALLBACK))),
        optional("deprecated", Kind::Bool),
        optional("security", SECURITY),
        optional("servers", Kind::List(&Kind::Object(&SERVER))),
    ],
);

/// A request to the user's server (`x-webhooks`). Code is generated only for its body.
pub(in crate::spec) static WEBHOOK: Shape = shape(
    "a webhook",
    &[
        optional("get", Kind::Object(&WEBHOOK_REQUEST)),
        optional("put", Kind::Object(&WEBHOOK_REQUEST)),
        optional("post", Kind::Object(&WEBHOOK_REQUEST)),
        optional("delete", Kind::Object(&WEBHOOK_REQUEST)),
        optional("options", Kind::Object(&WEBHOOK_REQUEST)),
        optional("head", Kind::Object(&WEBHOOK_REQUEST)),
        optional("patch", Kind::Object(&WEBHOOK_REQUEST)),
        optional("trace", Kind::Object(&WEBHOOK_REQUEST)),
        lenient("summary", Kind::String),
        lenient("description", Kind::String),
        lenient("servers", Kind::Data),
        lenient("parameters", Kind::Data),
    ],
);

static WEBHOOK_REQUEST: Shape = shape(
    "an operation",
    &[
        optional("tags", STRINGS),
        lenient("summary", Kind::String),
        lenient("description", Kind::String),
        lenient("externalDocs", Kind::Object(&EXTERNAL_DOCS)),
        optional("operationId", Kind::String),
        lenient("parameters", Kind::Data),
        optional("requestBody", Kind::Reference(&REQUEST_BODY)),
        lenient("responses", Kind::Data),
        lenient("callbacks", Kind::Data),
        optional("deprecated", Kind::Bool),
        lenient("security", Kind::Data),
        lenient("servers", Kind::Data),
    ],
);

pub(in crate::spec) static PARAMETER: Shape = shape_with_rule(
    "a parameter",
    &[
        required("name", Kind::String),
        required("in", Kind::Enum(&["query", "header", "path", "cookie"])),
        lenient("description", Kind::String),
        optional("required", Kind::Bool),
        optional("schema", Kind::Reference(&SCHEMA)),
        optional("deprecated", Kind::Bool),
        optional("style", STYLE),
        optional("explode", Kind::Bool),
        optional("allowEmptyValue", Kind::Bool),
        optional("allowReserved", Kind::Bool),
        lenient("example", Kind::Data),
        lenient("examples", Kind::Map(&Kind::Reference(&EXAMPLE))),
        optional("content", Kind::Map(&Kind::Object(&MEDIA_TYPE))),
    ],
    rules::parameter,
);

pub(in crate::spec) static HEADER: Shape = shape_with_rule(
    "a header",
    &[
        lenient("description", Kind::String),
        optional("required", Kind::Bool),
        optional("schema", Kind::Reference(&SCHEMA)),
        lenient("deprecated", Kind::Bool),
        optional("style", STYLE),
        optional("explode", Kind::Bool),
        optional("allowEmptyValue", Kind::Bool),
        optional("allowReserved", Kind::Bool),
        lenient("example", Kind::Data),
        lenient("examples", Kind::Map(&Kind::Reference(&EXAMPLE))),
        optional("content", Kind::Map(&Kind::Object(&MEDIA_TYPE))),
    ],
    rules::header,
);

pub(in crate::spec) static REQUEST_BODY: Shape = shape(
    "a request body",
    &[
        required("content", Kind::Map(&Kind::Object(&MEDIA_TYPE))),
        lenient("description", Kind::String),
        optional("required", Kind::Bool),
    ],
);

pub(in crate::spec) static MEDIA_TYPE: Shape = shape(
    "a media type",
    &[
        optional("schema", Kind::Reference(&SCHEMA)),
        lenient("example", Kind::Data),
        lenient("examples", Kind::Map(&Kind::Reference(&EXAMPLE))),
        optional("encoding", Kind::Map(&Kind::Object(&ENCODING))),
    ],
);

pub(in crate::spec) static ENCODING: Shape = shape_with_rule(
    "an encoding",
    &[
        optional("contentType", Kind::String),
        optional("headers", Kind::Map(&Kind::Reference(&HEADER))),
        optional("style", STYLE),
        optional("explode", Kind::Bool),
        optional("allowReserved", Kind::Bool),
    ],
    rules::encoding,
);

pub(in crate::spec) static RESPONSES: Shape = Shape {
    name: "the responses object",
    fields: &[optional("default", Kind::Reference(&RESPONSE))],
    other_keys: OtherKeys::Pattern {
        accepts: rules::is_status,
        expected: "expected `default`, a status code from 100 to 599, or a range such as `4XX`",
        kind: Kind::Reference(&RESPONSE),
    },
    rule: Some(rules::responses),
};

/// OpenAPI requires `description`. It is optional here because the generator does not need it, and
/// real documents omit it.
pub(in crate::spec) static RESPONSE: Shape = shape(
    "a response",
    &[
        lenient("description", Kind::String),
        lenient("headers", Kind::Map(&Kind::Reference(&HEADER))),
        optional("content", Kind::Map(&Kind::Object(&MEDIA_TYPE))),
        lenient("links", Kind::Map(&Kind::Reference(&LINK))),
    ],
);

pub(in crate::spec) static CALLBACK: Shape = Shape {
    name: "a callback",
    fields: &[],
    other_keys: OtherKeys::Pattern {
        accepts: |_| true,
        expected: "",
        kind: Kind::Reference(&PATH_ITEM),
    },
    rule: None,
};

pub(in crate::spec) static EXAMPLE: Shape = shape(
    "an example",
    &[
        optional("summary", Kind::String),
        optional("description", Kind::String),
        optional("value", Kind::Data),
        optional("externalValue", Kind::String),
    ],
);

/// No code is generated for links, so their targets are not checked.
pub(in crate::spec) static LINK: Shape = shape(
    "a link",
    &[
        optional("operationRef", Kind::String),
        optional("operationId", Kind::String),
        optional("parameters", Kind::Map(&Kind::Data)),
        optional("requestBody", Kind::Data),
        optional("description", Kind::String),
        optional("server", Kind::Object(&SERVER)),
    ],
);
