//! Output of the commands: results, errors and progress bars.

#[cfg(feature = "full")]
mod progress;

use dub_generator::terminal;
#[cfg(feature = "full")]
pub use progress::Progress;
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
