//! Tests that run the programs and check their output and exit codes.

mod corpus;
mod fuzz;
mod generator;
mod help;
mod import;
#[cfg(unix)]
mod propose;
#[cfg(unix)]
mod publish;
mod published;
mod regen;
mod release;
mod repository;
mod server;
mod several_files;
mod tools;
mod url;
mod whole_crate;
mod workflows;

use crate::support::root;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

/// Returns the path of a program of this repository. The first call builds the programs.
fn program(name: &str) -> PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let directory = BUILT.get_or_init(|| {
        // target/debug/deps/maintain-0123456789abcdef
        let test = std::env::current_exe().unwrap();
        let profile = test.parent().unwrap().parent().unwrap().to_owned();
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "-q", "--workspace"]);
        cargo.args(["--bin", "dub-generator", "--bin", "xtask"]);
        // With an example, cargo gives the dependencies the same features as `cargo test --workspace`,
        // which has compiled them with these.
        cargo.args(["--example", "list_files"]);
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

/// The exit code and the output of a program.
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

/// Runs the generator in the directory of the fixtures.
fn generator(arguments: &[&str]) -> CommandResult {
    let fixtures = root().join("tests/fixtures");
    CommandResult::of(
        command("dub-generator", arguments, &fixtures)
            .output()
            .unwrap(),
    )
}

/// Runs an `xtask` command in a repository.
fn xtask(repository: &Path, arguments: &[&str]) -> CommandResult {
    let mut command = command("xtask", arguments, repository);
    command.arg("--root").arg(repository);
    command.env("CARGO_NET_OFFLINE", "true");
    CommandResult::of(command.output().unwrap())
}

/// Creates a program in the subdirectory `programs` of a directory. Returns the subdirectory.
#[cfg(unix)]
fn fake_program(directory: &Path, name: &str, script: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let programs = directory.join("programs");
    std::fs::create_dir_all(&programs).unwrap();
    let path = programs.join(name);
    std::fs::write(&path, script).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    programs
}

/// Runs a command with a closed stdout pipe, as `| head -0` does.
fn run_with_closed_stdout(mut command: Command) -> CommandResult {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    CommandResult::of(child.wait_with_output().unwrap())
}

/// A temporary directory for a test. It is removed when it is dropped.
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
