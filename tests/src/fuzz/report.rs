//! Checks diagnostics: they can be printed, and their locations are inside the document.

use dub_generator::diagnostic::{self, Code, Diagnostic, Source};
use dub_generator::span::Span;

/// The lines of a document, to check locations.
pub struct Lines {
    /// The number of characters of each line.
    lengths: Vec<usize>,
}

impl Lines {
    pub fn new(document: &[u8]) -> Self {
        let text = String::from_utf8_lossy(document);
        // YAML also ends lines with a carriage return. Then positions are checked less strictly.
        let lengths = match text.contains('\r') {
            true => vec![text.chars().count(); text.split(['\r', '\n']).count()],
            false => text.split('\n').map(|line| line.chars().count()).collect(),
        };
        Self { lengths }
    }

    /// Checks that a location is inside the document, or directly behind the end of a line.
    pub fn check(&self, span: Span) {
        let line = usize::try_from(span.line).unwrap();
        let column = usize::try_from(span.column).unwrap();
        assert!(line >= 1 && column >= 1, "{span}");
        let behind_last = line == self.lengths.len() + 1 && column == 1;
        let length = self.lengths.get(line - 1);
        assert!(
            behind_last || length.is_some_and(|length| column <= length + 1),
            "{span} is not in the document"
        );
    }
}

/// Checks the diagnostics of a document.
pub fn check(problems: &[Diagnostic], document: &[u8]) {
    let lines = Lines::new(document);
    for problem in problems {
        assert_ne!(problem.code, Code::Internal, "{problem:?}");
        assert!(!problem.message.is_empty(), "{problem:?}");
        problem.span.into_iter().for_each(|span| lines.check(span));
        let related = problem.related.as_deref();
        related.into_iter().for_each(|(_, span)| lines.check(*span));
    }
    let source = Source {
        name: "document",
        text: document,
    };
    let printed = diagnostic::render(problems, &[source]);
    assert_eq!(printed.is_empty(), problems.is_empty());
    let json = diagnostic::to_json_value(problems, &["document"]);
    assert_eq!(json.as_array().map(Vec::len), Some(problems.len()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use dub_generator::span::SourceId;

    #[test]
    fn locations_outside_of_the_document_are_found() {
        let lines = Lines::new("ab\nü\n".as_bytes());
        for (line, column, is_inside) in [
            (1, 1, true),
            (1, 3, true),
            (1, 4, false),
            (2, 2, true),
            (2, 3, false),
            (3, 1, true),
            (4, 1, true),
            (4, 2, false),
            (5, 1, false),
            (0, 1, false),
            (1, 0, false),
        ] {
            let span = Span::new(SourceId::DOCUMENT, line, column);
            let checked = std::panic::catch_unwind(|| lines.check(span));
            assert_eq!(checked.is_ok(), is_inside, "{span}");
        }
    }
}
