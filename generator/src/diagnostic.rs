//! What the generator says of a document that it cannot use.

mod explain;
mod render;

use std::fmt;

use serde_json::json;

pub use explain::explain;
pub use render::render;

/// The kinds of problem, each with a code that stays the same for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// The text is neither JSON nor YAML.
    Syntax,
    /// The document is not OpenAPI 3.0.
    Version,
    /// A key, a value or a kind of value that OpenAPI 3.0 does not have in that place.
    Shape,
    /// The same key twice in one object.
    DuplicateKey,
    /// The document is larger or deeper than the generator is willing to read.
    Bound,
    /// A reference that leads nowhere, in a circle, or to something of another kind.
    Reference,
    /// A construct that the generator does not support.
    Unsupported,
    /// Two things that would have the same name in Rust.
    Collision,
    /// A value of a vendor extension that makes no sense.
    Extension,
    /// What the caller asked for is not in the document.
    NotFound,
    /// A fault of the generator's own.
    Internal,
    /// An overlay that is none, or an action of it that does not apply.
    Overlay,
}

impl Code {
    /// All of them, in the order of their codes.
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

    /// The code as people see and cite it.
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

/// One problem and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: Code,
    pub message: String,
    /// JSON pointer (RFC 6901) of the place, "" for the document.
    pub pointer: String,
    /// 1-based line and column (in characters), when known.
    pub position: Option<(u32, u32)>,
    /// Another place that has to do with it, and what is to be seen there.
    pub related: Option<(String, (u32, u32))>,
    /// What to do about it.
    pub help: Option<String>,
    /// Whether the place is one of the overlay, and not of the document.
    pub in_overlay: bool,
}

impl Diagnostic {
    pub fn new(code: Code, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            pointer: pointer.into(),
            position: None,
            related: None,
            help: None,
            in_overlay: false,
        }
    }

    /// Line and column of the place.
    #[must_use]
    pub fn at(mut self, position: (u32, u32)) -> Self {
        self.position = Some(position);
        self
    }

    /// Another place that has to do with it, and what is to be seen there.
    #[must_use]
    pub fn related(mut self, label: impl Into<String>, position: (u32, u32)) -> Self {
        self.related = Some((label.into(), position));
        self
    }

    /// What to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error[{}]: {}", self.code.as_str(), self.message)
    }
}

/// A text and what it is called.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    pub name: &'a str,
    pub text: &'a str,
}

/// All problems as a person reads them, each with its line of the document or of the overlay.
pub fn render_all(
    diagnostics: &[Diagnostic],
    document: Source<'_>,
    overlay: Option<Source<'_>>,
    colour: bool,
) -> String {
    let mut blocks = Vec::new();
    for (source, in_overlay) in [(Some(document), false), (overlay, true)] {
        let in_source = diagnostics
            .iter()
            .filter(|problem| problem.in_overlay == in_overlay);
        let in_source: Vec<_> = in_source.cloned().collect();
        if let Some(Source { name, text }) = source.filter(|_| !in_source.is_empty()) {
            blocks.push(render(&in_source, name, text, colour));
        }
    }
    blocks.join("\n")
}

/// The problems as a JSON array with one object each, for other programs.
pub fn to_json(diagnostics: &[Diagnostic], name: &str) -> String {
    to_json_all(diagnostics, name, name)
}

/// The same where there is an overlay as well.
pub fn to_json_all(diagnostics: &[Diagnostic], name: &str, overlay: &str) -> String {
    let place = |(line, column): (u32, u32)| json!({"line": line, "column": column});
    let object = |diagnostic: &Diagnostic| {
        json!({
            "code": diagnostic.code.as_str(),
            "message": diagnostic.message,
            "file": if diagnostic.in_overlay { overlay } else { name },
            "line": diagnostic.position.map(|(line, _)| line),
            "column": diagnostic.position.map(|(_, column)| column),
            "pointer": diagnostic.pointer,
            "help": diagnostic.help,
            "related": diagnostic.related.as_ref().map(|(label, at)| json!({"message": label, "at": place(*at)})),
        })
    };
    let all: serde_json::Value = diagnostics.iter().map(object).collect();
    format!("{all:#}\n")
}

/// How many problems there are, and where more is said of their kinds.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let codes: std::collections::BTreeSet<_> = diagnostics
        .iter()
        .map(|problem| problem.code.as_str())
        .collect();
    let commands: Vec<_> = codes
        .iter()
        .map(|code| format!("`dub-generator explain {code}`"))
        .collect();
    let commands = commands.join(", ");
    match diagnostics.len() {
        1 => format!("\nmore about it: {commands}\n"),
        count => format!("\n{count} problems; more about them: {commands}\n"),
    }
}

/// A problem that is none of a document, such as a file that is not there, in the same form.
pub fn error_to_json(message: &str) -> String {
    let object = json!({
        "code": null,
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
        let problem = Diagnostic::new(Code::DuplicateKey, "/a", "twice")
            .at((3, 1))
            .related("first", (2, 1))
            .help("remove");
        let text = to_json(
            &[problem, Diagnostic::new(Code::NotFound, "", "nothing")],
            "a.yaml",
        );
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            read,
            json!([
                {"code": "E004", "message": "twice", "file": "a.yaml", "line": 3, "column": 1, "pointer": "/a", "help": "remove",
                 "related": {"message": "first", "at": {"line": 2, "column": 1}}},
                {"code": "E010", "message": "nothing", "file": "a.yaml", "line": null, "column": null, "pointer": "", "help": null,
                 "related": null},
            ])
        );
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
