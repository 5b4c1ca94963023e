//! Types: what a value looks like in Rust and on the wire.

use super::Docs;
use serde::Serialize;
use std::fmt;

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
    /// Whether an error variant carries it, and with it the response that it came in.
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
    Struct {
        fields: Vec<Field>,
        /// The type of the properties that are not known, when the document speaks of them.
        #[serde(skip_serializing_if = "Option::is_none")]
        additional: Option<Type>,
    },
    /// A scalar with known values; others are kept as they come.
    Enum {
        scalar: Scalar,
        values: Vec<EnumValue>,
    },
    /// One of several types; what is none of them is kept as it comes.
    Union {
        tagging: Tagging,
        variants: Vec<UnionVariant>,
    },
    /// Another name of a type: the same structure met elsewhere.
    Alias(Type),
}

/// What the values of an enum are in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Scalar {
    String,
    Integer,
    /// Texts, numbers and booleans side by side.
    Mixed,
}

/// How one tells which of several types a value is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Tagging {
    /// By the text of a property.
    Property(String),
    /// The same where the property may be left out: then by what fits best.
    OptionalProperty(String),
    /// By what fits best; where they differ in their kind of JSON value, that decides.
    Untagged,
}

/// One of the types that a value may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnionVariant {
    pub rust: String,
    #[serde(rename = "type")]
    pub ty: Type,
    /// The texts of the tag that stand for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
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
    /// Sent by the server alone.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub read_only: bool,
    /// Sent by the client alone.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub write_only: bool,
    /// How a form writes a value that is no scalar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub style: Option<super::Style>,
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
    /// The text, or of another scalar its JSON.
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
    /// Bytes that are no text: a file to send, a body as it came.
    Bytes,
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

/// The type as Rust writes it, short names alone.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::String => f.write_str("String"),
            Self::Timestamp => f.write_str("Timestamp"),
            Self::Boolean => f.write_str("bool"),
            Self::Integer(IntegerWidth::I32) => f.write_str("i32"),
            Self::Integer(IntegerWidth::I64) => f.write_str("i64"),
            Self::Number(NumberWidth::F32) => f.write_str("f32"),
            Self::Number(NumberWidth::F64) => f.write_str("f64"),
            Self::Json => f.write_str("serde_json::Value"),
            Self::Bytes => f.write_str("Bytes"),
            Self::Array(item) => write!(f, "Vec<{item}>"),
            Self::Map(value) => write!(f, "BTreeMap<String, {value}>"),
            Self::Nullable(inner) => write!(f, "Option<{inner}>"),
            Self::Named(name) => f.write_str(name),
            Self::Boxed(inner) => write!(f, "Box<{inner}>"),
        }
    }
}

impl Field {
    /// Whether the field may be absent or null, so that it is an `Option`. What only the client sends is
    /// never in a response.
    pub fn is_option(&self) -> bool {
        self.nullable || !self.required || self.write_only
    }
}

impl Kind {
    /// Every type that this one is made of, to be changed.
    pub fn for_each_type(&mut self, visit: &mut dyn FnMut(&mut Type)) {
        match self {
            Self::Struct { fields, additional } => {
                fields.iter_mut().for_each(|field| visit(&mut field.ty));
                additional.iter_mut().for_each(visit);
            }
            Self::Union { variants, .. } => variants
                .iter_mut()
                .for_each(|variant| visit(&mut variant.ty)),
            Self::Alias(ty) => visit(ty),
            Self::Enum { .. } => {}
        }
    }
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

    /// The same, to be changed.
    pub fn named_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::Named(name) => Some(name),
            Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::Boxed(inner) => {
                inner.named_mut()
            }
            _ => None,
        }
    }

    /// How many lists and maps stand in one another.
    pub fn depth(&self) -> usize {
        match self {
            Self::Array(inner) | Self::Map(inner) => inner.depth().saturating_add(1),
            Self::Nullable(inner) | Self::Boxed(inner) => inner.depth(),
            _ => 0,
        }
    }
}
