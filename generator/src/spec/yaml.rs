//! Parses YAML 1.2 into a tree, using the events of saphyr-parser.

use std::borrow::Cow;
use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Tag};

use super::builder::{Builder, Expects, Size};
use super::text;
use super::tree::{Node, Value};
use super::yaml_layout::Layout;
use super::{Parsed, scalar};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::{SourceId, Span};

/// Parses YAML source text.
pub(super) fn read(source: SourceId, text: &str) -> Result<Parsed, Diagnostic> {
    let problem = match read_as_is(source, text, None) {
        Err(problem) if problem.code == Code::Syntax => problem,
        result => return result,
    };
    // The parser checks the indentation of flow collections, which most parsers ignore.
    let layout = Layout::of(text);
    let parsed = layout.and_then(|layout| read_as_is(source, &layout.text, Some(&layout)).ok());
    parsed.ok_or(problem)
}

/// Parses YAML source text, whose indentation `layout` has changed.
fn read_as_is(source: SourceId, text: &str, layout: Option<&Layout>) -> Result<Parsed, Diagnostic> {
    let mut reader = Reader {
        source,
        ..Reader::default()
    };
    for event in Parser::new_from_str(text) {
        let (event, location) = event.map_err(|error| reader.scan_error(&error))?;
        let mut span = span(source, location);
        if let Some(layout) = layout {
            span.column = layout.column(span.line, span.column);
        }
        reader.event(event, span)?;
    }
    let parsed = reader.builder.finish();
    let parsed = parsed.filter(|parsed| !parsed.root.is_null());
    parsed.ok_or_else(|| text::syntax(source, "the document is empty"))
}

#[derive(Default)]
struct Reader {
    source: SourceId,
    builder: Builder,
    /// The anchors of the open containers, outermost first. 0 means no anchor.
    open: Vec<usize>,
    anchors: HashMap<usize, (Node, Size)>,
    documents: usize,
}

