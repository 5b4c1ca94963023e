//! One difference: what it is, where it is, and whom it concerns.

use crate::model::Location;
use serde::Serialize;

/// A difference that a user of the crate, or of the wire, can notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    pub severity: Severity,
    pub kind: Kind,
    pub what: ItemKind,
    /// Whether the Rust is the same and only what is sent or read has changed.
    pub wire_only: bool,
    /// The name in Rust, such as `ListCustomers::page_size`.
    pub rust: String,
    /// The name in the document.
    pub wire: String,
    /// What was and what is, or why it matters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Where the old document has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<SourceLocation>,
    /// Where the new document has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<SourceLocation>,
}

/// What a change asks of those who upgrade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Code that compiled may no longer.
    Breaking,
    /// Code that compiled still does.
    Compatible,
    /// Only words have changed.
    DocsOnly,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Added,
    Removed,
    Changed,
    Renamed,
}

/// The kind of thing that has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    Client,
    Credential,
    Resource,
    Operation,
    Builder,
    Argument,
    Setter,
    ClearSetter,
    Model,
    Constructor,
    Field,
    Type,
    EnumValue,
    Variant,
    Response,
    ErrorVariant,
    Paging,
    Deprecation,
    Docs,
    Server,
    Authorisation,
    Method,
    Path,
    Name,
    Encoding,
    MediaType,
    Status,
    Check,
}

impl ItemKind {
    /// The words for a person.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Credential => "credential",
            Self::Resource => "resource",
            Self::Operation => "operation",
            Self::Builder => "request builder",
            Self::Argument => "argument",
            Self::Setter => "setter",
            Self::ClearSetter => "setter",
            Self::Model => "model",
            Self::Constructor => "constructor",
            Self::Field => "field",
            Self::Type => "type",
            Self::EnumValue => "enum value",
            Self::Variant => "variant",
            Self::Response => "response",
            Self::ErrorVariant => "error variant",
            Self::Paging => "paging",
            Self::Deprecation => "deprecation",
            Self::Docs => "docs",
            Self::Server => "server",
            Self::Authorisation => "authorisation",
            Self::Method => "HTTP method",
            Self::Path => "path",
            Self::Name => "name on the wire",
            Self::Encoding => "encoding",
            Self::MediaType => "media type",
            Self::Status => "status",
            Self::Check => "check before sending",
        }
    }
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Renamed => "renamed",
        }
    }
}

/// A place in one of the two documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SourceLocation {
    /// A JSON pointer.
    pub pointer: String,
    /// Line and column, when known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<(u32, u32)>,
    /// The part of what the pointer leads to, until [`locate`](super::locate) has looked it up.
    #[serde(skip)]
    pub(super) part: Option<Part>,
}

/// A part whose own pointer is known only to the document: it may stand behind references.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Parameter(Location, String),
    BodyField(String),
    Property(String),
    Value(String),
}

/// Whatever has changed: its names and its places.
#[derive(Clone, Debug, Default)]
pub(super) struct Subject {
    pub rust: String,
    pub wire: String,
    pub old: Option<SourceLocation>,
    pub new: Option<SourceLocation>,
}

impl Subject {
    pub fn new(rust: impl Into<String>, wire: impl Into<String>) -> Self {
        Self {
            rust: rust.into(),
            wire: wire.into(),
            ..Self::default()
        }
    }

    /// The same with its places: base pointers of both documents.
    pub fn at(mut self, old: Option<&str>, new: Option<&str>) -> Self {
        let place = |pointer: &str| SourceLocation {
            pointer: pointer.to_owned(),
            ..SourceLocation::default()
        };
        self.old = old.map(place);
        self.new = new.map(place);
        self
    }

    /// A part of what the pointers lead to; each side has its own wire name.
    pub fn part(mut self, old: Option<Part>, new: Option<Part>) -> Self {
        for (place, part) in [(&mut self.old, old), (&mut self.new, new)] {
            if let Some(place) = place {
                place.part = part;
            }
        }
        self
    }
}

/// The differences found so far.
#[derive(Default)]
pub(super) struct Changes(Vec<Change>);

impl Changes {
    pub fn breaking(&mut self, kind: Kind, what: ItemKind, subject: &Subject, detail: &str) {
        self.push(Severity::Breaking, kind, what, subject, detail, false);
    }

    pub fn compatible(&mut self, kind: Kind, what: ItemKind, subject: &Subject, detail: &str) {
        self.push(Severity::Compatible, kind, what, subject, detail, false);
    }

    /// The Rust stays the same, and what goes over the wire does not.
    pub fn wire(&mut self, what: ItemKind, subject: &Subject, detail: &str) {
        let (kind, severity) = (Kind::Changed, Severity::Compatible);
        self.push(severity, kind, what, subject, detail, true);
    }

    /// Words have changed: `what` says which of them.
    pub fn docs(&mut self, subject: &Subject, what: &str) {
        let (kind, severity) = (Kind::Changed, Severity::DocsOnly);
        self.push(severity, kind, ItemKind::Docs, subject, what, false);
    }

    /// A change of what `#[deprecated]` says, if there is one.
    pub fn deprecation(&mut self, subject: &Subject, old: Option<&str>, new: Option<&str>) {
        match (old, new) {
            (None, Some(note)) => {
                self.compatible(Kind::Added, ItemKind::Deprecation, subject, note);
            }
            (Some(_), None) => self.compatible(Kind::Removed, ItemKind::Deprecation, subject, ""),
            (Some(old), Some(new)) if old != new => self.docs(subject, "the deprecation's note"),
            _ => {}
        }
    }

    fn push(
        &mut self,
        severity: Severity,
        kind: Kind,
        what: ItemKind,
        subject: &Subject,
        detail: &str,
        wire_only: bool,
    ) {
        self.0.push(Change {
            severity,
            kind,
            what,
            wire_only,
            rust: subject.rust.clone(),
            wire: subject.wire.clone(),
            detail: (!detail.is_empty()).then(|| detail.to_owned()),
            old: subject.old.clone(),
            new: subject.new.clone(),
        });
    }

    /// What breaks first; otherwise in the order of the documents.
    pub fn sorted(mut self) -> Vec<Change> {
        self.0
            .sort_by_key(|change| (change.severity, change.wire_only));
        self.0
    }
}
