//! The generator as a program: reads a document, shows the model or writes the code.

mod command;
mod error;
mod sources;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use command::{DocumentArgs, completions, diff, explain, generate, inspect};
use std::process::ExitCode;

/// Trees of tokens are made of many small pieces: with the system's allocator a run takes a third longer.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Writes the models, operations and errors of a Rust SDK from an OpenAPI 3.0 document.
///
/// Exit codes: 0 done, 1 `--check` found a difference, 2 the input was refused; `diff` has its own.
#[derive(Parser)]
#[command(
    version,
    max_term_width = 100,
    after_help = "Examples:\n  dub-generator generate --spec spec/customers.yaml --out dub-sdk\n  \
    dub-generator diff old.json new.json --tag Customers\n  dub-generator explain E007"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// How results and problems are reported; only `diff` knows Markdown.
    #[arg(long, value_enum, default_value_t = Format::Text, global = true)]
    format: Format,
    /// Say nothing but what is wrong.
    #[arg(short, long, global = true)]
    quiet: bool,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}

#[derive(Subcommand)]
enum Command {
    /// Write the generated module of a crate, or a whole crate.
    ///
    /// Exit codes: 0 done, 1 `--check` found a difference, 2 the input was refused.
    #[command(
        after_help = "Examples:\n  dub-generator generate --spec spec/customers.yaml --out dub-sdk\n  \
        dub-generator generate --spec dub.json --tag Customers --out dub-sdk --check\n  \
        dub-generator generate --spec big.json --crate-dir acme --crate-name acme --allow-unsupported"
    )]
    Generate(generate::Generate),
    /// Print the model of a document as JSON.
    #[command(
        after_help = "Examples:\n  dub-generator inspect --spec spec/customers.yaml\n  \
        dub-generator inspect --spec dub.json --tag Customers | jq '.types[].rust'"
    )]
    Inspect(DocumentArgs),
    /// Say what a user of the crate notices of a new document, and what breaks.
    ///
    /// Exit codes: 0 nothing changes, 1 all changes are compatible, 2 something breaks, 3 a document was refused.
    #[command(after_help = "Examples:\n  dub-generator diff old.yaml new.yaml\n  \
        dub-generator diff old.json new.json --tag Customers --current-version 0.1.0 --format markdown")]
    Diff(diff::Diff),
    /// Say more of an error's code, such as E007.
    #[command(after_help = "Examples:\n  dub-generator explain E007\n  dub-generator explain")]
    Explain(explain::Explain),
    /// Print what a shell needs to complete commands and options.
    #[command(
        after_help = "Examples:\n  source <(dub-generator completions bash)\n  \
        dub-generator completions zsh > ~/.zfunc/_dub-generator\n  \
        dub-generator completions fish > ~/.config/fish/completions/dub-generator.fish"
    )]
    Completions(completions::Completions),
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return error::usage(&error),
    };
    let result = match &cli.command {
        Command::Generate(arguments) => generate::run(arguments, cli.format, cli.quiet),
        Command::Inspect(source) => inspect::run(source),
        Command::Diff(arguments) => diff::run(arguments, cli.format, cli.quiet),
        Command::Explain(arguments) => explain::run(arguments, cli.format),
        Command::Completions(arguments) => completions::run(arguments, Cli::command()),
    };
    result.unwrap_or_else(|problem| {
        error::report(&problem, cli.format);
        error::error_exit_code(matches!(cli.command, Command::Diff(_)))
    })
}