impl Reader {
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Diagnostic> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(text, style, anchor, tag.as_deref(), span)
            }
            Event::SequenceStart(anchor, tag) => {
                self.check_container(tag.as_deref(), "seq", span)?;
                self.open.push(anchor);
                self.builder.open_array(span)
            }
            Event::MappingStart(anchor, tag) => {
                self.check_container(tag.as_deref(), "map", span)?;
                self.open.push(anchor);
                self.builder.open_object(span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::DocumentStart(_) => self.document(span),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    fn document(&mut self, span: Span) -> Result<(), Diagnostic> {
        self.documents += 1;
        if self.documents > 1 {
            let message = "unexpected second YAML document";
            return Err(self
                .builder
                .problem(Code::Syntax, span, message)
                .help("keep only one document in the file"));
        }
        Ok(())
    }

    fn scalar(
        &mut self,
        text: Cow<'_, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: Span,
    ) -> Result<(), Diagnostic> {
        let is_key = matches!(self.builder.expects(), Expects::Key { .. });
        // Some programs write the tag of the key, too: `!!merge <<`.
        let may_merge = tag.is_none_or(|tag| tag.is_yaml_core_schema() && tag.suffix == "merge");
        if is_key && style == ScalarStyle::Plain && may_merge && text == "<<" {
            self.builder.merge_key();
            return Ok(());
        }
        if is_key {
            if anchor != 0 {
                self.anchors.insert(
                    anchor,
                    (
                        Node {
                            span,
                            value: Value::String(text.as_ref().into()),
                        },
                        Size::ONE,
                    ),
                );
            }
            self.builder.key(text, span);
            return Ok(());
        }
        let plain = style == ScalarStyle::Plain;
        let value = scalar::resolve(text, plain, tag)
            .map_err(|message| self.builder.problem(Code::Syntax, span, message))?;
        if anchor != 0 {
            self.anchors.insert(
                anchor,
                (
                    Node {
                        span,
                        value: value.clone(),
                    },
                    Size::ONE,
                ),
            );
        }
        self.builder.scalar(value, span)
    }

    fn check_container(
        &self,
        tag: Option<&Tag>,
        expected: &str,
        span: Span,
    ) -> Result<(), Diagnostic> {
        if matches!(self.builder.expects(), Expects::Key { .. }) {
            let message = "a key must be a scalar, found a sequence or a mapping";
            return Err(self.builder.problem(Code::Syntax, span, message));
        }
        match tag {
            Some(tag) if !(tag.is_yaml_core_schema() && tag.suffix == expected) => {
                let message = format!("unsupported tag `{}`", scalar::tag_name(tag));
                Err(self.builder.problem(Code::Syntax, span, message))
            }
            _ => Ok(()),
        }
    }

    fn close(&mut self) -> Result<(), Diagnostic> {
        let anchor = self.open.pop().unwrap_or_default();
        if let Some(closed) = self.builder.close()?
            && anchor != 0
        {
            self.anchors.insert(anchor, closed);
        }
        Ok(())
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Diagnostic> {
        let Some((node, size)) = self.anchors.get(&anchor) else {
            let message = "circular alias: it is inside the value that it refers to";
            return Err(self.builder.problem(Code::Syntax, span, message));
        };
        let (node, size) = (node.clone(), *size);
        if !matches!(self.builder.expects(), Expects::Key { .. }) {
            return self.builder.repeat(node, size, span);
        }
        match node.as_str() {
            Some(name) => {
                self.builder.key(name, span);
                Ok(())
            }
            None => {
                let message = format!("a key must be a string, found {}", node.kind());
                Err(self.builder.problem(Code::Syntax, span, message))
            }
        }
    }

    fn scan_error(&self, error: &ScanError) -> Diagnostic {
        let span = Span::new(
            self.source,
            text::saturating_u32(error.marker().line()),
            text::saturating_u32(error.marker().col() + 1),
        );
        if error.info().contains("recursion limit") {
            return self
                .builder
                .problem(Code::Bound, span, "the document is nested too deeply");
        }
        let problem = self.builder.problem(
            Code::Syntax,
            span,
            format!("invalid YAML: {}", error.info()),
        );
        if error.info().contains("tab") {
            return problem.help("indent with spaces instead of tabs");
        }
        problem
    }
}

/// Converts a location of saphyr-parser.
fn span(source: SourceId, span: saphyr_parser::Span) -> Span {
    Span::new(
        source,
        text::saturating_u32(span.start.line()),
        text::saturating_u32(span.start.col() + 1),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> Node {
        let parsed = read(SourceId::DOCUMENT, text).unwrap();
        assert_eq!(parsed.problems, []);
        parsed.root
    }

    fn rejection(text: &str) -> Diagnostic {
        read(SourceId::DOCUMENT, text).err().unwrap()
    }

    #[test]
    fn records_source_positions() {
        let root = tree("openapi: 3.0.3\r\npaths:\r\n  /é: {get: x}\r\n  list:\r\n    - a: 1\r\n");
        assert_eq!(root.span, Span::new(SourceId::DOCUMENT, 1, 1));
        assert_eq!(
            root.at("/openapi").unwrap().span,
            Span::new(SourceId::DOCUMENT, 1, 10)
        );
        assert_eq!(
            root.at("/paths/~1é/get").unwrap().span,
            Span::new(SourceId::DOCUMENT, 3, 13)
        );
        assert_eq!(
            root.at("/paths/list/0").unwrap().span,
            Span::new(SourceId::DOCUMENT, 5, 7)
        );
        assert_eq!(
            root.get("paths")
                .unwrap()
                .as_object()
                .unwrap()
                .entry("list")
                .unwrap()
                .key,
            Span::new(SourceId::DOCUMENT, 4, 3)
        );
    }

    #[test]
    fn expands_aliases_and_merge_keys() {
        let root = tree(
            "a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nc: *a\nd: {<<: *a, y: 9}\ne: {y: 8, <<: [*a, *b]}\nf: {'<<': 1}\n",
        );
        let number = |pointer: &str| match &root.at(pointer).unwrap().value {
            Value::Number(text) => text.to_string(),
            other => panic!("{other:?}"),
        };
        assert_eq!(
            [number("/c/x"), number("/d/x"), number("/d/y")],
            ["1", "1", "9"]
        );
        assert_eq!(
            [
                number("/e/x"),
                number("/e/y"),
                number("/e/z"),
                number("/f/<<")
            ],
            ["1", "8", "4", "1"]
        );
        assert_eq!(root.at("/d").unwrap().as_object().unwrap().len(), 2);
    }

    #[test]
    fn rejects_merge_of_non_mapping() {
        assert!(rejection("a: {<<: 1}").message.contains("merge key"));
    }

    #[test]
    fn rejects_alias_inside_its_own_anchor() {
        assert_eq!(rejection("a: &a\n  b: *a\n").position(), Some((2, 6)));
    }

    #[test]
    fn converts_scalar_keys_to_strings() {
        let root = tree("1: a\n2.50: b\ntrue: c\nnull: d\nno: e\n");
        assert_eq!(
            root.as_object().unwrap().keys().collect::<Vec<_>>(),
            ["1", "2.50", "true", "null", "no"]
        );
        assert!(
            rejection("[a]: b\n")
                .message
                .contains("a key must be a scalar")
        );
    }

    #[test]
    fn reports_duplicate_keys_at_second_occurrence() {
        let parsed = read(SourceId::DOCUMENT, "a:\n  b: 1\n  b: 2\n'1': x\n1: y\n").unwrap();
        let found: Vec<_> = parsed
            .problems
            .iter()
            .map(|problem| (&*problem.pointer, problem.position()))
            .collect();
        assert_eq!(found, [("/a/b", Some((3, 3))), ("/1", Some((5, 1)))]);
    }

    #[test]
    fn rejects_second_yaml_document() {
        assert_eq!(rejection("a: 1\n---\nb: 1\n").position(), Some((2, 1)));
    }

    #[test]
    fn rejects_empty_document() {
        for text in ["", "# nothing\n", "---\n", "null"] {
            assert_eq!(rejection(text).message, "the document is empty");
        }
    }

    #[test]
    fn rejects_alias_bomb_without_expanding_it() {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..40 {
            let before = level - 1;
            bomb += &format!(
                "a{level}: &a{level} [*a{before}, *a{before}, *a{before}, *a{before}, *a{before}]\n"
            );
        }
        assert_eq!(rejection(&bomb).code, Code::Bound);
    }

    #[test]
    fn limits_nesting_depth_through_aliases() {
        let mut text = "a0: &a0 [x]\n".to_owned();
        for level in 1..1000 {
            text += &format!("a{level}: &a{level} [*a{}]\n", level - 1);
        }
        assert!(rejection(&text).message.contains("levels deep"));
        assert_eq!(rejection(&"[".repeat(3000)).code, Code::Bound);
        assert_eq!(rejection(&"- ".repeat(3000)).code, Code::Bound);
    }

    #[test]
    fn rejects_tabs_and_unterminated_strings() {
        assert_eq!(rejection("a:\n\tb: 1\n").code, Code::Syntax);
        assert_eq!(rejection("a: \"b\n").code, Code::Syntax);
    }

    #[test]
    fn rejects_unknown_yaml_tag() {
        assert!(rejection("a: !Ref b\n").message.contains("`!Ref`"));
        assert!(rejection("a: !Ref [b]\n").message.contains("`!Ref`"));
        assert!(
            rejection("a: !!binary SGVsbG8=\n")
                .message
                .contains("`!!binary`")
        );
    }
}
