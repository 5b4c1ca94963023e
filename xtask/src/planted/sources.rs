//! A copy of the sources of this repository.

use std::collections::HashSet;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

/// The directories that are not copied: outputs of cargo, and the history.
const IGNORED: [&str; 2] = ["target", ".git"];

/// A copy of the sources in another directory.
pub struct Copy {
    root: PathBuf,
}

impl Copy {
    /// Copies the sources. A file that the copy already has is not written again, so that cargo
    /// compiles only what changed.
    pub fn of(root: &Path, copy: &Path) -> io::Result<Self> {
        copy_directory(root, copy)?;
        let root = copy.to_owned();
        Ok(Self { root })
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the path of a file of the copy, which is given relative to its root.
    pub fn path(&self, file: &str) -> PathBuf {
        self.root.join(file)
    }
}

fn copy_directory(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::create_dir_all(to)?;
    let mut copied: HashSet<OsString> = HashSet::new();
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let (name, path) = (entry.file_name(), entry.path());
        if IGNORED.iter().any(|ignored| name == *ignored) {
            continue;
        }
        if path.is_dir() {
            copy_directory(&path, &to.join(&name))?;
        } else {
            copy_file(&path, &to.join(&name))?;
        }
        copied.insert(name);
    }
    // Files that an earlier copy had.
    for entry in std::fs::read_dir(to)? {
        let entry = entry?;
        if copied.contains(&entry.file_name()) {
            continue;
        }
        match entry.path().is_dir() {
            true => std::fs::remove_dir_all(entry.path())?,
            false => std::fs::remove_file(entry.path())?,
        }
    }
    Ok(())
}

fn copy_file(from: &Path, to: &Path) -> io::Result<()> {
    let bytes = std::fs::read(from)?;
    if std::fs::read(to).is_ok_and(|current| current == bytes) {
        return Ok(());
    }
    std::fs::write(to, bytes)
}
