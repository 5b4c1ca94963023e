//! Types: what a value looks like in Rust and on the wire.

use super::Docs;
use serde::Serialize;

/// A type with a name of its own: a struct or an enum in `models`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TypeDef {
    /// The name in Rust.
    pub rust: String,
    /// Where the document defines it: a JSON pointer.
    pub place: String,
    #[serde(flatten)]
    pub docs: Docs,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
    /// Whether an error variant carries it, and with it the reply that it came in.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub error_payload: bool,
    #[serde(flatten)]
    pub kind: Kind,
}

/// What a named type is.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// An object with known properties.
    Struct(Vec<Field>),
    /// A string with known values; others are kept as they come.
    Enum(Vec<EnumValue>),
}

/// A property of an object, also one of a request's body.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Field {
    pub wire: String,
    pub rust: String,
    #[serde(rename = "type")]
    pub ty: Type,
    pub required: bool,
    pub nullable: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
    /// What the server takes when nothing is sent, as JSON: documented, never sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// A value such as the document gives one, as JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    /// The vendor extension that marks the message among an error's fields.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub error_message: bool,
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EnumValue {
    pub wire: String,
    pub rust: String,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Type {
    String,
    /// A point in time (`format: date-time`).
    Timestamp,
    Boolean,
    Integer(IntegerWidth),
    Number(NumberWidth),
    /// Any JSON value.
    Json,
    Array(Box<Type>),
    /// An object whose keys are not known in advance.
    Map(Box<Type>),
    /// A value inside an array or a map that may be null.
    Nullable(Box<Type>),
    /// A type of `models`, by its name in Rust.
    Named(String),
    /// The same behind a pointer, where a type would otherwise contain itself.
    Boxed(Box<Type>),
}

/// `format: int32`, or the 64 bits of every other whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum IntegerWidth {
    I32,
    I64,
}

/// `format: float`, or the double precision of every other number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum NumberWidth {
    F32,
    F64,
}

impl Type {
    /// The named type at the heart of arrays, maps and boxes.
    pub fn named(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(name),
            Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::Boxed(inner) => {
                inner.named()
            }
            _ => None,
        }
    }
}
