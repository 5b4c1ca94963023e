//! The files in the directory of a document.

use super::{Loader, Unreadable};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The number of bytes after which a file is not read further. A file of this size is rejected.
const MAX_BYTES: u64 = 64 * 1024 * 1024 + 1;

/// Reads the files in the directory of a document.
pub struct Directory {
    path: PathBuf,
    allow_outside: bool,
}

impl Directory {
    /// Creates the reader for the directory of a document.
    pub fn of(document: &Path, allow_outside: bool) -> Self {
        Self {
            path: document.parent().unwrap_or(Path::new("")).to_owned(),
            allow_outside,
        }
    }

    fn canonical(path: &Path) -> Result<PathBuf, Unreadable> {
        let path = match path.as_os_str().is_empty() {
            true => Path::new("."),
            false => path,
        };
        path.canonicalize().map_err(reason)
    }
}

impl Loader for Directory {
    fn key(&self, path: &str) -> Result<PathBuf, Unreadable> {
        if self.allow_outside {
            return Self::canonical(&self.path.join(path));
        }
        if path.split('/').next() == Some("..") {
            return Err(Unreadable::Outside);
        }
        let key = Self::canonical(&self.path.join(path))?;
        // A symbolic link can lead out of the directory.
        match key.starts_with(Self::canonical(&self.path)?) {
            true => Ok(key),
            false => Err(Unreadable::Outside),
        }
    }

    fn read(&self, key: &Path) -> Result<Vec<u8>, Unreadable> {
        let kind = fs::metadata(key).map_err(reason)?;
        if kind.is_dir() {
            return Err(Unreadable::Other("it is a directory".to_owned()));
        }
        // Reading a pipe could block.
        if !kind.is_file() {
            return Err(Unreadable::Other("it is not a regular file".to_owned()));
        }
        let mut bytes = Vec::new();
        let file = fs::File::open(key).map_err(reason)?;
        let read = file.take(MAX_BYTES).read_to_end(&mut bytes);
        read.map_err(reason)?;
        Ok(bytes)
    }

    fn name(&self, path: &str) -> String {
        self.path.join(path).display().to_string()
    }
}

fn reason(error: io::Error) -> Unreadable {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Unreadable::Missing,
        _ => Unreadable::Other(error.to_string()),
    }
}
