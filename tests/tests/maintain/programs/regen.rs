//! `cargo xtask regen` and `diff` in a repository of their own, after a change of the document.

use super::repository::{Repository, SPEC};
use super::{command, unheard, xtask};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A field and a value that Dub might add.
fn add(repository: &Repository) {
    repository.edit(
        SPEC,
        "\n        country:\n",
        "\n        phone:\n          type: string\n          nullable: true\n          description: The customer's telephone number.\n        country:\n",
    );
    repository.edit(
        SPEC,
        "              - saleAmount\n",
        "              - saleAmount\n              - lastSeenAt\n",
    );
}

/// Every file and what it holds.
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
fn a_change_is_checked_written_and_told_once() {
    let repository = Repository::new("regen");
    let clean = xtask(repository.path(), &["regen", "--check"]);
    assert_eq!((clean.code, clean.err.as_str()), (0, ""), "{}", clean.out);

    add(&repository);
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
    insta::assert_snapshot!("what_regen_says", &run.out[..seconds]);
    let after = repository.read("CHANGELOG.md");
    let new: Vec<_> = after
        .lines()
        .filter(|line| !before.lines().any(|old| old == *line))
        .collect();
    insta::assert_snapshot!("what_the_changelog_says", new.join("\n"));
    assert!(repository.changed().contains(&"CHANGELOG.md".to_owned()));

    let again = xtask(repository.path(), &["regen", "--changelog"]);
    assert!(
        again.out.contains("CHANGELOG.md has it all already"),
        "{}",
        again.out
    );
    assert_eq!(repository.read("CHANGELOG.md"), after);
    assert_eq!(xtask(repository.path(), &["regen", "--check"]).code, 0);
}

#[test]
fn a_run_that_fails_changes_nothing() {
    let repository = Repository::new("regen-fails");
    add(&repository);
    repository.edit(SPEC, "      operationId:", "      operationID:");
    let before = contents(repository.path());
    let refused = xtask(repository.path(), &["regen", "--changelog"]);
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    assert!(
        refused.err.contains("did you mean `operationId`?"),
        "{}",
        refused.err
    );
    assert_eq!(contents(repository.path()), before);

    repository.edit(SPEC, "      operationID:", "      operationId:");
    fs::rename(
        repository.path().join("CHANGELOG.md"),
        repository.path().join("NEWS.md"),
    )
    .unwrap();
    let before = contents(repository.path());
    let lacking = xtask(repository.path(), &["regen", "--changelog"]);
    assert_eq!(lacking.code, 2);
    assert!(
        lacking.err.contains("error: CHANGELOG.md: "),
        "{}",
        lacking.err
    );
    assert_eq!(contents(repository.path()), before);

    // The crate cannot be written: the changelog must not tell of what did not happen.
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
fn diff_says_by_its_exit_code_how_grave_it_is() {
    let repository = Repository::new("diff");
    let code = |arguments: &[&str]| {
        let ended = xtask(repository.path(), &[&["diff"], arguments].concat());
        assert_eq!(ended.code == 3, !ended.err.is_empty(), "{}", ended.err);
        ended.code
    };
    assert_eq!(code(&[]), 0);
    add(&repository);
    assert_eq!(code(&["--format", "markdown"]), 1);
    repository.edit(SPEC, "              - firstSaleAt\n", "");
    assert_eq!(code(&["--quiet"]), 2);
    assert_eq!(code(&["--base", "nowhere"]), 3);
    assert_eq!(code(&["--frobnicate"]), 3);
    repository.write(SPEC, "openapi: 3.1.0\n");
    assert_eq!(code(&[]), 3);
    assert_eq!(xtask(repository.path(), &["frobnicate"]).code, 2);
}

#[test]
fn quiet_commands_say_nothing() {
    let repository = Repository::new("quiet");
    add(&repository);
    let quiet = |arguments: &[&str], code: i32| {
        let ended = xtask(repository.path(), arguments);
        assert_eq!(
            (ended.code, ended.out.as_str()),
            (code, ""),
            "{arguments:?} {}",
            ended.err
        );
    };
    quiet(&["diff", "-q"], 1);
    quiet(&["-q", "regen", "--check"], 1);
    quiet(&["regen", "--quiet"], 0);
    quiet(&["regen", "--check", "-q"], 0);
}

#[test]
fn a_reader_that_has_gone_is_no_failure() {
    let repository = Repository::new("unheard");
    add(&repository);
    let root = repository.path().to_str().unwrap();
    for (arguments, code) in [
        (&["regen", "--check"][..], 1),
        (&["diff"], 1),
        (&["regen"], 0),
        (&["release-check", "--quick"], 1),
        (&["--help"], 0),
    ] {
        let arguments = [arguments, &["--root", root]].concat();
        let ended = unheard(command("xtask", &arguments, repository.path()));
        assert!(
            !ended.err.contains("panicked"),
            "{arguments:?} {}",
            ended.err
        );
        assert_eq!(ended.code, code, "{arguments:?} {}", ended.err);
    }
}

#[test]
fn a_judge_that_has_nothing_to_judge_says_so() {
    let repository = Repository::new("judge");
    let ended = xtask(repository.path(), &["judge", "spec"]);
    let installed = !ended.err.contains("cargo install cargo-semver-checks");
    assert_eq!(ended.code, 2, "{}", ended.err);
    assert!(!installed || ended.err.contains("error: "), "{}", ended.err);
}
