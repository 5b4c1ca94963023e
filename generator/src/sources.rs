//! The source files that a command reads.

use crate::Format;
use dub_generator::diagnostic::{self, Diagnostic, Source};
use dub_generator::fetch::{self, Url};
use std::path::Path;

/// The document and the overlay.
pub struct Sources {
    document: File,
    overlay: Option<File>,
}

/// A file, with its path as given on the command line, or a fetched document with its URL.
struct File {
    name: String,
    text: Vec<u8>,
}

impl Sources {
    pub fn read(document: &Path, overlay: Option<&Path>) -> Result<Self, String> {
        Ok(Self {
            document: File::read(document)?,
            overlay: overlay.map(File::read).transpose()?,
        })
    }

    pub fn document(&self) -> &[u8] {
        &self.document.text
    }

    pub fn document_name(&self) -> &str {
        &self.document.name
    }

    pub fn overlay(&self) -> Option<&[u8]> {
        self.overlay.as_ref().map(|file| file.text.as_slice())
    }

    /// Converts the diagnostics of these files into a JSON array.
    pub fn to_json_value(&self, problems: &[Diagnostic]) -> serde_json::Value {
        let files = std::iter::once(&self.document).chain(&self.overlay);
        let names: Vec<&str> = files.map(|file| file.name.as_str()).collect();
        diagnostic::to_json_value(problems, &names)
    }

    /// Renders the diagnostics of these files.
    pub fn problems(&self, problems: &[Diagnostic], format: Format) -> String {
        if format == Format::Json {
            return format!("{:#}\n", self.to_json_value(problems));
        }
        let files = std::iter::once(&self.document).chain(&self.overlay);
        let sources: Vec<Source<'_>> = files.map(File::source).collect();
        diagnostic::render(problems, &sources) + &diagnostic::summary(problems)
    }
}

impl File {
    fn read(path: &Path) -> Result<Self, String> {
        if let Some(url) = path.to_str().and_then(Url::of_argument) {
            let url = url?;
            let text = fetch::document(&url)?;
            let name = url.shown();
            return Ok(Self { name, text });
        }
        let name = path.display().to_string();
        match std::fs::read(path) {
            Ok(text) => Ok(Self { name, text }),
            Err(error) => Err(format!("{name}: {error}")),
        }
    }

    fn source(&self) -> Source<'_> {
        Source {
            name: &self.name,
            text: &self.text,
        }
    }
}
