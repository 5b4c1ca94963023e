//! Accepted documents with warnings. Each fixture shows one kind of warning.

use crate::support::{rendered, snapshot_each_fixture};
use dub_generator::diagnostic;
use dub_generator::{Config, Unsupported, generate};
use std::path::Path;

#[test]
fn reports_warnings_and_generates_the_rest() {
    let output_for = |path: &Path| {
        let document = std::fs::read_to_string(path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy();
        let config = Config {
            document: document.as_bytes(),
            files: None,
            overlay: None,
            tags: &[],
            crate_name: "sample",
            command: "cargo xtask regen",
            unsupported: Unsupported::Reject,
            names: None,
        };
        let generated = generate(&config)
            .unwrap_or_else(|problems| panic!("{}", rendered(&problems, &name, &document)));
        // The resource with the methods whose names collide.
        let bells = generated.files.iter();
        let bells = bells.filter(|file| file.path.ends_with("/bells.rs"));
        let methods = bells.flat_map(|file| file.text.lines());
        let is_method = |line: &&str| line.trim_start().starts_with("pub fn ");
        let methods: Vec<_> = methods.filter(is_method).map(str::trim).collect();
        let models = generated.files.iter();
        let models = models.filter(|file| file.path.ends_with("/models.rs"));
        let models: Vec<_> = models.map(|file| file.text.as_str()).collect();
        rendered(&generated.warnings, &name, &document)
            + &diagnostic::summary(&generated.warnings, "dub-generator")
            + &methods.join("\n")
            + "\n// models.rs\n"
            + &models.join("\n")
    };
    snapshot_each_fixture("tests/fixtures/warned", output_for, |text| {
        insta::assert_snapshot!("reports_warnings_and_generates_the_rest", text);
    });
}
