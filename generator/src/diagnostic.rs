//! Diagnostics: the errors and warnings found in a document or an overlay, and how to print them.

mod explain;
mod render;

use crate::span::{SourceId, Span};
use serde_json::json;
use std::fmt;

pub use explain::{explain, titles};
pub use render::render;

/// The kind of a diagnostic. Its code is stable: it is never reused for another kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// The file is not valid JSON or YAML.
    Syntax,
    /// The document is not OpenAPI 3.0, 3.1 or 3.2.
    Version,
    /// A missing key, an unknown key, or a value that OpenAPI does not allow.
    Shape,
    /// A key that occurs twice in one object.
    DuplicateKey,
    /// The document exceeds a limit on its size or nesting depth.
    Bound,
    /// A reference that is unresolved, circular, or points to an object of the wrong type.
    Reference,
    /// A construct that the generator does not support.
    Unsupported,
    /// Two items that would have the same Rust name.
    Collision,
    /// An invalid value of a vendor extension.
    Extension,
    /// A requested tag that is not in the document.
    NotFound,
    /// An internal error: a bug in the generator.
    Internal,
    /// An invalid overlay, or an overlay action that does not apply.
    Overlay,
}

impl Code {
    /// All kinds, in the order of their codes.
    pub const ALL: [Self; 12] = [
        Self::Syntax,
        Self::Version,
        Self::Shape,
        Self::DuplicateKey,
        Self::Bound,
        Self::Reference,
        Self::Unsupported,
        Self::Collision,
        Self::Extension,
        Self::NotFound,
        Self::Internal,
        Self::Overlay,
    ];

    /// The code as it is printed, such as `E003`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "E001",
            Self::Version => "E002",
            Self::Shape => "E003",
            Self::DuplicateKey => "E004",
            Self::Bound => "E005",
            Self::Reference => "E006",
            Self::Unsupported => "E007",
            Self::Collision => "E008",
            Self::Extension => "E009",
            Self::NotFound => "E010",
            Self::Internal => "E011",
            Self::Overlay => "E012",
        }
    }
}

/// The effect of a diagnostic on a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The document is rejected, or the affected operations are skipped.
    Error,
    /// The generated code is complete. The document should still be corrected.
    Warning,
}

impl Severity {
    /// The word that begins a printed diagnostic.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// An error or a warning in a document or an overlay, and its location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: Code,
    pub severity: Severity,
    pub message: String,
    /// The location as a JSON pointer (RFC 6901); empty for the whole document.
    pub pointer: String,
    /// The source that contains the location.
    pub source: SourceId,
    /// The line and the column, if known.
    pub span: Option<Span>,
    /// A label and a related location, such as the first of two equal keys.
    pub related: Option<Box<(String, Span)>>,
    /// A suggestion for a fix.
    pub help: Option<String>,
}

/// Returns all values, or the diagnostics of those that failed.
pub(crate) fn all<T>(results: Vec<Result<T, Diagnostic>>) -> Result<Vec<T>, Vec<Diagnostic>> {
    let (mut values, mut problems) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            Ok(value) => values.push(value),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        Ok(values)
    } else {
        Err(problems)
    }
}

impl Diagnostic {
    /// Creates an error.
    pub fn new(code: Code, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            pointer: pointer.into(),
            source: SourceId::DOCUMENT,
            span: None,
            related: None,
            help: None,
        }
    }

    /// Makes the diagnostic a warning.
    #[must_use]
    pub fn as_warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// Returns true for a warning.
    pub fn is_warning(&self) -> bool {
        self.severity == Severity::Warning
    }

    /// Sets the source that contains the location.
    #[must_use]
    pub fn in_source(mut self, source: SourceId) -> Self {
        self.source = source;
        self
    }

    /// Sets the source, the line and the column.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.source = span.source;
        self.span = Some(span);
        self
    }

    /// Returns the line and the column, if known.
    #[cfg(test)]
    pub(crate) fn position(&self) -> Option<(u32, u32)> {
        self.span.map(|span| (span.line, span.column))
    }

    /// Adds a related location with a label.
    #[must_use]
    pub fn related(mut self, label: impl Into<String>, span: Span) -> Self {
        self.related = Some(Box::new((label.into(), span)));
        self
    }

    /// Adds a suggestion for a fix.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (severity, code) = (self.severity.as_str(), self.code.as_str());
        write!(f, "{severity}[{code}]: {}", self.message)
    }
}

/// The content of a source, with its file name.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    pub name: &'a str,
    pub text: &'a [u8],
}

/// Renders diagnostics as a JSON array, one object per diagnostic. `names` are the file names of the
/// sources, by the index of [`SourceId`].
pub fn to_json(diagnostics: &[Diagnostic], names: &[&str]) -> String {
    format!("{:#}\n", to_json_value(diagnostics, names))
}

