//! The grammar of OpenAPI 3.0 as tables: which keys each kind of object has, and what kind of value stands there.

use super::kinds::{Kind, Others, Shape, optional, required, ruled, shape};
use super::{pointer, rules};

/// What the grammar has at a pointer.
pub(super) enum Place {
    Shape(&'static Shape),
    /// Something that is no object of the grammar.
    Other,
    /// The grammar does not say: the pointer leads through data, an extension or a key that is not known.
    Unknown,
}

/// Follows a pointer through the grammar alone.
pub(super) fn place(pointer: &str) -> Place {
    let mut kind = &Kind::Object(&OPENAPI);
    for token in pointer::tokens(pointer) {
        kind = match kind {
            Kind::Object(shape) | Kind::Reference(shape) => match shape.kind_of(&token) {
                Some(kind) => kind,
                None => return Place::Unknown,
            },
            Kind::FlagOrSchema => match SCHEMA.kind_of(&token) {
                Some(kind) => kind,
                None => return Place::Unknown,
            },
            Kind::List(kind) | Kind::Map(kind) => kind,
            _ => return Place::Unknown,
        };
    }
    match kind {
        Kind::Object(shape) | Kind::Reference(shape) => Place::Shape(shape),
        Kind::FlagOrSchema => Place::Shape(&SCHEMA),
        Kind::Data => Place::Unknown,
        _ => Place::Other,
    }
}

const TEXTS: Kind = Kind::List(&Kind::Text);
const SECURITY: Kind = Kind::List(&Kind::Map(&Kind::Scopes));
const STYLE: Kind = Kind::Word(&[
    "form",
    "simple",
    "matrix",
    "label",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
]);

pub(super) static OPENAPI: Shape = shape(
    "the document",
    &[
        required("openapi", Kind::Text),
        required("info", Kind::Object(&INFO)),
        optional("servers", Kind::List(&Kind::Object(&SERVER))),
        required("paths", Kind::Object(&PATHS)),
        optional("components", Kind::Object(&COMPONENTS)),
        optional("security", SECURITY),
        optional("tags", Kind::List(&Kind::Object(&TAG))),
        optional("externalDocs", Kind::Object(&EXTERNAL_DOCS)),
    ],
);

static INFO: Shape = shape(
    "the info object",
    &[
        required("title", Kind::Text),
        required("version", Kind::Text),
        optional("description", Kind::Text),
        optional("termsOfService", Kind::Text),
        optional("contact", Kind::Object(&CONTACT)),
        optional("license", Kind::Object(&LICENSE)),
    ],
);

static CONTACT: Shape = shape(
    "a contact",
    &[
        optional("name", Kind::Text),
        optional("url", Kind::Text),
        optional("email", Kind::Text),
    ],
);

static LICENSE: Shape = shape(
    "a license",
    &[required("name", Kind::Text), optional("url", Kind::Text)],
);

static SERVER: Shape = shape(
    "a server",
    &[
        required("url", Kind::Text),
        optional("description", Kind::Text),
        optional("variables", Kind::Map(&Kind::Object(&SERVER_VARIABLE))),
    ],
);

static SERVER_VARIABLE: Shape = shape(
    "a server variable",
    &[
        required("default", Kind::Text),
        optional("enum", TEXTS),
        optional("description", Kind::Text),
    ],
);

static COMPONENTS: Shape = shape(
    "the components object",
    &[
        optional("schemas", Kind::Map(&Kind::Reference(&SCHEMA))),
        optional("responses", Kind::Map(&Kind::Reference(&RESPONSE))),
        optional("parameters", Kind::Map(&Kind::Reference(&PARAMETER))),
        optional("examples", Kind::Map(&Kind::Reference(&EXAMPLE))),
        optional("requestBodies", Kind::Map(&Kind::Reference(&REQUEST_BODY))),
        optional("headers", Kind::Map(&Kind::Reference(&HEADER))),
        optional(
            "securitySchemes",
            Kind::Map(&Kind::Reference(&SECURITY_SCHEME)),
        ),
        optional("links", Kind::Map(&Kind::Reference(&LINK))),
        optional("callbacks", Kind::Map(&Kind::Reference(&CALLBACK))),
    ],
);

static PATHS: Shape = Shape {
    name: "the paths object",
    fields: &[],
    others: Others::Pattern {
        admits: |key| key.starts_with('/'),
        wanted: "a path starts with `/`",
        kind: Kind::Reference(&PATH_ITEM),
    },
    rule: None,
};

pub(super) static PATH_ITEM: Shape = shape(
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
        optional("summary", Kind::Text),
        optional("description", Kind::Text),
        optional("servers", Kind::List(&Kind::Object(&SERVER))),
        optional("parameters", Kind::List(&Kind::Reference(&PARAMETER))),
    ],
);

