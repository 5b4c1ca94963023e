//! Writes generated files to a directory: computes the changes, then applies all of them or none.
//!
//! No other module of this library writes files. [`Directory`](crate::files::Directory) reads some.

mod existing;
#[cfg(test)]
mod tests;

use crate::GeneratedFile;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use existing::{existing_generated_files, read, rust_files, with_path};
pub use existing::{keep_handwritten_pages, manifest, wrapper_command};

/// The directory of the runtime in a crate that is written as a whole. All of its Rust files belong
/// to the generator, although they have no header that says so.
const RUNTIME: &str = "src/runtime";

/// The change to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    Create,
    Update,
    Remove,
    Keep,
}

/// A file with its current and its new content.
#[derive(Clone, Debug)]
pub struct Change {
    /// The path relative to the root directory.
    pub path: String,
    target: PathBuf,
    pub action: Action,
    pub old: String,
    pub new: String,
}

/// The changes that writing a set of files makes to a directory.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Sorted by path.
    pub changes: Vec<Change>,
}

impl Plan {
    /// Compares files with the current content of `root`.
    ///
    /// Previously generated files that are not in `files` will be removed. Handwritten files are
    /// never touched, except files that have the same path as one of `files`.
    ///
    /// # Errors
    ///
    /// Returns an error if a file cannot be read.
    pub fn new(root: &Path, files: &[GeneratedFile]) -> io::Result<Self> {
        let mut changes = BTreeMap::new();
        for file in files {
            let target = root.join(&file.path);
            let old = read(&target)?;
            let action = match &old {
                None => Action::Create,
                Some(old) if *old == file.text => Action::Keep,
                Some(_) => Action::Update,
            };
            let change = Change {
                path: file.path.clone(),
                target,
                action,
                old: old.unwrap_or_default(),
                new: file.text.clone(),
            };
            changes.insert(file.path.clone(), change);
        }
        let mut existing = existing_generated_files(root)?;
        // A crate whose runtime is handwritten is never given a runtime.
        if changes.keys().any(|path| path.starts_with(RUNTIME)) {
            existing.extend(rust_files(root, RUNTIME)?);
        }
        for (path, old) in existing {
            changes.entry(path.clone()).or_insert_with(|| Change {
                target: root.join(&path),
                path,
                action: Action::Remove,
                old,
                new: String::new(),
            });
        }
        Ok(Self {
            changes: changes.into_values().collect(),
        })
    }

    /// Compares one file with its current content. Its path is relative to `root`.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read.
    pub fn of_file(root: &Path, path: &str, text: String) -> io::Result<Self> {
        let target = root.join(path);
        let old = read(&target)?;
        let action = match &old {
            None => Action::Create,
            Some(old) if *old == text => Action::Keep,
            Some(_) => Action::Update,
        };
        Ok(Self {
            changes: vec![Change {
                path: path.to_owned(),
                target,
                action,
                old: old.unwrap_or_default(),
                new: text,
            }],
        })
    }

    /// Removes a file if it exists. Its path is relative to `root`.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read.
    pub fn without_file(root: &Path, path: &str) -> io::Result<Self> {
        let target = root.join(path);
        let change = read(&target)?.map(|old| Change {
            path: path.to_owned(),
            target,
            action: Action::Remove,
            old,
            new: String::new(),
        });
        Ok(Self {
            changes: change.into_iter().collect(),
        })
    }

    /// Merges two plans, so that both are applied or neither.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.changes.extend(other.changes);
        self
    }

    /// Returns the changes other than [`Action::Keep`].
    pub fn pending(&self) -> impl Iterator<Item = &Change> {
        self.changes
            .iter()
            .filter(|change| change.action != Action::Keep)
    }

    /// Returns true if there are no pending changes.
    pub fn is_clean(&self) -> bool {
        self.pending().next().is_none()
    }

    /// Applies the changes: writes the new content to temporary files, then renames these files and
    /// removes stale ones. Unchanged files are not touched.
    ///
    /// # Errors
    ///
    /// Returns an error if a file cannot be written. In this case, the changes made so far are
    /// undone.
    pub fn apply(&self) -> io::Result<()> {
        let staged = self.stage()?;
        let mut done = Vec::new();
        for change in self.pending() {
            let target = &change.target;
            let result = match staged.get(target.as_path()) {
                Some(temporary) => fs::rename(temporary, target),
                None => fs::remove_file(target),
            };
            if let Err(error) = result {
                staged.values().for_each(|path| drop(fs::remove_file(path)));
                done.into_iter().for_each(undo);
                return Err(with_path(target, &error));
            }
            done.push(change);
        }
        Ok(())
    }

    /// Writes the new content to temporary files next to their targets.
    fn stage(&self) -> io::Result<BTreeMap<&Path, PathBuf>> {
        // `created` contains the directories that exist at this point.
        let (mut staged, mut created) = (BTreeMap::new(), BTreeSet::new());
        for change in self
            .pending()
            .filter(|change| change.action != Action::Remove)
        {
            let target = &change.target;
            let mut temporary = target.clone().into_os_string();
            temporary.push(format!(".{}.tmp", std::process::id()));
            let temporary = PathBuf::from(temporary);
            let parent = target.parent().filter(|parent| created.insert(*parent));
            let made = parent.map_or(Ok(()), fs::create_dir_all);
            let written = made.and_then(|()| fs::write(&temporary, &change.new));
            staged.insert(target.as_path(), temporary);
            if let Err(error) = written {
                staged.values().for_each(|path| drop(fs::remove_file(path)));
                return Err(with_path(target, &error));
            }
        }
        Ok(staged)
    }
}

/// Restores a file. Ignores errors, because the error that caused the restore is reported.
fn undo(change: &Change) {
    drop(match change.action {
        Action::Create => fs::remove_file(&change.target),
        _ => fs::write(&change.target, &change.old),
    });
}
