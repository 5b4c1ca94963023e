//! Responses of operations: success bodies, and the errors of all operations.

use super::Type;
use serde::Serialize;

/// The success response of an operation.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Success<R = String> {
    /// All declared 2XX responses have the same body. If there is no 2XX response, the 3XX responses
    /// take their place, then the `default` response, then a response without a body.
    One(Response<R>),
    /// The body depends on the status: an enum in the module of the resource.
    Several {
        /// The name of the enum.
        rust: String,
        /// The variants: name and response.
        responses: Vec<(String, Response<R>)>,
    },
}

impl<R> Success<R> {
    /// Returns all success responses.
    pub fn responses(&self) -> impl Iterator<Item = &Response<R>> {
        let (one, several) = match self {
            Self::One(response) => (Some(response), &[][..]),
            Self::Several { responses, .. } => (None, responses.as_slice()),
        };
        one.into_iter()
            .chain(several.iter().map(|(_, response)| response))
    }

    /// Returns the parts of the body, if it is a stream. All success responses that are streams must
    /// have the same parts.
    pub fn stream(&self) -> Option<&BodyStream<R>>
    where
        R: PartialEq,
    {
        let bodies = self.responses().filter_map(|one| one.body.as_ref());
        let mut streams = bodies.filter_map(|body| body.stream.as_ref());
        let first = streams.next()?;
        streams.all(|other| other == first).then_some(first)
    }

    /// Returns the type of the body, if all success responses have the same one.
    pub fn ty(&self) -> Option<&Type<R>> {
        match self {
            Self::One(response) => response.body.as_ref().map(|body| &body.ty),
            Self::Several { .. } => None,
        }
    }
}

/// A success response that an operation declares.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Response<R = String> {
    /// The key in `responses`.
    pub statuses: StatusRange,
    /// The body; `None` if the response has no body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<ResponseBody<R>>,
    /// The media type of a declared body that does not exist: a response to HEAD, or with the status
    /// 204, 205 or 304, never has a body (RFC 9110, sections 9.3.2 and 15).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ignored_media_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// The body of a response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ResponseBody<R = String> {
    /// The media type, such as `application/json`.
    pub media_type: String,
    pub format: BodyFormat,
    #[serde(rename = "type")]
    pub ty: Type<R>,
    /// The parts of the body, if it is a stream. `format` and `ty` are those of the whole body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream: Option<BodyStream<R>>,
}

/// The parts of a body that is a stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BodyStream<R = String> {
    pub format: StreamFormat,
    /// The type of an item, or of the data of an event, which is not decoded if it is a string.
    #[serde(rename = "type")]
    pub ty: Type<R>,
}

/// The format of a body that is a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum StreamFormat {
    /// The events of `text/event-stream`.
    Events,
    /// JSON values: lines, such as `application/x-ndjson`, or a sequence (`application/json-seq`).
    Items,
}

/// The decoding of a response body, and the encoding of a request body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum BodyFormat {
    Json,
    Text,
    Bytes,
    /// A string whose media type is that of the message: JSON if its `Content-Type` is, otherwise
    /// text. Requests send text.
    TextOrJson,
}

/// A key of `responses`: the statuses that a response is declared for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum StatusRange {
    /// A status code, such as `404`.
    One(Status),
    /// A range of status codes: `4XX` is `Class(4)`.
    Class(u8),
    /// `default`: every status that is not declared.
    Any,
}

/// An HTTP status code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Status(pub u16);

/// An error response that an operation declares, for the documentation of the operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeclaredError {
    pub status: StatusRange,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The media type of the body; `None` if the response has no body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
}

/// The error responses of the whole API.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Errors<R = String> {
    /// The variants of the error enum: single statuses in ascending order, then ranges, then
    /// `default`.
    pub variants: Vec<ErrorVariant<R>>,
}

/// A variant of the error enum: a status that at least one operation declares.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ErrorVariant<R = String> {
    pub status: StatusRange,
    /// The name of the variant (`NotFound`).
    pub rust: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    pub payload: Payload<R>,
}

/// The payload of an error variant.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Payload<R = String> {
    /// No operation declares a JSON body: the variant contains only the response.
    None,
    /// All operations that declare the status have the same body.
    One(ErrorBody<R>),
    /// The body depends on the operation: an enum in `errors`.
    PerOperation {
        /// The name of the enum.
        rust: String,
        /// The variants of the enum.
        bodies: Vec<OperationErrorBody<R>>,
    },
}

/// An error body, and the operations that declare it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OperationErrorBody<R = String> {
    /// The name of the variant in the enum.
    pub rust: String,
    /// The body; `None` if the operations declare no JSON body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<ErrorBody<R>>,
    /// The locations of the operations: JSON pointers.
    pub operations: Vec<String>,
}

/// The body of an error response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ErrorBody<R = String> {
    /// The keys of the envelope around the payload; empty if there is no envelope.
    pub envelope: Vec<String>,
    /// The type of the payload.
    #[serde(rename = "type")]
    pub ty: Type<R>,
}