static OPERATION: Shape = shape(
    "an operation",
    &[
        optional("tags", TEXTS),
        optional("summary", Kind::Text),
        optional("description", Kind::Text),
        optional("externalDocs", Kind::Object(&EXTERNAL_DOCS)),
        optional("operationId", Kind::Text),
        optional("parameters", Kind::List(&Kind::Reference(&PARAMETER))),
        optional("requestBody", Kind::Reference(&REQUEST_BODY)),
        required("responses", Kind::Object(&RESPONSES)),
        optional("callbacks", Kind::Map(&Kind::Reference(&CALLBACK))),
        optional("deprecated", Kind::Flag),
        optional("security", SECURITY),
        optional("servers", Kind::List(&Kind::Object(&SERVER))),
    ],
);

static EXTERNAL_DOCS: Shape = shape(
    "an external documentation object",
    &[
        required("url", Kind::Text),
        optional("description", Kind::Text),
    ],
);

pub(super) static PARAMETER: Shape = ruled(
    "a parameter",
    &[
        required("name", Kind::Text),
        required("in", Kind::Word(&["query", "header", "path", "cookie"])),
        optional("description", Kind::Text),
        optional("required", Kind::Flag),
        optional("schema", Kind::Reference(&SCHEMA)),
        optional("deprecated", Kind::Flag),
        optional("style", STYLE),
        optional("explode", Kind::Flag),
        optional("allowEmptyValue", Kind::Flag),
        optional("allowReserved", Kind::Flag),
        optional("example", Kind::Data),
        optional("examples", Kind::Map(&Kind::Reference(&EXAMPLE))),
        optional("content", Kind::Map(&Kind::Object(&MEDIA_TYPE))),
    ],
    rules::parameter,
);

pub(super) static HEADER: Shape = ruled(
    "a header",
    &[
        optional("description", Kind::Text),
        optional("required", Kind::Flag),
        optional("schema", Kind::Reference(&SCHEMA)),
        optional("deprecated", Kind::Flag),
        optional("style", STYLE),
        optional("explode", Kind::Flag),
        optional("allowEmptyValue", Kind::Flag),
        optional("allowReserved", Kind::Flag),
        optional("example", Kind::Data),
        optional("examples", Kind::Map(&Kind::Reference(&EXAMPLE))),
        optional("content", Kind::Map(&Kind::Object(&MEDIA_TYPE))),
    ],
    rules::header,
);

pub(super) static REQUEST_BODY: Shape = shape(
    "a request body",
    &[
        required("content", Kind::Map(&Kind::Object(&MEDIA_TYPE))),
        optional("description", Kind::Text),
        optional("required", Kind::Flag),
    ],
);

static MEDIA_TYPE: Shape = shape(
    "a media type",
    &[
        optional("schema", Kind::Reference(&SCHEMA)),
        optional("example", Kind::Data),
        optional("examples", Kind::Map(&Kind::Reference(&EXAMPLE))),
        optional("encoding", Kind::Map(&Kind::Object(&ENCODING))),
    ],
);

static ENCODING: Shape = ruled(
    "an encoding",
    &[
        optional("contentType", Kind::Text),
        optional("headers", Kind::Map(&Kind::Reference(&HEADER))),
        optional("style", STYLE),
        optional("explode", Kind::Flag),
        optional("allowReserved", Kind::Flag),
    ],
    rules::encoding,
);

static RESPONSES: Shape = Shape {
    name: "the responses object",
    fields: &[optional("default", Kind::Reference(&RESPONSE))],
    others: Others::Pattern {
        admits: rules::is_status,
        wanted: "a response is named `default`, a status from 100 to 599, or a range such as `4XX`",
        kind: Kind::Reference(&RESPONSE),
    },
    rule: None,
};

/// The standard requires a description. It tells a generator nothing, and real documents leave it out.
pub(super) static RESPONSE: Shape = shape(
    "a response",
    &[
        optional("description", Kind::Text),
        optional("headers", Kind::Map(&Kind::Reference(&HEADER))),
        optional("content", Kind::Map(&Kind::Object(&MEDIA_TYPE))),
        optional("links", Kind::Map(&Kind::Reference(&LINK))),
    ],
);

pub(super) static CALLBACK: Shape = Shape {
    name: "a callback",
    fields: &[],
    others: Others::Pattern {
        admits: |_| true,
        wanted: "",
        kind: Kind::Reference(&PATH_ITEM),
    },
    rule: None,
};

pub(super) static EXAMPLE: Shape = shape(
    "an example",
    &[
        optional("summary", Kind::Text),
        optional("description", Kind::Text),
        optional("value", Kind::Data),
        optional("externalValue", Kind::Text),
    ],
);

