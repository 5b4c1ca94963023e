//! The files that a document refers to, and how they are read.

use crate::diagnostic::Source;
use crate::span::SourceId;
use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

mod directory;

pub use directory::Directory;

/// The maximum number of files of a document.
const MAX_FILES: usize = 10_000;

/// Reads files. All paths are relative to the directory of the document and have forward slashes;
/// `..` occurs only at their beginning.
pub trait Loader: Send + Sync {
    /// Returns the key of a file. All paths of one file have the same key.
    ///
    /// # Errors
    ///
    /// Returns the reason why the file cannot be read.
    fn key(&self, path: &str) -> Result<PathBuf, Unreadable>;

    /// Reads the file with a key.
    ///
    /// # Errors
    ///
    /// Returns the reason why the file cannot be read.
    fn read(&self, key: &Path) -> Result<Vec<u8>, Unreadable>;

    /// Returns the name of a file for messages.
    fn name(&self, path: &str) -> String;
}

/// The reason why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// The file does not exist.
    Missing,
    /// The file is outside of the directory of the document.
    Outside,
    /// Any other reason, in words.
    Other(String),
}

/// A file that was read.
#[derive(Clone)]
pub struct File {
    /// The name for messages.
    pub name: String,
    pub text: Arc<[u8]>,
}

/// The files of a document. Each one is read once.
pub struct Files {
    /// The file name of the document.
    document: String,
    loader: Box<dyn Loader>,
    read: Mutex<Read>,
}

/// The files that were read.
#[derive(Default)]
struct Read {
    files: Vec<File>,
    by_key: HashMap<PathBuf, usize>,
}

/// The result of opening a file.
pub(crate) enum Opened {
    /// The path is that of the document itself.
    Document,
    /// The index of a file, which may have been opened before.
    File(usize),
}

impl Files {
    /// Creates the files of a document with a file name.
    pub fn new(document: impl Into<String>, loader: impl Loader + 'static) -> Self {
        Self {
            document: document.into(),
            loader: Box::new(loader),
            read: Mutex::default(),
        }
    }

    /// Creates the files in the directory of a document. Files outside of it are rejected, unless
    /// `allow_outside` is set.
    pub fn next_to(document: &Path, allow_outside: bool) -> Self {
        let name = document.file_name().unwrap_or_default().to_string_lossy();
        Self::new(name, Directory::of(document, allow_outside))
    }

    /// Returns the files that have been read, in the order of their [`SourceId`]s.
    pub fn read(&self) -> Vec<File> {
        self.lock().files.clone()
    }

    /// Returns the file name of the document.
    pub(crate) fn document(&self) -> &str {
        &self.document
    }

    /// Returns the name of a file for messages.
    pub(crate) fn name(&self, path: &str) -> String {
        self.loader.name(path)
    }

    /// Opens a file, and reads it if it is a new one.
    pub(crate) fn open(&self, path: &str) -> Result<Opened, Unreadable> {
        let key = self.loader.key(path)?;
        if self.loader.key(&self.document).as_ref() == Ok(&key) {
            return Ok(Opened::Document);
        }
        let mut read = self.lock();
        if let Some(index) = read.by_key.get(&key) {
            return Ok(Opened::File(*index));
        }
        let index = read.files.len();
        if index >= MAX_FILES {
            let message = format!("the document has more than {MAX_FILES} files");
            return Err(Unreadable::Other(message));
        }
        let text = self.loader.read(&key)?.into();
        let name = self.loader.name(path);
        read.files.push(File { name, text });
        read.by_key.insert(key, index);
        Ok(Opened::File(index))
    }

    /// Returns a file that was read, with its source.
    pub(crate) fn get(&self, index: usize) -> Option<(SourceId, File)> {
        Some((
            SourceId::file(index)?,
            self.lock().files.get(index)?.clone(),
        ))
    }

    fn lock(&self) -> MutexGuard<'_, Read> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Files")
            .field("document", &self.document)
            .finish_non_exhaustive()
    }
}

/// Returns all sources of a run by the index of their ids: the document, the overlay, and the files
/// that were read.
pub fn sources<'a>(
    document: Source<'a>,
    overlay: Option<Source<'a>>,
    files: &'a [File],
) -> Vec<Source<'a>> {
    let none = Source {
        name: "",
        text: b"",
    };
    let files = files.iter().map(|file| Source {
        name: &file.name,
        text: &file.text,
    });
    [document, overlay.unwrap_or(none)]
        .into_iter()
        .chain(files)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Has all files, each with several paths.
    struct Endless;

    impl Loader for Endless {
        fn key(&self, path: &str) -> Result<PathBuf, Unreadable> {
            Ok(PathBuf::from(path.trim_end_matches('x')))
        }

        fn read(&self, _: &Path) -> Result<Vec<u8>, Unreadable> {
            Ok(Vec::new())
        }

        fn name(&self, path: &str) -> String {
            path.to_owned()
        }
    }

    #[test]
    fn each_file_has_one_index_and_their_number_is_limited() {
        let files = Files::new("root", Endless);
        assert!(matches!(files.open("root"), Ok(Opened::Document)));
        assert!(matches!(files.open("rootx"), Ok(Opened::Document)));
        for (path, index) in [("a", 0), ("b", 1), ("axx", 0), ("bx", 1)] {
            assert!(matches!(files.open(path), Ok(Opened::File(found)) if found == index));
        }
        for index in 2..MAX_FILES {
            assert!(files.open(&index.to_string()).is_ok());
        }
        let result = files.open("one_more");
        assert!(matches!(result, Err(Unreadable::Other(reason)) if reason.contains("10000 files")));
        assert_eq!(files.read().len(), MAX_FILES);
    }
}
