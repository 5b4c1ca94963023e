//! What the commands print, and to whom.

use dub_generator::terminal;
use indicatif::{ProgressBar, ProgressStyle};
use std::process::ExitCode;

/// Prints what a person asked for, or may want to know.
pub fn print(text: &str) {
    if let Err(error) = terminal::print(text) {
        print_error(&format!("standard output: {error}"));
    }
}

/// Prints what is wrong.
pub fn print_error(message: &str) {
    terminal::eprint(&format!("error: {}\n", message.trim_end()));
}

/// Prints what is wrong and gives the exit code.
pub fn fail(message: &str, code: u8) -> ExitCode {
    print_error(message);
    ExitCode::from(code)
}

/// Prints the help that was asked for, or what is wrong with the command line; clap knows the terminal itself.
///
/// Of `diff` a 2 says that something breaks, so a wrong command line is a 3 there, as a wrong document is.
pub fn usage(error: &clap::Error) -> ExitCode {
    // Where nobody listens any more there is nobody to be told of that either.
    let _ = error.print();
    let diff = std::env::args().any(|word| word == "diff");
    ExitCode::from(match (error.use_stderr(), diff) {
        (false, _) => 0,
        (true, true) => 3,
        (true, false) => 2,
    })
}

/// A bar on the terminal, for what takes longer than a second. Nothing is drawn where there is no terminal.
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
        // One step may take minutes, and the clock shows that it goes on.
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
