//! `cargo xtask spec`: what Dub publishes.

mod corrections;
mod date;
mod import;
mod input;
mod report;
mod source;
mod tags;

use clap::{Args, Subcommand};
use dub_generator::terminal;
pub use report::missing_from_crate_spec;
use std::path::Path;
use std::process::ExitCode;

#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Copy the operations of a tag, and everything that they reference, to spec/dub.yaml.
    ///
    /// Lists the changes since the last import, and the differences between spec/dub.yaml and
    /// spec/customers.yaml, from which the crate is generated. Both comparisons apply the
    /// corrections in spec/overlay.yaml; spec/dub.yaml stays uncorrected. The second one ignores the
    /// tags that were not imported. `cargo xtask regen` also lists the differences.
    ///
    /// A URL is fetched with `curl`. If the published document has not changed in what is imported,
    /// no file is written. spec/SOURCE.etag keeps the ETag of the imported document, so that an
    /// unchanged document is not sent again.
    ///
    /// Exit codes: 0 success, 1 `--check` found a change, 2 invalid input or no connection.
    #[command(after_help = "Examples:\n  cargo xtask spec import\n  \
        cargo xtask spec import --check\n  \
        cargo xtask spec import https://api.dub.co --tag Customers --tag Track\n  \
        cargo xtask spec import 2026-06-05-dub.json --tag Customers --tag Track --dry-run\n  \
        cargo xtask spec import dub.json --tag Customers --tag Track --date 2026-06-05")]
    Import(import::Import),
}

/// Runs the command. Returns exit code 2 if the document is invalid or cannot be read.
pub fn run(root: &Path, arguments: &Arguments, quiet: bool) -> ExitCode {
    let Command::Import(import) = &arguments.command;
    import.run(root, quiet).unwrap_or_else(|message| {
        terminal::eprint(&format!("{}\n", message.trim_end()));
        ExitCode::from(2)
    })
}
