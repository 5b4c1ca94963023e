//! `cargo xtask corpus`: runs the generator on all documents in a directory and reports the
//! results.

mod execute;
pub mod measure;
mod report;
mod round_trips;
mod run;
mod versions;

pub use versions::raised;

use crate::console::{Progress, fail, print};
use crate::programs::build;
use clap::Args;
use dub_generator::terminal;
use report::{Outcome, Row};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

#[derive(Args)]
pub struct Arguments {
    /// Directories with documents, or documents. Subdirectories are included.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Do not compile the generated crates.
    #[arg(long)]
    no_check: bool,
    /// Reject documents with unsupported operations, instead of skipping those operations.
    #[arg(long)]
    strict: bool,
    /// Call each operation as in its docs, and with all setters, against mock servers, and report the
    /// requests that the documents reject and the responses that are not decoded.
    #[arg(long)]
    run: bool,
    /// Read and write values of the schemas with the generated types, and report the differences.
    #[arg(long)]
    round_trips: bool,
    /// Compare the crate of each document of OpenAPI 3.0 with that of the same document in OpenAPI
    /// 3.1. Nothing is compiled.
    #[arg(long)]
    raise: bool,
    #[command(flatten)]
    limits: execute::Limits,
}

/// Runs the generator on a directory and prints a table. Returns exit code 1 if a crate does not
/// compile or the generator crashes.
pub fn run(root: &Path, arguments: &Arguments, quiet: bool) -> ExitCode {
    let documents = match all_documents(&arguments.paths) {
        Ok(documents) => documents,
        Err(message) => return fail(&message, 2),
    };
    if arguments.raise {
        return versions::compare(&documents);
    }
    let work = root.join("target/corpus");
    // The lock is released at the end of this function.
    let _lock = match lock(&work, quiet) {
        Ok(lock) => lock,
        Err(error) => return fail(&format!("{}: {error}", work.display()), 1),
    };
    copy_lock_file(root, &work);
    if arguments.run || arguments.round_trips {
        let job = execute::Job {
            documents: &documents,
            work,
            run: arguments.run,
            round_trips: arguments.round_trips,
            limits: &arguments.limits,
            quiet,
        };
        return job.execute();
    }
    let generator = match build(root, "dub-generator", "dub-generator") {
        Ok(generator) => generator,
        Err(message) => return fail(&message, 2),
    };
    let start = Instant::now();
    let job = Job {
        generator,
        work,
        strict: arguments.strict,
        check: !arguments.no_check,
        quiet,
    };
    let mut rows = job.all(&documents);
    if quiet {
        rows.retain(Row::has_failed);
    }
    if !rows.is_empty() {
        print(&report::table(&rows));
    }
    if !quiet {
        print(&report::summary(&rows, start.elapsed()));
    }
    let failed = rows.iter().any(|row| row.has_failed());
    ExitCode::from(u8::from(failed))
}

/// Waits until no other run uses the directory, so that runs do not overwrite each other's crates.
fn lock(work: &Path, quiet: bool) -> std::io::Result<File> {
    std::fs::create_dir_all(work)?;
    let file = File::create(work.join("run.lock"))?;
    if file.try_lock().is_err() {
        if !quiet {
            terminal::eprint("waiting for another run of `cargo xtask corpus`\n");
        }
        file.lock()?;
    }
    Ok(file)
}

/// Copies the lock file of the repository, unless an earlier run did: with it, cargo neither resolves
/// nor downloads dependencies.
fn copy_lock_file(root: &Path, work: &Path) {
    let lock = work.join("Cargo.lock");
    if !lock.exists() {
        // Without it, cargo resolves the dependencies itself.
        let _ = std::fs::copy(root.join("Cargo.lock"), lock);
    }
}

/// Returns the documents of several paths, each of which must have one.
fn all_documents(paths: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let mut all = Vec::new();
    for path in paths {
        match documents(path) {
            Ok(documents) if documents.is_empty() => {
                return Err(format!("no documents found in {}", path.display()));
            }
            Ok(documents) => all.extend(documents),
            Err(error) => return Err(format!("{}: {error}", path.display())),
        }
    }
    Ok(all)
}

