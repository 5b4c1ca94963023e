//! Formats the results of a run as a table.

use super::measure::Measured;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The outcome of a run of the generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Accepted,
    Rejected,
    /// The generator crashed, timed out, or returned an unexpected exit code.
    Failed,
}

/// The result for one document: a line of the table.
pub struct Row {
    pub document: PathBuf,
    pub outcome: Outcome,
    /// The number of skipped operations, and of invalid parts that no operation reaches.
    skipped: usize,
    /// The first line of an error, if the document was not accepted.
    why: String,
    /// The duration of the generator run.
    time: Duration,
    /// The peak memory of the generator in KiB, if it is known.
    peak: Option<u64>,
    /// The number of lines in the generated module.
    lines: usize,
    /// The compile time of the crate, or the first compiler error. `None` if it was not compiled.
    pub check: Option<Result<Duration, String>>,
}

impl Row {
    /// Creates a row from a run of the generator, which has written its crate to `directory`.
    pub fn of(document: &Path, measured: Measured, directory: &Path) -> Self {
        let outcome = match measured.code {
            Some(0) => Outcome::Accepted,
            Some(2) if !measured.errors.contains("panicked") => Outcome::Rejected,
            _ => Outcome::Failed,
        };
        let error_line = measured.errors.lines().find(|line| line.contains("error"));
        Self {
            document: document.to_owned(),
            outcome,
            skipped: measured
                .errors
                .lines()
                .filter(|line| line.starts_with("skipped"))
                .count(),
            why: error_line
                .filter(|_| outcome != Outcome::Accepted)
                .unwrap_or_default()
                .to_owned(),
            time: measured.time,
            peak: measured.peak,
            lines: lines(&directory.join("src/generated")),
            check: None,
        }
    }

    /// Returns true if the generator failed or the generated crate does not compile. A rejected
    /// document is not a failure.
    pub fn has_failed(&self) -> bool {
        self.outcome == Outcome::Failed || matches!(self.check, Some(Err(_)))
    }
}

/// Returns the number of lines in the files of a directory, without its subdirectories.
fn lines(directory: &Path) -> usize {
    let entries = std::fs::read_dir(directory).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| std::fs::read_to_string(entry.path()).ok())
        .map(|text| text.lines().count())
        .sum()
}

/// Formats the table: a header, and one line per document.
pub fn table(rows: &[Row]) -> String {
    let mut text = format!(
        "{:<52} {:<9} {:>7} {:>8} {:>8} {:>8} {:>9}  {}\n",
        "document", "outcome", "skipped", "ms", "MiB", "lines", "compile", "error"
    );
    for row in rows {
        let name: PathBuf = row
            .document
            .components()
            .rev()
            .take(2)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        let outcome = match row.outcome {
            Outcome::Accepted => "accepted",
            Outcome::Rejected => "rejected",
            Outcome::Failed => "FAILED",
        };
        let peak = row
            .peak
            .map(|kib| (kib / 1024).to_string())
            .unwrap_or_default();
        let (check, error) = match &row.check {
            None => (String::new(), row.why.clone()),
            Some(Ok(time)) => (format!("{:.1} s", time.as_secs_f64()), row.why.clone()),
            Some(Err(error)) => ("FAILED".to_owned(), error.clone()),
        };
        let error: String = error.chars().take(110).collect();
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "{:<52} {outcome:<9} {:>7} {:>8} {peak:>8} {:>8} {check:>9}  {error}",
            name.display().to_string(),
            row.skipped,
            row.time.as_millis(),
            row.lines,
        );
    }
    text
}

/// Formats the summary line.
pub fn summary(rows: &[Row], elapsed: Duration) -> String {
    let count = |outcome: Outcome| rows.iter().filter(|row| row.outcome == outcome).count();
    let compiled = rows
        .iter()
        .filter(|row| matches!(row.check, Some(Ok(_))))
        .count();
    let failed = rows
        .iter()
        .filter(|row| matches!(row.check, Some(Err(_))))
        .count();
    format!(
        "{} documents: {} accepted, {} rejected, {} failed; {compiled} compiled, {failed} did not compile; {:.0} s\n",
        rows.len(),
        count(Outcome::Accepted),
        count(Outcome::Rejected),
        count(Outcome::Failed),
        elapsed.as_secs_f64(),
    )
}

/// Returns the first error in the output of a compiler, with its location.
pub fn first_error(output: &[u8]) -> String {
    let output = String::from_utf8_lossy(output);
    let mut lines = output.lines().skip_while(|line| !line.starts_with("error"));
    let error = lines
        .next()
        .unwrap_or("compilation failed without an error message")
        .to_owned();
    let location = lines.next().map(str::trim).unwrap_or_default();
    format!("{error} {location}")
}
