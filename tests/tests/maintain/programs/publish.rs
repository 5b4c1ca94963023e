//! Tests of `cargo xtask publish`: nothing is published without the tag of the version.

use super::release::fake_cargo;
use super::repository::Repository;
use super::{CommandResult, command};

/// Runs the command with a cargo that prints its subcommand instead of publishing. `workflow` is the
/// tag or branch of the workflow.
fn publish(repository: &Repository, arguments: &[&str], workflow: Option<&str>) -> CommandResult {
    let root = repository.path();
    let mut command = command("xtask", &[&["publish"], arguments].concat(), root);
    command.arg("--root").arg(root);
    command.env("CARGO", fake_cargo(repository, "nothing"));
    command.env_remove("GITHUB_REF_NAME");
    if let Some(name) = workflow {
        command.env("GITHUB_REF_NAME", name);
    }
    CommandResult::of(command.output().unwrap())
}

#[test]
fn publishes_only_the_tagged_version() {
    let repository = Repository::new("publish");
    let untagged = publish(&repository, &[], None);
    assert_eq!((untagged.code, untagged.out.as_str()), (1, ""));
    let message =
        "the current commit has no tag `v0.1.0`, which the version in dub-sdk/Cargo.toml requires";
    assert_eq!(untagged.err, format!("error: {message}\n"));

    let dry = publish(&repository, &["--dry-run"], None);
    assert_eq!((dry.code, dry.err.as_str()), (0, ""));
    assert!(dry.out.contains(message), "{}", dry.out);
    assert!(
        dry.out
            .contains("ran cargo publish --package dub-sdk --dry-run\n")
    );

    repository.tag("v0.2.0");
    assert_eq!(publish(&repository, &[], Some("v0.2.0")).code, 1);

    repository.tag("v0.1.0");
    let other = publish(&repository, &[], Some("v0.2.0"));
    assert_eq!((other.code, other.out.as_str()), (1, ""));
    assert_eq!(
        other.err,
        "error: this workflow runs for `v0.2.0`, not for `v0.1.0`\n"
    );
    for workflow in [None, Some("v0.1.0")] {
        let tagged = publish(&repository, &[], workflow);
        assert_eq!((tagged.code, tagged.err.as_str()), (0, ""));
        assert_eq!(tagged.out, "ran cargo publish --package dub-sdk\n");
    }

    repository.write("CHANGELOG.md", "# Changelog\n");
    repository.commit("Change something after the release");
    assert_eq!(publish(&repository, &[], None).code, 1);
}
