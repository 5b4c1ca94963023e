//! One small document per behaviour: snapshots of the generated code, and a check that it compiles.

use crate::support::{generate, root, snapshot_each_fixture, sorted_files};
use dub_generator::{Config, Unsupported};
use std::path::{Path, PathBuf};
use std::process::Command;

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
const FIXTURES_WITH_DOCS: [&str; 5] = [
    "docs_link_to_methods_and_pages",
    "responses_by_status",
    "responses_that_are_redirects",
    "responses_without_body",
    "union_by_discriminator",
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
                "models.rs" => true,
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

/// Generates a crate from every fixture and checks that all of them compile without warnings, with
/// the `blocking` feature and without TLS. The crates are members of one workspace, so cargo runs
/// once and checks them in parallel.
#[test]
fn generated_crates_compile() {
    let directories = ["tests/fixtures/accepted", "tests/fixtures/large"];
    let fixtures: Vec<_> = directories
        .iter()
        .flat_map(|directory| sorted_files(&root().join(directory)))
        .collect();
    let workspace = target().join("fixtures");
    let names: Vec<String> = fixtures
        .iter()
        .map(|fixture| write_crate(fixture, &workspace))
        .collect();
    write_workspace(&workspace, &names);
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--workspace", "--keep-going"])
        .args(["--no-default-features", "--features", "blocking"])
        .current_dir(&workspace)
        .env("CARGO_TARGET_DIR", workspace.join("target"))
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    let is_failed = |name: &&String| errors.contains(&format!("could not compile `{name}`"));
    let failed: Vec<_> = names.iter().filter(is_failed).collect();
    assert!(
        output.status.success(),
        "failed fixtures: {failed:?}\n{errors}"
    );
}

/// Returns the target directory of this build.
fn target() -> PathBuf {
    let program = std::env::current_exe().unwrap();
    program.ancestors().nth(3).unwrap().to_owned()
}

/// Writes the crate of a fixture to a directory of the workspace. Returns the name of the crate,
/// which is the name of the fixture.
fn write_crate(fixture: &Path, workspace: &Path) -> String {
    let document = std::fs::read(fixture).unwrap();
    let name = fixture.file_stem().unwrap().to_string_lossy().into_owned();
    let config = Config {
        document: &document,
        overlay: None,
        tags: &[],
        crate_name: &name,
        command: "cargo xtask regen",
        unsupported: Unsupported::Reject,
    };
    let mut files = dub_generator::generate_crate(&config).unwrap().files;
    let mut files_by_path = files.iter_mut();
    let manifest = files_by_path
        .find(|file| file.path == "Cargo.toml")
        .unwrap();
    // A generated crate is a workspace of its own. Here it is a member of another one.
    assert!(manifest.text.ends_with("\n[workspace]\n"));
    manifest.text = manifest
        .text
        .replace("\n[workspace]\n", "\n[lints]\nworkspace = true\n");
    let plan = dub_generator::output::Plan::new(&workspace.join(&name), &files).unwrap();
    plan.apply().unwrap();
    name
}

/// Writes the manifest of the workspace, which turns warnings into errors.
fn write_workspace(workspace: &Path, members: &[String]) {
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n\
         [workspace.lints.rust]\nwarnings = \"deny\"\n"
    );
    std::fs::write(workspace.join("Cargo.toml"), manifest).unwrap();
    // With the lock file of this repository, cargo does not have to resolve or download
    // dependencies.
    std::fs::copy(root().join("Cargo.lock"), workspace.join("Cargo.lock")).unwrap();
}
