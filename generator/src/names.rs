//! Assigns all identifiers of the generated code.
//!
//! A name depends only on its own location in the document, so that an unrelated addition to the
//! document renames nothing. Two items of one scope cannot have the same name: if the document
//! chooses the name (of a component or a method, or with `x-rust-name`), the collision is an error;
//! derived names are made unique with a number.

mod arguments;
mod case;
mod entity;
mod error_bodies;
mod members;
mod operations;
mod scope;
mod security;
mod statuses;
mod types;
mod uses;

pub use case::{snake, unescape_keyword};
#[cfg(test)]
pub use scope::RESERVED;
pub use scope::file_name;

use crate::diagnostic::Diagnostic;
use crate::lower::{Lowered, Unsupported};
use crate::model::Api;

/// Fills in all names of the model.
///
/// # Errors
///
/// Returns a diagnostic for each name collision.
pub fn assign(
    lowered: Lowered,
    crate_name: &str,
    unsupported: Unsupported,
) -> Result<Api, Vec<Diagnostic>> {
    let Lowered { mut api, origins } = lowered;
    let mut diagnostics = Vec::new();
    api.crate_name = crate_name.replace('-', "_");
    api.client = client(crate_name);
    operations::assign(&mut api, &mut diagnostics);
    if unsupported == Unsupported::Skip {
        operations::skip_colliding_operations(&mut api, &mut diagnostics);
    }
    types::assign(&mut api, &origins, &mut diagnostics);
    if unsupported == Unsupported::Skip {
        // Colliding types and fields have unique names at this point, so all of them are kept.
        diagnostics.clear();
    }
    operations::drop_unnamed_operations(&mut api);
    if diagnostics.is_empty() {
        Ok(api)
    } else {
        Err(diagnostics)
    }
}

/// Derives the name of the client from the name of the crate, without suffixes such as `-sdk`:
/// `dub-sdk` becomes `Dub`.
fn client(crate_name: &str) -> String {
    let mut name = crate_name;
    for suffix in [
        "-rs", "-sdk", "-api", "-client", "_rs", "_sdk", "_api", "_client",
    ] {
        name = name
            .strip_suffix(suffix)
            .filter(|rest| !rest.is_empty())
            .unwrap_or(name);
    }
    let name = case::pascal(name, "Client");
    // The crate root already exports an item with this name.
    if ROOT_EXPORTS.contains(&name.as_str()) {
        format!("{name}Api")
    } else {
        name
    }
}

/// Types that every crate root exports, next to the client.
const ROOT_EXPORTS: [&str; 21] = [
    "ApiError",
    "BuildClient",
    "Bytes",
    "Client",
    "ClientBuilder",
    "Credential",
    "DecodeError",
    "Error",
    "ErrorResponse",
    "ErrorValue",
    "Failure",
    "FilePart",
    "HeaderMap",
    "Items",
    "Pages",
    "RateLimit",
    "Response",
    "RetryPolicy",
    "SendFuture",
    "StatusCode",
    "Timestamp",
];

#[cfg(test)]
mod tests {
    #[test]
    fn derives_client_name_from_crate_name() {
        assert_eq!(super::client("dub-sdk"), "Dub");
        assert_eq!(super::client("acme"), "Acme");
        assert_eq!(super::client("sdk"), "Sdk");
        assert_eq!(super::client("big_corp_api"), "BigCorp");
    }
}
