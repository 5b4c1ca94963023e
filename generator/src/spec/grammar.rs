//! The grammar of OpenAPI 3.0 as tables: which keys each kind of object has, and what kind of value stands there.

mod document;
mod operation;
mod schema;
mod security;
pub(super) mod types;

use super::pointer;
use types::{Kind, Shape};

pub(super) use document::{COMPONENTS, CONTACT, EXTERNAL_DOCS, INFO, LICENSE, OPENAPI, TAG};
pub(super) use operation::{
    CALLBACK, EXAMPLE, HEADER, LINK, MEDIA_TYPE, OPERATION, PARAMETER, PATH_ITEM, REQUEST_BODY,
    RESPONSE,
};
pub(super) use schema::{SCHEMA, XML};
pub(super) use security::{FLOWS, SECURITY_SCHEME};

/// What the grammar has at a pointer.
pub(super) enum Lookup {
    Shape(&'static Shape),
    /// Something that is no object of the grammar.
    Other,
    /// The grammar does not say: the pointer leads through data, an extension or a key that is not known.
    Unknown,
}

/// Follows a pointer through the grammar alone.
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
