//! `cargo xtask release-check`: what it finds before a first release, after it, and when something is amiss.

use super::repository::{Repository, SPEC};
use super::xtask;

const HEADING: &str = "## [Unreleased]";

/// Heads what is under Unreleased with a version.
fn release(repository: &Repository, version: &str) {
    let text = repository.read("CHANGELOG.md");
    let new = format!("{HEADING}\n\n## [{version}] - 2026-11-25");
    repository.write("CHANGELOG.md", &text.replacen(HEADING, &new, 1));
}

/// What it says, with the number of files that a package happens to have left out.
fn said(repository: &Repository) -> (i32, String) {
    let ended = xtask(repository.path(), &["release-check", "--quick"]);
    let files = |line: &str| match line.split_once(" files, ") {
        Some((_, rest)) => format!("      ok  package: N files, {rest}\n"),
        None => format!("{line}\n"),
    };
    let out: String = ended.out.lines().map(files).collect();
    assert_eq!(ended.err, "");
    (ended.code, out)
}

#[test]
fn the_first_release_and_the_one_after() {
    let repository = Repository::new("release");
    let mut all = String::new();
    let mut step = |title: &str| {
        let (code, out) = said(&repository);
        all += &format!("== {title}\n{out}exit code {code}\n\n");
    };
    step("nothing has been done");
    release(&repository, "0.1.0");
    repository.commit("Release 0.1.0");
    step("the changelog tells of the first version");
    repository.tag("v0.1.0");
    step("it is tagged");

    repository.edit(SPEC, "\n        country:\n", "\n        land:\n");
    repository.edit(
        "CHANGELOG.md",
        HEADING,
        "## [Unreleased]\n\n### Changed\n\n- **Breaking:** Another field.",
    );
    std::fs::remove_file(repository.path().join("dub-sdk/LICENSE-MIT")).unwrap();
    repository.write("dub-sdk/src/notes.txt", "not for everybody");
    step("the document breaks something, and more is amiss");

    repository.write("dub-sdk/LICENSE-MIT", &repository.read("LICENSE-MIT"));
    std::fs::remove_file(repository.path().join("dub-sdk/src/notes.txt")).unwrap();
    repository.edit(
        "dub-sdk/Cargo.toml",
        "version = \"0.1.0\"",
        "version = \"0.2.0\"",
    );
    release(&repository, "0.2.0");
    repository.commit("Release 0.2.0");
    step("all of it is mended");
    insta::assert_snapshot!(all);
}
