//! The crate whose examples are run.

use super::document::Contract;
use dub_generator::Snippet;
use dub_generator::model::{Api, Operation};
use std::collections::HashSet;
use std::path::Path;
use std::time::Instant;

/// A generated crate and the document that it comes from.
pub struct Subject<'a> {
    /// The document as the reports name it.
    pub name: &'a str,
    pub api: &'a Api,
    pub contract: &'a Contract,
    pub snippets: &'a [Snippet],
    /// The directory of the crate.
    pub directory: &'a Path,
    /// The target directory that all crates share.
    pub target: &'a Path,
    /// The locations of the chosen operations; `None` for all.
    pub chosen: Option<&'a HashSet<String>>,
    /// The end of the run. Operations that were not called before are failures.
    pub deadline: Instant,
}

/// Returns true for the location of an operation, and not of another part of the document.
pub fn is_operation(pointer: &str) -> bool {
    let methods = [
        "get", "put", "post", "delete", "options", "head", "patch", "trace",
    ];
    let token = pointer.rsplit('/').next().unwrap_or_default();
    pointer.starts_with("/paths/") && methods.contains(&token)
}

/// Returns the method and the path of an operation.
pub fn label(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}
