//! The warnings about a document: they are printed, or are errors with `--deny warnings`.

use clap::{Args, ValueEnum};
use dub_generator::diagnostic::{self, Diagnostic};
use dub_generator::terminal;

#[derive(Args)]
pub struct DenyArgs {
    /// Treat warnings about the document as errors.
    #[arg(long, value_enum, value_name = "KIND")]
    deny: Option<Deny>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Deny {
    Warnings,
}

impl DenyArgs {
    /// Prints warnings, unless `quiet` is set. `render` renders them for a terminal.
    ///
    /// # Errors
    ///
    /// With `--deny warnings`, returns the rendered warnings as an error.
    pub fn report(
        &self,
        warnings: &[Diagnostic],
        render: impl Fn(&[Diagnostic]) -> String,
        quiet: bool,
    ) -> Result<(), String> {
        if warnings.is_empty() {
            return Ok(());
        }
        if self.deny.is_some() {
            return Err(render(&diagnostic::deny(warnings)));
        }
        if !quiet {
            terminal::eprint(&render(warnings));
        }
        Ok(())
    }
}
