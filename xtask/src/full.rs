//! Commands of the full program, which has more dependencies: compiles it and runs the same command.

use crate::cargo::cargo;
use crate::console::fail;
use clap::Args;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode};

/// The arguments of a command, which the full program parses.
#[derive(Args)]
#[command(disable_help_flag = true)]
pub struct Arguments {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
    _arguments: Vec<OsString>,
}

/// Runs a command that takes arguments.
pub fn run(_: &Path, _: &Arguments, _: bool) -> ExitCode {
    run_again()
}

/// Compiles the full program and runs it with the arguments of this one. Returns its exit code.
pub fn run_again() -> ExitCode {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let mut command = Command::new(cargo());
    command.args(["run", "--quiet", "--package", "xtask", "--manifest-path"]);
    command.arg(manifest).arg("--");
    command.args(std::env::args_os().skip(1));
    match command.status() {
        Ok(status) => {
            let code = status.code().and_then(|code| u8::try_from(code).ok());
            code.map_or(ExitCode::FAILURE, ExitCode::from)
        }
        Err(error) => fail(&error.to_string(), 1),
    }
}
