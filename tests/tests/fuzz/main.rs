//! Runs the checks of the fuzz targets on their seeds: on inputs that once were findings, on the
//! lines of the seed files, and on documents of the fixtures.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a panic fails the test"
)]

use dub_sdk_tests::fuzz::{self, SEPARATOR, TARGETS};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Returns the names of the files in a directory, in alphabetical order.
fn names(directory: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(directory).into_iter().flatten();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// Runs a check and names the input on which it fails.
fn run(check: fn(&[u8]), name: &str, input: &[u8]) {
    let outcome = std::panic::catch_unwind(|| check(input));
    assert!(outcome.is_ok(), "the check failed on {name}");
}

/// Returns the documents of the fixtures, each with its name.
fn documents(folder: &str) -> Vec<(String, Vec<u8>)> {
    let directory = root().join("tests/fixtures").join(folder);
    let names = names(&directory).into_iter();
    let documents = names.map(|name| {
        let document = std::fs::read(directory.join(&name)).unwrap();
        (name, document)
    });
    documents.collect()
}

#[test]
fn every_target_has_a_program() {
    let programs = names(&root().join("tests/fuzz/targets"));
    let mut expected: Vec<String> = TARGETS
        .iter()
        .map(|(name, _)| format!("{name}.rs"))
        .collect();
    expected.sort();
    assert_eq!(programs, expected);
    let manifest = std::fs::read_to_string(root().join("tests/fuzz/Cargo.toml")).unwrap();
    for (name, _) in TARGETS {
        assert!(manifest.contains(&format!("path = \"targets/{name}.rs\"")));
    }
}

#[test]
fn checks_pass_on_seeds_and_former_findings() {
    let seeds = root().join("tests/fixtures/fuzz");
    for (target, check) in TARGETS {
        let lines = std::fs::read(seeds.join(format!("{target}.txt"))).unwrap_or_default();
        for (index, line) in lines.split(|byte| *byte == b'\n').enumerate() {
            run(check, &format!("line {} of {target}.txt", index + 1), line);
        }
        for (name, input) in documents(&format!("fuzz/{target}")) {
            run(check, &format!("{target}/{name}"), &input);
        }
    }
}

#[test]
fn parsers_pass_their_check_on_fixtures() {
    for folder in ["accepted", "rejected", "warned"] {
        for (name, document) in documents(folder) {
            run(fuzz::tree, &name, &document);
        }
    }
}

/// The other tests of the generator cover all fixtures.
#[test]
fn generator_passes_its_check_on_fixtures() {
    for (name, document) in documents("accepted").into_iter().step_by(4) {
        run(fuzz::generate, &name, &document);
    }
}

#[test]
fn comparison_passes_its_check_on_pairs_of_fixtures() {
    let documents = documents("accepted");
    for pair in documents.windows(2).step_by(3) {
        let [(name, old), (other, new)] = pair else {
            panic!()
        };
        let input = [old, SEPARATOR.as_bytes(), new].concat();
        run(fuzz::diff, &format!("{name} and {other}"), &input);
    }
}
