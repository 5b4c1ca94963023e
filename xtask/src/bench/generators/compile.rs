//! The processor time of rustc for a crate, without its dependencies.

use super::super::checked_output;
use super::tools::Task;
use crate::cargo::cargo;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs rustc and writes the processor time of the shell's children to a file. Cargo uses the wrapper
/// for the crate only, not for its dependencies.
const WRAPPER: &str = "#!/bin/sh\n\"$@\" || exit $?\ntimes >\"$BENCH_TIMES\"\n";

pub struct Compiler {
    work: PathBuf,
}

impl Compiler {
    pub fn new(work: &Path) -> Self {
        Self {
            work: work.to_owned(),
        }
    }

    /// Compiles a crate once and returns the processor time of rustc in seconds.
    pub fn seconds(&self, task: &Task<'_>, command: &[&str]) -> Result<f64, String> {
        let (wrapper, times) = (self.work.join("rustc"), self.work.join("times"));
        write_wrapper(&wrapper).map_err(|error| format!("{}: {error}", wrapper.display()))?;
        let mut cargo = Command::new(cargo());
        cargo
            .args(command)
            .args(["--lib", "--quiet"])
            .current_dir(task.directory)
            .env("CARGO_TARGET_DIR", self.work.join("target"))
            .env("CARGO_INCREMENTAL", "0")
            .env("RUSTC_WORKSPACE_WRAPPER", wrapper)
            .env("BENCH_TIMES", &times);
        checked_output(&mut cargo).map_err(|problem| first_error(&problem))?;
        let times = std::fs::read_to_string(times).map_err(|error| error.to_string())?;
        parse(&times).ok_or_else(|| format!("unexpected output of `times`: {times}"))
    }
}

/// Returns the first compiler error.
fn first_error(output: &str) -> String {
    let is_error = |line: &&str| line.starts_with("error");
    let error = output.lines().find(is_error).unwrap_or(output);
    error.chars().take(160).collect()
}

/// Parses the second line, such as `0m1.250000s 0m0.500000s`: user and system time of the children.
fn parse(times: &str) -> Option<f64> {
    let seconds = |time: &str| {
        let (minutes, seconds) = time.trim_end_matches('s').split_once('m')?;
        Some(minutes.parse::<f64>().ok()? * 60.0 + seconds.parse::<f64>().ok()?)
    };
    let mut children = times.lines().nth(1)?.split_ascii_whitespace();
    Some(seconds(children.next()?)? + seconds(children.next()?)?)
}

/// Writes the wrapper script. Cargo's setting is a path and cannot contain options.
fn write_wrapper(path: &Path) -> std::io::Result<()> {
    std::fs::write(path, WRAPPER)?;
    #[cfg(unix)]
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::{Compiler, parse};
    use crate::bench::generators::tools::Task;
    use std::path::Path;

    #[test]
    fn parses_times_of_a_shell() {
        assert_eq!(parse("0m0.01s 0m0.00s\n1m2.25s 0m0.50s\n"), Some(62.75));
        assert_eq!(parse("0m0.01s"), None);
    }

    #[test]
    fn crate_is_compiled_or_its_error_is_returned() {
        let work = std::env::temp_dir().join(format!("xtask-compile-{}", std::process::id()));
        let directory = work.join("crate");
        std::fs::create_dir_all(directory.join("src")).unwrap();
        let manifest = "[package]\nname = \"one\"\nedition = \"2024\"\n\n[workspace]\n";
        std::fs::write(directory.join("Cargo.toml"), manifest).unwrap();
        let task = Task {
            document: Path::new(""),
            directory: &directory,
            crate_name: "one",
        };
        let compiler = Compiler::new(&work);
        let check = |source: &str| {
            std::fs::write(directory.join("src/lib.rs"), source).unwrap();
            compiler.seconds(&task, &["check"])
        };
        let (valid, invalid) = (check("pub fn one() {}"), check("pub fn one() -> u8 {}"));
        let _ = std::fs::remove_dir_all(&work);
        assert!(valid.unwrap() < 60.0);
        assert_eq!(invalid, Err("error[E0308]: mismatched types".to_owned()));
    }
}
