//! The bodies of requests.

use super::Field;
use serde::Serialize;

/// A request body.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Body<R = String> {
    /// The media type, such as `application/json`.
    pub media_type: String,
    /// True if every request must have a body. The fields of an optional body are setters.
    pub required: bool,
    /// The fields that an optional body must have if any of its fields is set.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub required_fields: Vec<String>,
    /// True if the object can have fields that the document does not declare, and that have no type
    /// (`additionalProperties: true`). Only of [`BodyContent::JsonFields`].
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_open: bool,
    pub content: BodyContent<R>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// The content of a request body, as the inputs that a caller sets.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum BodyContent<R = String> {
    /// A JSON object. Each property is an argument or a setter.
    JsonFields(Vec<Field<R>>),
    /// A form (`application/x-www-form-urlencoded`). Each property is an argument or a setter.
    FormFields(Vec<Field<R>>),
    /// A form in parts (`multipart/form-data`). Each part is an argument or a setter; some parts
    /// can be files.
    MultipartFields(Vec<Field<R>>),
    /// Any other value, as one argument or setter: it is sent as JSON, or as a string or bytes
    /// without any encoding.
    SingleValue(Box<Field<R>>),
}

impl<R> Body<R> {
    /// Returns true for a JSON Merge Patch, in which null removes a property (RFC 7396).
    pub fn is_merge_patch(&self) -> bool {
        let essence = self.media_type.split(';').next().unwrap_or_default();
        essence
            .trim()
            .eq_ignore_ascii_case("application/merge-patch+json")
    }
}

impl<R> BodyContent<R> {
    /// Returns the fields that are arguments or setters.
    pub fn fields(&self) -> &[Field<R>] {
        match self {
            Self::JsonFields(fields) | Self::FormFields(fields) | Self::MultipartFields(fields) => {
                fields
            }
            Self::SingleValue(field) => std::slice::from_ref(field),
        }
    }

    /// Like [`fields`](Self::fields), but mutable.
    pub fn fields_mut(&mut self) -> &mut [Field<R>] {
        match self {
            Self::JsonFields(fields) | Self::FormFields(fields) | Self::MultipartFields(fields) => {
                fields
            }
            Self::SingleValue(field) => std::slice::from_mut(field),
        }
    }

    /// Removes the fields that do not pass the test, unless the body is one value.
    pub fn retain_fields(&mut self, test: impl FnMut(&Field<R>) -> bool) {
        match self {
            Self::JsonFields(fields) | Self::FormFields(fields) | Self::MultipartFields(fields) => {
                fields.retain(test);
            }
            Self::SingleValue(_) => {}
        }
    }
}
