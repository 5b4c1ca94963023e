//! `cargo xtask fuzz`: runs the fuzz targets of `tests/fuzz`, which call the generator and dub-sdk
//! with random inputs.

mod log;
mod seeds;
mod targets;

use crate::cargo::cargo;
use crate::console::{fail, print};
use crate::tools;
use clap::Args;
use log::Log;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use targets::Target;

#[derive(Args)]
pub struct Arguments {
    /// The time for each target, at least one minute.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    minutes: u64,
    /// A target to run; can be repeated [default: all].
    #[arg(long = "target", value_name = "NAME")]
    targets: Vec<String>,
    /// List the targets.
    #[arg(long)]
    list: bool,
}

/// Runs the targets. Returns exit code 1 if one of them has a finding.
pub fn run(root: &Path, arguments: &Arguments, quiet: bool) -> ExitCode {
    let targets = match targets::select(root, &arguments.targets) {
        Ok(targets) => targets,
        Err(problem) => return fail(&problem, 2),
    };
    if arguments.list {
        print(&targets::list(&targets));
        return ExitCode::SUCCESS;
    }
    if let Err(code) = tools::require(root, "cargo-fuzz", quiet) {
        return code;
    }
    match all(root, &targets, arguments.minutes, quiet) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(problem) => fail(&problem, 1),
    }
}

/// Runs targets one after another. Returns the number of those with a finding.
fn all(root: &Path, targets: &[Target], minutes: u64, quiet: bool) -> Result<usize, String> {
    let work = root.join("target/fuzz");
    let mut findings = 0;
    for target in targets {
        let job = Job {
            program: build(root, &work, target, quiet)?,
            name: &target.name,
            work: &work,
        };
        let seeds = seeds::write(root, &target.name, &job.directory("seeds")?)
            .map_err(|error| format!("seeds of {}: {error}", target.name))?;
        let log = job.run(minutes)?;
        if let Some(report) = log.finding() {
            findings += 1;
            print(&format!("finding   {}: {report}\n", target.name));
        } else if !quiet {
            let summary = log.summary();
            print(&format!(
                "ok        {}: {seeds} seeds, {summary}\n",
                target.name
            ));
        }
    }
    Ok(findings)
}

/// Builds the program of a target and returns its path.
///
/// Without a sanitizer, the stable toolchain is enough. Neither the generator nor dub-sdk has unsafe
/// code, for which sanitizers are made.
fn build(root: &Path, work: &Path, target: &Target, quiet: bool) -> Result<PathBuf, String> {
    let output = work.join("build");
    let mut command = Command::new(cargo());
    command.args(["fuzz", "build", "--sanitizer", "none", "--fuzz-dir"]);
    command.arg(root.join("tests/fuzz"));
    command.arg("--target-dir").arg(&output).arg(&target.name);
    if quiet {
        command.stderr(Stdio::null());
    }
    let status = command.current_dir(root).status();
    if !status.map_err(|error| error.to_string())?.success() {
        return Err(format!("failed to build {}: {command:?}", target.name));
    }
    let entries = std::fs::read_dir(&output).map_err(|error| error.to_string())?;
    let name = format!("{}{}", target.name, std::env::consts::EXE_SUFFIX);
    // cargo-fuzz puts the program into the directory of the platform.
    let mut programs = entries
        .flatten()
        .map(|entry| entry.path().join("release").join(&name));
    let program = programs.find(|path| path.is_file());
    program.ok_or_else(|| format!("{} has no program {name}", output.display()))
}

/// A run of a target.
struct Job<'a> {
    name: &'a str,
    program: PathBuf,
    work: &'a Path,
}

impl Job<'_> {
    /// Creates a directory of the target, such as that of its findings.
    fn directory(&self, kind: &str) -> Result<PathBuf, String> {
        let directory = self.work.join(kind).join(self.name);
        match std::fs::create_dir_all(&directory) {
            Ok(()) => Ok(directory),
            Err(error) => Err(format!("{}: {error}", directory.display())),
        }
    }

    /// Runs the target until the time is over or it has a finding. The corpus, the inputs that reach
    /// different code, is kept for the next run.
    fn run(&self, minutes: u64) -> Result<Log, String> {
        let findings = self.directory("findings")?;
        let path = self.directory("logs")?.join("log.txt");
        let file = File::create(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut command = Command::new(&self.program);
        command.arg(self.directory("corpus")?);
        command.arg(self.directory("seeds")?);
        command.arg(format!("-artifact_prefix={}/", findings.display()));
        command.arg(format!("-max_total_time={}", minutes.saturating_mul(60)));
        command.args(["-timeout=25", "-rss_limit_mb=4096", "-print_final_stats=1"]);
        command.stdout(Stdio::null()).stderr(file);
        let status = command.status().map_err(|error| error.to_string())?;
        Log::read(path, status.success())
    }
}
