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
mod features;
mod media_types;
mod members;
mod methods;
mod operations;
mod path;
mod reserved;
mod scope;
mod security;
mod statuses;
mod stems;
mod types;
mod uses;
mod variables;
mod variant;
mod variants;
mod webhooks;

#[cfg(test)]
pub use reserved::{Namespace, contains};

pub use features::assign as assign_features;

use crate::diagnostic::Diagnostic;
use crate::model::unnamed::Lowered;
use crate::model::{Api, Errors, Record, Skipped};

/// The model with its names.
pub struct Outcome {
    pub api: Api,
    /// A diagnostic for each name collision.
    pub diagnostics: Vec<Diagnostic>,
    /// A warning for each name that the document should state more clearly.
    pub warnings: Vec<Diagnostic>,
    /// The operations that the model lacks because another one has the same name. Types, fields
    /// and values whose names collide are not skipped; they get unique names.
    pub skipped: Vec<Skipped>,
}

/// Decides all names of the model. What has a name in `record` keeps it.
pub fn assign(mut lowered: Lowered, crate_name: &str, record: &Record) -> Outcome {
    let (mut diagnostics, mut warnings) = (Vec::new(), Vec::new());
    let mut new_record = Record::default();
    let client = client(crate_name);
    let server_setters = security::assign(&mut lowered);
    operations::assign(
        &mut lowered.resources,
        &client,
        record,
        &mut new_record,
        (&mut diagnostics, &mut warnings),
    );
    let skipped = operations::skip_colliding_operations(&mut lowered.resources, &diagnostics);
    let mut api = Api {
        crate_name: crate_name.replace('-', "_"),
        client_variable: variables::client(&client),
        client,
        title: std::mem::take(&mut lowered.title),
        version: std::mem::take(&mut lowered.version),
        description: lowered.description.take(),
        external_docs: lowered.external_docs.take(),
        server: lowered.server.take(),
        server_setters,
        security: std::mem::take(&mut lowered.security),
        resources: Vec::new(),
        types: Vec::new(),
        errors: Errors::default(),
        webhooks: Vec::new(),
        webhook_module: String::new(),
        skipped: Vec::new(),
        record: Record::default(),
    };
    let named = types::assign(lowered, record, &mut new_record, &mut diagnostics);
    api.record = new_record;
    (api.resources, api.types, api.errors) = (named.resources, named.types, named.errors);
    api.webhooks = named.webhooks;
    operations::drop_unnamed_operations(&mut api.resources);
    variables::assign_results(&mut api.resources);
    webhooks::assign(&mut api);
    Outcome {
        api,
        diagnostics,
        warnings,
        skipped,
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
    if reserved::contains(reserved::Namespace::Root, &name) {
        format!("{name}Api")
    } else {
        name
    }
}

/// Returns the error message for an invalid crate name; `None` for a valid name.
pub fn crate_name_error(name: &str) -> Option<String> {
    let starts = name.starts_with(|c: char| c.is_ascii_lowercase());
    let plain = name
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_');
    if !starts || !plain || name.len() > 64 {
        let rule = "use up to 64 lower-case letters, digits, `-` and `_`, starting with a letter";
        return Some(format!("invalid crate name `{name}`: {rule}"));
    }
    let identifier = name.replace('-', "_");
    let is_reserved = case::is_keyword(&identifier)
        || reserved::contains(reserved::Namespace::Crate, &identifier);
    is_reserved.then(|| format!("invalid crate name `{name}`: the name is reserved by Rust"))
}

#[cfg(test)]
mod tests {
    use super::crate_name_error;

    #[test]
    fn rejects_invalid_crate_names() {
        assert_eq!(crate_name_error("acme-sdk"), None);
        for name in ["", "Acme", "1a", "a/b", "../x", "std", "self", "a b"] {
            assert!(crate_name_error(name).is_some(), "{name}");
        }
    }

    #[test]
    fn derives_client_name_from_crate_name() {
        assert_eq!(super::client("dub-sdk"), "Dub");
        assert_eq!(super::client("acme"), "Acme");
        assert_eq!(super::client("sdk"), "Sdk");
        assert_eq!(super::client("big_corp_api"), "BigCorp");
    }
}
