//! The grammar of OpenAPI 3.0 as tables: the keys of each object, and the kinds of their values.
//! Documents of later versions are converted to it first.

mod document;
mod operation;
mod schema;
mod security;
mod shared;
pub(super) mod types;

use super::pointer;
use types::{Kind, Shape};

pub(super) use document::{COMPONENTS, CONTACT, INFO, LICENSE, OPENAPI, TAG};
pub(super) use operation::{
    CALLBACK, EXAMPLE, HEADER, LINK, MEDIA_TYPE, OPERATION, PARAMETER, PATH_ITEM, REQUEST_BODY,
    RESPONSE, RESPONSES,
};
pub(super) use schema::{DISCRIMINATOR, SCHEMA, XML};
pub(super) use security::{FLOWS, SECURITY_SCHEME};
pub(super) use shared::{EXTERNAL_DOCS, SERVER};

/// The result of looking up a pointer in the grammar.
pub(super) enum Lookup {
    /// An object with a known shape.
    Shape(&'static Shape),
    /// A value without a shape, such as a map or a string.
    Other,
    /// A location outside of the grammar: in data, in an extension, or below an unknown key.
    Unknown,
}

/// Looks up a pointer in the grammar, without a document.
pub(super) fn lookup(pointer: &str) -> Lookup {
    let mut kind = &Kind::Object(&OPENAPI);
    for token in pointer::tokens(pointer) {
        kind = match kind {
            Kind::Object(shape) | Kind::Reference(shape) => match shape.kind_of(&token) {
                Some(kind) => kind,
                None => return Lookup::Unknown,
            },
            Kind::BoolOrSchema => match SCHEMA.kind_of(&token) {
                Some(kind) => kind,
                None => return Lookup::Unknown,
            },
            Kind::List(kind) | Kind::Map(kind) => kind,
            _ => return Lookup::Unknown,
        };
    }
    match kind {
        Kind::Object(shape) | Kind::Reference(shape) => Lookup::Shape(shape),
        Kind::BoolOrSchema => Lookup::Shape(&SCHEMA),
        Kind::Data => Lookup::Unknown,
        _ => Lookup::Other,
    }
}
