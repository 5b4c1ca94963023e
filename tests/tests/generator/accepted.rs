//! One small document per behaviour: snapshots of the generated code, and a check that it compiles.

use crate::support::{generate, root, snapshot_each_fixture};
use dub_generator::{Config, Unsupported};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The name prefixes of fixtures about operations. Their snapshots show the models, operations and
/// errors. The other snapshots show `models.rs` and `wire.rs`.
const OPERATION_FIXTURE_PREFIXES: [&str; 7] = [
    "parameters",
    "bodies",
    "responses",
    "security",
    "names",
    "pagination",
    "servers",
];

/// The fixtures whose Markdown reference is part of the snapshot. They have what the reference of
/// `dub-sdk` does not have: unions, and responses and errors that differ by status.
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
        let sections: Vec<_> = wanted
            .map(|file| format!("// {}\n{}", file.path, file.text))
            .collect();
        sections.join("\n")
    };
    snapshot_each_fixture("tests/fixtures/accepted", output_for, |text| {
        insta::assert_snapshot!("generates_expected_code", text);
    });
}

/// Generates a crate from every fixture and checks that it compiles without warnings, with the
/// `blocking` feature and without TLS.
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

/// Returns the target directory of this build.
fn target() -> PathBuf {
    let program = std::env::current_exe().unwrap();
    program.ancestors().nth(3).unwrap().to_owned()
}

fn write_crate(document: &Path, directory: &Path) {
    let text = std::fs::read(document).unwrap();
    // The crates share a target directory, so each needs a different name: cargo would mix up
    // crates of the same name.
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
    // With the lock file of the workspace, cargo does not have to resolve or download dependencies.
    std::fs::copy(root().join("Cargo.lock"), directory.join("Cargo.lock")).unwrap();
}
