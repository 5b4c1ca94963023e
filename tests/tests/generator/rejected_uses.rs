//! Programs that use dub-sdk wrongly, and what the compiler says about them.
//!
//! The correct form of the same calls is a part of the test program `wire`.

use crate::crates::{cargo, target};
use crate::support::{root, sorted_files};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Checks each program of `tests/rejected_uses`. The messages are compared without the notes of the
/// compiler, which change with its version.
#[test]
fn compiler_explains_mistakes() {
    let programs = sorted_files(&root().join("tests/rejected_uses"));
    let package = target().join("rejected_uses");
    let sdk = root().join("dub-sdk");
    let mut manifest = format!(
        "[package]\nname = \"rejected_uses\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [dependencies.dub-sdk]\npath = {sdk:?}\ndefault-features = false\n\
         features = [\"blocking\"]\n\n[workspace]\n"
    );
    for path in &programs {
        let name = path.file_stem().unwrap();
        manifest += &format!("\n[[bin]]\nname = {name:?}\npath = {path:?}\n");
    }
    std::fs::create_dir_all(&package).unwrap();
    std::fs::write(package.join("Cargo.toml"), manifest).unwrap();
    std::fs::copy(root().join("Cargo.lock"), package.join("Cargo.lock")).unwrap();
    let check = ["check", "--quiet", "--keep-going", "--message-format=json"];
    let (passed, output) = cargo(&package, &check);
    assert!(!passed, "{output}");
    let errors = errors(&output);
    let names: Vec<_> = programs
        .iter()
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    let found: Vec<_> = errors.keys().cloned().collect();
    assert_eq!(found, names, "{output}");
    let text: Vec<_> = errors.into_values().collect();
    insta::assert_snapshot!(text.join("\n"));
}

/// Returns the errors of each program.
fn errors(output: &str) -> BTreeMap<String, String> {
    let mut errors: BTreeMap<String, String> = BTreeMap::new();
    let lines = output.lines();
    let reports = lines.filter_map(|line| serde_json::from_str::<Value>(line).ok());
    for report in reports.filter(|report| report["message"]["level"] == "error") {
        let name = report["target"]["name"].as_str().unwrap();
        let message = &report["message"];
        for span in message["spans"].as_array().unwrap() {
            if span["is_primary"] != true {
                continue;
            }
            let text = errors.entry(name.to_owned()).or_default();
            let code = message["code"]["code"].as_str().unwrap();
            let place = format!("{name}.rs:{}:{}", span["line_start"], span["column_start"]);
            let message = message["message"].as_str().unwrap();
            writeln!(text, "{place}: error[{code}]: {message}").unwrap();
            if let Some(label) = span["label"].as_str() {
                writeln!(text, "    {label}").unwrap();
            }
        }
    }
    errors
}
