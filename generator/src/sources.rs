//! The source files that a command reads.

use crate::Format;
use dub_generator::diagnostic::{self, Diagnostic, Source};
use dub_generator::fetch::{self, Url};
use dub_generator::files::{self, Files};
use std::path::Path;

/// The document, the overlay, and the files that the document refers to.
pub struct Sources {
    document: File,
    overlay: Option<File>,
    /// `None` for a document at a URL, which cannot refer to other files.
    files: Option<Files>,
}

/// A file, with its path as given on the command line, or a fetched document with its URL.
struct File {
    name: String,
    text: Vec<u8>,
}

impl Sources {
    /// Reads the document and the overlay. Other files are read when they are needed;
    /// `allow_outside` allows those outside of the directory of the document.
    pub fn read(
        document: &Path,
        overlay: Option<&Path>,
        allow_outside: bool,
    ) -> Result<Self, String> {
        let is_path = url(document).is_none();
        Ok(Self {
            document: File::read(document)?,
            overlay: overlay.map(File::read).transpose()?,
            files: is_path.then(|| Files::next_to(document, allow_outside)),
        })
    }

    pub fn document(&self) -> &[u8] {
        &self.document.text
    }

    pub fn document_name(&self) -> &str {
        &self.document.name
    }

    pub fn files(&self) -> Option<&Files> {
        self.files.as_ref()
    }

    pub fn overlay(&self) -> Option<&[u8]> {
        self.overlay.as_ref().map(|file| file.text.as_slice())
    }

    /// Converts the diagnostics of these files into a JSON array.
    pub fn to_json_value(&self, problems: &[Diagnostic]) -> serde_json::Value {
        self.with_sources(|sources| {
            let names: Vec<&str> = sources.iter().map(|source| source.name).collect();
            diagnostic::to_json_value(problems, &names)
        })
    }

    /// Calls a function with all sources, by the index of their ids.
    fn with_sources<T>(&self, work: impl FnOnce(&[Source<'_>]) -> T) -> T {
        let read = self.files.as_ref().map(Files::read).unwrap_or_default();
        let overlay = self.overlay.as_ref().map(File::source);
        work(&files::sources(self.document.source(), overlay, &read))
    }

    /// Renders the diagnostics of these files.
    pub fn problems(&self, problems: &[Diagnostic], format: Format) -> String {
        if format == Format::Json {
            return format!("{:#}\n", self.to_json_value(problems));
        }
        let text = self.with_sources(|sources| diagnostic::render(problems, sources));
        text + &diagnostic::summary(problems, "dub-generator")
    }
}

impl File {
    fn read(path: &Path) -> Result<Self, String> {
        if let Some(url) = url(path) {
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

/// Returns the URL that an argument is; `None` for a path.
fn url(argument: &Path) -> Option<Result<Url, String>> {
    argument.to_str().and_then(Url::of_argument)
}
