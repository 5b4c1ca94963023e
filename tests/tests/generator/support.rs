//! Running the generator in memory, and finding the repository's files.

use dub_generator::model::Api;
use dub_generator::{GeneratedFile, Input, Unsupported, diagnostic};
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
    let input = Input {
        document: document.as_bytes(),
        overlay: None,
        tags: &[],
        crate_name: "dub-sdk",
        unsupported: Unsupported::Refuse,
    };
    dub_generator::generate(&input)
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
    let input = Input {
        document: document.as_bytes(),
        overlay: None,
        tags,
        crate_name: "dub-sdk",
        unsupported: Unsupported::Refuse,
    };
    dub_generator::inspect(&input).unwrap_or_else(|problems| {
        panic!(
            "{}",
            diagnostic::render(&problems, "document", document, false)
        )
    })
}

/// What a person sees when a document is refused.
pub fn refusal(document: &str, name: &str) -> String {
    let input = Input {
        document: document.as_bytes(),
        overlay: None,
        tags: &[],
        crate_name: "dub-sdk",
        unsupported: Unsupported::Refuse,
    };
    refusal_of(&input, name)
}

/// The same of any input.
pub fn refusal_of(input: &Input<'_>, name: &str) -> String {
    let document = String::from_utf8_lossy(input.document);
    match dub_generator::generate(input) {
        Ok(_) => panic!("{name} was accepted"),
        Err(problems) => diagnostic::render(&problems, name, &document, false),
    }
}
