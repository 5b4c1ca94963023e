//! Rejected documents and their diagnostics. Each fixture shows one kind of error.

use crate::support::{
    customers, diagnostics_of_document, diagnostics_of_input, root, snapshot_each_fixture,
};
use dub_generator::diagnostic::Code;
use dub_generator::{Config, Unsupported};
use std::fs;
use std::path::Path;

#[test]
fn reports_expected_diagnostics() {
    let output_for = |path: &Path| {
        let document = fs::read_to_string(path).unwrap();
        diagnostics_of_document(&document, &path.file_name().unwrap().to_string_lossy())
    };
    snapshot_each_fixture("tests/fixtures/rejected", output_for, |text| {
        insta::assert_snapshot!("reports_expected_diagnostics", text);
    });
}

#[test]
fn rejects_unknown_tag() {
    let document = customers();
    let config = Config {
        document: document.as_bytes(),
        files: None,
        overlay: None,
        tags: &["customers".to_owned(), "Folders".to_owned()],
        crate_name: "dub-sdk",
        command: "cargo xtask regen",
        unsupported: Unsupported::Reject,
        names: None,
    };
    insta::assert_snapshot!(diagnostics_of_input(&config, "customers.yaml"));
}

/// The test creates the document, because a fixture of 65 MiB is too large for the repository.
#[test]
fn rejects_oversized_document() {
    let document = " ".repeat(65 << 20);
    insta::assert_snapshot!(diagnostics_of_document(&document, "large.yaml"));
}

/// A new error code needs a fixture or a test whose snapshot shows its diagnostic.
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
        // E011 is an internal error, which no document causes. A unit test in `format.rs` checks
        // its output.
        assert!(
            code == "E011" || shown.contains(&format!("error[{code}]")),
            "no snapshot shows {code}"
        );
    }
}
