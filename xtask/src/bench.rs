//! `cargo xtask bench`: measures API calls, runs of the generator, and compile times of its crates.

mod calls;
mod crates;
mod generators;

use crate::console::{fail, print};
use crate::programs::build;
use crate::repository::SPEC;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output};

#[derive(Args)]
pub struct Arguments {
    /// The benchmark to run [default: all of them].
    what: Option<Benchmark>,
    /// An additional document for `generator`, `crates` and `generators`; can be repeated.
    #[arg(long = "document", value_name = "FILE")]
    documents: Vec<PathBuf>,
    /// With `crates`: an additional crate to measure, such as one from another generator; can be
    /// repeated. It must be in its own workspace.
    #[arg(long = "beside", value_name = "DIR")]
    beside: Vec<PathBuf>,
    /// With `crates`: the number of times to check each crate. Release builds run a quarter as often.
    #[arg(long, default_value_t = 15, value_name = "TIMES")]
    rounds: usize,
    /// With `generators`: the program of another generator, such as
    /// `progenitor=bin/cargo-progenitor` or `openapi-generator=cli.jar`; can be repeated. Otherwise,
    /// programs on the PATH are used.
    #[arg(long = "tool", value_name = "NAME=PROGRAM")]
    tools: Vec<String>,
    /// With `generators`: measure only runs of the generators, and do not compile their crates.
    #[arg(long)]
    no_compile: bool,
    /// With `generators`: the directory for the plots [default: target/bench-generators].
    #[arg(long, value_name = "DIR")]
    plots: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Benchmark {
    /// API calls with dub-sdk.
    Calls,
    /// Runs of the generator.
    Generator,
    /// Compilation of generated crates.
    Crates,
    /// Our generator beside others.
    Generators,
}

/// Runs the benchmarks and prints the results.
pub fn run(root: &Path, arguments: &Arguments, quiet: bool) -> ExitCode {
    let all = [
        Benchmark::Calls,
        Benchmark::Generator,
        Benchmark::Crates,
        Benchmark::Generators,
    ];
    let is_chosen = |one: &Benchmark| arguments.what.is_none_or(|what| what == *one);
    let mut chosen = all.into_iter().filter(is_chosen);
    let done = chosen.try_for_each(|benchmark| match benchmark {
        Benchmark::Calls => calls::run(root, quiet),
        Benchmark::Generator => generator(root, &arguments.documents),
        Benchmark::Crates => crates::run(root, arguments, quiet),
        Benchmark::Generators => generators::run(root, arguments, quiet),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => fail(&problem, 1),
    }
}

/// Measures the generator as a process, and the share of each of its stages.
fn generator(root: &Path, documents: &[PathBuf]) -> Result<(), String> {
    print("== time of a generator run and share of each stage\n");
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
        .ok_or_else(|| format!("command failed: {command:?}"))
}

/// Runs a command and returns its output. The error contains its standard error.
fn checked_output(command: &mut Command) -> Result<Output, String> {
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(output);
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    Err(format!("command failed: {command:?}\n{errors}"))
}

/// Returns the minimum, the median and the maximum.
fn min_median_max<T: Copy + Default + Ord>(counts: &mut [T]) -> (T, T, T) {
    counts.sort_unstable();
    let at = |index: usize| counts.get(index).copied().unwrap_or_default();
    (
        at(0),
        at(counts.len() / 2),
        at(counts.len().saturating_sub(1)),
    )
}

/// Parses the instruction count that callgrind prints at the end.
fn instruction_count(output: &Output) -> Result<u64, String> {
    let text = String::from_utf8_lossy(&output.stderr);
    let last = text.rsplit_once("Collected : ");
    last.and_then(|(_, rest)| rest.split_ascii_whitespace().next()?.parse().ok())
        .ok_or_else(|| format!("no instruction count in the output of valgrind: {text}"))
}

fn has_valgrind() -> bool {
    Command::new("valgrind").arg("--version").output().is_ok()
}
