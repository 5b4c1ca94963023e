//! Resources and their operations, with their parameters.

use super::{
    Body, BodyContent, DeclaredError, Docs, ExternalDocs, Name, Pagination, ResponseBody, Server,
    StatusRange, StreamFormat, Success, Type,
};
use serde::Serialize;

/// A resource: a tag with its operations. A method of the client returns it, such as
/// `dub.customers()`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Resource<R = String> {
    /// The tag, and the Rust type of the resource (`Customers`).
    pub name: Name,
    /// The name of the module and of the client's method (`customers`).
    pub module: String,
    /// The name of the module's source file and of its reference page, without the extension.
    pub file: String,
    /// The feature of the crate that the resource requires, if the crate has a feature for each tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feature: Option<String>,
    /// The description of the tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The page that the tag refers to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_docs: Option<ExternalDocs>,
    pub operations: Vec<Operation<R>>,
}

/// An operation of a resource: a method that returns a request builder.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Operation<R = String> {
    /// The `operationId`, and the name of the method (`list`).
    pub name: Name,
    /// The name of the method that the extension of another generator suggests, or empty. Only until
    /// `names` runs.
    #[serde(skip)]
    pub suggested_name: String,
    /// The type of the request builder (`ListCustomers`).
    pub builder: String,
    /// The `static` that defines the operation for the runtime (`LIST_CUSTOMERS`).
    pub constant: String,
    /// The variable for the result in examples; `None` if the response has no body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result_variable: Option<String>,
    /// The location in the document: a JSON pointer.
    pub pointer: String,
    pub method: HttpMethod,
    /// The path template, with placeholders in braces. It may have a query, which every request has,
    /// and a fragment, which is not sent.
    pub path: String,
    /// The server of the operation, if it is not that of the API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<Server>,
    #[serde(flatten)]
    pub docs: Docs,
    /// The page that the operation refers to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_docs: Option<ExternalDocs>,
    /// The deprecation note, if the operation is deprecated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
    /// The security requirements that the client supports. They are alternatives; each one lists
    /// the security schemes to use together. An empty requirement allows calls without
    /// authorization. The outer list is empty if the operation needs no authorization.
    pub security: Vec<Vec<String>>,
    /// The parameters of the operation and of its path item.
    pub parameters: Vec<Parameter<R>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Body<R>>,
    /// The declared media type of the body, if the operation sends it as another type than the
    /// preferred one. Another operation with the same location sends the preferred type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_body_type: Option<String>,
    pub success: Success<R>,
    /// Further media types of the success responses. The caller chooses one of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_formats: Vec<OtherFormat<R>>,
    /// The redirects that are the operation's success responses: those of an operation that declares
    /// no 2XX response.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub redirects: Vec<StatusRange>,
    /// The declared error responses, in the order of the document, without `default`.
    pub errors: Vec<DeclaredError>,
    /// True if the operation declares a `default` response, which describes every undeclared
    /// status.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub default_error: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pagination: Option<Pagination<R>>,
    /// The pairs of query parameters that the server rejects together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
    /// The rules on repeating a request, in addition to those for its method.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry: Option<RetryRules>,
}

impl<R> Operation<R> {
    /// Returns the path without its query and fragment, and the query, which is empty if there is
    /// none.
    pub fn path_and_query(&self) -> (&str, &str) {
        let (sent, _) = self.path.split_once('#').unwrap_or((&self.path, ""));
        sent.split_once('?').unwrap_or((sent, ""))
    }

    /// Returns the type of which the caller can make a stream, as the body or inside it: `Body`, or
    /// `FilePart` for a file in a form.
    pub fn streamed_content(&self) -> Option<&'static str> {
        match &self.body.as_ref()?.content {
            BodyContent::SingleValue(field) => matches!(field.ty, Type::Bytes).then_some("Body"),
            BodyContent::MultipartFields(fields) => {
                let mut fields = fields.iter();
                fields.any(|field| field.ty.is_file()).then_some("FilePart")
            }
            BodyContent::JsonFields(_) | BodyContent::FormFields(_) => None,
        }
    }

    /// Returns the methods of the request builder with which a program receives the response body
    /// in parts.
    pub fn stream_methods(&self) -> Vec<&'static str>
    where
        R: PartialEq,
    {
        let mut methods = match self.success.stream().map(|stream| stream.format) {
            Some(StreamFormat::Events) => vec!["events", "text_events"],
            Some(StreamFormat::Items) => vec!["items"],
            None => Vec::new(),
        };
        if matches!(self.success.ty(), Some(Type::Bytes)) {
            methods.push("chunks");
        }
        methods
    }
}

/// A media type of the success responses that a method of the request builder asks for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OtherFormat<R = String> {
    /// The name of the method (`as_csv`).
    pub rust: String,
    /// The location of the media type in the document: a JSON pointer.
    pub pointer: String,
    pub body: ResponseBody<R>,
}

/// The HTTP method of an operation.
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
    /// Returns the method as in an HTTP request, such as `GET`.
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

/// A parameter: an argument if it is required, otherwise a setter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parameter<R = String> {
    /// The name of the parameter, and the name of its argument or setter.
    pub name: Name,
    /// The location of the parameter in the document: a JSON pointer.
    pub pointer: String,
    /// The location in the request (`in`).
    #[serde(rename = "in")]
    pub location: Location,
    /// The serialization of a value that is not a scalar.
    pub style: Style,
    #[serde(rename = "type")]
    pub ty: Type<R>,
    /// True if every call must set the parameter. A path parameter is always required.
    pub required: bool,
    /// True if reserved characters of URLs are not percent-encoded; only of query parameters.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub allow_reserved: bool,
    /// True if the parameter can be sent without a value; only of query parameters.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub allow_empty: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The deprecation note, if the parameter is deprecated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
    /// The value that the server assumes if the parameter is absent, as JSON. It is documented and
    /// never sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// The example from the document, as JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    /// The format and the bounds of the value as sentences, if there is no description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounds: Option<String>,
    /// The prefixes that a value must not have; only of query parameters that are strings.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rejected_prefixes: Vec<RejectedPrefix>,
}

/// A prefix of values that the server rejects (`x-rust-rejected-prefixes`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RejectedPrefix {
    pub prefix: String,
    /// The advice on what to pass instead. It continues a sentence after a colon.
    pub help: String,
}

/// The location of a parameter in the request (`in`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

impl Location {
    /// Returns the value of `in`, such as `path`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// The serialization of a value that is not a scalar (OpenAPI 3.0.3, section 4.7.12.3).
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
    /// `a=1%202`, never exploded.
    SpaceDelimited,
    /// `a=1|2`, never exploded.
    PipeDelimited,
    /// `a[b]=1`
    DeepObject,
    /// The value as JSON: the parameter has a `content` instead of a `schema`.
    Json,
}

/// The rules on repeating a request (`x-rust-retry`), in addition to those for its method.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RetryRules {
    /// The property of the JSON body that makes a request idempotent if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idempotent_if: Option<String>,
    /// The statuses after which a request is never repeated.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub never_after: Vec<StatusRange>,
}

/// Two query parameters that the server rejects together (`x-rust-conflicts`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// The parameter that has the extension.
    pub name: String,
    /// The other parameter.
    pub with: String,
    /// The only value of `with` that is allowed together with `name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unless: Option<String>,
}
