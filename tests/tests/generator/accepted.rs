//! One small document per behaviour: snapshots of the generated code.

use crate::support::{generate, snapshot_each_fixture};
use std::path::Path;

/// The name prefixes of fixtures about operations. Their snapshots show the models, operations and
/// errors. The other snapshots show `models.rs`.
const OPERATION_FIXTURE_PREFIXES: [&str; 8] = [
    "parameters",
    "bodies",
    "docs",
    "responses",
    "security",
    "names",
    "pagination",
    "servers",
];

/// The fixtures whose Markdown reference is part of the snapshot. They have what the reference of
/// `dub-sdk` does not have: unions, responses and errors that differ by status, and links to pages.
const FIXTURES_WITH_DOCS: [&str; 7] = [
    "docs_link_to_methods_and_pages",
    "responses_by_status",
    "responses_of_several_media_types",
    "responses_that_are_redirects",
    "responses_without_body",
    "union_by_discriminator",
    "webhooks",
];

#[test]
fn generates_expected_code() {
    let output_for = |path: &Path| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let show_all_modules = OPERATION_FIXTURE_PREFIXES
            .iter()
            .any(|start| name.starts_with(start));
        let files = generate(&std::fs::read_to_string(path).unwrap());
        let wanted = files.iter().filter(|file| {
            let file = file.path.rsplit('/').next().unwrap_or_default();
            match file {
                "models.rs" | "webhooks.rs" => true,
                "mod.rs" => false,
                "client.rs" => ["security", "docs", "servers"]
                    .iter()
                    .any(|start| name.starts_with(start)),
                page if page.ends_with(".md") => FIXTURES_WITH_DOCS.contains(&name.as_str()),
                _ => show_all_modules,
            }
        });
        let sections: Vec<_> = wanted
            .map(|file| format!("// {}\n{}", file.path, file.text))
            .collect();
        sections.join("\n")
    };
    snapshot_each_fixture("tests/fixtures/accepted", output_for, |text| {
        insta::assert_snapshot!("generates_expected_code", text);
    });
}
