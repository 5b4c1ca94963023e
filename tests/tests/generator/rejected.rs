//! Documents that are rejected, and what a person sees of it. Each fixture has one kind of thing wrong.

use crate::support::{
    customers, diagnostics_of_document, diagnostics_of_input, root, snapshot_each_fixture,
};
use dub_generator::diagnostic::Code;
use dub_generator::{Config, Unsupported};
use std::fs;
use std::path::Path;

#[test]
fn reports_expected_diagnostics() {
    let shown = |path: &Path| {
        let document = fs::read_to_string(path).unwrap();
        diagnostics_of_document(&document, &path.file_name().unwrap().to_string_lossy())
    };
    snapshot_each_fixture("tests/fixtures/rejected", shown, |text| {
        insta::assert_snapshot!("reports_expected_diagnostics", text);
    });
}

#[test]
fn rejects_unknown_tag() {
    let document = customers();
    let config = Config {
        document: document.as_bytes(),
        overlay: None,
        tags: &["customers".to_owned(), "Folders".to_owned()],
        crate_name: "dub-sdk",
        unsupported: Unsupported::Reject,
    };
    insta::assert_snapshot!(diagnostics_of_input(&config, "customers.yaml"));
}

/// It is made here: nobody wants to keep so large a file.
#[test]
fn rejects_oversized_document() {
    let document = " ".repeat(65 << 20);
    insta::assert_snapshot!(diagnostics_of_document(&document, "large.yaml"));
}

/// Whoever adds a kind of problem shows how it looks, too.
#[test]
fn every_error_code_appears_in_a_snapshot() {
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
