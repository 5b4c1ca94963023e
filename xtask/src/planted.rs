//! `cargo xtask planted-faults`: plants faults in a copy of the emitter, one at a time, and checks
//! that `cargo xtask corpus --run --round-trips` finds them.

mod faults;
mod sources;

use crate::cargo::cargo;
use crate::console::{fail, print};
use faults::{DOCUMENTS, FAULTS, Fault};
use sources::Copy;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output, Stdio};
use std::time::Instant;

/// The number of faults that may be missed.
const MAX_MISSED: usize = 1;

/// Plants all faults and prints which of them are found. Returns exit code 1 if too many are missed.
pub fn run(root: &Path, quiet: bool) -> ExitCode {
    let start = Instant::now();
    match find_all(root, quiet) {
        Ok(missed) => {
            if !quiet {
                print(&format!(
                    "{} of {} planted faults found; {} s\n",
                    FAULTS.len().saturating_sub(missed),
                    FAULTS.len(),
                    start.elapsed().as_secs(),
                ));
            }
            ExitCode::from(u8::from(missed > MAX_MISSED))
        }
        Err(problem) => fail(&problem, 1),
    }
}

/// Returns the number of faults that were not found.
fn find_all(root: &Path, quiet: bool) -> Result<usize, String> {
    let emitter = |fault: &Fault| std::fs::read_to_string(root.join(fault.path()));
    for fault in &FAULTS {
        fault
            .planted(&emitter(fault).unwrap_or_default())
            .map_err(|problem| format!("{}: {problem}", fault.file))?;
    }
    let work = root.join("target/planted-faults");
    let copy = Copy::of(root, &work.join("sources")).map_err(|error| error.to_string())?;
    let job = Job { root, copy, work };
    let start = Instant::now();
    if let Some(reason) = job.first_failure()? {
        return Err(format!("the unchanged sources fail: {reason}"));
    }
    if !quiet {
        let seconds = start.elapsed().as_secs();
        print(&format!("passed {seconds:>4} s  unchanged sources\n"));
    }
    let mut missed = 0;
    for fault in &FAULTS {
        let start = Instant::now();
        let reason = job.first_failure_with(fault)?;
        let outcome = if reason.is_some() { "found" } else { "missed" };
        let seconds = start.elapsed().as_secs();
        missed += usize::from(reason.is_none());
        if !quiet || reason.is_none() {
            let Fault { title, file, .. } = fault;
            print(&format!("{outcome:<6} {seconds:>4} s  {title} ({file})\n"));
        }
        if let Some(reason) = reason.filter(|_| !quiet) {
            print(&format!("               {reason}\n"));
        }
    }
    Ok(missed)
}

struct Job<'a> {
    root: &'a Path,
    copy: Copy,
    work: PathBuf,
}

impl Job<'_> {
    /// Plants a fault, and removes it afterwards. Returns the first failure that it causes.
    fn first_failure_with(&self, fault: &Fault) -> Result<Option<String>, String> {
        let path = self.copy.path(&fault.path());
        let to_string = |error: std::io::Error| format!("{}: {error}", path.display());
        let original = std::fs::read_to_string(&path).map_err(to_string)?;
        let planted = fault.planted(&original)?;
        std::fs::write(&path, planted).map_err(to_string)?;
        let failure = self.first_failure();
        std::fs::write(&path, original).map_err(to_string)?;
        failure.map_err(|problem| format!("{}: {problem}", fault.title))
    }

    /// Builds the copy of the sources and runs the crates that it generates. Returns the first
    /// failure, if there is one.
    fn first_failure(&self) -> Result<Option<String>, String> {
        let target = self.work.join("target");
        let mut build = Command::new(cargo());
        build.args(["build", "--quiet", "--package", "xtask"]);
        build.current_dir(self.copy.root());
        let built = output(build.env("CARGO_TARGET_DIR", &target))?;
        if !built.status.success() {
            let errors = String::from_utf8_lossy(&built.stderr);
            return Err(format!("the sources do not compile:\n{}", errors.trim()));
        }
        let program = format!("xtask{}", std::env::consts::EXE_SUFFIX);
        let mut corpus = Command::new(target.join("debug").join(program));
        corpus.args(["corpus", "--quiet", "--run", "--round-trips", "--fail-fast"]);
        // The dependencies of the generated crates are the same as without a fault.
        corpus.arg("--root").arg(self.root);
        corpus.args(DOCUMENTS.map(|document| self.root.join(document)));
        let run = output(&mut corpus)?;
        let failures = String::from_utf8_lossy(&run.stdout);
        match (run.status.code(), first_failure(&failures)) {
            (Some(0), None) => Ok(None),
            (Some(1), Some(failure)) => Ok(Some(failure)),
            _ => {
                let errors = String::from_utf8_lossy(&run.stderr);
                Err(format!("the run was aborted: {}", errors.trim()))
            }
        }
    }
}

fn output(command: &mut Command) -> Result<Output, String> {
    let output = command.stdin(Stdio::null()).output();
    output.map_err(|error| error.to_string())
}

/// The maximum length of a failure, in characters.
const MAX_FAILURE: usize = 160;

/// Returns the first failure in the output of `corpus --quiet`, with its document.
fn first_failure(output: &str) -> Option<String> {
    let mut document = "";
    for line in output.lines().filter(|line| !line.is_empty()) {
        let Some(failure) = line.strip_prefix("  ") else {
            document = line;
            continue;
        };
        let failure: String = failure.chars().take(MAX_FAILURE).collect();
        return Some(format!("{document}: {failure}"));
    }
    None
}
