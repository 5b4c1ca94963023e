//! Schemas.

use super::document::EXTERNAL_DOCS;
use super::types::{Kind, Shape, optional, required, shape};

const TEXTS: Kind = Kind::List(&Kind::Text);

pub(in crate::spec) static SCHEMA: Shape = shape(
    "a schema",
    &[
        optional("type", Kind::Type),
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
);

pub(in crate::spec) static DISCRIMINATOR: Shape = shape(
    "a discriminator",
    &[
        required("propertyName", Kind::Text),
        optional("mapping", Kind::Map(&Kind::Text)),
    ],
);

pub(in crate::spec) static XML: Shape = shape(
    "an XML object",
    &[
        optional("name", Kind::Text),
        optional("namespace", Kind::Text),
        optional("prefix", Kind::Text),
        optional("attribute", Kind::Flag),
        optional("wrapped", Kind::Flag),
    ],
);
