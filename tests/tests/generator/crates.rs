//! The crates of all fixtures: they compile, and the requests that they send are right.
//!
//! A program `tests/generated/NAME.rs` tests the crate of `tests/fixtures/accepted/NAME.yaml`. It is
//! a module of one test program, which is compiled with the crates.

use crate::support::{root, sorted_files};
use dub_generator::{Config, GeneratedFile, Unsupported};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The package of the test program. No fixture has this name.
const PROGRAM: &str = "test_generated_crates";

/// The fixtures whose examples in the docs are compiled: those with streams, and with values of which
/// the example shows optional fields.
const DOCUMENTED: [&str; 5] = [
    "bodies_form_by_encoding",
    "bodies_of_any_media_type",
    "docs_examples_with_needed_options",
    "responses_of_several_media_types",
    "responses_of_streams",
];

/// The fixtures whose first program is compiled: for several credentials, for none and without a
/// server.
const EXAMPLES: [&str; 3] = ["security_schemes", "security_optional", "servers_relative"];

/// Generates a crate from every fixture and checks that all of them compile without warnings, with
/// the `blocking` feature and without TLS. Then runs the tests of the crates whose bytes on the wire
/// matter, and compiles the examples in the docs of some crates and the programs of their READMEs.
/// The crates are members of one workspace, so cargo runs once for each step and compiles them in
/// parallel.
#[test]
fn generated_crates_compile_and_send_documented_requests() {
    let directories = ["tests/fixtures/accepted", "tests/fixtures/large"];
    let fixtures: Vec<_> = directories
        .iter()
        .flat_map(|directory| sorted_files(&root().join(directory)))
        .collect();
    let workspace = target().join("fixtures");
    let mut names: Vec<String> = fixtures
        .iter()
        .map(|fixture| write_crate(fixture, &workspace))
        .collect();
    let compiled = write_program(&workspace);
    names.push(PROGRAM.to_owned());
    write_workspace(&workspace, &names);
    // The others are compiled below.
    let mut check = vec!["check", "--quiet", "--workspace", "--keep-going"];
    let is_compiled = |name: &&String| {
        name.as_str() == PROGRAM || compiled.contains(name) || EXAMPLES.contains(&name.as_str())
    };
    let excluded = names.iter().filter(is_compiled);
    check.extend(excluded.flat_map(|name| ["--exclude", name]));
    let features = ["--no-default-features", "--features", "blocking"];
    let (passed, output) = cargo(&workspace, &[&check[..], &features[..]].concat());
    let is_failed = |name: &&String| output.contains(&format!("could not compile `{name}`"));
    let failed: Vec<_> = names.iter().filter(is_failed).collect();
    assert!(passed, "failed fixtures: {failed:?}\n{output}");
    let examples = EXAMPLES.map(|name| ["--package", name]).concat();
    let check = [&["check", "--quiet", "--examples"], &examples[..]].concat();
    let (passed, output) = cargo(&workspace, &[&check[..], &features[..]].concat());
    assert!(passed, "{output}");
    // The runtime's unit tests, also of the parts that `dub-sdk` does not have, run in one crate.
    let tested = "scalar_formats";
    let mut test = vec!["test", "--quiet", "--package", PROGRAM, "--package", tested];
    let features = ["jiff", "chrono", "time", "uuid", "rust_decimal"];
    let features = features.map(|feature| format!("{tested}/{feature}"));
    let features = ["blocking".to_owned(), features.join(",")].join(",");
    test.extend(["--no-default-features", "--features", &features]);
    let (passed, output) = cargo(&workspace, &test);
    assert!(passed, "{output}");
    let mut test = vec!["test", "--quiet", "--doc", "--no-default-features"];
    test.extend(["--features", "blocking"]);
    test.extend(DOCUMENTED.iter().flat_map(|name| ["--package", name]));
    let (passed, output) = cargo(&workspace, &test);
    assert!(passed, "{output}");
}

