//! Reading documents as the tools do.

use dub_generator::model::Api;
use dub_generator::spec::Document;
use dub_generator::{Config, Unsupported, diagnostic};
use std::path::{Path, PathBuf};

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// A fixture's text.
pub fn fixture(path: &str) -> String {
    std::fs::read_to_string(root().join("tests/fixtures").join(path)).unwrap()
}

/// The model of some tags of a document, and the document.
pub fn read(text: &str, tags: &[String]) -> (Api, Document) {
    let config = Config {
        document: text.as_bytes(),
        overlay: None,
        tags,
        crate_name: "dub-sdk",
        unsupported: Unsupported::Reject,
    };
    let read =
        dub_generator::inspect(&config).and_then(|api| Ok((api, Document::read(text.as_bytes())?)));
    read.unwrap_or_else(|problems| {
        panic!("{}", diagnostic::render(&problems, "document", text, false))
    })
}

/// Dub's own documents in the order of their dates; none where they are not there.
pub fn revisions() -> Vec<PathBuf> {
    let shared = root().parent().unwrap().join("shared/specs/dub");
    let Ok(entries) = std::fs::read_dir(&shared) else {
        println!("skipped: {} is not there", shared.display());
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}
