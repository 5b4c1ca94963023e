//! The root of a document, its metadata and its components.

use super::operation::{
    CALLBACK, EXAMPLE, HEADER, LINK, PARAMETER, PATHS, REQUEST_BODY, RESPONSE, WEBHOOK,
};
use super::schema::SCHEMA;
use super::security::SECURITY_SCHEME;
use super::shared::{EXTERNAL_DOCS, SERVER};
use super::types::{Kind, Shape, lenient, optional, required, shape};

const SECURITY: Kind = Kind::List(&Kind::Map(&Kind::Scopes));

pub(in crate::spec) static OPENAPI: Shape = shape(
    "the document",
    &[
        required("openapi", Kind::String),
        required("info", Kind::Object(&INFO)),
        optional("servers", Kind::List(&Kind::Object(&SERVER))),
        required("paths", Kind::Object(&PATHS)),
        optional("components", Kind::Object(&COMPONENTS)),
        optional("security", SECURITY),
        optional("x-webhooks", Kind::Map(&Kind::Reference(&WEBHOOK))),
        lenient("tags", Kind::List(&Kind::Object(&TAG))),
        lenient("externalDocs", Kind::Object(&EXTERNAL_DOCS)),
    ],
);

pub(in crate::spec) static INFO: Shape = shape(
    "the info object",
    &[
        required("title", Kind::String),
        required("version", Kind::String),
        lenient("description", Kind::String),
        lenient("termsOfService", Kind::String),
        lenient("contact", Kind::Object(&CONTACT)),
        lenient("license", Kind::Object(&LICENSE)),
    ],
);

pub(in crate::spec) static CONTACT: Shape = shape(
    "a contact",
    &[
        lenient("name", Kind::String),
        lenient("url", Kind::String),
        lenient("email", Kind::String),
    ],
);

/// OpenAPI requires `name`. It is optional here because the generator does not need it, and real
/// documents omit it. The same applies to the required keys of [`TAG`] and [`EXTERNAL_DOCS`].
pub(in crate::spec) static LICENSE: Shape = shape(
    "a license",
    &[lenient("name", Kind::String), lenient("url", Kind::String)],
);

pub(in crate::spec) static COMPONENTS: Shape = shape(
    "the components object",
    &[
        optional("schemas", Kind::Map(&Kind::Reference(&SCHEMA))),
        optional("responses", Kind::Map(&Kind::Reference(&RESPONSE))),
        optional("parameters", Kind::Map(&Kind::Reference(&PARAMETER))),
        lenient("examples", Kind::Map(&Kind::Reference(&EXAMPLE))),
        optional("requestBodies", Kind::Map(&Kind::Reference(&REQUEST_BODY))),
        optional("headers", Kind::Map(&Kind::Reference(&HEADER))),
        optional(
            "securitySchemes",
            Kind::Map(&Kind::Reference(&SECURITY_SCHEME)),
        ),
        lenient("links", Kind::Map(&Kind::Reference(&LINK))),
        lenient("callbacks", Kind::Map(&Kind::Reference(&CALLBACK))),
    ],
);

pub(in crate::spec) static TAG: Shape = shape(
    "a tag",
    &[
        optional("name", Kind::String),
        lenient("description", Kind::String),
        lenient("externalDocs", Kind::Object(&EXTERNAL_DOCS)),
    ],
);
