//! Helpers that read documents.

use dub_generator::diagnostic::{self, Source};
use dub_generator::model::Api;
use dub_generator::spec::Document;
use dub_generator::{Config, Unsupported, terminal};
use std::path::{Path, PathBuf};

/// Returns the root directory of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// Reads a fixture.
pub fn fixture(path: &str) -> String {
    std::fs::read_to_string(root().join("tests/fixtures").join(path)).unwrap()
}

/// Parses a document and returns its model, restricted to some tags, and the document.
pub fn read(text: &str, tags: &[String]) -> (Api, Document) {
    let config = Config {
        document: text.as_bytes(),
        files: None,
        overlay: None,
        tags,
        crate_name: "dub-sdk",
        command: "cargo xtask regen",
        unsupported: Unsupported::Reject,
        names: None,
    };
    let read =
        dub_generator::inspect(&config).and_then(|api| Ok((api, Document::read(text.as_bytes())?)));
    read.unwrap_or_else(|problems| {
        let (name, text) = ("document", text.as_bytes());
        panic!(
            "{}",
            terminal::plain(&diagnostic::render(&problems, &[Source { name, text }]))
        )
    })
}

/// Returns the paths of Dub's own documents, sorted by date, from `shared/specs/dub` next to the
/// repository. Returns an empty vector if the directory does not exist.
///
/// They are not part of the repository. A test that uses them must check a document of the
/// repository first.
pub fn extra_revisions() -> Vec<PathBuf> {
    let directory = root().with_file_name("shared").join("specs/dub");
    let Ok(entries) = std::fs::read_dir(&directory) else {
        println!("skipped: {} does not exist", directory.display());
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}
