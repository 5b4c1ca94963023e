//! Collects the problems that validation finds, and tracks its current location in the tree.

use super::pointer;

use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;

/// The number of errors after which a report is full.
const MAX_PROBLEMS: usize = 10_000;
/// The number of warnings after which further warnings are not recorded.
const MAX_WARNINGS: usize = 1_000;
/// The total size of the pointers and messages, in bytes, after which a report is full.
const MAX_BYTES: usize = 16 * 1024 * 1024;
/// The maximum length of a name in a message, in characters. The pointer contains the full name.
const MAX_QUOTED: usize = 80;

/// The problems so far, and the current location.
#[derive(Default)]
pub(super) struct Report<'t> {
    /// The pointer of the location where the current walk through the tree started.
    base: String,
    /// The steps from `base` to the current location.
    path: Vec<Step<'t>>,
    problems: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
    bytes: usize,
    /// The number of enclosing keys whose values do not change the generated code.
    lenient_depth: usize,
}

#[derive(Clone, Copy)]
pub(super) enum Step<'t> {
    Key(&'t str),
    Index(usize),
}

impl<'t> Report<'t> {
    /// Starts a walk at a location. All locations of an earlier walk must have been left.
    pub(super) fn start_at(&mut self, base: String) {
        self.base = base;
    }

    pub(super) fn enter(&mut self, step: Step<'t>) {
        self.path.push(step);
    }

    pub(super) fn leave(&mut self) {
        self.path.pop();
    }

    /// Enters the value of a key that does not change the generated code: until
    /// [`leave_lenient`](Self::leave_lenient), all problems are warnings.
    pub(super) fn enter_lenient(&mut self) {
        self.lenient_depth += 1;
    }

    pub(super) fn leave_lenient(&mut self) {
        self.lenient_depth = self.lenient_depth.saturating_sub(1);
    }

    /// Adds a problem at the current location, unless the report is full.
    pub(super) fn here(&mut self, span: Span, mut problem: Diagnostic) {
        if self.limit_reached() {
            return;
        }
        problem.pointer = self.pointer();
        self.add(span, problem);
    }

    /// Adds a problem at a key of the current object, unless the report is full.
    pub(super) fn at_key(&mut self, key: &str, span: Span, mut problem: Diagnostic) {
        if self.limit_reached() {
            return;
        }
        problem.pointer = self.pointer();
        pointer::push(&mut problem.pointer, key);
        self.add(span, problem);
    }

    /// Returns true if the report is full.
    pub(super) fn limit_reached(&self) -> bool {
        self.problems.len() >= MAX_PROBLEMS || self.bytes >= MAX_BYTES
    }

    /// Describes the current location for a message, for example ``item 2 of `tags` ``.
    pub(super) fn subject(&self) -> String {
        let name = self.path.iter().rev().find_map(|step| match step {
            Step::Key(key) => Some(quoted(key)),
            Step::Index(_) => None,
        });
        match (self.path.last(), name) {
            (Some(Step::Index(index)), Some(name)) => format!("item {index} of {name}"),
            (_, Some(name)) => name,
            (_, None) => "the document".to_owned(),
        }
    }

    /// Returns all errors and all warnings. If the report is full, adds a final error that reports
    /// this.
    pub(super) fn finish(mut self) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
        if self.limit_reached() {
            let message = "too many errors: the remaining ones are not shown";
            self.problems
                .push(Diagnostic::new(Code::Bound, "", message));
        }
        if self.warnings.len() >= MAX_WARNINGS {
            let message = "too many warnings: the remaining ones are not shown";
            let warning = Diagnostic::new(Code::Bound, "", message).as_warning();
            self.warnings.push(warning);
        }
        (self.problems, self.warnings)
    }

    fn add(&mut self, span: Span, mut problem: Diagnostic) {
        problem = problem.at(span);
        let is_lenient = self.lenient_depth > 0 && problem.code != Code::Bound;
        if is_lenient || problem.is_warning() {
            if self.warnings.len() < MAX_WARNINGS {
                self.warnings.push(problem.as_warning());
            }
            return;
        }
        self.bytes += problem.pointer.len() + problem.message.len();
        self.problems.push(problem);
    }

    fn pointer(&self) -> String {
        let mut path = self.base.clone();
        for step in &self.path {
            match step {
                Step::Key(key) => pointer::push(&mut path, key),
                Step::Index(index) => pointer::push_index(&mut path, *index),
            }
        }
        path
    }
}

/// Sorts problems by position and removes duplicates.
pub fn in_source_order(mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    problems.sort_by_key(|problem| (problem.span.is_none(), problem.span));
    // A node that YAML aliases repeat is validated, and its problems reported, once per alias.
    problems.dedup_by(|left, right| left.span == right.span && left.message == right.message);
    problems
}

/// Quotes a string of the document for a message, and truncates it if it is too long.
pub(super) fn quoted(string: &str) -> String {
    match string.char_indices().nth(MAX_QUOTED) {
        Some((end, _)) => format!("`{}...`", string.get(..end).unwrap_or_default()),
        None => format!("`{string}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::SourceId;

    #[test]
    fn truncates_long_names_in_messages() {
        assert_eq!(quoted("name"), "`name`");
        assert_eq!(
            quoted(&"é".repeat(1000)),
            format!("`{}...`", "é".repeat(MAX_QUOTED))
        );
    }

    #[test]
    fn limits_number_of_problems() {
        let mut report = Report::default();
        for _ in 0..MAX_PROBLEMS + 5 {
            report.here(
                Span::new(SourceId::DOCUMENT, 1, 1),
                Diagnostic::new(Code::Shape, "", "m"),
            );
        }
        let (problems, _) = report.finish();
        assert_eq!(problems.len(), MAX_PROBLEMS + 1);
        assert_eq!(problems[MAX_PROBLEMS].code, Code::Bound);
    }

    #[test]
    fn limits_total_message_size() {
        let key = "k".repeat(MAX_BYTES / 2);
        let mut report = Report::default();
        for _ in 0..10 {
            report.at_key(
                &key,
                Span::new(SourceId::DOCUMENT, 1, 1),
                Diagnostic::new(Code::Shape, "", "m"),
            );
        }
        assert_eq!(report.finish().0.len(), 3);
    }

    #[test]
    fn limits_number_of_warnings() {
        let mut report = Report::default();
        report.enter_lenient();
        for _ in 0..MAX_PROBLEMS + 5 {
            report.here(
                Span::new(SourceId::DOCUMENT, 1, 1),
                Diagnostic::new(Code::Shape, "", "m"),
            );
        }
        report.leave_lenient();
        let (problems, warnings) = report.finish();
        assert_eq!((problems.len(), warnings.len()), (0, MAX_WARNINGS + 1));
    }
}
