//! Schemas.

use super::shared::EXTERNAL_DOCS;
use super::types::{Kind, Shape, lenient, optional, required, shape};

const STRINGS: Kind = Kind::List(&Kind::String);

pub(in crate::spec) static SCHEMA: Shape = shape(
    "a schema",
    &[
        optional("type", Kind::Type),
        lenient("description", Kind::String),
        optional("properties", Kind::Map(&Kind::Reference(&SCHEMA))),
        optional("required", STRINGS),
        optional("items", Kind::Reference(&SCHEMA)),
        optional("nullable", Kind::Bool),
        optional("enum", Kind::DataList),
        optional("format", Kind::String),
        lenient("example", Kind::Data),
        lenient("default", Kind::Data),
        optional("additionalProperties", Kind::BoolOrSchema),
        optional("allOf", Kind::List(&Kind::Reference(&SCHEMA))),
        optional("oneOf", Kind::List(&Kind::Reference(&SCHEMA))),
        optional("anyOf", Kind::List(&Kind::Reference(&SCHEMA))),
        lenient("not", Kind::Reference(&SCHEMA)),
        lenient("title", Kind::String),
        optional("deprecated", Kind::Bool),
        optional("readOnly", Kind::Bool),
        optional("writeOnly", Kind::Bool),
        optional("discriminator", Kind::Object(&DISCRIMINATOR)),
        optional("multipleOf", Kind::Number),
        lenient("maximum", Kind::Number),
        lenient("exclusiveMaximum", Kind::Bool),
        lenient("minimum", Kind::Number),
        lenient("exclusiveMinimum", Kind::Bool),
        lenient("maxLength", Kind::NonNegativeInteger),
        lenient("minLength", Kind::NonNegativeInteger),
        lenient("pattern", Kind::String),
        lenient("maxItems", Kind::NonNegativeInteger),
        lenient("minItems", Kind::NonNegativeInteger),
        lenient("uniqueItems", Kind::Bool),
        lenient("maxProperties", Kind::NonNegativeInteger),
        lenient("minProperties", Kind::NonNegativeInteger),
        lenient("xml", Kind::Object(&XML)),
        lenient("externalDocs", Kind::Object(&EXTERNAL_DOCS)),
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
