//! The model: an API as plain data.
//!
//! It describes everything that a generated crate exposes. Each element has its name in the
//! document (`wire`) next to its name in Rust (`rust`). The model contains neither OpenAPI's types
//! nor token streams: `lower` creates it, `names` fills in the Rust names, `emit` converts it into
//! code, `inspect` prints it and `diff` compares two models.

mod body;
mod features;
mod field;
mod input;
mod map;
mod operation;
mod pagination;
mod parts;
mod record;
mod response;
mod samples;
mod server;
mod table;
mod types;
pub mod unnamed;
mod uses;
mod webhook;

pub use body::{Body, BodyContent};
pub use features::Gate;
pub use field::{EnumValue, Field, FieldEncoding};
pub use input::{Input, clear_setter, empty_setter, unraw};
pub use operation::{
    Conflict, HttpMethod, Location, Operation, OtherFormat, Parameter, RejectedPrefix, Resource,
    RetryRules, Style,
};
pub use pagination::{NextCursor, PageInputs, Pagination};
pub use parts::Part;
pub use record::{InvalidRecord, Record, RecordChange};
pub use response::{
    BodyFormat, BodyStream, DeclaredError, ErrorBody, ErrorVariant, Errors, OperationErrorBody,
    Payload, Response, ResponseBody, Status, StatusRange, StreamFormat, Success,
};
pub use samples::Samples;
pub use server::{Server, ServerSetter, ServerVariable};
pub use table::{TypeId, TypeTable};
pub use types::{
    IntegerWidth, Kind, NO_DEPRECATION_NOTE, NumberWidth, Scalar, StringFormat, Tagging, Type,
    TypeDef, UnionVariant,
};
pub use webhook::Webhook;

use serde::Serialize;

/// A whole API: its client, resources, types and errors.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Api {
    /// The crate's name as a Rust identifier, such as `dub_sdk`.
    pub crate_name: String,
    /// The client's type, such as `Dub`.
    pub client: String,
    /// The variable for the client in examples.
    pub client_variable: String,
    /// The title of the API (`info.title`).
    pub title: String,
    /// The version of the document (`info.version`).
    pub version: String,
    /// The description of the API (`info.description`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The page that the document refers to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_docs: Option<ExternalDocs>,
    /// The first server. `None` if the document declares none, or if its URL cannot be a base URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<Server>,
    /// The methods that set the variables of the servers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub server_setters: Vec<ServerSetter>,
    /// The security schemes that the client supports.
    pub security: Vec<SecurityScheme>,
    /// The resources, one for each tag.
    pub resources: Vec<Resource>,
    /// The named types that an operation or an error uses, in the order of their Rust names.
    pub types: Vec<TypeDef>,
    /// The error responses of all operations, by status.
    pub errors: Errors,
    /// The requests that the API sends to the user's server.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub webhooks: Vec<Webhook>,
    /// The module of the types that only webhooks use; empty if there are no webhooks.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub webhook_module: String,
    /// The skipped operations, and the invalid parts of the document that no operation reaches.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skipped: Vec<Skipped>,
    /// The names of the methods and types, by their origins in the document.
    #[serde(skip)]
    pub record: Record,
}

impl Api {
    /// Returns the title for a sentence: it has the word API, so that "Petstore" is "Petstore API".
    pub fn titled(&self) -> String {
        let title = self.title.trim_end_matches('.');
        let mut words = title.split(|letter: char| !letter.is_alphanumeric());
        match words.any(|word| word.eq_ignore_ascii_case("api")) {
            true => title.to_owned(),
            false => format!("{title} API"),
        }
    }
}

/// A name in the document and the Rust name derived from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Name {
    /// The name in the document.
    pub wire: String,
    /// The name in Rust. Before `names` runs, it is the name that an extension sets, or empty.
    pub rust: String,
}

/// The documentation of an element, from the document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Docs {
    /// The summary: one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The description, in Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// A page outside the document (`externalDocs`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExternalDocs {
    pub url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// A skipped operation, or an invalid part of the document that no operation reaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// The method and the path, such as `GET /customers`. For any other part of the document, its
    /// JSON pointer.
    pub operation: String,
    /// The location in the document: a JSON pointer.
    pub pointer: String,
    /// The problems that affect it.
    pub reasons: Vec<String>,
}

/// A security scheme: a way to authorize requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SecurityScheme {
    /// The scheme's key in `components/securitySchemes`, such as `token`.
    pub name: String,
    /// The name of the setter of the client's builder. The setter exists only if there is more than
    /// one scheme.
    pub rust: String,
    /// The kind of credential, and the part of the request that carries it.
    pub kind: SecurityKind,
    /// The ways to obtain a token, for the documentation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub token_sources: Vec<TokenSource>,
}

/// A way to obtain a token: a flow of `oauth2`, or the provider of `openIdConnect`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TokenSource {
    /// The name of the flow, such as `clientCredentials`, or `openIdConnect`.
    pub name: String,
    /// The URL at which a user grants access.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization_url: Option<String>,
    /// The URL at which programs request tokens; for `openIdConnect`, the URL of its configuration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_url: Option<String>,
    /// Pairs of a scope and its description.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<(String, String)>,
}

/// A kind of security scheme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SecurityKind {
    /// A bearer token, also for `oauth2` and `openIdConnect`.
    Bearer,
    /// HTTP basic authentication.
    Basic,
    /// Another HTTP authentication scheme, by its name. The user supplies the whole credential.
    Http(String),
    /// An API key in the header of this name.
    ApiKeyHeader(String),
    /// An API key in the query parameter of this name.
    ApiKeyQuery(String),
    /// An API key in the cookie of this name.
    ApiKeyCookie(String),
}

/// Returns the first sentence of a text, or its first paragraph if no sentence ends in it.
pub fn first_sentence(text: &str) -> String {
    let paragraph = text.trim().split("\n\n").next().unwrap_or_default();
    let paragraph = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    match paragraph.find(". ") {
        Some(end) => paragraph.get(..=end).unwrap_or(&paragraph).to_owned(),
        None => paragraph,
    }
}

#[cfg(test)]
mod tests {
    use super::first_sentence;

    #[test]
    fn first_sentence_ends_at_period_or_paragraph() {
        assert_eq!(first_sentence("One `a.b` thing. Two."), "One `a.b` thing.");
        assert_eq!(first_sentence("One\nline\n\nmore"), "One line");
    }
}