/// Returns the documents in a directory and its subdirectories, sorted by path.
pub fn documents(directory: &Path) -> std::io::Result<Vec<PathBuf>> {
    if directory.is_file() {
        return Ok(vec![directory.to_owned()]);
    }
    let mut found = Vec::new();
    let mut pending = vec![directory.to_owned()];
    while let Some(directory) = pending.pop() {
        for entry in std::fs::read_dir(&directory)? {
            let path = entry?.path();
            let extension = path.extension().and_then(|extension| extension.to_str());
            if path.is_dir() {
                pending.push(path);
            } else if matches!(extension, Some("json" | "yaml" | "yml")) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The settings of a run.
struct Job {
    generator: PathBuf,
    work: PathBuf,
    strict: bool,
    check: bool,
    quiet: bool,
}

impl Job {
    /// Generates crates in parallel, then compiles them one after another. The compiler uses all
    /// cores itself.
    fn all(&self, documents: &[PathBuf]) -> Vec<Row> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let bar = Progress::new(documents.len(), "generating", self.quiet);
        let next = AtomicUsize::new(0);
        let rows = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    while let Some(document) = documents.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let row = self.generate(document);
                        if let Ok(mut rows) = rows.lock() {
                            rows.push(row);
                        }
                        bar.step();
                    }
                });
            }
        });
        bar.finish();
        let mut rows = rows.into_inner().unwrap_or_default();
        rows.sort_by(|a, b| a.document.cmp(&b.document));
        if self.check {
            self.check_all(&mut rows);
        }
        rows
    }

    fn generate(&self, document: &Path) -> Row {
        let directory = self.directory(document);
        // Remove the output of an earlier run.
        let _ = std::fs::remove_dir_all(&directory);
        let mut command = Command::new(&self.generator);
        command
            .arg("generate")
            .arg("--quiet")
            .arg("--spec")
            .arg(document);
        command
            .arg("--crate-dir")
            .arg(&directory)
            .arg("--crate-name")
            .arg(crate_name(document));
        if !self.strict {
            command.arg("--allow-unsupported");
        }
        let measured = measure::run(command.stdin(Stdio::null()));
        Row::of(document, measured, &directory)
    }

    fn check_all(&self, rows: &mut [Row]) {
        let accepted = rows
            .iter()
            .filter(|row| row.outcome == Outcome::Accepted)
            .count();
        let bar = Progress::new(accepted, "compiling", self.quiet);
        let lock = self.work.join("Cargo.lock");
        for row in rows
            .iter_mut()
            .filter(|row| row.outcome == Outcome::Accepted)
        {
            let directory = self.directory(&row.document);
            // All crates share a lock file, so that their dependencies are resolved and built once.
            let _ = std::fs::copy(&lock, directory.join("Cargo.lock"));
            let start = Instant::now();
            let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
            let result = Command::new(cargo)
                .args(["check", "--quiet"])
                .current_dir(&directory)
                .env("CARGO_TARGET_DIR", self.work.join("target"))
                .env("RUSTFLAGS", "-Dwarnings")
                // Each crate is compiled only once. Incremental data would take tens of megabytes
                // per crate.
                .env("CARGO_INCREMENTAL", "0")
                .stdin(Stdio::null())
                .output();
            row.check = Some(match result {
                Ok(output) if output.status.success() => Ok(start.elapsed()),
                Ok(output) => Err(report::first_error(&output.stderr)),
                Err(error) => Err(error.to_string()),
            });
            let _ = std::fs::copy(directory.join("Cargo.lock"), &lock);
            bar.step();
        }
        bar.finish();
    }

    fn directory(&self, document: &Path) -> PathBuf {
        crate_directory(&self.work, document)
    }
}

/// Returns the directory of the crate of a document.
fn crate_directory(work: &Path, document: &Path) -> PathBuf {
    let parent = document
        .parent()
        .and_then(Path::file_name)
        .unwrap_or_default();
    let name = document.file_name().unwrap_or_default();
    work.join("crates").join(parent).join(name)
}

/// Returns a unique crate name for each document. In a shared target directory, cargo distinguishes
/// crates by their name and their path within the workspace, and that path is the same for all of
/// them.
fn crate_name(document: &Path) -> String {
    let hash = document
        .as_os_str()
        .as_encoded_bytes()
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("sample-{hash:016x}")
}
