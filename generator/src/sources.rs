//! The source files that a command reads.

use crate::Format;
use crate::error::CliError;
use dub_generator::diagnostic::{self, Diagnostic, Source};
use dub_generator::terminal;
use std::path::Path;

/// The document and the overlay, each with its path as given on the command line.
pub struct Sources {
    pub document: (String, Vec<u8>),
    overlay: Option<(String, Vec<u8>)>,
}

impl Sources {
    pub fn read(document: &Path, overlay: Option<&Path>) -> Result<Self, CliError> {
        Ok(Self {
            document: file(document)?,
            overlay: overlay.map(file).transpose()?,
        })
    }

    pub fn overlay(&self) -> Option<&[u8]> {
        self.overlay.as_ref().map(|(_, text)| text.as_slice())
    }

    /// Renders the diagnostics of these files.
    pub fn problems(&self, problems: &[Diagnostic], format: Format) -> String {
        let (name, text) = &self.document;
        let overlay = self.overlay.as_ref();
        if format == Format::Json {
            let overlay = overlay.map_or(name, |(name, _)| name);
            return diagnostic::to_json_all(problems, name, overlay);
        }
        let text = String::from_utf8_lossy(text);
        let document = Source { name, text: &text };
        let overlay = overlay.map(|(name, text)| (name, String::from_utf8_lossy(text)));
        let overlay = overlay.as_ref().map(|(name, text)| Source { name, text });
        let colour = terminal::colour(&std::io::stderr());
        let shown = diagnostic::render_all(problems, document, overlay, colour);
        shown + &diagnostic::summary(problems)
    }
}

fn file(path: &Path) -> Result<(String, Vec<u8>), CliError> {
    let name = path.display().to_string();
    match std::fs::read(path) {
        Ok(text) => Ok((name, text)),
        Err(error) => Err(CliError::Other(format!("{name}: {error}"))),
    }
}
