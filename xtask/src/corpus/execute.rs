//! Generates crates and runs them: the examples in their docs, and round trips of their types.

use super::round_trips;
use super::run::{self, Contract, Subject, Tally, choose, is_operation};
use super::{crate_directory, crate_name};
use crate::console::{Progress, fail, print};
use clap::Args;
use dub_generator::files::Files;
use dub_generator::model::Api;
use dub_generator::{Config, Unsupported};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// The time limit of a run.
const TIME_LIMIT: Duration = Duration::from_secs(30 * 60);

/// The extent of a run, and the result that it must have.
#[derive(Args)]
pub struct Limits {
    /// Run only so many operations, spread over the documents.
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// The seed for the choice of operations and for the values of round trips.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Exit with code 1 if fewer operations pass, in percent.
    #[arg(long, value_name = "N", default_value_t = 100.0)]
    min_percent: f64,
    /// Stop after the first document with a failure.
    #[arg(long)]
    fail_fast: bool,
}

pub struct Job<'a> {
    pub documents: &'a [PathBuf],
    pub work: PathBuf,
    pub run: bool,
    pub round_trips: bool,
    pub limits: &'a Limits,
    pub quiet: bool,
}

/// An accepted document.
struct Accepted<'a> {
    path: &'a Path,
    bytes: Vec<u8>,
    files: Files,
    name: String,
    crate_name: String,
    /// The locations of its operations.
    operations: Vec<String>,
}

impl Accepted<'_> {
    fn config(&self) -> Config<'_> {
        config(&self.bytes, &self.files, &self.crate_name)
    }
}

fn config<'a>(bytes: &'a [u8], files: &'a Files, crate_name: &'a str) -> Config<'a> {
    Config {
        document: bytes,
        files: Some(files),
        overlay: None,
        tags: &[],
        crate_name,
        command: "cargo xtask corpus",
        unsupported: Unsupported::Skip,
        names: None,
    }
}

