//! The help of both programs: every command says what it does, and shows how.

use super::{Ended, command};
use crate::support::root;

fn help(program: &str, command_line: &[&str]) -> String {
    let arguments = [command_line, &["--help"]].concat();
    let ended = Ended::of(command(program, &arguments, &root()).output().unwrap());
    assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{arguments:?}");
    ended.out
}

/// The commands that a help lists.
fn listed(help: &str) -> Vec<String> {
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let list = list.take_while(|line| !line.is_empty());
    let names = list.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    names
        .filter(|name| !name.is_empty() && *name != "help")
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_command_has_examples_that_name_it() {
    for (program, called) in [("dub-generator", "dub-generator"), ("xtask", "cargo xtask")] {
        let overview = help(program, &[]);
        assert!(overview.contains("Exit codes"), "{overview}");
        let commands = listed(&overview);
        assert!(commands.len() >= 5, "{overview}");
        for name in commands {
            let own = help(program, &[&name]);
            assert!(own.contains(&format!("  {called} {name}")), "{own}");
            for inner in listed(&own) {
                let own = help(program, &[&name, &inner]);
                assert!(own.contains(&format!("  {called} {name} {inner}")), "{own}");
            }
        }
    }
}
