//! Vendor extensions: those of Dub's own document, and ours.

use super::pointer::Pointer;
use crate::diagnostic::{Code, Diagnostic};
use indexmap::IndexMap;
use serde_json::Value;

/// The extensions of one object of the document.
pub type Extensions = IndexMap<String, Value>;

/// The name to use in Rust, whatever the rules say.
pub const RUST_NAME: &str = "x-rust-name";
/// The type to use in Rust, whatever the schema says.
pub const RUST_TYPE: &str = "x-rust-type";
/// What `#[deprecated]` says.
pub const DEPRECATED_NOTE: &str = "x-rust-deprecated-note";
/// Query parameters that the server refuses together with this one.
pub const CONFLICTS: &str = "x-rust-conflicts";
/// The name of a method or of an error, in Dub's document.
pub const NAME_OVERRIDE: &str = "x-speakeasy-name-override";
/// How pages follow one another.
pub const PAGINATION: &str = "x-speakeasy-pagination";
/// Marks an error's message for people.
pub const ERROR_MESSAGE: &str = "x-speakeasy-error-message";
/// Leaves an operation out.
pub const IGNORE: &str = "x-speakeasy-ignore";

/// The text of an extension; a diagnostic when it is something else.
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
            format!("`{key}` must be a text that is not empty"),
        )),
    }
}

/// Whether an extension is `true`; a diagnostic when it is no boolean.
pub fn flag(extensions: &Extensions, key: &str, at: Pointer<'_>) -> Result<bool, Diagnostic> {
    match extensions.get(key) {
        None => Ok(false),
        Some(Value::Bool(flag)) => Ok(*flag),
        Some(_) => Err(Diagnostic::new(
            Code::Extension,
            at.child(key).to_string(),
            format!("`{key}` must be `true` or `false`"),
        )),
    }
}
