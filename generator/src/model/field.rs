//! The fields of objects, and the values of enums.

use super::{Scalar, Type};
use serde::Serialize;

/// A property of an object, in a named type or in a request body.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Field<R = String> {
    /// The name of the property.
    pub wire: String,
    /// The name of the field, argument or setter. Before `names` runs, it is the name that the
    /// document sets with `x-rust-name`, or empty.
    pub rust: String,
    /// The location of the property's schema in the document: a JSON pointer.
    pub pointer: String,
    #[serde(rename = "type")]
    pub ty: Type<R>,
    /// True if the property must be present.
    pub required: bool,
    /// True if the value can be null.
    pub nullable: bool,
    /// True if only responses contain the property (`readOnly`).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub read_only: bool,
    /// True if only requests contain the property (`writeOnly`).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub write_only: bool,
    /// The serialization of a value that is not a scalar; only in form bodies. In
    /// `multipart/form-data` bodies, it is `None` if each item of a list is a part and an object is
    /// JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub style: Option<super::Style>,
    /// The encoding of the property; only in form bodies.
    #[serde(skip_serializing_if = "FieldEncoding::is_default")]
    pub encoding: FieldEncoding,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The deprecation note, if the property is deprecated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
    /// The value that the server assumes if the property is absent, as JSON. It is documented and
    /// never sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// The example from the document, as JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    /// The format and the bounds of the value as sentences, if there is no description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounds: Option<String>,
    /// True if the extension `x-speakeasy-error-message` marks the property as the message of an
    /// error.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub error_message: bool,
}

/// The encoding of a property in a form body (`encoding`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FieldEncoding {
    /// The accepted media types of a part, such as `image/png` or `image/*`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub content_types: Vec<String>,
    /// The names and values of the headers of a part.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
    /// True if reserved characters of URLs are not percent-encoded.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub allow_reserved: bool,
}

impl FieldEncoding {
    /// Returns true if the document says nothing about the encoding.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Returns the first media type that is not a wildcard.
    pub fn content_type(&self) -> Option<&str> {
        let types = self.content_types.iter().map(String::as_str);
        types
            .into_iter()
            .find(|media_type| !media_type.contains('*'))
    }
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EnumValue {
    /// The string, or the JSON of a value that is not a string.
    pub wire: String,
    /// True if `wire` is the JSON of a number or a boolean, in an enum of several types.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_json: bool,
    /// The name of the variant. Before `names` runs, it is the name that an extension such as
    /// `x-enum-varnames` sets, or empty.
    pub rust: String,
    /// The location of the value in the document: a JSON pointer.
    pub pointer: String,
    /// The description of the value (`x-enum-descriptions`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

impl<R> Field<R> {
    /// Returns true if the field is an `Option` in Rust: the property can be absent or null.
    ///
    /// A write-only property is never in a response, so its field is always an `Option`.
    pub fn is_option(&self) -> bool {
        self.nullable || !self.required || self.write_only
    }

    /// Returns true if the constructor sets the field to `None`. Required nullable fields are
    /// arguments of the constructor instead.
    pub fn is_absent_by_default(&self) -> bool {
        self.is_option() && !(self.required && self.nullable)
    }
}

impl EnumValue {
    /// Returns true for a string that could be taken for another value of a mixed enum, such as
    /// "1".
    pub fn looks_like_json(&self, scalar: Scalar) -> bool {
        scalar == Scalar::Mixed
            && !self.is_json
            && serde_json::from_str::<serde_json::Value>(&self.wire).is_ok()
    }

    /// Returns the value for the documentation: as it is, or as JSON if it looks like another
    /// value.
    pub fn shown(&self, scalar: Scalar) -> String {
        if self.looks_like_json(scalar) {
            format!("{:?}", self.wire)
        } else {
            self.wire.clone()
        }
    }
}