pub(super) static LINK: Shape = ruled(
    "a link",
    &[
        optional("operationRef", Kind::Text),
        optional("operationId", Kind::Text),
        optional("parameters", Kind::Map(&Kind::Data)),
        optional("requestBody", Kind::Data),
        optional("description", Kind::Text),
        optional("server", Kind::Object(&SERVER)),
    ],
    rules::link,
);

static TAG: Shape = shape(
    "a tag",
    &[
        required("name", Kind::Text),
        optional("description", Kind::Text),
        optional("externalDocs", Kind::Object(&EXTERNAL_DOCS)),
    ],
);

pub(super) static SCHEMA: Shape = ruled(
    "a schema",
    &[
        optional(
            "type",
            Kind::Word(&["string", "number", "integer", "boolean", "object", "array"]),
        ),
        optional("description", Kind::Text),
        optional("properties", Kind::Map(&Kind::Reference(&SCHEMA))),
        optional("required", TEXTS),
        optional("items", Kind::Reference(&SCHEMA)),
        optional("nullable", Kind::Flag),
        optional("enum", Kind::DataList),
        optional("format", Kind::Text),
        optional("example", Kind::Data),
        optional("default", Kind::Data),
        optional("additionalProperties", Kind::FlagOrSchema),
        optional("allOf", Kind::List(&Kind::Reference(&SCHEMA))),
        optional("oneOf", Kind::List(&Kind::Reference(&SCHEMA))),
        optional("anyOf", Kind::List(&Kind::Reference(&SCHEMA))),
        optional("not", Kind::Reference(&SCHEMA)),
        optional("title", Kind::Text),
        optional("deprecated", Kind::Flag),
        optional("readOnly", Kind::Flag),
        optional("writeOnly", Kind::Flag),
        optional("discriminator", Kind::Object(&DISCRIMINATOR)),
        optional("multipleOf", Kind::Number),
        optional("maximum", Kind::Number),
        optional("exclusiveMaximum", Kind::Flag),
        optional("minimum", Kind::Number),
        optional("exclusiveMinimum", Kind::Flag),
        optional("maxLength", Kind::Count),
        optional("minLength", Kind::Count),
        optional("pattern", Kind::Text),
        optional("maxItems", Kind::Count),
        optional("minItems", Kind::Count),
        optional("uniqueItems", Kind::Flag),
        optional("maxProperties", Kind::Count),
        optional("minProperties", Kind::Count),
        optional("xml", Kind::Object(&XML)),
        optional("externalDocs", Kind::Object(&EXTERNAL_DOCS)),
    ],
    rules::schema,
);

static DISCRIMINATOR: Shape = shape(
    "a discriminator",
    &[
        required("propertyName", Kind::Text),
        optional("mapping", Kind::Map(&Kind::Text)),
    ],
);

static XML: Shape = shape(
    "an XML object",
    &[
        optional("name", Kind::Text),
        optional("namespace", Kind::Text),
        optional("prefix", Kind::Text),
        optional("attribute", Kind::Flag),
        optional("wrapped", Kind::Flag),
    ],
);

pub(super) static SECURITY_SCHEME: Shape = ruled(
    "a security scheme",
    &[
        required(
            "type",
            Kind::Word(&["apiKey", "http", "oauth2", "openIdConnect"]),
        ),
        optional("description", Kind::Text),
        optional("name", Kind::Text),
        optional("in", Kind::Word(&["query", "header", "cookie"])),
        optional("scheme", Kind::Text),
        optional("bearerFormat", Kind::Text),
        optional("flows", Kind::Object(&FLOWS)),
        optional("openIdConnectUrl", Kind::Text),
    ],
    rules::security_scheme,
);

static FLOWS: Shape = shape(
    "the OAuth flows",
    &[
        optional("implicit", Kind::Object(&IMPLICIT_FLOW)),
        optional("password", Kind::Object(&TOKEN_FLOW)),
        optional("clientCredentials", Kind::Object(&TOKEN_FLOW)),
        optional("authorizationCode", Kind::Object(&CODE_FLOW)),
    ],
);

static IMPLICIT_FLOW: Shape = shape(
    "an implicit OAuth flow",
    &[
        required("authorizationUrl", Kind::Text),
        optional("tokenUrl", Kind::Text),
        optional("refreshUrl", Kind::Text),
        required("scopes", Kind::Map(&Kind::Text)),
    ],
);

static TOKEN_FLOW: Shape = shape(
    "an OAuth flow",
    &[
        optional("authorizationUrl", Kind::Text),
        required("tokenUrl", Kind::Text),
        optional("refreshUrl", Kind::Text),
        required("scopes", Kind::Map(&Kind::Text)),
    ],
);

static CODE_FLOW: Shape = shape(
    "an OAuth flow with a code",
    &[
        required("authorizationUrl", Kind::Text),
        required("tokenUrl", Kind::Text),
        optional("refreshUrl", Kind::Text),
        required("scopes", Kind::Map(&Kind::Text)),
    ],
);
