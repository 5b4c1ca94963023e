//! The seeds of a fuzz target: inputs from the fixtures, which a run starts with.

use std::fs;
use std::io::Result;
use std::path::{Path, PathBuf};

/// The maximum size of a seed.
const MAX_BYTES: usize = 64 * 1024;

/// Separates the two documents of a seed of the target `diff`.
const SEPARATOR: &[u8] = b"\n=====\n";

/// Writes the seeds of a target to a directory, and returns their number.
pub fn write(root: &Path, target: &str, directory: &Path) -> Result<usize> {
    fs::remove_dir_all(directory)?;
    fs::create_dir_all(directory)?;
    let fixtures = root.join("tests/fixtures");
    let mut seeds = inputs(&fixtures.join("fuzz"), target)?;
    match target {
        "tree" => seeds.extend(short(documents(root, &fixtures)?)),
        "generate" => seeds.extend(documents(root, &fixtures)?),
        "diff" => {
            let documents = documents(root, &fixtures)?;
            seeds.extend(documents.iter().map(|document| pair(document, document)));
            let neighbours = documents.iter().zip(documents.iter().skip(1));
            seeds.extend(neighbours.map(|(old, new)| pair(old, new)));
        }
        _ => {}
    }
    seeds.retain(|seed| seed.len() <= MAX_BYTES);
    for (index, seed) in seeds.iter().enumerate() {
        fs::write(directory.join(format!("{index:04}")), seed)?;
    }
    Ok(seeds.len())
}

/// Returns the documents that are short enough for the target `tree`.
fn short(mut documents: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    documents.retain(|document| document.len() <= 4 * 1024);
    documents
}

fn pair(old: &[u8], new: &[u8]) -> Vec<u8> {
    [old, SEPARATOR, new].concat()
}

/// Reads the lines of the seed file of a target, and its former findings.
fn inputs(directory: &Path, target: &str) -> Result<Vec<Vec<u8>>> {
    let lines = directory.join(format!("{target}.txt"));
    let mut inputs = Vec::new();
    if lines.is_file() {
        let text = fs::read(lines)?;
        inputs.extend(text.split(|byte| *byte == b'\n').map(<[u8]>::to_vec));
    }
    for path in files(&directory.join(target))? {
        inputs.push(fs::read(path)?);
    }
    Ok(inputs)
}

/// Reads the documents of the fixtures and that of dub-sdk.
fn documents(root: &Path, fixtures: &Path) -> Result<Vec<Vec<u8>>> {
    let mut paths = vec![root.join(crate::repository::SPEC)];
    for folder in ["accepted", "warned", "rejected", "diff", "large"] {
        paths.extend(files(&fixtures.join(folder))?);
    }
    paths.iter().map(fs::read).collect()
}

/// Returns the files in a directory in alphabetical order; none if it does not exist.
fn files(directory: &Path) -> Result<Vec<PathBuf>> {
    if !directory.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(directory)?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path()));
    let mut paths: Vec<PathBuf> = paths.collect::<Result<_>>()?;
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_has_seeds() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let directory = std::env::temp_dir().join(format!("fuzz-seeds-{}", std::process::id()));
        for (target, least) in [
            ("tree", 120),
            ("generate", 150),
            ("diff", 300),
            ("decode", 20),
            ("retry_after", 15),
            ("timestamp", 15),
            ("webhook", 8),
        ] {
            fs::create_dir_all(&directory).unwrap();
            let count = write(&root, target, &directory).unwrap();
            assert!(count >= least, "{target}: {count}");
            assert_eq!(files(&directory).unwrap().len(), count);
        }
        fs::remove_dir_all(&directory).unwrap();
    }
}
