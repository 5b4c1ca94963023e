//! `dub-generator completions`: prints a shell completion script.

use crate::error::{CliError, print};
use clap::{Args, Command, ValueEnum};
use clap_complete::Shell as ClapShell;
use std::process::ExitCode;

#[derive(Args)]
pub struct Completions {
    /// The shell to print completions for.
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
    // For a program name with a hyphen, the bash script of clap_complete uses two different names
    // for the same command, but defines only one of them.
    let script = String::from_utf8_lossy(&script);
    print(&script.replace("dub__subcmd__generator__", "dub__generator__"))
}
