//! Measures the stages of a generator run, one after another on a single thread.
//!
//! A normal run does the same work, but emits, parses and prints the files on all cores.

use crate::diagnostic::{Code, Diagnostic};
use crate::output::Plan;
use crate::{Config, emit, format, lower, names, scaffold, spec, stack};
use std::path::Path;
use std::time::{Duration, Instant};

/// The names of the stages, in order.
pub const NAMES: [&str; 8] = [
    "read",
    "lower",
    "name",
    "emit",
    "parse",
    "print",
    "reference",
    "write",
];

/// Generates a complete crate in a directory and returns the duration of each stage.
///
/// # Errors
///
/// Returns all errors in the document, or the error of writing to the directory.
pub fn run(
    config: &Config<'_>,
    directory: &Path,
) -> Result<[Duration; NAMES.len()], Vec<Diagnostic>> {
    stack::with_large_stack(|| {
        let mut stopwatch = Stopwatch::new();
        let document = spec::Document::read_lenient_with_overlay(config.document, config.overlay)?;
        let read = stopwatch.lap();
        let lowered = lower::lower(&document, config.tags)?;
        let lower = stopwatch.lap();
        let api = names::assign(lowered, config.crate_name, config.unsupported)?;
        let name = stopwatch.lap();
        let context = emit::Context::new(&api);
        let file_kinds = emit::file_kinds(&context).into_iter();
        let sources: Vec<_> = file_kinds.map(|kind| emit::file(&context, kind)).collect();
        let emit = stopwatch.lap();
        let parsed = sources.into_iter().map(format::parse_file);
        let parsed = parsed
            .collect::<Result<Vec<_>, _>>()
            .map_err(|problem| vec![problem])?;
        let parse = stopwatch.lap();
        let mut files: Vec<_> = parsed.into_iter().map(format::print_file).collect();
        let print = stopwatch.lap();
        files.extend(emit::reference::files(&context));
        let reference = stopwatch.lap();
        files.extend(scaffold::files(&api, config.crate_name));
        let written = Plan::new(directory, &files).and_then(|plan| plan.apply());
        written.map_err(|error| vec![Diagnostic::new(Code::Internal, "", error.to_string())])?;
        Ok([
            read,
            lower,
            name,
            emit,
            parse,
            print,
            reference,
            stopwatch.lap(),
        ])
    })
}

struct Stopwatch(Instant);

impl Stopwatch {
    fn new() -> Self {
        Self(Instant::now())
    }

    /// Returns the time since the last call, and starts the next lap.
    fn lap(&mut self) -> Duration {
        let now = Instant::now();
        now.duration_since(std::mem::replace(&mut self.0, now))
    }
}
