//! The generators: where their programs are, and the command lines with which they make a crate.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The work of a generator: a document, and the crate to make.
pub struct Task<'a> {
    pub document: &'a Path,
    pub directory: &'a Path,
    pub crate_name: &'a str,
}

/// A generator of Rust crates.
struct Kind {
    name: &'static str,
    /// The name of its program.
    program: &'static str,
    /// True if it does not read OpenAPI 3.0.
    needs_3_1: bool,
    /// The command line. `DOCUMENT`, `DIRECTORY` and `NAME` stand for those of the task.
    arguments: &'static [&'static str],
}

/// Our generator, with which the others are compared, comes first.
const KINDS: [Kind; 5] = [
    Kind {
        name: "dub-generator",
        program: "dub-generator",
        needs_3_1: false,
        arguments: &[
            "generate",
            "--quiet",
            "--allow-unsupported",
            "--spec",
            "DOCUMENT",
            "--crate-dir",
            "DIRECTORY",
            "--crate-name",
            "NAME",
        ],
    },
    Kind {
        name: "oas3-gen",
        program: "oas3-gen",
        needs_3_1: true,
        arguments: &[
            "generate",
            "client-mod",
            "-i",
            "DOCUMENT",
            "-o",
            "DIRECTORY",
            "--workspace",
        ],
    },
    Kind {
        name: "openapi-to-rust",
        program: "openapi-to-rust",
        needs_3_1: false,
        arguments: &["generate", "DOCUMENT"],
    },
    Kind {
        name: "progenitor",
        program: "cargo-progenitor",
        needs_3_1: false,
        arguments: &[
            "progenitor",
            "-i",
            "DOCUMENT",
            "-o",
            "DIRECTORY",
            "-n",
            "NAME",
            "-v",
            "0.1.0",
        ],
    },
    Kind {
        name: "openapi-generator",
        program: "openapi-generator-cli",
        needs_3_1: false,
        arguments: &[
            "generate",
            "--skip-validate-spec",
            "-g",
            "rust",
            "-i",
            "DOCUMENT",
            "-o",
            "DIRECTORY",
            "--package-name",
            "NAME",
        ],
    },
];

/// A generator that is installed.
pub struct Tool {
    pub name: &'static str,
    pub needs_3_1: bool,
    program: PathBuf,
    arguments: &'static [&'static str],
}

/// Returns the generators that are installed, and the names of the others. `given` has programs as
/// `NAME=PROGRAM`; the program can be a JAR file.
pub fn find(ours: &Path, given: &[String]) -> Result<(Vec<Tool>, Vec<&'static str>), String> {
    let mut programs = vec![("dub-generator", ours.to_owned())];
    for pair in given {
        let (name, program) = pair.split_once('=').unwrap_or((pair, ""));
        if program.is_empty() || !KINDS.iter().any(|kind| kind.name == name) {
            let names = KINDS.map(|kind| kind.name).join(", ");
            return Err(format!(
                "expected `NAME=PROGRAM`, found `{pair}`; the names are {names}"
            ));
        }
        let program = std::path::absolute(program).map_err(|error| error.to_string())?;
        programs.push((name, program));
    }
    let (mut tools, mut missing) = (Vec::new(), Vec::new());
    for kind in KINDS {
        let program = programs.iter().find(|(name, _)| *name == kind.name);
        let program = program.map(|(_, program)| program.clone());
        match program.or_else(|| on_path(kind.program)) {
            Some(program) => tools.push(Tool {
                name: kind.name,
                needs_3_1: kind.needs_3_1,
                program,
                arguments: kind.arguments,
            }),
            None => missing.push(kind.name),
        }
    }
    Ok((tools, missing))
}

fn on_path(program: &str) -> Option<PathBuf> {
    let program = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    let paths = std::env::var_os("PATH")?;
    let mut candidates = std::env::split_paths(&paths).map(|path| path.join(&program));
    candidates.find(|candidate| candidate.is_file())
}

impl Tool {
    /// Returns false for a program whose instructions valgrind does not count, because a virtual
    /// machine or an interpreter runs it.
    pub fn is_native(&self) -> bool {
        self.name != "openapi-generator"
    }

    /// Returns the command that makes a crate, below another one such as valgrind.
    pub fn command(&self, outer: Option<Command>, task: &Task<'_>) -> Command {
        let is_jar = self
            .program
            .extension()
            .is_some_and(|extension| extension == "jar");
        let mut command = match (outer, is_jar) {
            (Some(mut outer), _) => {
                outer.arg(&self.program);
                outer
            }
            (None, true) => {
                let mut java = Command::new("java");
                java.arg("-jar").arg(&self.program);
                java
            }
            (None, false) => Command::new(&self.program),
        };
        command.args(self.arguments.iter().map(|argument| match *argument {
            "DOCUMENT" => task.document.into(),
            "DIRECTORY" => task.directory.into(),
            "NAME" => task.crate_name.into(),
            argument => OsString::from(argument),
        }));
        command.current_dir(task.directory);
        command
    }

    /// Makes a crate of what a generator wrote: one that is a workspace of its own, and that has the
    /// name of the task.
    pub fn complete(&self, task: &Task<'_>) -> Result<(), String> {
        let path = task.directory.join("Cargo.toml");
        let to_string = |error: std::io::Error| format!("{}: {error}", path.display());
        let mut manifest = match self.name {
            "openapi-to-rust" => {
                let source = task.directory.join("src/lib.rs");
                std::fs::write(source, "pub mod generated;\n").map_err(to_string)?;
                let needed = task.directory.join("src/generated/REQUIRED_DEPS.toml");
                let needed = std::fs::read_to_string(needed).map_err(to_string)?;
                format!("[package]\nversion = \"0.1.0\"\nedition = \"2024\"\n\n{needed}")
            }
            _ => std::fs::read_to_string(&path).map_err(to_string)?,
        };
        manifest = with_name(&manifest, task.crate_name);
        if !manifest.contains("\n[workspace]") {
            manifest += "\n[workspace]\n";
        }
        std::fs::write(&path, manifest).map_err(to_string)
    }
}

/// Returns a manifest with another name of the package.
fn with_name(manifest: &str, name: &str) -> String {
    let (before, package) = manifest.split_once("[package]").unwrap_or(("", manifest));
    let (package, after) = match package.find("\n[") {
        Some(end) => package.split_at(end),
        None => (package, ""),
    };
    let lines = package.lines().filter(|line| !line.starts_with("name"));
    let lines = lines.collect::<Vec<_>>().join("\n");
    format!("{before}[package]\nname = \"{name}\"{lines}\n{after}")
}

#[cfg(test)]
mod tests {
    use super::{find, with_name};
    use std::path::Path;

    #[test]
    fn package_gets_another_name() {
        let manifest = "[package]\nname = \"old\"\nversion = \"1.0.0\"\n\n[lib]\nname = \"old\"\n";
        assert_eq!(
            with_name(manifest, "new"),
            "[package]\nname = \"new\"\nversion = \"1.0.0\"\n\n[lib]\nname = \"old\"\n"
        );
    }

    #[test]
    fn unknown_tools_are_rejected() {
        let message = find(Path::new("ours"), &["nobody=program".to_owned()]).err();
        assert!(message.unwrap().contains("found `nobody=program`"));
    }
}
