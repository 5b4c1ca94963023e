//! Observation of a generator run, for benchmarks.

use std::time::{Duration, Instant};

/// A stage of a generator run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Reads and checks the document.
    Read,
    /// Converts the document into the model.
    Lower,
    /// Decides the names.
    Name,
    /// Converts the model into token streams.
    Emit,
    /// Formats token streams as source files.
    Format,
    /// Converts the model into the reference in Markdown.
    Reference,
}

impl Stage {
    /// All stages, in the order in which a run passes through them.
    pub const ALL: [Self; 6] = [
        Self::Read,
        Self::Lower,
        Self::Name,
        Self::Emit,
        Self::Format,
        Self::Reference,
    ];
}

/// Receives the duration of each stage of a generator run. The source files are emitted and
/// formatted on all cores, so these two stages are reported once for each file.
pub trait Observer: Sync {
    fn finished(&self, stage: Stage, duration: Duration);
}

/// Ignores all durations.
impl Observer for () {
    fn finished(&self, _: Stage, _: Duration) {}
}

/// Runs a stage and reports its duration.
pub(crate) fn stage<T>(observer: &dyn Observer, stage: Stage, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    observer.finished(stage, start.elapsed());
    result
}
