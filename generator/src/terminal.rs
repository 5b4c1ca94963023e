//! Terminal output of the generator and of `cargo xtask`.
//!
//! Colours are written as ANSI escape codes. They are removed unless the stream is a terminal that
//! supports them; `NO_COLOR` (<https://no-color.org>) and `CLICOLOR_FORCE` override this.

use std::io::{self, ErrorKind, Write};

/// Writes to standard output. A closed pipe, for example after `head` has exited, is not an error.
///
/// # Errors
///
/// Returns an error if writing fails for another reason, such as a full disk.
pub fn print(text: &str) -> io::Result<()> {
    let mut output = anstream::stdout().lock();
    match output
        .write_all(text.as_bytes())
        .and_then(|()| output.flush())
    {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error),
        _ => Ok(()),
    }
}

/// Removes the ANSI escape codes from a text.
pub fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

/// Writes to standard error. Ignores errors, because there is nowhere left to report them.
pub fn eprint(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}