impl Job<'_> {
    pub fn execute(&self) -> ExitCode {
        let start = Instant::now();
        let accepted = self.accepted();
        if accepted.is_empty() {
            return fail("no document is accepted", 2);
        }
        let chosen = self.limits.sample.map(|wanted| {
            let operations = accepted.iter().map(|one| one.operations.clone()).collect();
            choose(operations, wanted, self.limits.seed)
        });
        let count = |index: usize, one: &Accepted<'_>| match &chosen {
            Some(chosen) => chosen.get(index).map_or(0, HashSet::len),
            None => one.operations.len(),
        };
        let counts = accepted
            .iter()
            .enumerate()
            .map(|(index, one)| count(index, one));
        let length = if self.run {
            counts.sum()
        } else {
            accepted.len()
        };
        let bar = Progress::new(length, "running", self.quiet);
        let mut tallies = Vec::new();
        let mut trips = Vec::new();
        for (index, one) in accepted.iter().enumerate() {
            let chosen = chosen.as_ref().and_then(|chosen| chosen.get(index));
            if chosen.is_some_and(HashSet::is_empty) {
                continue;
            }
            if let Err(problem) = self.one(
                one,
                chosen,
                start + TIME_LIMIT,
                &bar,
                &mut tallies,
                &mut trips,
            ) {
                bar.finish();
                return fail(&format!("{}: {problem}", one.name), 1);
            }
            let has_failed = tallies.last().is_some_and(Tally::has_failures)
                || trips.last().is_some_and(round_trips::Trips::has_failures);
            if self.limits.fail_fast && has_failed {
                break;
            }
        }
        bar.finish();
        self.report(&tallies, &trips, start.elapsed())
    }

    /// Runs the crate of a document.
    fn one(
        &self,
        one: &Accepted<'_>,
        chosen: Option<&HashSet<String>>,
        deadline: Instant,
        bar: &Progress,
        tallies: &mut Vec<Tally>,
        trips: &mut Vec<round_trips::Trips>,
    ) -> Result<(), String> {
        let problems = |diagnostics: Vec<dub_generator::diagnostic::Diagnostic>| {
            let first = diagnostics.into_iter().next();
            first
                .map(|diagnostic| diagnostic.message)
                .unwrap_or_default()
        };
        let (api, document) = dub_generator::read(&one.config()).map_err(problems)?;
        let snippets = dub_generator::snippets(&api, &document).map_err(problems)?;
        let contract = Contract::new(&document)?;
        drop(document);
        let directory = crate_directory(&self.work, one.path);
        let generated = dub_generator::generate_crate(&one.config()).map_err(problems)?;
        write(&directory, &generated.files).map_err(|error| error.to_string())?;
        drop(generated);
        // All crates share a lock file, so that their dependencies are resolved and built once.
        let lock = self.work.join("Cargo.lock");
        let _ = std::fs::copy(&lock, directory.join("Cargo.lock"));
        let target = self.work.join("target");
        let subject = Subject {
            name: &one.name,
            api: &api,
            contract: &contract,
            snippets: &snippets,
            directory: &directory,
            target: &target,
            chosen,
            deadline,
        };
        if self.run {
            tallies.push(run::run(&subject, bar));
        }
        if self.round_trips {
            trips.push(round_trips::run(&subject, self.limits.seed));
            if !self.run {
                bar.step();
            }
        }
        let _ = std::fs::copy(directory.join("Cargo.lock"), &lock);
        remove_outputs(&target, &one.crate_name);
        Ok(())
    }

    /// Returns the accepted documents. Rejected ones have no crate to run.
    fn accepted(&self) -> Vec<Accepted<'_>> {
        let bar = Progress::new(self.documents.len(), "reading", self.quiet);
        let documents = self.documents.iter().filter_map(|path| {
            let bytes = std::fs::read(path).ok();
            let files = Files::next_to(path, false);
            let crate_name = crate_name(path);
            let api = bytes
                .as_ref()
                .and_then(|bytes| dub_generator::inspect(&config(bytes, &files, &crate_name)).ok());
            bar.step();
            Some(Accepted {
                path,
                name: path.file_name()?.to_string_lossy().into_owned(),
                operations: operations(&api?),
                crate_name,
                bytes: bytes?,
                files,
            })
        });
        let accepted = documents.collect();
        bar.finish();
        accepted
    }

    fn report(
        &self,
        tallies: &[Tally],
        trips: &[round_trips::Trips],
        elapsed: Duration,
    ) -> ExitCode {
        let mut has_failed = false;
        if self.run {
            let (percent, summary) = run::summary(tallies, elapsed.as_secs_f64());
            has_failed |= percent < self.limits.min_percent;
            if !self.quiet {
                print(&run::table(tallies));
            }
            print(&run::failures(tallies));
            if !self.quiet {
                print(&format!("\n{summary}"));
            }
        }
        if self.round_trips {
            let (percent, summary) = round_trips::summary(trips);
            has_failed |= percent < self.limits.min_percent;
            print(&round_trips::failures(trips));
            if !self.quiet {
                print(&format!("\n{summary}"));
            }
        }
        ExitCode::from(u8::from(has_failed))
    }
}

/// Returns the locations of the operations of an API, also of those that are skipped.
fn operations(api: &Api) -> Vec<String> {
    let resources = api.resources.iter();
    let generated = resources.flat_map(|resource| &resource.operations);
    let skipped = api.skipped.iter().map(|skipped| &skipped.pointer);
    let skipped = skipped.filter(|pointer| is_operation(pointer));
    let all = generated.map(|operation| &operation.pointer).chain(skipped);
    all.cloned().collect()
}

fn write(directory: &Path, files: &[dub_generator::GeneratedFile]) -> std::io::Result<()> {
    // Remove the output of an earlier run.
    let _ = std::fs::remove_dir_all(directory);
    for file in files {
        let path = directory.join(&file.path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, &file.text)?;
    }
    Ok(())
}

/// Removes what the compiler wrote for a crate, which takes hundreds of megabytes for large ones.
/// The dependencies stay.
fn remove_outputs(target: &Path, crate_name: &str) {
    let library = crate_name.replace('-', "_");
    for directory in ["debug/deps", "debug/examples"] {
        let entries = std::fs::read_dir(target.join(directory));
        for entry in entries.into_iter().flatten().flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.contains(&library) {
                // A file that stays only takes space.
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }
}
