//! Where the time of a run goes: its stages, one after another on one thread, each with what it took.
//!
//! A run itself emits, parses and prints its files on all cores at once; the work is the same.

use crate::diagnostic::{Code, Diagnostic};
use crate::output::Plan;
use crate::{Config, emit, format, lower, names, scaffold, spec, stack};
use std::path::Path;
use std::time::{Duration, Instant};

/// The stages, in their order.
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

/// Makes a whole crate in a directory, and says what each of the stages took.
///
/// # Errors
///
/// What is wrong with the document, or with the directory.
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

    /// The time since the last lap.
    fn lap(&mut self) -> Duration {
        let now = Instant::now();
        now.duration_since(std::mem::replace(&mut self.0, now))
    }
}
