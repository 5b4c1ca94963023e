//! Tests of `cargo xtask propose-import`, with a server on loopback, a bare repository as `origin` and
//! a program that stands in for `gh`.

use super::published::{repository, with_phone};
use super::repository::Repository;
use super::server::has_curl;
use super::{CommandResult, command, fake_program};
use std::process::Command;

/// Keeps its arguments. `pr view` succeeds once a pull request was created.
const GH: &str = "#!/bin/sh
here=$(dirname \"$0\")
echo \"gh $*\" >>\"$here/log\"
case $2 in
view) test -e \"$here/open\" && echo '{\"state\":\"OPEN\"}' ;;
create) touch \"$here/open\" ;;
esac
";

fn git(repository: &Repository, arguments: &[&str]) -> String {
    let mut git = Command::new("git");
    let output = git.args(arguments).current_dir(repository.path()).output();
    String::from_utf8(output.unwrap().stdout).unwrap()
}

fn propose(repository: &Repository, arguments: &[&str]) -> CommandResult {
    let root = repository.path();
    let programs = fake_program(&root.join("target"), "gh", GH);
    let path = std::env::var_os("PATH").unwrap();
    let paths = std::iter::once(programs).chain(std::env::split_paths(&path));
    let arguments = [&["propose-import"], arguments].concat();
    let mut command = command("xtask", &arguments, root);
    command.arg("--root").arg(root);
    command.env("PATH", std::env::join_paths(paths).unwrap());
    CommandResult::of(command.output().unwrap())
}

/// Returns what `gh` was called with since the last call.
fn take_log(repository: &Repository) -> String {
    let path = repository.path().join("target/programs/log");
    let log = std::fs::read_to_string(&path).unwrap_or_default();
    let _ = std::fs::remove_file(path);
    log
}

#[test]
fn changed_document_becomes_one_pull_request() {
    if !has_curl() {
        return;
    }
    let (repository, server) = repository("propose");
    git(&repository, &["init", "-q", "--bare", "target/origin"]);
    git(&repository, &["remote", "add", "origin", "target/origin"]);
    git(&repository, &["config", "user.email", "ada@example.com"]);
    git(&repository, &["config", "user.name", "Ada"]);
    let main = git(&repository, &["branch", "--show-current"]);
    let dry = propose(&repository, &["--dry-run"]);
    assert_eq!((dry.code, dry.err.as_str()), (0, ""));
    assert!(dry.out.contains("First import"), "{}", dry.out);
    repository.commit("import");

    // Nothing has changed.
    let same = propose(&repository, &[]);
    assert_eq!((same.code, same.err.as_str()), (0, ""));
    assert_eq!(same.out, "nothing to import\n");

    server.publish("/dub.yaml", &with_phone(&repository));
    let dry = propose(&repository, &["--dry-run"]);
    assert_eq!((dry.code, dry.err.as_str()), (0, ""));
    assert!(
        dry.out.contains("- added field `Customer::phone`"),
        "{}",
        dry.out
    );
    assert_eq!(take_log(&repository), "");

    // Changes of somebody else do not become part of the pull request.
    let dirty = propose(&repository, &[]);
    assert_eq!(dirty.code, 1);
    assert!(dirty.err.contains("uncommitted changes"), "{}", dirty.err);
    git(&repository, &["checkout", "-q", "."]);

    let first = propose(&repository, &[]);
    assert_eq!((first.code, first.err.as_str()), (0, ""));
    let log = take_log(&repository);
    assert!(
        log.contains("gh pr create --head import-document "),
        "{log}"
    );
    assert!(log.contains("- added field `Customer::phone`"), "{log}");
    let pushed = git(
        &repository,
        &[
            "show",
            "--format=%s",
            "--name-only",
            "origin/import-document",
        ],
    );
    assert_eq!(
        pushed,
        "Import Dub's published document\n\nspec/SOURCE.etag\nspec/SOURCE.toml\nspec/dub.yaml\n"
    );

    // A week later, the pull request is still open.
    git(&repository, &["checkout", "-q", main.trim()]);
    let second = propose(&repository, &[]);
    assert_eq!((second.code, second.err.as_str()), (0, ""));
    let log = take_log(&repository);
    assert!(log.contains("gh pr edit import-document --body "), "{log}");
    assert!(!log.contains("create"), "{log}");
}
