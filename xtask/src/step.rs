//! A step of a check: one cargo command, with the tool that it needs.

use crate::cargo::cargo;
use crate::console::print;
use crate::tools;
use dub_generator::terminal;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// A cargo command that must succeed.
pub struct Step {
    pub title: &'static str,
    /// The arguments of the cargo command, separated by spaces.
    arguments: String,
    /// The tool that the step needs, besides Rust and git.
    needs: Option<&'static str>,
    /// The toolchain that runs the command, if it is not the current one.
    toolchain: Option<&'static str>,
    /// An environment variable to set, or to remove if the value is `None`.
    environment: Option<(&'static str, Option<&'static str>)>,
}

impl Step {
    pub fn new(title: &'static str, arguments: impl Into<String>) -> Self {
        Self {
            title,
            arguments: arguments.into(),
            needs: None,
            toolchain: None,
            environment: None,
        }
    }

    pub fn with(mut self, variable: &'static str, value: Option<&'static str>) -> Self {
        self.environment = Some((variable, value));
        self
    }

    /// Runs the step only if a tool is installed: otherwise it is skipped, or fails in a workflow.
    pub fn needs(mut self, tool: &'static str) -> Self {
        self.needs = Some(tool);
        self
    }

    /// Runs the command with another toolchain, which the step needs.
    pub fn toolchain(mut self, name: &'static str) -> Self {
        self.toolchain = Some(name);
        self.needs(name)
    }

    /// Runs the step. The error says how to repeat it.
    pub fn run(&self, root: &Path, quiet: bool) -> Result<(), String> {
        let start = Instant::now();
        let log = |text: &str| {
            if !quiet {
                print(&format!("== {}: {text}\n", self.title));
            }
        };
        if let Some(name) = self.needs
            && let Some(reason) = tools::reason_to_skip(root, name)?
        {
            log(&format!("skipped, {reason}"));
            return Ok(());
        }
        let shown = self.shown();
        log(&shown);
        run_command(self.command(root), quiet)
            .map_err(|error| format!("{error}; to reproduce, run `{shown}`"))?;
        let seconds = start.elapsed().as_secs();
        log(&format!("ok in {seconds} s"));
        Ok(())
    }

    /// Returns the command line for people.
    fn shown(&self) -> String {
        match self.toolchain {
            Some(toolchain) => format!("cargo +{toolchain} {}", self.arguments),
            None => format!("cargo {}", self.arguments),
        }
    }

    fn command(&self, root: &Path) -> Command {
        let mut command = match self.toolchain {
            Some(toolchain) => with_toolchain(toolchain),
            None => Command::new(cargo()),
        };
        command.args(self.arguments.split_ascii_whitespace());
        command.current_dir(root);
        match self.environment {
            Some((variable, Some(value))) => command.env(variable, value),
            Some((variable, None)) => command.env_remove(variable),
            None => &mut command,
        };
        command
    }
}

/// Returns a command that runs the cargo of another toolchain.
pub fn with_toolchain(toolchain: &str) -> Command {
    let mut command = Command::new("rustup");
    command.args(["run", toolchain, "cargo"]);
    // These variables of the current toolchain would override those of the other one.
    command.env_remove("CARGO").env_remove("RUSTC");
    command.env_remove("RUSTDOC");
    command
}

/// Runs steps one after another. Stops at the first one that fails.
pub fn run_all(steps: &[Step], root: &Path, quiet: bool) -> Result<(), String> {
    for step in steps {
        step.run(root, quiet)
            .map_err(|problem| format!("{}: {problem}", step.title))?;
    }
    Ok(())
}

/// Runs a command. With `quiet`, its output is printed only if it fails.
fn run_command(mut command: Command, quiet: bool) -> Result<(), String> {
    let to_string = |error: std::io::Error| error.to_string();
    let success = if quiet {
        let output = command.output().map_err(to_string)?;
        if !output.status.success() {
            terminal::eprint(&String::from_utf8_lossy(&output.stdout));
            terminal::eprint(&String::from_utf8_lossy(&output.stderr));
        }
        output.status.success()
    } else {
        command.status().map_err(to_string)?.success()
    };
    success
        .then_some(())
        .ok_or_else(|| "command failed".to_owned())
}
