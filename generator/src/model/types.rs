//! The types of values: named types, and the type expressions that refer to them.

use super::{Docs, EnumValue, Field};
use serde::Serialize;
use std::fmt;

/// The deprecation note of an element for which the document states no reason.
pub const NO_DEPRECATION_NOTE: &str = "deprecated by the API";

/// A named type in `models`: a struct, an enum, a union or an alias.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TypeDef<R = String> {
    /// The name in Rust. Before `names` runs, it is the name that the document sets with
    /// `x-rust-name`, or empty.
    pub rust: String,
    /// The location of the schema in the document: a JSON pointer.
    pub pointer: String,
    #[serde(flatten)]
    pub docs: Docs,
    /// The deprecation note, if the schema is deprecated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
    /// True for a struct that is the payload of an error variant. The struct then has a private
    /// field for the response that it was decoded from.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub error_payload: bool,
    #[serde(flatten)]
    pub kind: Kind<R>,
}

/// The definition of a named type.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind<R = String> {
    /// An object with known properties.
    Struct {
        fields: Vec<Field<R>>,
        /// The type of the additional properties. `None` if the schema does not allow them
        /// explicitly (`additionalProperties`).
        #[serde(skip_serializing_if = "Option::is_none")]
        additional: Option<Type<R>>,
    },
    /// A scalar with known values (`enum`). Unknown values are kept in a variant `Unknown`.
    Enum {
        scalar: Scalar,
        values: Vec<EnumValue>,
    },
    /// One of several types (`oneOf` or `anyOf`). A value that matches none of them is kept in a
    /// variant `Unknown`.
    Union {
        tagging: Tagging,
        variants: Vec<UnionVariant<R>>,
    },
    /// An alias, `pub type B = A`: a second name for a type, or the name of an array or a map whose
    /// items refer back to it.
    Alias(Type<R>),
}

/// The JSON type of an enum's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Scalar {
    String,
    Integer,
    /// Strings, numbers and booleans in one enum.
    Mixed,
}

/// The rule that selects the variant of a union for a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Tagging {
    /// The value of this property, the tag, selects the variant.
    Property(String),
    /// Like [`Property`](Self::Property), but the tag can be absent. Then the value becomes its
    /// best match.
    OptionalProperty(String),
    /// Like [`Property`](Self::Property), for a schema and those that extend it: a value without the
    /// tag becomes the first variant, the schema itself.
    PropertyOrBase(String),
    /// The value becomes its best match. If the variants differ in their JSON type, the JSON type
    /// of the value decides.
    Untagged,
}

impl Tagging {
    /// Returns the property whose value selects the variant.
    pub fn property(&self) -> Option<&str> {
        match self {
            Self::Property(name) | Self::OptionalProperty(name) | Self::PropertyOrBase(name) => {
                Some(name)
            }
            Self::Untagged => None,
        }
    }
}

/// A variant of a union.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnionVariant<R = String> {
    /// The variant's name. Before `names` runs, it is a hint for the name.
    pub rust: String,
    #[serde(rename = "type")]
    pub ty: Type<R>,
    /// The values of the tag that select this variant; empty if the union is untagged, and for a
    /// base that only a value without a tag becomes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Type<R = String> {
    String,
    /// A string with a format that arguments of other types can be converted to. It is a `String` in
    /// models.
    Formatted(StringFormat),
    /// A point in time (`format: date-time`).
    Timestamp,
    /// A date (`format: date`).
    Date,
    /// A time of day (`format: time`).
    Time,
    /// Binary data as base64 (`format: byte`).
    Base64,
    Boolean,
    Integer(IntegerWidth),
    Number(NumberWidth),
    /// Any JSON value.
    Json,
    /// Binary data: a file to upload, or an undecoded body.
    Bytes,
    Array(Box<Type<R>>),
    /// A list that is also read from a single value: a `oneOf` or `anyOf` of a type and an array of
    /// it. A field or a response body of this type is a plain `Vec`; inside another type, it is a
    /// `OneOrMany`.
    OneOrMany(Box<Type<R>>),
    /// An object with arbitrary keys (`additionalProperties`).
    Map(Box<Type<R>>),
    /// A nullable type, for example of the items of an array. For a field, [`Field::nullable`] is
    /// set instead.
    Nullable(Box<Type<R>>),
    /// A named type, by its Rust name. Before `names` runs, the string is the type's number.
    Named(R),
    /// A boxed type. The box lets a type contain itself and limits the nesting of structs.
    Boxed(Box<Type<R>>),
}

