//! Documents that are refused, and what a person sees of it. Each fixture has one kind of thing wrong.

use crate::support::{customers, refusal, refusal_of, root, snapshot_each};
use dub_generator::diagnostic::Code;
use dub_generator::{Config, Unsupported};
use std::fs;
use std::path::Path;

#[test]
fn refused_documents() {
    let shown = |path: &Path| {
        let document = fs::read_to_string(path).unwrap();
        refusal(&document, &path.file_name().unwrap().to_string_lossy())
    };
    snapshot_each("tests/fixtures/rejected", shown, |text| {
        insta::assert_snapshot!("refused_documents", text);
    });
}

#[test]
fn a_tag_that_is_not_there() {
    let document = customers();
    let config = Config {
        document: document.as_bytes(),
        overlay: None,
        tags: &["customers".to_owned(), "Folders".to_owned()],
        crate_name: "dub-sdk",
        unsupported: Unsupported::Reject,
    };
    insta::assert_snapshot!(refusal_of(&config, "customers.yaml"));
}

/// It is made here: nobody wants to keep so large a file.
#[test]
fn a_document_that_is_too_large() {
    let document = " ".repeat(65 << 20);
    insta::assert_snapshot!(refusal(&document, "large.yaml"));
}

/// Whoever adds a kind of problem shows how it looks, too.
#[test]
fn every_code_is_shown_in_a_snapshot() {
    let folders = ["generator/snapshots", "maintain/snapshots"];
    let mut shown = String::new();
    for folder in folders {
        for entry in fs::read_dir(root().join("tests/tests").join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path
                .extension()
                .is_some_and(|extension| extension == "snap")
            {
                shown += &fs::read_to_string(path).unwrap();
            }
        }
    }
    for code in Code::ALL {
        let code = code.as_str();
        // No document leads to a fault of the generator's own; a test beside `format` holds how it looks.
        assert!(
            code == "E011" || shown.contains(&format!("error[{code}]")),
            "{code}"
        );
    }
}
