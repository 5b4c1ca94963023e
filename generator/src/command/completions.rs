//! `dub-generator completions`: what a shell needs to complete the program's commands and options.

use crate::error::{CliError, print};
use clap::{Args, Command, ValueEnum};
use clap_complete::Shell as ClapShell;
use std::process::ExitCode;

#[derive(Args)]
pub struct Completions {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Clone, Copy, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
}

pub fn run(arguments: &Completions, mut program: Command) -> Result<ExitCode, CliError> {
    let shell = match arguments.shell {
        Shell::Bash => ClapShell::Bash,
        Shell::Zsh => ClapShell::Zsh,
        Shell::Fish => ClapShell::Fish,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut program, "dub-generator", &mut script);
    // Of a name with a hyphen clap_complete makes two names in bash, of which only one is ever set.
    let script = String::from_utf8_lossy(&script);
    print(&script.replace("dub__subcmd__generator__", "dub__generator__"))
}
