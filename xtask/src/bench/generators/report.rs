//! The results of the generators on a document, as a table.

use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

/// The measurements of a generator on a document.
pub struct Run {
    /// The minimum time of a run.
    pub time: Duration,
    /// The mean processor time of a run, if the operating system reports it.
    pub processor: Option<Duration>,
    /// The peak memory in KiB, if the operating system reports it.
    pub peak: Option<u64>,
    pub instructions: Option<u64>,
    /// The lines of Rust in the crate.
    pub lines: usize,
    /// The processor time of `cargo check` in seconds, or the compiler error. `None` if the crate was
    /// not compiled.
    pub check: Option<Result<f64, String>>,
    /// As `check`, for a release build.
    pub build: Option<Result<f64, String>>,
}

impl Default for Run {
    fn default() -> Self {
        Self {
            time: Duration::MAX,
            processor: None,
            peak: None,
            instructions: None,
            lines: 0,
            check: None,
            build: None,
        }
    }
}

/// The results of all generators on a document, ours first.
pub struct Results {
    pub document: String,
    pub bytes: usize,
    /// The name of each generator, and its results or the reason why it failed.
    pub runs: Vec<(&'static str, Result<Run, String>)>,
}

/// A column: its heading with the unit, and its value, if it was measured.
type Column = (&'static str, fn(&Run) -> Option<f64>);

const COLUMNS: [Column; 7] = [
    ("time, ms", |run| Some(run.time.as_secs_f64() * 1000.0)),
    ("processor time, ms", |run| {
        Some(run.processor?.as_secs_f64() * 1000.0)
    }),
    ("memory, MiB", |run| Some(number(run.peak?) / 1024.0)),
    ("instructions, millions", |run| {
        Some(number(run.instructions?) / 1e6)
    }),
    ("lines", |run| Some(number(u64::try_from(run.lines).ok()?))),
    ("check, s", |run| run.check.as_ref()?.as_ref().ok().copied()),
    ("release build, s", |run| {
        run.build.as_ref()?.as_ref().ok().copied()
    }),
];

#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
fn number(value: u64) -> f64 {
    value as f64
}

impl Results {
    /// Formats a Markdown table. The first line has the figures of our generator, the others how many
    /// times as much the other generators need.
    pub fn table(&self) -> String {
        let kib = self.bytes / 1024;
        let headings = COLUMNS.map(|(heading, _)| heading).join(" | ");
        let mut text = format!(
            "\n| {}, {kib} KiB | {headings} |\n|---|{}\n",
            self.document,
            "---|".repeat(COLUMNS.len())
        );
        let ours = self.runs.first().and_then(|(_, run)| run.as_ref().ok());
        for (index, (name, run)) in self.runs.iter().enumerate() {
            let cells = COLUMNS.map(|(_, value)| match run {
                Ok(run) => cell(value(run), ours.and_then(value).filter(|_| index > 0)),
                Err(_) => "failed".to_owned(),
            });
            // Writing to a string does not fail.
            let _ = writeln!(text, "| {name} | {} |", cells.join(" | "));
        }
        for (name, run) in &self.runs {
            let compiled = run.as_ref().ok().and_then(|run| run.check.as_ref());
            let problem = compiled.and_then(|check| check.as_ref().err());
            if let Some(problem) = run.as_ref().err().or(problem) {
                let _ = writeln!(text, "\n{name}: {problem}");
            }
        }
        text
    }
}

/// Formats a value: as it is, or as a multiple of ours.
fn cell(value: Option<f64>, ours: Option<f64>) -> String {
    match (value, ours) {
        (None, _) => "-".to_owned(),
        (Some(value), Some(ours)) if ours > 0.0 => format!("x {:.2}", value / ours),
        (Some(value), _) if value < 10.0 => format!("{value:.2}"),
        (Some(value), _) => format!("{value:.0}"),
    }
}

/// Returns the number of lines of the Rust files in a directory and its subdirectories.
pub fn lines(directory: &Path) -> usize {
    let entries = std::fs::read_dir(directory).into_iter().flatten().flatten();
    let lines = entries.map(|entry| {
        let path = entry.path();
        match path.is_dir() {
            true => lines(&path),
            false if path.extension().is_some_and(|extension| extension == "rs") => {
                let text = std::fs::read_to_string(path).unwrap_or_default();
                text.lines().count()
            }
            false => 0,
        }
    });
    lines.sum()
}

#[cfg(test)]
mod tests {
    use super::{Results, Run};
    use std::time::Duration;

    #[test]
    fn other_generators_have_multiples_of_ours() {
        let run = |millis, peak, check| Run {
            time: Duration::from_millis(millis),
            peak: Some(peak),
            lines: 100,
            check: Some(check),
            ..Run::default()
        };
        let results = Results {
            document: "dub".to_owned(),
            bytes: 4096,
            runs: vec![
                ("ours", Ok(run(20, 2048, Ok(1.5)))),
                ("theirs", Ok(run(50, 4096, Err("error[E0425]".to_owned())))),
                ("third", Err("error: no paths".to_owned())),
            ],
        };
        assert_eq!(
            results.table(),
            "\n| dub, 4 KiB | time, ms | processor time, ms | memory, MiB | instructions, millions | lines | \
             check, s | release build, s |\n|---|---|---|---|---|---|---|---|\n\
             | ours | 20 | - | 2.00 | - | 100 | 1.50 | - |\n\
             | theirs | x 2.50 | - | x 2.00 | - | x 1.00 | - | - |\n\
             | third | failed | failed | failed | failed | failed | failed | failed |\n\
             \ntheirs: error[E0425]\n\nthird: error: no paths\n"
        );
    }
}
