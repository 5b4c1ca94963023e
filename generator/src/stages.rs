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
        let mut watch = Watch::new();
        let document = spec::Document::read_lenient_with_overlay(config.document, config.overlay)?;
        let read = watch.lap();
        let lowered = lower::lower(&document, config.tags)?;
        let lower = watch.lap();
        let api = names::assign(lowered, config.crate_name, config.unsupported)?;
        let name = watch.lap();
        let context = emit::Context::new(&api);
        let parts = emit::parts(&context).into_iter();
        let sources: Vec<_> = parts.map(|part| emit::file(&context, part)).collect();
        let emit = watch.lap();
        let parsed = sources.into_iter().map(format::parsed);
        let parsed = parsed
            .collect::<Result<Vec<_>, _>>()
            .map_err(|problem| vec![problem])?;
        let parse = watch.lap();
        let mut files: Vec<_> = parsed.into_iter().map(format::laid_out).collect();
        let print = watch.lap();
        files.extend(emit::reference::files(&context));
        let reference = watch.lap();
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
            watch.lap(),
        ])
    })
}

struct Watch(Instant);

impl Watch {
    fn new() -> Self {
        Self(Instant::now())
    }

    /// The time since the last lap.
    fn lap(&mut self) -> Duration {
        let now = Instant::now();
        now.duration_since(std::mem::replace(&mut self.0, now))
    }
}
