//! Schemas.

use super::shared::EXTERNAL_DOCS;
use super::types::{Kind, Shape, optional, required, shape};

const STRINGS: Kind = Kind::List(&Kind::String);

pub(in crate::spec) static SCHEMA: Shape = shape(
    "a schema",
    &[
        optional("type", Kind::Type),
        optional("description", Kind::String),
        optional("properties", Kind::Map(&Kind::Reference(&SCHEMA))),
        optional("required", STRINGS),
        optional("items", Kind::Reference(&SCHEMA)),
        optional("nullable", Kind::Bool),
        optional("enum", Kind::DataList),
        optional("format", Kind::String),
        optional("example", Kind::Data),
        optional("default", Kind::Data),
        optional("additionalProperties", Kind::BoolOrSchema),
        optional("allOf", Kind::List(&Kind::Reference(&SCHEMA))),
        optional("oneOf", Kind::List(&Kind::Reference(&SCHEMA))),
        optional("anyOf", Kind::List(&Kind::Reference(&SCHEMA))),
        optional("not", Kind::Reference(&SCHEMA)),
        optional("title", Kind::String),
        optional("deprecated", Kind::Bool),
        optional("readOnly", Kind::Bool),
        optional("writeOnly", Kind::Bool),
        optional("discriminator", Kind::Object(&DISCRIMINATOR)),
        optional("multipleOf", Kind::Number),
        optional("maximum", Kind::Number),
        optional("exclusiveMaximum", Kind::Bool),
        optional("minimum", Kind::Number),
        optional("exclusiveMinimum", Kind::Bool),
        optional("maxLength", Kind::NonNegativeInteger),
        optional("minLength", Kind::NonNegativeInteger),
        optional("pattern", Kind::String),
        optional("maxItems", Kind::NonNegativeInteger),
        optional("minItems", Kind::NonNegativeInteger),
        optional("uniqueItems", Kind::Bool),
        optional("maxProperties", Kind::NonNegativeInteger),
        optional("minProperties", Kind::NonNegativeInteger),
        optional("xml", Kind::Object(&XML)),
        optional("externalDocs", Kind::Object(&EXTERNAL_DOCS)),
    ],
);

pub(in crate::spec) static DISCRIMINATOR: Shape = shape(
    "a discriminator",
    &[
        required("propertyName", Kind::String),
        optional("mapping", Kind::Map(&Kind::String)),
    ],
);

pub(in crate::spec) static XML: Shape = shape(
    "an XML object",
    &[
        optional("name", Kind::String),
        optional("namespace", Kind::String),
        optional("prefix", Kind::String),
        optional("attribute", Kind::Bool),
        optional("wrapped", Kind::Bool),
    ],
);
