//! Compares the crates of documents with those of the same documents in OpenAPI 3.1.

mod raise;

use crate::console::{fail, print};
use dub_generator::spec::{Document, to_json};
use dub_generator::{Config, GeneratedFile, Unsupported};
use serde_json::Value;
use similar::TextDiff;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The maximum number of changed lines that are printed for a document.
const MAX_LINES: usize = 40;

/// Compares each document of OpenAPI 3.0, and prints the differences. Returns exit code 1 if there
/// are any.
pub fn compare(documents: &[PathBuf]) -> ExitCode {
    let (mut equal, mut different, mut skipped) = (0, 0, 0);
    for path in documents {
        match difference(path) {
            Ok(None) => equal += 1,
            Ok(Some(text)) => {
                different += 1;
                print(&format!("{}\n{text}", path.display()));
            }
            Err(reason) => {
                skipped += 1;
                print(&format!("{}: skipped, {reason}\n", path.display()));
            }
        }
    }
    let summary = format!(
        "{equal} documents with equal crates, {different} with different ones, {skipped} skipped"
    );
    if different > 0 {
        return fail(&summary, 1);
    }
    print(&format!("{summary}\n"));
    ExitCode::SUCCESS
}

/// Returns the differences between the crates of a document and of its version in OpenAPI 3.1.
fn difference(path: &Path) -> Result<Option<String>, String> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    let document = Document::read_lenient(&bytes).map_err(|_| "it is rejected".to_owned())?;
    let mut value = to_json(document.tree());
    let version = value.get("openapi").and_then(Value::as_str);
    if !version.is_some_and(|version| version.starts_with("3.0")) {
        return Err("it is not a document of OpenAPI 3.0".to_owned());
    }
    let before = generate(&value);
    raise::document(&mut value);
    let after = generate(&value);
    match (before, after) {
        (Ok(before), Ok(after)) if before.skipped > after.skipped => {
            Err("some operations are valid only in OpenAPI 3.1".to_owned())
        }
        (Ok(before), Ok(after)) => Ok(changes(&before.files, &after.files)),
        (Err(_), Err(_)) => Err("it is rejected".to_owned()),
        (Ok(_), Err(message)) => Ok(Some(format!("  rejected in OpenAPI 3.1: {message}"))),
        (Err(_), Ok(_)) => Err("it is valid only in OpenAPI 3.1".to_owned()),
    }
}

/// Returns a document of OpenAPI 3.0 in OpenAPI 3.1, as JSON. `None` for any other document.
pub fn raised(bytes: &[u8]) -> Option<String> {
    let document = Document::read_lenient(bytes).ok()?;
    let mut value = to_json(document.tree());
    let version = value.get("openapi")?.as_str()?;
    if !version.starts_with("3.0") {
        return None;
    }
    raise::document(&mut value);
    Some(value.to_string())
}

struct Output {
    files: Vec<GeneratedFile>,
    /// The number of skipped operations.
    skipped: usize,
}

fn generate(document: &Value) -> Result<Output, String> {
    let text = document.to_string();
    let config = Config {
        document: text.as_bytes(),
        files: None,
        overlay: None,
        tags: &[],
        crate_name: "sample",
        command: "cargo xtask corpus",
        unsupported: Unsupported::Skip,
        names: None,
    };
    let generated = dub_generator::generate(&config);
    let generated = generated.map_err(|problems| match problems.first() {
        Some(problem) => format!("{} ({})", problem.message, problem.pointer),
        None => String::new(),
    })?;
    Ok(Output {
        files: generated.files,
        skipped: generated.api.skipped.len(),
    })
}

fn changes(before: &[GeneratedFile], after: &[GeneratedFile]) -> Option<String> {
    let mut lines = Vec::new();
    for file in before {
        let other = after.iter().find(|other| other.path == file.path);
        let text = other.map_or("", |other| other.text.as_str());
        if text != file.text {
            lines.push(format!("  {}", file.path));
            let diff = TextDiff::from_lines(&file.text, text);
            let diff = diff.unified_diff().context_radius(0).to_string();
            lines.extend(diff.lines().map(|line| format!("    {line}")));
        }
    }
    let is_new = |file: &&GeneratedFile| !before.iter().any(|other| other.path == file.path);
    let new = after.iter().filter(is_new);
    lines.extend(new.map(|file| format!("  new file {}", file.path)));
    lines.truncate(MAX_LINES);
    (!lines.is_empty()).then(|| lines.join("\n"))
}
