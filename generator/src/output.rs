//! Writes generated files to a directory: computes the changes, then applies all of them or none.
//!
//! No other module of this library writes files. [`Directory`](crate::files::Directory) reads some.

use crate::GeneratedFile;
use crate::header;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The directories of generated files, with the extension of these files.
const GENERATED: [(&str, &str); 2] = [("src/generated", "rs"), ("docs", "md")];

/// The directory of the runtime in a crate that is written as a whole. All of its Rust files belong
/// to the generator, although they have no header that says so.
const RUNTIME: &str = "src/runtime";

/// The program that writes generated files if no other command runs it.
const PROGRAM: &str = "dub-generator ";

/// Returns the command that a crate's generated files name, if it is not this program but one that
/// runs it, such as `cargo xtask regen`.
///
/// # Errors
///
/// Returns an error if the files cannot be read.
pub fn wrapper_command(root: &Path) -> io::Result<Option<String>> {
    let text = read(&root.join("src/generated/mod.rs"))?.unwrap_or_default();
    let command = header::command(&text).filter(|command| !command.starts_with(PROGRAM));
    Ok(command.map(str::to_owned))
}

/// Returns the manifest of the crate in a directory, if there is one.
///
/// # Errors
///
/// Returns an error if it cannot be read.
pub fn manifest(root: &Path) -> io::Result<Option<String>> {
    read(&root.join("Cargo.toml"))
}

/// The files of a complete crate that its authors can replace with their own.
const REPLACEABLE: [&str; 4] = [
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "examples/first_program.rs",
];

/// Removes the files from `files` that the authors of a crate have written themselves: they exist,
/// and have no header.
///
/// # Errors
///
/// Returns an error if a file cannot be read.
pub fn keep_handwritten_pages(root: &Path, files: &mut Vec<GeneratedFile>) -> io::Result<()> {
    for path in REPLACEABLE {
        let text = read(&root.join(path))?;
        if text.is_some_and(|text| !header::is_present(&text)) {
            files.retain(|file| file.path != path);
        }
    }
    Ok(())
}

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

/// Returns the paths and contents of the generated files in the root directory.
fn existing_generated_files(root: &Path) -> io::Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for (directory, extension) in GENERATED {
        let path = root.join(directory);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(with_path(&path, &error)),
        };
        for entry in entries {
            let path = entry?.path();
            let is_ours = path.extension().is_some_and(|found| found == extension);
            let name = path.file_name().and_then(|name| name.to_str());
            let Some(name) = name.filter(|_| is_ours) else {
                continue;
            };
            let text = read(&path)?.unwrap_or_default();
            if header::is_present(&text) {
                found.push((format!("{directory}/{name}"), text));
            }
        }
    }
    Ok(found)
}

/// Returns the paths and contents of the Rust files in a directory and its subdirectories.
fn rust_files(root: &Path, directory: &str) -> io::Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    let mut directories = vec![directory.to_owned()];
    while let Some(directory) = directories.pop() {
        let path = root.join(&directory);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(with_path(&path, &error)),
        };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            let Some(name) = name.to_str() else { continue };
            let below = format!("{directory}/{name}");
            if entry.file_type()?.is_dir() {
                directories.push(below);
            } else if name.ends_with(".rs") {
                let text = read(&entry.path())?.unwrap_or_default();
                found.push((below, text));
            }
        }
    }
    Ok(found)
}

fn read(path: &Path) -> io::Result<Option<String>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(with_path(path, &error)),
    }
}

