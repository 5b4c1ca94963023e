//! Terminal output of the generator and of `cargo xtask`.

use std::ffi::OsString;
use std::io::{self, ErrorKind, IsTerminal, Write};

/// Returns true if output to a stream should be coloured.
///
/// `NO_COLOR` (<https://no-color.org>) disables colours. Otherwise, `CLICOLOR_FORCE` enables them,
/// unless it is `0`. Without either, output to a terminal is coloured, unless `TERM` is `dumb`. An
/// empty variable counts as unset.
pub fn colour(stream: &impl IsTerminal) -> bool {
    should_colour(|name| std::env::var_os(name), stream.is_terminal())
}

fn should_colour(variable: impl Fn(&str) -> Option<OsString>, is_terminal: bool) -> bool {
    let non_empty = |name: &str| variable(name).filter(|value| !value.is_empty());
    if non_empty("NO_COLOR").is_some() {
        return false;
    }
    match non_empty("CLICOLOR_FORCE") {
        Some(value) if value != "0" => true,
        _ => is_terminal && non_empty("TERM").is_none_or(|term| term != "dumb"),
    }
}

/// Writes to standard output. A closed pipe, for example after `head` has exited, is not an error.
///
/// # Errors
///
/// Returns an error if writing fails for another reason, such as a full disk.
pub fn print(text: &str) -> io::Result<()> {
    let mut output = io::stdout().lock();
    match output
        .write_all(text.as_bytes())
        .and_then(|()| output.flush())
    {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error),
        _ => Ok(()),
    }
}

/// Writes to standard error. Ignores errors, because there is nowhere left to report them.
pub fn eprint(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::should_colour;

    /// Environment variables, whether the stream is a terminal, and the expected result.
    type Case = (&'static [(&'static str, &'static str)], bool, bool);

    #[test]
    fn colour_follows_environment_variables() {
        let table: [Case; 9] = [
            (&[], true, true),
            (&[], false, false),
            (&[("NO_COLOR", "1")], true, false),
            (&[("NO_COLOR", "")], true, true),
            (&[("CLICOLOR_FORCE", "1")], false, true),
            (&[("CLICOLOR_FORCE", "0")], false, false),
            (&[("CLICOLOR_FORCE", "0")], true, true),
            (&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], true, false),
            (&[("TERM", "dumb")], true, false),
        ];
        for (environment, is_terminal, expected) in table {
            let variable = |name: &str| {
                let found = environment.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| value.into())
            };
            assert_eq!(
                should_colour(variable, is_terminal),
                expected,
                "{environment:?}"
            );
        }
    }
}
