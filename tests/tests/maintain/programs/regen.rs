//! Tests of `cargo xtask regen`, `diff` and `judge` in a temporary repository, after a change to
//! the document.

use super::repository::{Repository, SPEC};
use super::{command, run_with_closed_stdout, xtask};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Adds a field and an enum value to the document, as Dub might do.
fn add_field_and_enum_value(repository: &Repository) {
    repository.edit(
        SPEC,
        "\n        country:\n",
        "\n        phone:\n          type: string\n          nullable: true\n          description: The customer's phone number.\n        country:\n",
    );
    repository.edit(
        SPEC,
        "              - saleAmount\n",
        "              - saleAmount\n              - lastSeenAt\n",
    );
}

/// Returns the contents of all files below a directory, except `.git`.
fn contents(directory: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with(".git") {
                found.extend(contents(&path));
            }
        } else {
            found.insert(
                path.display().to_string(),
                fs::read(&path).unwrap_or_default(),
            );
        }
    }
    found
}

#[test]
fn regen_writes_code_and_changelog_once() {
    let repository = Repository::new("regen");
    let clean = xtask(repository.path(), &["regen", "--check"]);
    assert_eq!((clean.code, clean.err.as_str()), (0, ""), "{}", clean.out);

    add_field_and_enum_value(&repository);
    let check = xtask(repository.path(), &["regen", "--check"]);
    assert_eq!(check.code, 1);
    assert!(
        check.out.contains("+    pub phone: Option<String>,"),
        "{}",
        check.out
    );
    assert!(
        check.err.contains("run `cargo xtask regen`"),
        "{}",
        check.err
    );
    assert_eq!(repository.changed(), [SPEC]);

    let before = repository.read("CHANGELOG.md");
    let run = xtask(repository.path(), &["regen", "--changelog"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let seconds = run.out.rfind(" in ").unwrap();
    insta::assert_snapshot!("regen_output", &run.out[..seconds]);
    let after = repository.read("CHANGELOG.md");
    let new: Vec<_> = after
        .lines()
        .filter(|line| !before.lines().any(|old| old == *line))
        .collect();
    insta::assert_snapshot!("changelog_entries", new.join("\n"));
    assert!(repository.changed().contains(&"CHANGELOG.md".to_owned()));

    let again = xtask(repository.path(), &["regen", "--changelog"]);
    assert!(
        again.out.contains("CHANGELOG.md is up to date"),
        "{}",
        again.out
    );
    assert_eq!(repository.read("CHANGELOG.md"), after);
    assert_eq!(xtask(repository.path(), &["regen", "--check"]).code, 0);
}

#[test]
fn failed_regen_changes_no_files() {
    let repository = Repository::new("regen-fails");
    add_field_and_enum_value(&repository);
    repository.edit(SPEC, "      operationId:", "      operationID:");
    let before = contents(repository.path());
    let rejected = xtask(repository.path(), &["regen", "--changelog"]);
    assert_eq!((rejected.code, rejected.out.as_str()), (2, ""));
    assert!(
        rejected.err.contains("did you mean `operationId`?"),
        "{}",
        rejected.err
    );
    assert_eq!(contents(repository.path()), before);

    repository.edit(SPEC, "      operationID:", "      operationId:");
    fs::rename(
        repository.path().join("CHANGELOG.md"),
        repository.path().join("NEWS.md"),
    )
    .unwrap();
    let before = contents(repository.path());
    let missing_changelog = xtask(repository.path(), &["regen", "--changelog"]);
    assert_eq!(missing_changelog.code, 2);
    assert!(
        missing_changelog.err.contains("error: CHANGELOG.md: "),
        "{}",
        missing_changelog.err
    );
    assert_eq!(contents(repository.path()), before);

    // The crate cannot be written, so the changelog must not change either.
    fs::rename(
        repository.path().join("NEWS.md"),
        repository.path().join("CHANGELOG.md"),
    )
    .unwrap();
    let models = repository.path().join("dub-sdk/src/generated/models.rs");
    fs::remove_file(&models).unwrap();
    fs::create_dir_all(models.join("in the way")).unwrap();
    let before = contents(repository.path());
    let failed = xtask(repository.path(), &["regen", "--changelog"]);
    assert_eq!(failed.code, 2, "{}", failed.out);
    assert_eq!(contents(repository.path()), before);
}

#[test]
fn diff_exit_code_reflects_severity() {
    let repository = Repository::new("diff");
    let code = |arguments: &[&str]| {
        let result = xtask(repository.path(), &[&["diff"], arguments].concat());
        assert_eq!(result.code == 3, !result.err.is_empty(), "{}", result.err);
        result.code
    };
    assert_eq!(code(&[]), 0);
    add_field_and_enum_value(&repository);
    assert_eq!(code(&["--format", "markdown"]), 1);
    repository.edit(SPEC, "              - firstSaleAt\n", "");
    let description = "              firstSaleAt: The time of the customer's first sale.\n";
    repository.edit(SPEC, description, "");
    assert_eq!(code(&["--quiet"]), 2);
    assert_eq!(code(&["--base", "unknown"]), 3);
    assert_eq!(code(&["--frobnicate"]), 3);
    repository.write(SPEC, "openapi: 3.1.0\n");
    assert_eq!(code(&[]), 3);
    assert_eq!(xtask(repository.path(), &["frobnicate"]).code, 2);
}

#[test]
fn quiet_flag_suppresses_output() {
    let repository = Repository::new("quiet");
    add_field_and_enum_value(&repository);
    let quiet = |arguments: &[&str], code: i32| {
        let result = xtask(repository.path(), arguments);
        assert_eq!(
            (result.code, result.out.as_str()),
            (code, ""),
            "{arguments:?} {}",
            result.err
        );
    };
    quiet(&["diff", "-q"], 1);
    quiet(&["-q", "regen", "--check"], 1);
    quiet(&["regen", "--quiet"], 0);
    quiet(&["regen", "--check", "-q"], 0);
}

#[test]
fn closed_stdout_is_not_an_error() {
    let repository = Repository::new("run_with_closed_stdout");
    add_field_and_enum_value(&repository);
    let root = repository.path().to_str().unwrap();
    for (arguments, code) in [
        (&["regen", "--check"][..], 1),
        (&["diff"], 1),
        (&["regen"], 0),
        (&["release-check", "--quick"], 1),
        (&["--help"], 0),
    ] {
        let arguments = [arguments, &["--root", root]].concat();
        let result = run_with_closed_stdout(command("xtask", &arguments, repository.path()));
        assert!(
            !result.err.contains("panicked"),
            "{arguments:?} {}",
            result.err
        );
        assert_eq!(result.code, code, "{arguments:?} {}", result.err);
    }
}

/// The error names `cargo xtask explain`, which needs no installation.
#[test]
fn a_rejected_document_changes_nothing_and_names_the_explanation() {
    let repository = Repository::new("rejected");
    repository.edit(SPEC, "schemas/CustomerSchema'", "schemas/CustomerShema'");
    let before = contents(repository.path());
    let rejected = xtask(repository.path(), &["regen"]);
    assert_eq!((rejected.code, rejected.out.as_str()), (2, ""));
    let parts = [
        "error[E006]: unresolved reference `#/components/schemas/CustomerShema`",
        "help: did you mean `#/components/schemas/CustomerSchema`?",
        "run `cargo xtask explain E006`",
    ];
    for part in parts {
        assert!(rejected.err.contains(part), "{}", rejected.err);
    }
    assert_eq!(contents(repository.path()), before);

    let explained = xtask(repository.path(), &["explain", "E006"]);
    assert_eq!(explained.code, 0);
    assert!(explained.out.starts_with("E006: "), "{}", explained.out);
    assert_eq!(xtask(repository.path(), &["explain", "E999"]).code, 2);
}

#[test]
fn judge_fails_without_revisions() {
    let repository = Repository::new("judge");
    let result = xtask(repository.path(), &["judge", "spec"]);
    let installed = !result.err.contains("cargo install cargo-semver-checks");
    assert_eq!(result.code, 2, "{}", result.err);
    assert!(
        !installed || result.err.contains("error: "),
        "{}",
        result.err
    );
}
