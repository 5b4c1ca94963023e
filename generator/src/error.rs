//! Why the program ends without having done what it was asked to, and how it says so.

use crate::Format;
use crate::sources::Sources;
use dub_generator::diagnostic::{self, Diagnostic};
use dub_generator::terminal;
use std::process::ExitCode;

/// Why the program ends with 2, or `diff` with 3.
pub enum CliError {
    /// The document is wrong.
    Document {
        sources: Sources,
        problems: Vec<Diagnostic>,
    },
    /// Anything else, such as a file that is not there.
    Other(String),
}

/// The failure of a document that was refused.
pub fn document_error(sources: Sources) -> impl FnOnce(Vec<Diagnostic>) -> CliError {
    move |problems| CliError::Document { sources, problems }
}

/// Says on standard error what went wrong.
pub fn report(failure: &CliError, format: Format) {
    terminal::eprint(&match failure {
        CliError::Document { sources, problems } => sources.problems(problems, format),
        CliError::Other(message) if format == Format::Json => diagnostic::error_to_json(message),
        CliError::Other(message) => format!("error: {message}\n"),
    });
}

/// Prints a result.
pub fn print(text: &str) -> Result<ExitCode, CliError> {
    match terminal::print(text) {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) => Err(CliError::Other(format!("standard output: {error}"))),
    }
}

/// A command line that cannot be understood, or the help that was asked for.
pub fn usage(error: &clap::Error) -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if !error.use_stderr() {
        // Asked for help, clap knows the terminal itself; a closed pipe is nothing to report.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let json = words.iter().any(|word| word == "--format=json")
        || words.windows(2).any(|pair| pair == ["--format", "json"]);
    if json {
        let text = error.render().to_string();
        let message = text.trim().trim_start_matches("error: ");
        terminal::eprint(&diagnostic::error_to_json(message));
    } else {
        let _ = error.print();
    }
    error_exit_code(words.iter().any(|word| word == "diff"))
}

/// Of `diff`, 2 says that something breaks.
pub fn error_exit_code(diff: bool) -> ExitCode {
    ExitCode::from(if diff { 3 } else { 2 })
}