/// Adds the path to an error, because messages of the operating system do not contain it.
fn with_path(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::{Action, Plan};
    use crate::GeneratedFile;
    use crate::header;
    use std::fs;
    use std::path::PathBuf;

    const GENERATED: &str = "src/generated";

    /// Creates an empty directory for a test.
    fn directory(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("dub-output-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join(GENERATED)).unwrap();
        path
    }

    fn file(name: &str, text: &str) -> GeneratedFile {
        let file = GeneratedFile {
            path: format!("{GENERATED}/{name}"),
            text: text.to_owned(),
        };
        header::add(file, "links-sdk", "generate")
    }

    fn actions(plan: &Plan) -> Vec<Action> {
        plan.changes.iter().map(|change| change.action).collect()
    }

    /// A file that a newer runtime no longer has would be compiled in place of its successor.
    #[test]
    fn removes_stale_files_of_the_runtime_with_the_runtime_only() {
        let root = directory("runtime");
        fs::create_dir_all(root.join("src/runtime/pager")).unwrap();
        for path in ["pager.rs", "pager/old.rs", "mod.rs", "notes.txt"] {
            fs::write(root.join("src/runtime").join(path), "old").unwrap();
        }
        let only_generated = Plan::new(&root, &[file("mod.rs", "new")]).unwrap();
        assert_eq!(only_generated.changes.len(), 1);
        let runtime = GeneratedFile {
            path: "src/runtime/mod.rs".to_owned(),
            text: "new".to_owned(),
        };
        Plan::new(&root, &[runtime]).unwrap().apply().unwrap();
        let exists = |path: &str| root.join("src/runtime").join(path).exists();
        assert!(exists("mod.rs") && exists("notes.txt"));
        assert!(!exists("pager.rs") && !exists("pager/old.rs"));
        fs::remove_dir_all(root).unwrap();
    }

    /// The authors of a crate can replace its README, but not its code.
    #[test]
    fn keeps_handwritten_readme() {
        let root = directory("readme");
        let page = |path: &str| {
            let file = GeneratedFile {
                path: path.to_owned(),
                text: "new".to_owned(),
            };
            header::add(file, "links-sdk", "generate")
        };
        let kept = || {
            let mut files = vec![page("README.md"), page("src/lib.rs")];
            super::keep_handwritten_pages(&root, &mut files).unwrap();
            files.len()
        };
        assert_eq!(kept(), 2);
        fs::write(root.join("README.md"), page("README.md").text).unwrap();
        assert_eq!(kept(), 2);
        for path in ["README.md", "src/lib.rs"] {
            fs::write(root.join(path), "handwritten").unwrap();
        }
        assert_eq!(kept(), 1);
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn keeps_unchanged_files_and_removes_stale_ones() {
        let root = directory("same");
        let first = [file("a.rs", "a"), file("b.rs", "b")];
        Plan::new(&root, &first).unwrap().apply().unwrap();
        fs::write(root.join(GENERATED).join("hand.rs"), "handwritten").unwrap();
        let modified = || {
            fs::metadata(root.join(GENERATED).join("a.rs"))
                .unwrap()
                .modified()
                .unwrap()
        };
        let before = modified();

        let plan = Plan::new(&root, &[file("a.rs", "a"), file("c.rs", "c")]).unwrap();
        assert_eq!(
            actions(&plan),
            [Action::Keep, Action::Remove, Action::Create]
        );
        plan.apply().unwrap();
        assert_eq!(modified(), before);
        let mut names: Vec<_> = fs::read_dir(root.join(GENERATED))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, ["a.rs", "c.rs", "hand.rs"]);
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn failed_apply_restores_every_file() {
        let root = directory("fails");
        Plan::new(&root, &[file("a.rs", "old")])
            .unwrap()
            .apply()
            .unwrap();
        let plan = Plan::new(&root, &[file("a.rs", "new"), file("b.rs", "new")]).unwrap();
        // Block a file that the plan creates with a directory of the same name.
        fs::create_dir_all(root.join(GENERATED).join("b.rs/full")).unwrap();
        let error = plan.apply().unwrap_err();
        assert!(error.to_string().contains("b.rs"), "{error}");
        let text = fs::read_to_string(root.join(GENERATED).join("a.rs")).unwrap();
        assert!(text.ends_with("old"));
        assert_eq!(fs::read_dir(root.join(GENERATED)).unwrap().count(), 2);
        fs::remove_dir_all(root).unwrap();
    }

    /// The name of a temporary file contains the extension of its target.
    #[test]
    fn files_that_differ_in_their_extension_are_written_together() {
        let root = directory("extensions");
        let of_file = |path, text: &str| Plan::of_file(&root, path, text.to_owned()).unwrap();
        let plan = of_file("SOURCE.toml", "a").merge(of_file("SOURCE.etag", "b"));
        plan.apply().unwrap();
        let read = |path| fs::read_to_string(root.join(path)).unwrap();
        assert_eq!(
            (read("SOURCE.toml"), read("SOURCE.etag")),
            ("a".into(), "b".into())
        );
        let plan =
            of_file("SOURCE.toml", "c").merge(Plan::without_file(&root, "SOURCE.etag").unwrap());
        plan.apply().unwrap();
        assert_eq!(read("SOURCE.toml"), "c");
        assert!(!root.join("SOURCE.etag").exists());
        assert!(Plan::without_file(&root, "SOURCE.etag").unwrap().is_clean());
        fs::remove_dir_all(root).unwrap();
    }
}
