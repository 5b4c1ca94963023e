//! The model: what an API offers, in unraw data.
//!
//! It holds what a user of the crate sees, with the name in the document (`wire`) beside the name in
//! Rust (`rust`). It knows neither OpenAPI's types nor token streams: lowering makes it, emitting
//! prints it, `inspect` shows it and `diff` compares two of it.

mod input;
mod operation;
mod types;

pub use input::{Input, clear_setter, unraw};
pub use operation::{
    Body, BodyContent, BodyFormat, Conflict, DeclaredError, ErrorBody, ErrorVariant, Errors,
    HttpMethod, Location, NextCursor, Operation, OperationErrorBody, PageInputs, Pagination,
    Parameter, Payload, Resource, Response, ResponseBody, Status, StatusRange, Style, Success,
};
pub use types::{
    EnumValue, Field, IntegerWidth, Kind, NumberWidth, Scalar, Tagging, Type, TypeDef, UnionVariant,
};

use serde::Serialize;

/// A whole API: one client, its resources, and the types they speak in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Api {
    /// The crate's name as code writes it, such as `dub_sdk`.
    pub crate_name: String,
    /// The client's type in Rust, such as `Dub`.
    pub client: String,
    /// The document's title.
    pub title: String,
    /// The document's own version.
    pub version: String,
    /// What the document says of the API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Where the API is, when the document says so; its variables are filled in with their defaults.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<String>,
    /// How requests may be authorised.
    pub security: Vec<SecurityScheme>,
    /// The tags, each with its operations.
    pub resources: Vec<Resource>,
    /// Every named type that an operation reaches, in the order of the document.
    pub types: Vec<TypeDef>,
    /// The errors that operations declare, by status.
    pub errors: Errors,
    /// Operations that were left out because they are not supported, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skipped: Vec<Skipped>,
}

/// A name in the document and what became of it in Rust.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Name {
    pub wire: String,
    pub rust: String,
}

/// What the document says of a thing to the people who use it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Docs {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// An operation that is not in the model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// The method and the path.
    pub operation: String,
    /// Where the document has it: a JSON pointer.
    pub place: String,
    pub reasons: Vec<String>,
}

/// A way to authorise a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SecurityScheme {
    /// The scheme's key in the document, such as `token`.
    pub name: String,
    /// The setter of the client's builder, where there is more than one scheme.
    pub rust: String,
    pub kind: SecurityKind,
}

/// The kinds of security scheme that a request can carry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SecurityKind {
    Bearer,
    Basic,
    ApiKeyHeader(String),
    ApiKeyQuery(String),
    ApiKeyCookie(String),
}

/// The first sentence or, of a text that ends it otherwise, the first paragraph.
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
