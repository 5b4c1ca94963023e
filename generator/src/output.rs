//! From generated files to a directory: what would change, and the change itself, all of it or nothing.
//!
//! This is the only code of the generator that touches files, and only the programs call it.

use crate::GeneratedFile;
use crate::format::HEADER;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The directory that holds nothing but generated files.
const GENERATED: &str = "src/generated";

/// What becomes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    Create,
    Update,
    Remove,
    Keep,
}

/// A file, what it holds and what it is to hold.
#[derive(Clone, Debug)]
pub struct Change {
    /// Its path below the root.
    pub path: String,
    pub action: Action,
    pub old: String,
    pub new: String,
}

/// What writing a set of files would do to a directory.
#[derive(Clone, Debug)]
pub struct Plan {
    root: PathBuf,
    /// In the order of their paths.
    pub changes: Vec<Change>,
}

impl Plan {
    /// Compares files with what stands below `root`. Files that were generated earlier and are no more
    /// among them are to be removed; a file that no generator wrote is never touched.
    ///
    /// # Errors
    ///
    /// When a file cannot be read.
    pub fn new(root: &Path, files: &[GeneratedFile]) -> io::Result<Self> {
        let mut changes = BTreeMap::new();
        for file in files {
            let old = read(&root.join(&file.path))?;
            let action = match &old {
                None => Action::Create,
                Some(old) if *old == file.text => Action::Keep,
                Some(_) => Action::Update,
            };
            let change = Change {
                path: file.path.clone(),
                action,
                old: old.unwrap_or_default(),
                new: file.text.clone(),
            };
            changes.insert(file.path.clone(), change);
        }
        for (path, old) in orphans(root)? {
            changes.entry(path.clone()).or_insert_with(|| Change {
                path,
                action: Action::Remove,
                old,
                new: String::new(),
            });
        }
        Ok(Self {
            root: root.to_owned(),
            changes: changes.into_values().collect(),
        })
    }

    /// The changes that are none of `Keep`.
    pub fn pending(&self) -> impl Iterator<Item = &Change> {
        self.changes
            .iter()
            .filter(|change| change.action != Action::Keep)
    }

    /// Whether everything is as it should be.
    pub fn is_clean(&self) -> bool {
        self.pending().next().is_none()
    }

    /// Carries the changes out: every new text is written beside its file first, then all are put in place.
    /// Files whose text stays the same are not touched.
    ///
    /// # Errors
    ///
    /// When a file cannot be written. The directory is then as it was before.
    pub fn apply(&self) -> io::Result<()> {
        let staged = self.stage()?;
        let mut done = Vec::new();
        for change in self.pending() {
            let target = self.root.join(&change.path);
            let result = match staged.get(change.path.as_str()) {
                Some(temporary) => fs::rename(temporary, &target),
                None => fs::remove_file(&target),
            };
            if let Err(error) = result {
                staged.values().for_each(|path| drop(fs::remove_file(path)));
                done.into_iter().for_each(|change| self.undo(change));
                return Err(named(&target, &error));
            }
            done.push(change);
        }
        Ok(())
    }

    /// Writes the new texts beside their files.
    fn stage(&self) -> io::Result<BTreeMap<&str, PathBuf>> {
        let mut staged = BTreeMap::new();
        for change in self
            .pending()
            .filter(|change| change.action != Action::Remove)
        {
            let target = self.root.join(&change.path);
            let temporary = target.with_extension(format!("{}.tmp", std::process::id()));
            let parent = target.parent().map_or(Ok(()), fs::create_dir_all);
            let written = parent.and_then(|()| fs::write(&temporary, &change.new));
            staged.insert(change.path.as_str(), temporary);
            if let Err(error) = written {
                staged.values().for_each(|path| drop(fs::remove_file(path)));
                return Err(named(&target, &error));
            }
        }
        Ok(staged)
    }

    /// Puts a file back as well as can be: what went wrong is reported already.
    fn undo(&self, change: &Change) {
        let target = self.root.join(&change.path);
        drop(match change.action {
            Action::Create => fs::remove_file(target),
            _ => fs::write(target, &change.old),
        });
    }
}

/// The generated files that stand below the root.
fn orphans(root: &Path) -> io::Result<Vec<(String, String)>> {
    let directory = root.join(GENERATED);
    let entries = match fs::read_dir(&directory) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(named(&directory, &error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let is_source = path.extension().is_some_and(|extension| extension == "rs");
        let Some(name) = path
            .file_name()
            .and_then(|name| name.to_str())
            .filter(|_| is_source)
        else {
            continue;
        };
        let text = read(&path)?.unwrap_or_default();
        if text.starts_with(HEADER) {
            found.push((format!("{GENERATED}/{name}"), text));
        }
    }
    Ok(found)
}

fn read(path: &Path) -> io::Result<Option<String>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(named(path, &error)),
    }
}

/// The error with the file in it, which the system's own words leave out.
fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
