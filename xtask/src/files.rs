//! The files that a document in the work tree, or in a git revision, may refer to.

use crate::git;
use crate::repository::SPEC;
use dub_generator::files::{Directory, Files, Loader, Unreadable};
use std::path::{Path, PathBuf};

/// Returns the files next to a document in the work tree, with names relative to the repository
/// root.
pub fn now(root: &Path, document: &str) -> Files {
    let name = document.rsplit('/').next().unwrap_or_default();
    let files = Named {
        files: Directory::of(&root.join(document), false),
        directory: document.strip_suffix(name).unwrap_or_default().to_owned(),
    };
    Files::new(name, files)
}

/// Returns the files next to the document of the crate in a git revision.
pub fn at(root: &Path, revision: &str) -> Files {
    let name = SPEC.rsplit('/').next().unwrap_or_default();
    let directory = SPEC.strip_suffix(name).unwrap_or_default();
    let files = Revision {
        root: root.to_owned(),
        directory: format!("{revision}:{directory}"),
    };
    Files::new(name, files)
}

/// A directory whose files have other names in messages.
struct Named {
    files: Directory,
    directory: String,
}

impl Loader for Named {
    fn key(&self, path: &str) -> Result<PathBuf, Unreadable> {
        self.files.key(path)
    }

    fn read(&self, key: &Path) -> Result<Vec<u8>, Unreadable> {
        self.files.read(key)
    }

    fn name(&self, path: &str) -> String {
        format!("{}{path}", self.directory)
    }
}

/// A directory in a git revision.
struct Revision {
    root: PathBuf,
    /// Its name, such as `HEAD:spec/`.
    directory: String,
}

impl Loader for Revision {
    fn key(&self, path: &str) -> Result<PathBuf, Unreadable> {
        match path.split('/').next() {
            Some("..") => Err(Unreadable::Outside),
            _ => Ok(PathBuf::from(path)),
        }
    }

    fn read(&self, key: &Path) -> Result<Vec<u8>, Unreadable> {
        let name = self.name(&key.to_string_lossy());
        // `git show` lists the files of a directory.
        match git::kind(&self.root, &name).as_deref() {
            Ok("blob") => git::show(&self.root, &name).map_err(Unreadable::Other),
            Ok(_) => Err(Unreadable::Other("it is a directory".to_owned())),
            Err(_) => Err(Unreadable::Missing),
        }
    }

    fn name(&self, path: &str) -> String {
        format!("{}{path}", self.directory)
    }
}