/// Runs cargo in the workspace. Returns whether it succeeded, and what it printed. It has the target
/// directory and the profile of `cargo xtask corpus`, so that dependencies are compiled once for both.
pub fn cargo(workspace: &Path, arguments: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", target().join("corpus/target"))
        // A crate is compiled once for each of its versions: nothing is compiled incrementally.
        .env("CARGO_INCREMENTAL", "0")
        // A failed test names its line without debug information, too.
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .output()
        .unwrap();
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text += &String::from_utf8_lossy(&output.stderr);
    (output.status.success(), text)
}

/// Returns the target directory of this build.
pub fn target() -> PathBuf {
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
        files: None,
        overlay: None,
        tags: &[],
        crate_name: &name,
        command: "cargo xtask regen",
        unsupported: Unsupported::Reject,
        names: None,
    };
    let files = dub_generator::generate_crate(&config).unwrap().files;
    write_member(files, &workspace.join(&name));
    name
}

/// Writes a generated crate as a member of a workspace.
pub fn write_member(mut files: Vec<GeneratedFile>, directory: &Path) {
    let mut files_by_path = files.iter_mut();
    let manifest = files_by_path
        .find(|file| file.path == "Cargo.toml")
        .unwrap();
    // A generated crate is a workspace of its own. Here it is a member of another one.
    assert!(manifest.text.ends_with("\n[workspace]\n"));
    manifest.text = manifest
        .text
        .replace("\n[workspace]\n", "\n[lints]\nworkspace = true\n");
    let plan = dub_generator::output::Plan::new(directory, &files).unwrap();
    plan.apply().unwrap();
}

/// Writes the package of the test program, with a module for each file of `tests/generated`. Returns
/// the names of the crates that it tests.
fn write_program(workspace: &Path) -> Vec<String> {
    let directory = root().join("tests/generated");
    let mut manifest = format!(
        "[package]\nname = \"{PROGRAM}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [lib]\npath = \"lib.rs\"\ntest = true\ndoctest = false\n\n\
         [features]\nblocking = []\n\n[dependencies]\nserde_json = \"1\"\n"
    );
    let mut tested = Vec::new();
    let mut program = "#![cfg(test)]\n#![allow(dead_code)]\n".to_owned();
    for file in sorted_files(&directory) {
        let module = file.file_stem().unwrap().to_string_lossy().into_owned();
        program += &format!("#[path = {file:?}]\nmod {module};\n");
        if module != "server" {
            let crate_manifest = workspace.join(&module).join("Cargo.toml");
            let crate_manifest = std::fs::read_to_string(crate_manifest).unwrap();
            let features = match crate_manifest.contains("\nwebhooks = []") {
                true => r#""blocking", "webhooks""#,
                false => r#""blocking""#,
            };
            manifest += &format!(
                "{module} = {{ path = \"../{module}\", default-features = false, \
                 features = [{features}] }}\n"
            );
            tested.push(module);
        }
    }
    let package = workspace.join(PROGRAM);
    std::fs::create_dir_all(&package).unwrap();
    write_if_changed(&package.join("Cargo.toml"), &manifest);
    write_if_changed(&package.join("lib.rs"), &program);
    tested
}

/// Writes a file unless it already has this text, so that cargo compiles only what changed.
fn write_if_changed(path: &Path, text: &str) {
    if std::fs::read_to_string(path).is_ok_and(|current| current == text) {
        return;
    }
    std::fs::write(path, text).unwrap();
}

/// Writes the manifest of the workspace, which turns warnings into errors.
pub fn write_workspace(workspace: &Path, members: &[String]) {
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n\
         [workspace.lints.rust]\nwarnings = \"deny\"\n"
    );
    std::fs::create_dir_all(workspace).unwrap();
    std::fs::write(workspace.join("Cargo.toml"), manifest).unwrap();
    // With the lock file of this repository, cargo does not have to resolve or download
    // dependencies.
    std::fs::copy(root().join("Cargo.lock"), workspace.join("Cargo.lock")).unwrap();
}
