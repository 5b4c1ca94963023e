//! What both programs need to know of the terminal that they talk to.

use std::ffi::OsString;
use std::io::{self, ErrorKind, IsTerminal, Write};

/// Whether to colour what goes to a stream.
///
/// `NO_COLOR` (<https://no-color.org>) forbids it, `CLICOLOR_FORCE` asks for it; otherwise a terminal is coloured.
pub fn colour(stream: &impl IsTerminal) -> bool {
    should_colour(|name| std::env::var_os(name), stream.is_terminal())
}

fn should_colour(variable: impl Fn(&str) -> Option<OsString>, terminal: bool) -> bool {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    if set("NO_COLOR").is_some() {
        return false;
    }
    match set("CLICOLOR_FORCE") {
        Some(value) if value != "0" => true,
        _ => terminal && set("TERM").is_none_or(|term| term != "dumb"),
    }
}

/// Prints a result. A reader who has seen enough, such as `head`, is no failure.
///
/// # Errors
///
/// When standard output cannot be written for another reason, such as a full disk.
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

/// Tells the person at the terminal. Where nobody listens any more there is nobody to be told of that either.
pub fn eprint(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::should_colour;

    /// Variables, whether there is a terminal, whether to colour.
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
        for (environment, terminal, expected) in table {
            let variable = |name: &str| {
                let found = environment.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| value.into())
            };
            assert_eq!(
                should_colour(variable, terminal),
                expected,
                "{environment:?}"
            );
        }
    }
}
