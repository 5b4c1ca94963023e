//! A command line program; see `dub_sdk_examples::customers_cli`.

use clap::Parser as _;
use dub_sdk::blocking::Dub;
use dub_sdk_examples::customers_cli::{Arguments, exit_code, run};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = Dub::from_env()
        .map_err(anyhow::Error::from)
        .and_then(|dub| run(&dub, &arguments, &mut std::io::stdout().lock()));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // `#` adds the causes.
            eprintln!("error: {error:#}");
            ExitCode::from(exit_code(&error))
        }
    }
}
