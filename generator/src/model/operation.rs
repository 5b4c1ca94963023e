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
    /// What each declared error status means.
    pub errors: Vec<(Status, Option<String>)>,
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

/// A request's body.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Body {
    pub content: BodyContent,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum BodyContent {
    /// A JSON object whose properties are arguments and setters of the builder.
    JsonFields(Vec<Field>),
}

/// What an operation gives when all is well.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Success {
    pub status: Status,
    /// The body's type; none for a reply without a body.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub ty: Option<Type>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// A status code of HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Status(pub u16);

/// How an operation's pages follow one another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pagination {
    /// Where the items stand in the reply: the keys that lead to the array, none when it is the array.
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

/// Where a reply holds the cursor of the page after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum NextCursor {
    /// A field of the page's last item: the keys that lead to it.
    LastItem(Vec<String>),
    /// A field of the reply: the keys that lead to it.
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

/// The error replies of the whole API.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Errors {
    /// By status, lowest first.
    pub variants: Vec<ErrorVariant>,
}

/// An error status that some operation declares.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ErrorVariant {
    pub status: Status,
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
    /// The reply alone: no operation declares a body.
    None,
    /// The same type whatever the operation.
    One(ErrorBody),
}

/// A body that an error reply may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ErrorBody {
    /// The keys of the envelope around the payload.
    pub envelope: Vec<String>,
    #[serde(rename = "type")]
    pub ty: Type,
}
