//! Reads the files that a crate has already.

use crate::GeneratedFile;
use crate::header;
use std::fs;
use std::io;
use std::path::Path;

/// The directories of generated files, with the extension of these files.
const GENERATED: [(&str, &str); 2] = [("src/generated", "rs"), ("docs", "md")];

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

/// Returns the paths and contents of the generated files in the root directory.
pub fn existing_generated_files(root: &Path) -> io::Result<Vec<(String, String)>> {
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
pub fn rust_files(root: &Path, directory: &str) -> io::Result<Vec<(String, String)>> {
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

pub fn read(path: &Path) -> io::Result<Option<String>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(with_path(path, &error)),
    }
}

/// Adds the path to an error, because messages of the operating system do not contain it.
pub fn with_path(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
