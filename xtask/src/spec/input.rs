//! Reads the document to import from a file or from a URL.

use super::date;
use super::source::Origin;
use dub_generator::fetch::{self, Fetched, Limits, Url};
use dub_generator::files::Files;
use sha2::{Digest, Sha256};
use std::path::Path;

/// A document to import.
pub struct Input {
    /// The path, or the URL without credentials.
    pub name: String,
    pub bytes: Vec<u8>,
    /// The files that it may refer to.
    pub files: Option<Files>,
    pub origin: Origin,
    /// The URL of a fetched document.
    pub url: Option<Url>,
    pub etag: Option<String>,
}

impl Input {
    /// Reads a file. Its date is the date at the start of its name, or that of its modification.
    pub fn read(path: &Path, allow_outside: bool) -> Result<Self, String> {
        let name = path.display().to_string();
        let bytes = std::fs::read(path).map_err(|error| format!("error: {name}: {error}"))?;
        let file_name = path.file_name().unwrap_or_default().to_string_lossy();
        let date = match file_name.get(..10).filter(|start| date::is_date(start)) {
            Some(date) => date.to_owned(),
            None => date::modified(path)?,
        };
        let origin = origin(file_name.into_owned(), date, &bytes);
        Ok(Self {
            name,
            bytes,
            files: Some(Files::next_to(path, allow_outside)),
            origin,
            url: None,
            etag: None,
        })
    }

    /// Fetches a document. Returns `None` if it still has the known `ETag`.
    pub fn fetch(url: &Url, known_etag: Option<&str>) -> Result<Option<Self>, String> {
        let fetched = fetch::fetch(url, known_etag, &Limits::default());
        let fetched = fetched.map_err(|error| format!("error: {error}"))?;
        let Fetched::Document { bytes, etag } = fetched else {
            return Ok(None);
        };
        let name = url.shown();
        Ok(Some(Self {
            origin: origin(name.clone(), date::today(), &bytes),
            name,
            bytes,
            files: None,
            url: Some(url.clone()),
            etag,
        }))
    }
}

fn origin(name: String, date: String, bytes: &[u8]) -> Origin {
    let sha256 = format!("{:x}", Sha256::digest(bytes));
    Origin { name, date, sha256 }
}
