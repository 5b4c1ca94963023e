//! One small document for each behaviour: what is made of it, and that it compiles.

use crate::support::{generate, root, snapshot_each_fixture};
use dub_generator::{Config, Unsupported};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Fixtures that are about operations; of the others only the models are of interest.
const OPERATION_FIXTURE_PREFIXES: [&str; 7] = [
    "parameters",
    "bodies",
    "responses",
    "security",
    "names",
    "pagination",
    "servers",
];

/// Fixtures whose reference shows what ours has not: unions, and responses and errors that differ.
const FIXTURES_WITH_DOCS: [&str; 2] = ["responses_by_status", "union_by_discriminator"];

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
                "models.rs" => true,
                "mod.rs" => false,
                "wire.rs" => !show_all_modules,
                "client.rs" => name.starts_with("security"),
                page if page.ends_with(".md") => FIXTURES_WITH_DOCS.contains(&name.as_str()),
                _ => show_all_modules,
            }
        });
        let text: Vec<_> = wanted
            .map(|file| format!("// {}\n{}", file.path, file.text))
            .collect();
        text.join("\n")
    };
    snapshot_each_fixture("tests/fixtures/accepted", output_for, |text| {
        insta::assert_snapshot!("generates_expected_code", text);
    });
}

/// Every fixture gives a crate that compiles without a warning, with the blocking face and without TLS.
#[test]
fn generated_crates_compile() {
    let fixtures = std::fs::read_dir(root().join("tests/fixtures/accepted")).unwrap();
    let work = target().join("fixtures");
    let mut failed = Vec::new();
    for fixture in fixtures {
        let path = fixture.unwrap().path();
        let directory = work.join(path.file_stem().unwrap());
        write_crate(&path, &directory);
        let output = Command::new(env!("CARGO"))
            .args([
                "check",
                "--quiet",
                "--no-default-features",
                "--features",
                "blocking",
            ])
            .current_dir(&directory)
            .env("CARGO_TARGET_DIR", work.join("target"))
            .env("RUSTFLAGS", "-Dwarnings")
            .output()
            .unwrap();
        if !output.status.success() {
            failed.push(format!(
                "{}\n{}",
                path.display(),
                String::from_utf8_lossy(&output.stderr)
            ));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// Where this build puts its files.
fn target() -> PathBuf {
    let program = std::env::current_exe().unwrap();
    program.ancestors().nth(3).unwrap().to_owned()
}

fn write_crate(document: &Path, directory: &Path) {
    let text = std::fs::read(document).unwrap();
    // Each crate has a name of its own: cargo would take one for the other in a target directory that they share.
    let name = document.file_stem().unwrap().to_string_lossy();
    let config = Config {
        document: &text,
        overlay: None,
        tags: &[],
        crate_name: &name,
        unsupported: Unsupported::Reject,
    };
    let generated = dub_generator::generate_crate(&config).unwrap();
    let plan = dub_generator::output::Plan::new(directory, &generated.files).unwrap();
    plan.apply().unwrap();
    // The versions that the workspace is built with, so that nothing has to be looked up.
    std::fs::copy(root().join("Cargo.lock"), directory.join("Cargo.lock")).unwrap();
}
