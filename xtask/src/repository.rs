//! The paths of this repository, and the configuration that its crate is generated with.

use dub_generator::model::Record;
use dub_generator::{Config, Unsupported};
use std::path::Path;

/// The path of the document, relative to the repository root.
pub const SPEC: &str = "spec/customers.yaml";
/// The path of the generated crate, relative to the repository root.
pub const CRATE: &str = "dub-sdk";

/// Returns the configuration to generate dub-sdk from a document, with the record of names.
pub fn config<'a>(text: &'a [u8], names: Option<&'a Record>) -> Config<'a> {
    Config {
        document: text,
        files: None,
        overlay: None,
        tags: &[],
        crate_name: CRATE,
        command: "cargo xtask regen",
        unsupported: Unsupported::Reject,
        names,
    }
}

/// Returns the version in the crate's manifest.
pub fn version(root: &Path) -> Option<String> {
    package_value(root, "version")
}

/// Returns the minimum Rust version in the crate's manifest.
pub fn minimum_rust(root: &Path) -> Option<String> {
    package_value(root, "rust-version")
}

fn package_value(root: &Path, key: &str) -> Option<String> {
    let manifest = std::fs::read_to_string(root.join(CRATE).join("Cargo.toml")).ok()?;
    let mut values = manifest
        .lines()
        .filter_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
    values.next()?.split('"').nth(1).map(str::to_owned)
}
