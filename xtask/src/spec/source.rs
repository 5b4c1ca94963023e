//! `spec/SOURCE.toml`: where an import came from.

use super::Import;
use sha2::{Digest, Sha256};
use std::fmt::Write;

pub struct Source {
    origin: String,
    date: String,
    sha256: String,
    tags: Vec<String>,
}

impl Source {
    pub fn of(import: &Import, bytes: &[u8]) -> Result<Self, String> {
        let name = import
            .file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy();
        let date = import
            .date
            .clone()
            .or_else(|| name.get(..10).map(str::to_owned));
        let date = date.filter(|date| is_date(date));
        let Some(date) = date else {
            return Err(
                "error: the document's date is not known: give it as --date YYYY-MM-DD".to_owned(),
            );
        };
        let mut sha256 = String::new();
        for byte in Sha256::digest(bytes) {
            // Writing to a string does not fail.
            let _ = write!(sha256, "{byte:02x}");
        }
        Ok(Self {
            origin: import.origin.clone().unwrap_or_else(|| name.into_owned()),
            date,
            sha256,
            tags: import.tags.clone(),
        })
    }

    pub fn to_toml(&self) -> String {
        let Self {
            origin,
            date,
            sha256,
            tags,
        } = self;
        format!(
            "# Where spec/dub.yaml was taken from, by `cargo xtask spec import`.\n\
             origin = {origin:?}\ndate = {date}\nsha256 = \"{sha256}\"\ntags = {tags:?}\n"
        )
    }
}

/// Whether a text has the form of a date.
fn is_date(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    let lengths: Vec<_> = parts.iter().map(|part| part.len()).collect();
    lengths == [4, 2, 2]
        && parts
            .iter()
            .all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
}
