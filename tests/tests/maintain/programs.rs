//! The programs themselves: what they print, where, and how they end.

mod generator;
mod help;
mod import;
mod regen;
mod release;
mod repository;

use crate::support::root;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

/// A program of this repository, built as it stands.
fn program(name: &str) -> PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let directory = BUILT.get_or_init(|| {
        // target/debug/deps/maintain-0123456789abcdef
        let test = std::env::current_exe().unwrap();
        let profile = test.parent().unwrap().parent().unwrap().to_owned();
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "-q", "-p", "dub-generator", "-p", "xtask"]);
        cargo.arg("--target-dir").arg(profile.parent().unwrap());
        if profile.ends_with("release") {
            cargo.arg("--release");
        }
        assert!(cargo.current_dir(root()).status().unwrap().success());
        profile
    });
    directory.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

fn command(name: &str, arguments: &[&str], directory: &Path) -> Command {
    let mut command = Command::new(program(name));
    command.args(arguments).current_dir(directory);
    for variable in ["NO_COLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    command
}

/// What a program said and how it result.
struct CommandResult {
    code: i32,
    out: String,
    err: String,
}

impl CommandResult {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Runs the generator among the fixtures.
fn generator(arguments: &[&str]) -> CommandResult {
    let fixtures = root().join("tests/fixtures");
    CommandResult::of(
        command("dub-generator", arguments, &fixtures)
            .output()
            .unwrap(),
    )
}

/// Runs a maintainers' command in a repository.
fn xtask(repository: &Path, arguments: &[&str]) -> CommandResult {
    let mut command = command("xtask", arguments, repository);
    command.arg("--root").arg(repository);
    command.env("CARGO_NET_OFFLINE", "true");
    CommandResult::of(command.output().unwrap())
}

/// Runs a command whose reader has gone before the first line, as `| head -0` does.
fn run_with_closed_stdout(mut command: Command) -> CommandResult {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    CommandResult::of(child.wait_with_output().unwrap())
}

/// A folder of its own for a test, which is gone when the test is.
struct TempDir(PathBuf);

impl TempDir {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("dub-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn join(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }
}

impl Drop for TempDir {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
