//! `cargo xtask explain`: prints the explanation of an error code of the generator.

use crate::console::{fail, print};
use clap::Args;
use dub_generator::diagnostic;
use std::process::ExitCode;

#[derive(Args)]
pub struct Arguments {
    /// The error code, such as E006 [default: list all codes].
    code: Option<String>,
}

pub fn run(arguments: &Arguments) -> ExitCode {
    let Some(code) = &arguments.code else {
        let titles: String = diagnostic::titles()
            .map(|line| format!("{line}\n"))
            .collect();
        print(&titles);
        return ExitCode::SUCCESS;
    };
    match diagnostic::explain(code) {
        Some(text) => {
            print(&format!("{}\n", text.trim_end()));
            ExitCode::SUCCESS
        }
        None => fail(
            &format!("unknown error code `{code}`; run `cargo xtask explain` to list all codes"),
            2,
        ),
    }
}
