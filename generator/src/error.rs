//! Errors that end the program, and how they are reported.

use crate::Format;
use crate::sources::Sources;
use clap::ValueEnum;
use dub_generator::diagnostic::{self, Diagnostic};
use dub_generator::terminal;
use std::process::ExitCode;

/// An error that ends the program with exit code 2, or 3 for `diff`.
pub enum CliError {
    /// The document or the overlay is invalid.
    Document {
        sources: Box<Sources>,
        problems: Vec<Diagnostic>,
    },
    /// Any other error, such as a missing file.
    Other(String),
}

impl CliError {
    pub fn document(sources: Sources, problems: Vec<Diagnostic>) -> Self {
        Self::Document {
            sources: Box::new(sources),
            problems,
        }
    }
}

impl From<String> for CliError {
    fn from(message: String) -> Self {
        Self::Other(message)
    }
}

/// The kind of diagnostics that `--deny` turns into errors.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Deny {
    Warnings,
}

/// Prints warnings to standard error, unless `quiet` is set.
///
/// # Errors
///
/// With `--deny warnings`, returns the warnings as an error.
pub fn report_warnings(
    sources: Sources,
    warnings: &[Diagnostic],
    deny: Option<Deny>,
    format: Format,
    quiet: bool,
) -> Result<Sources, CliError> {
    if warnings.is_empty() {
        return Ok(sources);
    }
    if deny.is_some() {
        let problems = diagnostic::deny(warnings);
        return Err(CliError::document(sources, problems));
    }
    if !quiet {
        terminal::eprint(&sources.problems(warnings, format));
    }
    Ok(sources)
}

/// Prints an error to standard error.
pub fn report(failure: &CliError, format: Format) {
    terminal::eprint(&match failure {
        CliError::Document { sources, problems } => sources.problems(problems, format),
        CliError::Other(message) if format == Format::Json => diagnostic::error_to_json(message),
        CliError::Other(message) => format!("error: {message}\n"),
    });
}

/// Prints a result to standard output.
pub fn print(text: &str) -> Result<ExitCode, CliError> {
    match terminal::print(text) {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) => Err(CliError::Other(format!("standard output: {error}"))),
    }
}

/// Prints the requested help, or reports an invalid command line, and returns the exit code.
/// `is_diff` is true for a command line of `diff`, whose exit codes differ.
pub fn usage(error: &clap::Error, is_diff: bool) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if !error.use_stderr() {
        // clap detects the terminal itself. A closed pipe is not an error.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let json = arguments.iter().any(|word| word == "--format=json")
        || arguments
            .windows(2)
            .any(|pair| pair == ["--format", "json"]);
    if json {
        let text = error.render().to_string();
        let message = text.trim().trim_start_matches("error: ");
        terminal::eprint(&diagnostic::error_to_json(message));
    } else {
        let _ = error.print();
    }
    error_exit_code(is_diff)
}

/// Returns the exit code of an error. For `diff` it is 3, because 2 means breaking changes.
pub fn error_exit_code(is_diff: bool) -> ExitCode {
    ExitCode::from(if is_diff { 3 } else { 2 })
}
