//! Versions of OpenAPI: the same API in 3.0 and in 3.1 gives the same crate.

mod constructs;
#[path = "../../../xtask/src/corpus/versions/raise.rs"]
mod raise;

use crate::support::{extra_documents, root, sorted_files};
use dub_generator::files::Files;
use dub_generator::spec::{Document, to_json};
use dub_generator::{Config, GeneratedFile, Unsupported};
use serde_json::Value;
use std::path::Path;

fn generate(document: &Value) -> Result<Vec<GeneratedFile>, Vec<String>> {
    let text = document.to_string();
    let generated = dub_generator::generate(&Config {
        document: text.as_bytes(),
        files: None,
        overlay: None,
        tags: &[],
        crate_name: "sample",
        command: "cargo xtask regen",
        unsupported: Unsupported::Skip,
        names: None,
    });
    let messages = |problem: &dub_generator::diagnostic::Diagnostic| {
        format!("{}: {}", problem.pointer, problem.message)
    };
    generated
        .map(|generated| generated.files)
        .map_err(|problems| problems.iter().map(messages).collect())
}

/// Raises each fixture to OpenAPI 3.1. The crates of both documents must be equal byte by byte.
#[test]
fn the_same_api_in_3_0_and_3_1_gives_the_same_crate() {
    let mut compared = 0;
    for folder in ["accepted", "warned", "large", "diff"] {
        for path in sorted_files(&root().join("tests/fixtures").join(folder)) {
            let Ok(document) = Document::read_lenient(&std::fs::read(&path).unwrap()) else {
                continue;
            };
            let mut value = to_json(document.tree());
            let version = value["openapi"].as_str().unwrap_or_default();
            if !version.starts_with("3.0") {
                continue;
            }
            let before = generate(&value);
            raise::document(&mut value);
            let after = generate(&value);
            let (Ok(before), Ok(after)) = (&before, &after) else {
                panic!("{}: {:?} {:?}", path.display(), before.err(), after.err());
            };
            let paths = |files: &[GeneratedFile]| {
                files
                    .iter()
                    .map(|file| file.path.clone())
                    .collect::<Vec<_>>()
            };
            assert_eq!(paths(before), paths(after), "{}", path.display());
            for (before, after) in before.iter().zip(after) {
                assert_eq!(
                    before.text,
                    after.text,
                    "{}: {}",
                    path.display(),
                    before.path
                );
            }
            compared += 1;
        }
    }
    assert!(compared > 95, "{compared} fixtures");
}

/// Returns the document with another version, as far as its text declares OpenAPI 3.0.
fn with_version_3_1(document: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(document).ok()?;
    let start = text.find("openapi")?;
    let version = start + text.get(start..)?.find("3.0")?;
    let is_key = version - start < 14;
    is_key.then(|| {
        [&text[..version], "3.1", &text[version + 3..]]
            .concat()
            .into_bytes()
    })
}

/// Returns what a document leads to. Each problem must have a location.
fn outcome(document: &[u8], path: &Path) -> &'static str {
    let generated = dub_generator::generate(&Config {
        document,
        files: Some(&Files::next_to(path, false)),
        overlay: None,
        tags: &[],
        crate_name: "sample",
        command: "cargo xtask regen",
        unsupported: Unsupported::Reject,
        names: None,
    });
    match generated {
        Ok(generated) if generated.warnings.is_empty() => "accepted",
        Ok(_) => "warning",
        Err(problems) => {
            for problem in problems {
                assert!(
                    problem.span.is_some(),
                    "{}: {}",
                    path.display(),
                    problem.message
                );
            }
            "error"
        }
    }
}

/// Reads each fixture of OpenAPI 3.0 as a document of OpenAPI 3.1, in which some errors are valid.
#[test]
fn fixtures_lead_to_what_their_index_says_in_3_1() {
    let fixtures = root().join("tests/fixtures");
    let index = std::fs::read_to_string(fixtures.join("INDEX.tsv")).unwrap();
    let rows = index.lines().filter(|line| !line.starts_with('#')).skip(1);
    let (mut read, mut wrong) = (0, Vec::new());
    for row in rows {
        let columns: Vec<&str> = row.split('\t').collect();
        let document = std::fs::read(fixtures.join(columns[0])).unwrap();
        let Some(document) = with_version_3_1(&document) else {
            continue;
        };
        let expected = columns.get(3).unwrap_or(&columns[1]);
        let found = outcome(&document, &fixtures.join(columns[0]));
        if found != *expected {
            wrong.push(format!(
                "{}: expected {expected}, found {found}",
                columns[0]
            ));
        }
        read += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(read > 130, "{read} fixtures");
}

#[test]
fn a_document_of_webhooks_needs_no_paths() {
    let document = "openapi: 3.1.0\n\
        info: {title: t, version: '1'}\n\
        webhooks: {added: {post: {requestBody: {content: {application/json: {schema: {type: object}}}}}}}\n";
    assert_eq!(
        outcome(document.as_bytes(), Path::new("webhooks")),
        "accepted"
    );
}

/// The documents are not part of the repository. The test above reads our own fixtures.
#[test]
fn hostile_documents_of_3_1_are_rejected_with_locations() {
    for path in extra_documents("hostile") {
        let name = path.display().to_string();
        if let Some(document) = with_version_3_1(&std::fs::read(&path).unwrap()) {
            println!("{name}: {}", outcome(&document, &path));
        }
    }
}
