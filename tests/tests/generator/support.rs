//! Helpers that run the generator in memory and find the repository's files.

use dub_generator::diagnostic::{self, Diagnostic, Source};
use dub_generator::model::Api;
use dub_generator::{Config, GeneratedFile, Unsupported, terminal};
use std::path::{Path, PathBuf};

/// Returns the root directory of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// Returns further documents of one kind, sorted by file name, from `shared/specs` next to the
/// repository. Returns an empty vector if the directory does not exist.
///
/// They are not part of the repository. A test that uses them must check a document of the
/// repository first.
pub fn extra_documents(kind: &str) -> Vec<PathBuf> {
    let directory = root().with_file_name("shared").join("specs").join(kind);
    if directory.is_dir() {
        sorted_files(&directory)
    } else {
        println!("skipped: {} does not exist", directory.display());
        Vec::new()
    }
}

/// Returns the paths of the files in a directory, sorted by file name.
pub fn sorted_files(directory: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(directory).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Reads the document that `dub-sdk` is generated from.
pub fn customers() -> String {
    std::fs::read_to_string(root().join("spec/customers.yaml")).unwrap()
}

/// Generates the files of a document. Panics with the rendered diagnostics if it is rejected.
pub fn generate(document: &str) -> Vec<GeneratedFile> {
    let config = Config {
        document: document.as_bytes(),
        files: None,
        overlay: None,
        tags: &[],
        crate_name: "dub-sdk",
        command: "cargo xtask regen",
        unsupported: Unsupported::Reject,
        names: None,
    };
    dub_generator::generate(&config)
        .map(|generated| generated.files)
        .unwrap_or_else(|problems| panic!("{}", rendered(&problems, "document", document)))
}

/// Returns the model of a document, restricted to some tags. Panics with the rendered diagnostics
/// if the document is rejected.
pub fn inspect(document: &str, tags: &[String]) -> Api {
    let config = Config {
        document: document.as_bytes(),
        files: None,
        overlay: None,
        tags,
        crate_name: "dub-sdk",
        command: "cargo xtask regen",
        unsupported: Unsupported::Reject,
        names: None,
    };
    dub_generator::inspect(&config)
        .unwrap_or_else(|problems| panic!("{}", rendered(&problems, "document", document)))
}

/// Returns the rendered diagnostics of a rejected document.
pub fn diagnostics_of_document(document: &str, name: &str) -> String {
    let config = Config {
        document: document.as_bytes(),
        files: None,
        overlay: None,
        tags: &[],
        crate_name: "dub-sdk",
        command: "cargo xtask regen",
        unsupported: Unsupported::Reject,
        names: None,
    };
    diagnostics_of_input(&config, name)
}

/// Like [`diagnostics_of_document`], but for any configuration.
pub fn diagnostics_of_input(config: &Config<'_>, name: &str) -> String {
    let document = String::from_utf8_lossy(config.document);
    match dub_generator::generate(config) {
        Ok(_) => panic!("expected `{name}` to be rejected"),
        Err(problems) => rendered(&problems, name, &document),
    }
}

/// Renders diagnostics without colours.
pub fn rendered(problems: &[Diagnostic], name: &str, document: &str) -> String {
    let text = document.as_bytes();
    terminal::plain(&diagnostic::render(problems, &[Source { name, text }]))
}

/// Compares the output for each fixture of a folder with its own snapshot. Panics at the end with
/// the names of the fixtures that differ.
///
/// insta's `glob!` is not used: it also reports snapshots that fail in other tests at the same
/// time.
pub fn snapshot_each_fixture(
    folder: &str,
    output_for: impl Fn(&Path) -> String,
    assert_output: impl Fn(&str),
) {
    let paths = sorted_files(&root().join(folder));
    assert!(!paths.is_empty(), "`{folder}` is empty");
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
    assert!(failed.is_empty(), "failed fixtures: {}", failed.join(", "));
}
