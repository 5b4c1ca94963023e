//! Progress bars.

use indicatif::{ProgressBar, ProgressStyle};

/// A progress bar for operations that take longer than a second. Hidden if standard error is not a
/// terminal.
pub struct Progress(ProgressBar);

impl Progress {
    pub fn new(length: usize, what: &'static str, quiet: bool) -> Self {
        if quiet {
            return Self(ProgressBar::hidden());
        }
        let length = u64::try_from(length).unwrap_or_default();
        let bar = ProgressBar::new(length).with_message(what);
        if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len} {elapsed}") {
            bar.set_style(style);
        }
        // A step may take minutes: the running clock shows that the program is still working.
        bar.enable_steady_tick(std::time::Duration::from_secs(1));
        Self(bar)
    }

    pub fn step(&self) {
        self.0.inc(1);
    }

    pub fn finish(self) {
        self.0.finish_and_clear();
    }
}
