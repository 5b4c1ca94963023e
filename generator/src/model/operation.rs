//! Operations: what a resource can do, and how each goes over the wire.

use super::{Docs, Field, Name, Type};
use serde::Serialize;

/// A tag of the document: a handle on the client, such as `dub.customers()`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Resource {
    /// The tag, and the handle's type (`Customers`).
    pub name: Name,
    /// The module and the client's method (`customers`).
    pub module: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    pub operations: Vec<Operation>,
}

/// One operation of a resource: a method that gives a request builder.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Operation {
    /// The operationId, and the method in Rust (`list`).
    pub name: Name,
    /// The request builder's type (`ListCustomers`).
    pub builder: String,
    /// Where the document has it: a JSON pointer.
    pub place: String,
    pub method: HttpMethod,
    /// The path with its parameters in braces.
    pub path: String,
    #[serde(flatten)]
    pub docs: Docs,
    /// Why not to use it any more, when it is deprecated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
    /// Alternatives, each a set of schemes that are needed together; empty for an open operation.
    pub security: Vec<Vec<String>>,
    pub parameters: Vec<Parameter>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    pub success: Success,
    /// The errors that it declares, by status.
    pub errors: Vec<DeclaredError>,
    /// Whether a `default` response says what all other errors look like.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub default_error: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pagination: Option<Pagination>,
    /// Parameters that the server refuses together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum HttpMethod {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

impl HttpMethod {
    /// The method as HTTP writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }
}

/// A parameter: an argument when it is required, a setter otherwise.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parameter {
    pub name: Name,
    #[serde(rename = "in")]
    pub location: Location,
    pub style: Style,
    #[serde(rename = "type")]
    pub ty: Type,
    pub required: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// A value such as the document gives one, as JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

impl Location {
    /// The word of the document.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// How a value that is no scalar becomes text (OpenAPI 3.0.3, section 4.7.12.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Style {
    /// `a,b` in a path or a header.
    Simple { explode: bool },
    /// `.a,b` in a path.
    Label { explode: bool },
    /// `;x=a,b` in a path.
    Matrix { explode: bool },
    /// `a=1,2`, or `a=1&a=2` when exploded.
    Form { explode: bool },
    /// `a=1%202`
    SpaceDelimited,
    /// `a=1|2`
    PipeDelimited,
    /// `a[b]=1`
    DeepObject,
    /// The value as JSON.
    Json,
}

/// A request's body.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Body {
    pub media_type: String,
    pub content: BodyContent,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum BodyContent {
    /// A JSON object whose properties are arguments and setters of the builder.
    JsonFields(Vec<Field>),
    /// The same as a form (`application/x-www-form-urlencoded`).
    FormFields(Vec<Field>),
    /// The same in parts (`multipart/form-data`), some of which may be files.
    MultipartFields(Vec<Field>),
    /// Any other value, which is one argument or setter: as JSON, or a text or bytes as they are.
    SingleValue(Box<Field>),
}

impl BodyContent {
    /// The fields that are arguments and setters.
    pub fn fields(&self) -> &[Field] {
        match self {
            Self::JsonFields(fields) | Self::FormFields(fields) | Self::MultipartFields(fields) => {
                fields
            }
            Self::SingleValue(field) => std::slice::from_ref(field),
        }
    }

    /// The same, to be changed.
    pub fn fields_mut(&mut self) -> &mut [Field] {
        match self {
            Self::JsonFields(fields) | Self::FormFields(fields) | Self::MultipartFields(fields) => {
                fields
            }
            Self::SingleValue(field) => std::slice::from_mut(field),
        }
    }
}

/// What an operation gives when all is well.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Success {
    /// The same for every 2xx status that is declared.
    One(Response),
    /// Different bodies by status: an enum of this name beside the builder.
    Several {
        rust: String,
        responses: Vec<(String, Response)>,
    },
}

impl Success {
    /// All the responses there are.
    pub fn responses(&self) -> impl Iterator<Item = &Response> {
        let (one, several) = match self {
            Self::One(response) => (Some(response), &[][..]),
            Self::Several { responses, .. } => (None, responses.as_slice()),
        };
        one.into_iter()
            .chain(several.iter().map(|(_, response)| response))
    }

    /// The same, to be changed.
    pub fn responses_mut(&mut self) -> impl Iterator<Item = &mut Response> {
        let (one, several) = match self {
            Self::One(response) => (Some(response), &mut [][..]),
            Self::Several { responses, .. } => (None, responses.as_mut_slice()),
        };
        one.into_iter()
            .chain(several.iter_mut().map(|(_, response)| response))
    }

    /// The type of the body, where there is one for all.
    pub fn ty(&self) -> Option<&Type> {
        match self {
            Self::One(response) => response.body.as_ref().map(|body| &body.ty),
            Self::Several { .. } => None,
        }
    }
}

/// A response that an operation declares.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Response {
    pub statuses: StatusRange,
    /// None for a response without a body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<ResponseBody>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// The body of a response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ResponseBody {
    pub media_type: String,
    pub format: BodyFormat,
    #[serde(rename = "type")]
    pub ty: Type,
}

/// An error that an operation declares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeclaredError {
    pub status: StatusRange,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// None for a response without a body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
}

/// How a body is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum BodyFormat {
    Json,
    Text,
    Bytes,
}

/// The statuses that a response is declared for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum StatusRange {
    One(Status),
    /// `4XX` is 4.
    Class(u8),
    /// `default`
    Any,
}

/// A status code of HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Status(pub u16);

/// How an operation's pages follow one another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pagination {
    /// Where the items stand in the response: the keys that lead to the array, none when it is the array.
    pub items: Vec<String>,
    pub item: Type,
    pub inputs: PageInputs,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum PageInputs {
    /// Each page names the place of the next.
    Cursor {
        /// The query parameter that takes the cursor.
        name: String,
        next: NextCursor,
    },
    /// Pages are counted.
    Page {
        /// The query parameter that takes the page's number, from 1.
        name: String,
    },
    /// Items are counted.
    Offset {
        /// The query parameter that takes the number of items to skip, from 0.
        name: String,
    },
}

/// Where a response holds the cursor of the page after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum NextCursor {
    /// A field of the page's last item: the keys that lead to it.
    LastItem(Vec<String>),
    /// A field of the response: the keys that lead to it.
    Body(Vec<String>),
}

/// Two query parameters that the server refuses together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Conflict {
    pub name: String,
    pub with: String,
    /// The one value of `with` that is allowed all the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unless: Option<String>,
}

/// The error responses of the whole API.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Errors {
    /// By status, lowest first.
    pub variants: Vec<ErrorVariant>,
}

/// An error status that some operation declares.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ErrorVariant {
    pub status: StatusRange,
    /// The variant's name (`NotFound`).
    pub rust: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    pub payload: Payload,
}

/// What a variant carries.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Payload {
    /// The response alone: no operation declares a body.
    None,
    /// The same type whatever the operation.
    One(ErrorBody),
    /// It depends on the operation: an enum of this name in `errors`.
    PerOperation {
        rust: String,
        bodies: Vec<OperationErrorBody>,
    },
}

/// A body that some operations' error responses have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OperationErrorBody {
    /// The variant's name in the enum.
    pub rust: String,
    /// None where these operations declare no body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<ErrorBody>,
    /// The operations, by their places.
    pub operations: Vec<String>,
}

/// A body that an error response may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ErrorBody {
    /// The keys of the envelope around the payload.
    pub envelope: Vec<String>,
    #[serde(rename = "type")]
    pub ty: Type,
}
