//! Tests of `cargo xtask release-check` before and after the first release, and with errors.

use super::repository::{Repository, SPEC};
use super::{CommandResult, command, xtask};

const HEADING: &str = "## [Unreleased]";

/// Inserts the heading of a version below the Unreleased heading of the changelog.
fn release(repository: &Repository, version: &str) {
    let text = repository.read("CHANGELOG.md");
    let new = format!("{HEADING}\n\n## [{version}] - 2026-11-25");
    repository.write("CHANGELOG.md", &text.replacen(HEADING, &new, 1));
}

/// Runs the quick release check. Returns the exit code and the output, with `N` instead of the
/// number of packaged files.
fn run_release_check(repository: &Repository) -> (i32, String) {
    let result = xtask(repository.path(), &["release-check", "--quick"]);
    let without_count = |line: &str| match line.split_once(" files, ") {
        Some((_, rest)) => format!("      ok  package: N files, {rest}\n"),
        None => format!("{line}\n"),
    };
    let out: String = result.out.lines().map(without_count).collect();
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
    step("nothing prepared");
    release(&repository, "0.1.0");
    repository.commit("Release 0.1.0");
    step("changelog entry for the first version");
    repository.tag("v0.1.0");
    step("first version tagged");

    repository.edit(SPEC, "\n        country:\n", "\n        land:\n");
    repository.edit(
        "CHANGELOG.md",
        HEADING,
        "## [Unreleased]\n\n### Changed\n\n- **Breaking:** A renamed field.",
    );
    std::fs::remove_file(repository.path().join("dub-sdk/LICENSE-MIT")).unwrap();
    repository.write("dub-sdk/src/notes.txt", "private notes");
    step("breaking change, missing license and unexpected file");

    repository.write("dub-sdk/LICENSE-MIT", &repository.read("LICENSE-MIT"));
    std::fs::remove_file(repository.path().join("dub-sdk/src/notes.txt")).unwrap();
    repository.edit(
        "dub-sdk/Cargo.toml",
        "version = \"0.1.0\"",
        "version = \"0.2.0\"",
    );
    release(&repository, "0.2.0");
    repository.commit("Release 0.2.0");
    step("all findings fixed");
    // As in the release workflow: the version is still compared with the release before.
    repository.tag("v0.2.0");
    step("second version tagged");
    insta::assert_snapshot!(all);
}

/// Creates a fake cargo. It forwards `package --list` and `metadata` to the real cargo, prints any
/// other subcommand instead of running it, and fails for `failing_command`.
#[cfg(unix)]
pub fn fake_cargo(repository: &Repository, failing_command: &str) -> std::path::PathBuf {
    let script = format!(
        "#!/bin/sh\ncase \"$1 $2\" in\n\"package --list\"|metadata*) exec '{}' \"$@\";;\n*\" --version\") exit 0;;\nesac\n\
         echo \"ran cargo $*\"\ntest \"$1\" != '{failing_command}'\n",
        env!("CARGO")
    );
    super::fake_program(&repository.path().join("target"), "cargo", &script).join("cargo")
}

/// Without `--quick`, the tests, the CI steps and cargo-semver-checks run, too. A failure of one
/// does not hide the results of the others.
#[cfg(unix)]
#[test]
fn runs_every_release_check() {
    let repository = Repository::new("release-all");
    release(&repository, "0.1.0");
    repository.commit("Release 0.1.0");
    repository.tag("v0.1.0");
    let version = |number: &str| format!("version = \"{number}\"");
    repository.edit("dub-sdk/Cargo.toml", &version("0.1.0"), &version("0.1.1"));
    repository.edit("CHANGELOG.md", HEADING, "## [Unreleased]\n\n- A fix.");
    release(&repository, "0.1.1");
    repository.commit("Release 0.1.1");
    let run = |failing_command: &str, arguments: &[&str]| {
        let cargo = fake_cargo(&repository, failing_command);
        let root = repository.path();
        let arguments = [&["release-check"], arguments].concat();
        let mut command = command("xtask", &arguments, root);
        command.arg("--root").arg(root);
        // This cargo may access the network: it lists the dependencies of all platforms, and a
        // build has downloaded only those of the current platform.
        command.env("CARGO", cargo);
        CommandResult::of(command.output().unwrap())
    };
    let fine = run("nothing", &[]);
    assert_eq!((fine.code, fine.err.as_str()), (0, ""), "{}", fine.out);
    for part in [
        "ok  surface: ",
        "ok  tests: ",
        "ok  ci: ",
        "ran cargo clippy",
        "ran cargo doc",
    ] {
        assert!(fine.out.contains(part), "{part}: {}", fine.out);
    }
    assert!(
        fine.out.ends_with("dub-sdk 0.1.1 is ready for release\n"),
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
