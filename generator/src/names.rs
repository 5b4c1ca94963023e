//! Every identifier of the generated code is decided here, once.
//!
//! A name depends on its own place in the document and on nothing beside it, so that adding something
//! unrelated renames nothing. Two things of one scope that would get the same name are refused where a
//! person chose the names (components, properties, methods), and told apart where the names are derived.

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

/// Fills in the names of everything in the model.
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
        // Types and fields whose names collide have got different ones by now, so that nothing is lost.
        diagnostics.clear();
    }
    operations::drop_unnamed_operations(&mut api);
    if diagnostics.is_empty() {
        Ok(api)
    } else {
        Err(diagnostics)
    }
}

/// The client is called what the crate is called, without words that say it is one: `dub-sdk` gives `Dub`.
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
    // What the root of every crate has already.
    if ROOT_EXPORTS.contains(&name.as_str()) {
        format!("{name}Api")
    } else {
        name
    }
}

/// The types that stand beside the client in the root of a crate.
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
