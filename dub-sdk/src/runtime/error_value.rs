//! Error bodies that are not objects.

use super::error_response::{AttachedResponse, ErrorBody, ErrorResponse};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The body of an error response that is not an object with known fields: for example a string, an
/// array or a union.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ErrorValue<T> {
    /// The body.
    pub body: T,
    pub(crate) response: AttachedResponse,
}

/// Creates a body without a response, for tests of an app.
impl<T> From<T> for ErrorValue<T> {
    fn from(body: T) -> Self {
        Self {
            body,
            response: AttachedResponse::default(),
        }
    }
}

impl<T> ErrorBody for ErrorValue<T> {
    fn is_object() -> bool {
        false
    }

    fn attach(&mut self, response: ErrorResponse) {
        self.response = response.into();
    }

    fn response(&self) -> &ErrorResponse {
        &self.response
    }
}

impl<T: Serialize> Serialize for ErrorValue<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.body.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for ErrorValue<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::from)
    }
}
