//! Running the generator in memory, and finding the repository's files.

use dub_generator::model::Api;
use dub_generator::{Config, GeneratedFile, Unsupported, diagnostic};
use std::path::{Path, PathBuf};

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// The document that the crate is made of.
pub fn customers() -> String {
    std::fs::read_to_string(root().join("spec/customers.yaml")).unwrap()
}

/// The files made of a document; the test fails with the generator's own words where it refuses.
pub fn generate(document: &str) -> Vec<GeneratedFile> {
    let config = Config {
        document: document.as_bytes(),
        overlay: None,
        tags: &[],
        crate_name: "dub-sdk",
        unsupported: Unsupported::Reject,
    };
    dub_generator::generate(&config)
        .map(|generated| generated.files)
        .unwrap_or_else(|problems| {
            panic!(
                "{}",
                diagnostic::render(&problems, "document", document, false)
            )
        })
}

/// The model of some tags of a document.
pub fn inspect(document: &str, tags: &[String]) -> Api {
    let config = Config {
        document: document.as_bytes(),
        overlay: None,
        tags,
        crate_name: "dub-sdk",
        unsupported: Unsupported::Reject,
    };
    dub_generator::inspect(&config).unwrap_or_else(|problems| {
        panic!(
            "{}",
            diagnostic::render(&problems, "document", document, false)
        )
    })
}

/// What a person sees when a document is refused.
pub fn diagnostics_of_document(document: &str, name: &str) -> String {
    let config = Config {
        document: document.as_bytes(),
        overlay: None,
        tags: &[],
        crate_name: "dub-sdk",
        unsupported: Unsupported::Reject,
    };
    diagnostics_of_input(&config, name)
}

/// The same of any input.
pub fn diagnostics_of_input(config: &Config<'_>, name: &str) -> String {
    let document = String::from_utf8_lossy(config.document);
    match dub_generator::generate(config) {
        Ok(_) => panic!("{name} was accepted"),
        Err(problems) => diagnostic::render(&problems, name, &document, false),
    }
}

/// Holds each fixture of a folder to a snapshot of its own, and says at the end which differ.
///
/// insta's `glob!` takes the snapshots that other tests find failed meanwhile for its own.
pub fn snapshot_each_fixture(
    folder: &str,
    output_for: impl Fn(&Path) -> String,
    assert_output: impl Fn(&str),
) {
    let entries = std::fs::read_dir(root().join(folder)).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "{folder} is empty");
    let mut failed = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_suffix(&name);
        settings.set_input_file(&path);
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            settings.bind(|| assert_output(&output_for(&path)));
        }));
        if outcome.is_err() {
            failed.push(name);
        }
    }
    assert!(failed.is_empty(), "{}", failed.join(", "));
}
