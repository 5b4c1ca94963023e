//! Vendor extensions: those of Dub's document (`x-speakeasy-*`) and those of this generator
//! (`x-rust-*`).

use super::pointer::Pointer;
use crate::diagnostic::{Code, Diagnostic};
use indexmap::IndexMap;
use serde_json::Value;

/// The extensions of an object in the document.
pub type Extensions = IndexMap<String, Value>;

/// Sets the Rust name of an element.
pub const RUST_NAME: &str = "x-rust-name";
/// Sets the Rust type of a scalar schema. Typify's `x-rust-type` has another meaning.
pub const RUST_SCALAR: &str = "x-rust-scalar";
/// Sets the note of `#[deprecated]`.
pub const DEPRECATED_NOTE: &str = "x-rust-deprecated-note";
/// Lists the query parameters that the server rejects together with this one.
pub const CONFLICTS: &str = "x-rust-conflicts";
/// Lists the prefixes of values that the server rejects for this query parameter.
pub const REJECTED_PREFIXES: &str = "x-rust-rejected-prefixes";
/// Says after which failures a request may be repeated.
pub const RETRY: &str = "x-rust-retry";
/// Describes the values of an enum. Speakeasy gives the extension its own name.
pub const ENUM_DESCRIPTIONS: [&str; 2] = ["x-enum-descriptions", "x-speakeasy-enum-descriptions"];
/// Names the values of an enum. Several generators have a name of their own for it.
pub const ENUM_NAMES: [&str; 4] = [
    "x-enum-varnames",
    "x-enumNames",
    "x-enum-names",
    "x-speakeasy-enums",
];
/// Sets the name of a method or of an error variant, in Dub's document.
pub const NAME_OVERRIDE: &str = "x-speakeasy-name-override";
/// Describes the pagination of an operation.
pub const PAGINATION: &str = "x-speakeasy-pagination";
/// Marks the property that is the message of an error.
pub const ERROR_MESSAGE: &str = "x-speakeasy-error-message";
/// Excludes an operation from the generated crate.
pub const IGNORE: &str = "x-speakeasy-ignore";

/// Returns the value of an extension that must be a string.
pub fn string<'e>(
    extensions: &'e Extensions,
    key: &str,
    at: Pointer<'_>,
) -> Result<Option<&'e str>, Diagnostic> {
    match extensions.get(key) {
        None => Ok(None),
        Some(Value::String(text)) if !text.trim().is_empty() => Ok(Some(text)),
        Some(_) => Err(Diagnostic::new(
            Code::Extension,
            at.child(key).to_string(),
            format!("`{key}` must be a non-empty string"),
        )),
    }
}

/// Returns the value of an extension that must be a boolean; `false` if the extension is absent.
pub fn flag(extensions: &Extensions, key: &str, at: Pointer<'_>) -> Result<bool, Diagnostic> {
    match extensions.get(key) {
        None => Ok(false),
        Some(Value::Bool(flag)) => Ok(*flag),
        Some(_) => Err(Diagnostic::new(
            Code::Extension,
            at.child(key).to_string(),
            format!("`{key}` must be a boolean"),
        )),
    }
}
