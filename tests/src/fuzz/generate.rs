//! Checks the whole pipeline of the generator.

use super::{names, report};
use dub_generator::{Config, Unsupported};

/// Returns the configuration for any document.
pub fn config(document: &[u8], unsupported: Unsupported) -> Config<'_> {
    Config {
        document,
        files: None,
        overlay: None,
        tags: &[],
        crate_name: "sample",
        command: "dub-generator",
        unsupported,
        names: None,
    }
}

/// Generates the crate of a document. It is either rejected with diagnostics that can be printed, or
/// all of its files are valid Rust.
pub fn generate(document: &[u8]) {
    if document.len() > super::MAX_DOCUMENT {
        return;
    }
    let config = config(document, Unsupported::Skip);
    match dub_generator::generate_crate(&config) {
        Ok(generated) => {
            report::check(&generated.warnings, document);
            let is_generated = |path: &str| path.ends_with(".rs") && path.contains("generated");
            for file in &generated.files {
                if is_generated(&file.path) || file.path.starts_with("examples") {
                    let parsed = syn::parse_file(&file.text);
                    let parsed = parsed.unwrap_or_else(|error| panic!("{}: {error}", file.path));
                    names::check(&file.path, &parsed.items);
                }
            }
            let (api, document) = dub_generator::read(&config).expect("accepted before");
            dub_generator::snippets(&api, &document).expect("accepted before");
        }
        Err(problems) => {
            assert!(!problems.is_empty(), "rejected without an error");
            report::check(&problems, document);
        }
    }
}