/// Converts diagnostics into the JSON array that [`to_json`] renders.
pub fn to_json_value(diagnostics: &[Diagnostic], names: &[&str]) -> serde_json::Value {
    let name = |source: SourceId| names.get(source.index());
    let object = |diagnostic: &Diagnostic| {
        json!({
            "code": diagnostic.code.as_str(),
            "severity": diagnostic.severity.as_str(),
            "message": diagnostic.message,
            "file": name(diagnostic.source),
            "line": diagnostic.span.map(|span| span.line),
            "column": diagnostic.span.map(|span| span.column),
            "pointer": diagnostic.pointer,
            "help": diagnostic.help,
            "related": diagnostic.related.as_deref().map(|(label, span)| json!({
                "message": label,
                "file": name(span.source),
                "at": {"line": span.line, "column": span.column},
            })),
        })
    };
    diagnostics.iter().map(object).collect()
}

/// Returns the number of errors and of warnings, and the commands that explain their codes. `program`
/// is the program with the command `explain`, such as `dub-generator`.
pub fn summary(diagnostics: &[Diagnostic], program: &str) -> String {
    let codes: std::collections::BTreeSet<_> = diagnostics
        .iter()
        .map(|problem| problem.code.as_str())
        .collect();
    let commands: Vec<_> = codes
        .iter()
        .map(|code| format!("`{program} explain {code}`"))
        .collect();
    let commands = commands.join(", ");
    let warnings = diagnostics.iter().filter(|each| each.is_warning()).count();
    match (diagnostics.len() - warnings, warnings) {
        (1, 0) => format!("\nfor more information, run {commands}\n"),
        (errors, 0) => format!("\n{errors} errors; for more information, run {commands}\n"),
        (0, warnings) => {
            let warnings = counted(warnings, "warning");
            format!("\n{warnings}; for more information, run {commands}\n")
        }
        (errors, warnings) => {
            let (errors, warnings) = (counted(errors, "error"), counted(warnings, "warning"));
            format!("\n{errors}, {warnings}; for more information, run {commands}\n")
        }
    }
}

fn counted(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

/// Returns the warnings as errors, for `--deny warnings`.
pub fn deny(warnings: &[Diagnostic]) -> Vec<Diagnostic> {
    let error = |warning: &Diagnostic| Diagnostic {
        severity: Severity::Error,
        ..warning.clone()
    };
    warnings.iter().map(error).collect()
}

/// Renders an error without a location, such as a missing file, in the format of [`to_json`].
pub fn error_to_json(message: &str) -> String {
    let object = json!({
        "code": null,
        "severity": "error",
        "message": message,
        "file": null,
        "line": null,
        "column": null,
        "pointer": null,
        "help": null,
        "related": null,
    });
    format!("{:#}\n", json!([object]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_includes_every_field() {
        let span = |line, column| Span::new(SourceId::DOCUMENT, line, column);
        let problem = Diagnostic::new(Code::DuplicateKey, "/a", "twice")
            .at(span(3, 1))
            .related("first", span(2, 1))
            .help("remove");
        let text = to_json(
            &[
                problem,
                Diagnostic::new(Code::NotFound, "", "nothing").as_warning(),
            ],
            &["a.yaml"],
        );
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            read,
            json!([
                {"code": "E004", "severity": "error", "message": "twice", "file": "a.yaml", "line": 3, "column": 1, "pointer": "/a", "help": "remove",
                 "related": {"message": "first", "file": "a.yaml", "at": {"line": 2, "column": 1}}},
                {"code": "E010", "severity": "warning", "message": "nothing", "file": "a.yaml", "line": null, "column": null, "pointer": "", "help": null,
                 "related": null},
            ])
        );
    }

    #[test]
    fn summary_counts_errors_and_warnings() {
        let error = || Diagnostic::new(Code::Shape, "", "m");
        let warning = || error().as_warning();
        let first = |problems: &[Diagnostic]| {
            let text = summary(problems, "dub-generator");
            text.trim().split(';').next().unwrap_or_default().to_owned()
        };
        assert_eq!(first(&[error(), error()]), "2 errors");
        assert_eq!(first(&[warning()]), "1 warning");
        assert_eq!(
            first(&[error(), warning(), warning()]),
            "1 error, 2 warnings"
        );
        assert_eq!(first(&deny(&[warning(), warning()])), "2 errors");
    }

    #[test]
    fn codes_are_numbered_in_order() {
        let numbers: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        let expected: Vec<_> = (1..=Code::ALL.len())
            .map(|number| format!("E{number:03}"))
            .collect();
        assert_eq!(numbers, expected);
    }
}