/// A format of strings for which a feature of the generated crate adds argument types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum StringFormat {
    Uuid,
    Decimal,
}

/// The width of an integer: 32 bits for `format: int32` and `uint32`, otherwise 64 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum IntegerWidth {
    I32,
    I64,
    U32,
    U64,
}

/// The width of a number: 32 bits for `format: float`, otherwise 64 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum NumberWidth {
    F32,
    F64,
}

/// Formats the type as Rust source, without the path to `models`.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::String | Self::Formatted(_) => f.write_str("String"),
            Self::Timestamp | Self::Date | Self::Time | Self::Base64 => {
                f.write_str(self.text_name().unwrap_or_default())
            }
            Self::Boolean => f.write_str("bool"),
            Self::Integer(width) => f.write_str(width.as_str()),
            Self::Number(NumberWidth::F32) => f.write_str("f32"),
            Self::Number(NumberWidth::F64) => f.write_str("f64"),
            Self::Json => f.write_str("serde_json::Value"),
            Self::Bytes => f.write_str("Bytes"),
            Self::Array(item) => write!(f, "Vec<{item}>"),
            Self::OneOrMany(item) => write!(f, "OneOrMany<{item}>"),
            Self::Map(value) => write!(f, "BTreeMap<String, {value}>"),
            Self::Nullable(inner) => write!(f, "Option<{inner}>"),
            Self::Named(name) => f.write_str(name),
            Self::Boxed(inner) => write!(f, "Box<{inner}>"),
        }
    }
}

impl IntegerWidth {
    /// Returns the Rust type.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::U32 => "u32",
            Self::U64 => "u64",
        }
    }
}

impl<R> Type<R> {
    /// Returns the name of the type in the runtime that keeps a string as the API sent it. Returns
    /// `None` for all other types, including `String`.
    pub fn text_name(&self) -> Option<&'static str> {
        match self {
            Self::Timestamp => Some("Timestamp"),
            Self::Date => Some("Date"),
            Self::Time => Some("TimeOfDay"),
            Self::Base64 => Some("Base64"),
            _ => None,
        }
    }

    /// Returns true for a string that is not an enum.
    pub fn is_text(&self) -> bool {
        matches!(self, Self::String | Self::Formatted(_)) || self.text_name().is_some()
    }

    /// Returns true for a file and for an array of files. Both are bytes.
    pub fn is_file(&self) -> bool {
        match self {
            Self::Bytes => true,
            Self::Array(item) => matches!(**item, Self::Bytes),
            _ => false,
        }
    }

    /// Returns the type and the types inside it, from the outside in: the item of an array, the value
    /// of a map, and the type inside a nullable or boxed type.
    pub fn nested(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |ty| match ty {
            Self::Array(inner)
            | Self::OneOrMany(inner)
            | Self::Map(inner)
            | Self::Nullable(inner)
            | Self::Boxed(inner) => Some(&**inner),
            _ => None,
        })
    }

    /// Returns the reference to the named type, also inside arrays, maps and boxes.
    pub fn named(&self) -> Option<&R> {
        self.nested().find_map(|ty| match ty {
            Self::Named(reference) => Some(reference),
            _ => None,
        })
    }

    /// Returns the number of arrays and maps that are nested in the type.
    pub fn depth(&self) -> usize {
        let is_collection =
            |ty: &&Self| matches!(ty, Self::Array(_) | Self::OneOrMany(_) | Self::Map(_));
        self.nested().filter(is_collection).count()
    }
}

impl<R: Clone> Type<R> {
    /// Returns the type of a field or of a whole value: a list that can be a single value is a plain
    /// array there.
    pub fn as_list(&self) -> Self {
        match self {
            Self::OneOrMany(item) => Self::Array(item.clone()),
            other => other.clone(),
        }
    }
}

impl Type {
    /// Returns the Rust name of the named type, also inside arrays, maps and boxes.
    pub fn name(&self) -> Option<&str> {
        self.named().map(String::as_str)
    }
}
