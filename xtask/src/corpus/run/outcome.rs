//! The results of a run, as a table and a list of failures.

use std::collections::BTreeMap;
use std::fmt::Write;

/// The kind of a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// The generator skipped the operation.
    Skipped,
    /// The example does not compile.
    Compile,
    /// The document rejects the request, or the client does not send it.
    Request,
    /// The client does not decode a response that the document allows.
    Response,
    /// No response that the document allows was found.
    Sample,
    /// The call timed out, or the program crashed.
    Other,
}

const REASONS: [(Reason, &str); 6] = [
    (Reason::Skipped, "skipped"),
    (Reason::Compile, "compile"),
    (Reason::Request, "request"),
    (Reason::Response, "response"),
    (Reason::Sample, "sample"),
    (Reason::Other, "other"),
];

impl Reason {
    fn name(self) -> &'static str {
        let mut names = REASONS.iter();
        names
            .find(|(reason, _)| *reason == self)
            .map_or("other", |(_, name)| name)
    }
}

/// A failure of an operation.
pub struct Failure {
    operation: String,
    /// The status of the response; `None` if the failure does not depend on it.
    status: Option<u16>,
    reason: Reason,
    detail: String,
}

/// The results for one document.
pub struct Tally {
    document: String,
    operations: usize,
    passed: usize,
    /// The number of operations by the reason of their first failure.
    by_reason: BTreeMap<Reason, usize>,
    failures: Vec<Failure>,
}

impl Tally {
    pub fn new(document: &str) -> Self {
        Self {
            document: document.to_owned(),
            operations: 0,
            passed: 0,
            by_reason: BTreeMap::new(),
            failures: Vec::new(),
        }
    }

    /// Adds the result of an operation, which passed if there are no failures.
    pub fn operation(&mut self, name: &str, failures: Vec<(Reason, Option<u16>, String)>) {
        self.operations += 1;
        match failures.first() {
            Some((reason, _, _)) => *self.by_reason.entry(*reason).or_default() += 1,
            None => self.passed += 1,
        }
        let failures = failures
            .into_iter()
            .map(|(reason, status, detail)| Failure {
                operation: name.to_owned(),
                status,
                reason,
                detail,
            });
        self.failures.extend(failures);
    }

    pub fn has_failures(&self) -> bool {
        !self.failures.is_empty()
    }
}

/// Formats a table with a line for each document.
pub fn table(tallies: &[Tally]) -> String {
    let mut text = format!("{:<44} {:>10} {:>7}", "document", "operations", "passed");
    for (_, name) in REASONS {
        // Writing to a string does not fail.
        let _ = write!(text, " {name:>8}");
    }
    text.push('\n');
    for tally in tallies {
        let name = &tally.document;
        let _ = write!(
            text,
            "{name:<44} {:>10} {:>7}",
            tally.operations, tally.passed
        );
        for (reason, _) in REASONS {
            let count = tally.by_reason.get(&reason).copied().unwrap_or_default();
            let count = if count == 0 {
                String::new()
            } else {
                count.to_string()
            };
            let _ = write!(text, " {count:>8}");
        }
        text.push('\n');
    }
    text
}

/// The maximum length of a line in the list of failures, in characters.
const MAX_LINE: usize = 600;

/// Formats the list of failures.
pub fn failures(tallies: &[Tally]) -> String {
    let mut text = String::new();
    for tally in tallies.iter().filter(|tally| tally.has_failures()) {
        let _ = writeln!(text, "\n{}", tally.document);
        for failure in &tally.failures {
            let status = failure.status.map(|status| format!(" {status}"));
            let line = format!(
                "  {}: {}{}: {}",
                failure.reason.name(),
                failure.operation,
                status.unwrap_or_default(),
                failure
                    .detail
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" "),
            );
            let line: String = line.chars().take(MAX_LINE).collect();
            let _ = writeln!(text, "{line}");
        }
    }
    text
}

/// Returns the percentage of operations that passed, and the summary line.
pub fn summary(tallies: &[Tally], seconds: f64) -> (f64, String) {
    let operations: usize = tallies.iter().map(|tally| tally.operations).sum();
    let passed: usize = tallies.iter().map(|tally| tally.passed).sum();
    let percent = match operations {
        0 => 100.0,
        _ => passed as f64 / operations as f64 * 100.0,
    };
    // A percentage that is not complete is never shown as 100.0.
    let shown = (percent * 10.0).floor() / 10.0;
    let line = format!(
        "{} documents: {passed} of {operations} operations passed ({shown:.1} %); {seconds:.0} s\n",
        tallies.len(),
    );
    (percent, line)
}
