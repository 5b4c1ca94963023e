//! `cargo xtask release-check`: what it finds before a first release, after it, and when something is amiss.

use super::repository::{Repository, SPEC};
use super::{CommandResult, command, xtask};

const HEADING: &str = "## [Unreleased]";

/// Heads what is under Unreleased with a version.
fn release(repository: &Repository, version: &str) {
    let text = repository.read("CHANGELOG.md");
    let new = format!("{HEADING}\n\n## [{version}] - 2026-11-25");
    repository.write("CHANGELOG.md", &text.replacen(HEADING, &new, 1));
}

/// What it says, with the number of files that a package happens to have left out.
fn run_release_check(repository: &Repository) -> (i32, String) {
    let result = xtask(repository.path(), &["release-check", "--quick"]);
    let files = |line: &str| match line.split_once(" files, ") {
        Some((_, rest)) => format!("      ok  package: N files, {rest}\n"),
        None => format!("{line}\n"),
    };
    let out: String = result.out.lines().map(files).collect();
    assert_eq!(result.err, "");
    (result.code, out)
}

#[test]
fn checks_first_and_second_release() {
    let repository = Repository::new("release");
    let mut all = String::new();
    let mut step = |title: &str| {
        let (code, out) = run_release_check(&repository);
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

/// A cargo that lists and knows what the real one does, and says of all else what it was asked.
#[cfg(unix)]
fn fake_cargo(repository: &Repository, failing_command: &str) -> std::path::PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let path = repository.path().join("target/cargo");
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let script = format!(
        "#!/bin/sh\ncase \"$1 $2\" in\n\"package --list\"|metadata*) exec '{}' \"$@\";;\nesac\n\
         echo \"asked to $1\"\ntest \"$1\" != '{failing_command}'\n",
        env!("CARGO")
    );
    std::fs::write(&path, script).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}

/// The tests, what CI runs besides, and the other judge are asked too, and none hides what the others find.
#[cfg(unix)]
#[test]
fn runs_every_release_check() {
    let repository = Repository::new("release-all");
    release(&repository, "0.1.0");
    repository.commit("Release 0.1.0");
    repository.tag("v0.1.0");
    let run = |failing_command: &str, arguments: &[&str]| {
        let cargo = fake_cargo(&repository, failing_command);
        let root = repository.path();
        let arguments = [&["release-check"], arguments].concat();
        let mut command = command("xtask", &arguments, root);
        command.arg("--root").arg(root);
        // cargo may fetch: it lists the crates for all platforms, and a build has fetched those for its own.
        command.env("CARGO", cargo);
        CommandResult::of(command.output().unwrap())
    };
    let fine = run("nothing", &[]);
    assert_eq!((fine.code, fine.err.as_str()), (0, ""), "{}", fine.out);
    for part in [
        "ok  surface: ",
        "ok  tests: ",
        "ok  ci: ",
        "asked to clippy",
        "asked to doc",
    ] {
        assert!(fine.out.contains(part), "{part}: {}", fine.out);
    }
    assert!(
        fine.out.ends_with("dub-sdk 0.1.0 is ready for release\n"),
        "{}",
        fine.out
    );

    let failing = run("test", &[]);
    assert_eq!(failing.code, 1);
    assert!(
        failing
            .out
            .contains("finding  tests: command failed; to reproduce, run `cargo test --workspace`")
    );
    assert!(failing.out.contains("  ci: "), "{}", failing.out);

    let quiet = run("semver-checks", &["-q"]);
    assert_eq!((quiet.code, quiet.err.as_str()), (1, ""));
    assert!(
        quiet
            .out
            .starts_with(" finding  surface: cargo-semver-checks failed:"),
        "{}",
        quiet.out
    );
    assert_eq!(quiet.out.matches(" finding  ").count(), 1, "{}", quiet.out);
}
