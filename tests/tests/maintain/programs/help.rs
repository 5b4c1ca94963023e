//! Tests of the help of both programs: the help of every command has an example.

use super::{CommandResult, command};
use crate::support::root;

fn help(program: &str, command_line: &[&str]) -> String {
    let arguments = [command_line, &["--help"]].concat();
    let result = CommandResult::of(command(program, &arguments, &root()).output().unwrap());
    assert_eq!((result.code, result.err.as_str()), (0, ""), "{arguments:?}");
    result.out
}

/// Returns the subcommands that a help text lists.
fn subcommands(help: &str) -> Vec<String> {
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let list = list.take_while(|line| !line.is_empty());
    let names = list.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    names
        .filter(|name| !name.is_empty() && *name != "help")
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_command_help_has_examples() {
    for (program, invocation) in [("dub-generator", "dub-generator"), ("xtask", "cargo xtask")] {
        let overview = help(program, &[]);
        assert!(overview.contains("Exit codes"), "{overview}");
        let commands = subcommands(&overview);
        assert!(commands.len() >= 5, "{overview}");
        for name in commands {
            let command_help = help(program, &[&name]);
            assert!(
                command_help.contains(&format!("  {invocation} {name}")),
                "{command_help}"
            );
            for subcommand in subcommands(&command_help) {
                let command_help = help(program, &[&name, &subcommand]);
                assert!(
                    command_help.contains(&format!("  {invocation} {name} {subcommand}")),
                    "{command_help}"
                );
            }
        }
    }
}
