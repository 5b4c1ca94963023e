//! Output of the commands: results, errors and progress bars.

use dub_generator::terminal;
use indicatif::{ProgressBar, ProgressStyle};
use std::process::ExitCode;

/// Prints a result to standard output.
pub fn print(text: &str) {
    if let Err(error) = terminal::print(text) {
        print_error(&format!("standard output: {error}"));
    }
}

/// Prints an error to standard error.
pub fn print_error(message: &str) {
    terminal::eprint(&format!("error: {}\n", message.trim_end()));
}

/// Prints an error and returns the exit code.
pub fn fail(message: &str, code: u8) -> ExitCode {
    print_error(message);
    ExitCode::from(code)
}

/// Prints the requested help or the command-line error, and returns the exit code.
///
/// For `diff`, the exit code of an invalid command line is 3, because 2 means breaking changes.
pub fn usage(error: &clap::Error, is_diff: bool) -> ExitCode {
    // Ignore a failure to print: there is nowhere left to report it.
    let _ = error.print();
    ExitCode::from(match (error.use_stderr(), is_diff) {
        (false, _) => 0,
        (true, true) => 3,
        (true, false) => 2,
    })
}

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
