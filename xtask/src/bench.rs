//! `cargo xtask bench`: what a call costs with dub-sdk, beside the same call written by hand, what a run of the
//! generator costs, and what its crates cost to compile.

mod calls;
mod crates;

use crate::console::{fail, print};
use crate::programs::build;
use crate::regen::SPEC;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output};

#[derive(Args)]
pub struct Arguments {
    /// Measure this alone [default: calls and generator].
    what: Option<Benchmark>,
    /// A document to measure beside our own: a run of the generator on it, or its crate; may be given several times.
    #[arg(long = "document", value_name = "FILE")]
    documents: Vec<PathBuf>,
    /// With `crates`: one to compile beside ours, such as another generator's, in a workspace of its own; may be given several times.
    #[arg(long = "beside", value_name = "DIR")]
    beside: Vec<PathBuf>,
    /// With `crates`: how often each is checked; it is built for release a quarter as often.
    #[arg(long, default_value_t = 15, value_name = "TIMES")]
    rounds: usize,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Benchmark {
    /// Calls of dub-sdk.
    Calls,
    /// Runs of the generator.
    Generator,
    /// Compiling crates that the generator writes.
    Crates,
}

/// Prints what is measured.
pub fn run(root: &Path, arguments: &Arguments, quiet: bool) -> ExitCode {
    let done = match arguments.what {
        None => calls::run(root, quiet).and_then(|()| generator(root, &arguments.documents)),
        Some(Benchmark::Calls) => calls::run(root, quiet),
        Some(Benchmark::Generator) => generator(root, &arguments.documents),
        Some(Benchmark::Crates) => crates::run(root, arguments, quiet),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => fail(&problem, 1),
    }
}

/// The generator as people run it, and the share of each of its stages.
fn generator(root: &Path, documents: &[PathBuf]) -> Result<(), String> {
    print("== time of a run of the generator, and the stages' shares of it\n");
    let generator = build(root, "dub-generator", "dub-generator")?;
    let here = std::env::current_dir().map_err(|error| error.to_string())?;
    let mut command = Command::new(build(root, "dub-sdk-benches", "generator")?);
    command.arg(generator).arg(SPEC);
    command.args(documents.iter().map(|document| here.join(document)));
    run_checked(&mut command, root)
}

fn run_checked(command: &mut Command, root: &Path) -> Result<(), String> {
    let status = command.current_dir(root).status();
    let status = status.map_err(|error| error.to_string())?;
    status
        .success()
        .then_some(())
        .ok_or_else(|| format!("it failed: {command:?}"))
}

/// Runs a command that says nothing unless it fails.
fn checked_output(command: &mut Command) -> Result<Output, String> {
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(output);
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    Err(format!("it failed: {command:?}\n{errors}"))
}

/// The least, the median and the most.
fn min_median_max<T: Copy + Default + Ord>(counts: &mut [T]) -> (T, T, T) {
    counts.sort_unstable();
    let at = |index: usize| counts.get(index).copied().unwrap_or_default();
    (
        at(0),
        at(counts.len() / 2),
        at(counts.len().saturating_sub(1)),
    )
}

/// What callgrind counted, by its own last words.
fn instruction_count(output: &Output) -> Result<u64, String> {
    let text = String::from_utf8_lossy(&output.stderr);
    let last = text.rsplit_once("Collected : ");
    last.and_then(|(_, rest)| rest.split_ascii_whitespace().next()?.parse().ok())
        .ok_or_else(|| format!("valgrind did not print a count: {text}"))
}

fn has_valgrind() -> bool {
    Command::new("valgrind").arg("--version").output().is_ok()
}
