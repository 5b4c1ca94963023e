//! A single change: its kind, severity, item and location.

use serde::Serialize;

/// A change that users of the crate, or the server, can notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    pub severity: Severity,
    pub kind: Kind,
    pub what: ItemKind,
    /// True if the Rust API is unchanged and only the wire format differs.
    pub wire_only: bool,
    /// The Rust name, such as `ListCustomers::page_size`.
    pub rust: String,
    /// The name in the document.
    pub wire: String,
    /// The old and the new state, or an explanation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The location in the old document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<SourceLocation>,
    /// The location in the new document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<SourceLocation>,
}

/// The effect of a change on code that uses the crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Existing code may no longer compile or may behave differently.
    Breaking,
    /// Existing code still compiles.
    Compatible,
    /// Only documentation has changed.
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

/// The kind of item that a change affects.
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
    Retries,
    Webhook,
}

impl ItemKind {
    /// The name for people.
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
            Self::Paging => "pagination",
            Self::Deprecation => "deprecation",
            Self::Docs => "docs",
            Self::Server => "server",
            Self::Authorisation => "authorisation",
            Self::Method => "HTTP method",
            Self::Path => "path",
            Self::Name => "wire name",
            Self::Encoding => "encoding",
            Self::MediaType => "media type",
            Self::Status => "status",
            Self::Check => "client-side check",
            Self::Retries => "retries",
            Self::Webhook => "webhook",
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

/// A location in one of the two documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SourceLocation {
    /// A JSON pointer.
    pub pointer: String,
    /// The file that contains the value, if it is not the document itself. Set by
    /// [`locate`](super::locate()).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The line and the column, both from 1. Set by [`locate`](super::locate()); none if an overlay
    /// added the value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<(u32, u32)>,
}

/// The changed item: its names and its locations.
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

    /// Sets the pointers in the old and the new document.
    pub fn at(mut self, old: Option<&str>, new: Option<&str>) -> Self {
        let location = |pointer: &str| SourceLocation {
            pointer: pointer.to_owned(),
            ..SourceLocation::default()
        };
        self.old = old.map(location);
        self.new = new.map(location);
        self
    }
}

/// The changes found so far.
#[derive(Default)]
pub(super) struct Changes(Vec<Change>);

impl Changes {
    pub fn breaking(&mut self, kind: Kind, what: ItemKind, subject: &Subject, detail: &str) {
        self.push(Severity::Breaking, kind, what, subject, detail, false);
    }

    pub fn compatible(&mut self, kind: Kind, what: ItemKind, subject: &Subject, detail: &str) {
        self.push(Severity::Compatible, kind, what, subject, detail, false);
    }

    /// Adds a change of the wire format that leaves the Rust API unchanged.
    pub fn wire(&mut self, what: ItemKind, subject: &Subject, detail: &str) {
        let (kind, severity) = (Kind::Changed, Severity::Compatible);
        self.push(severity, kind, what, subject, detail, true);
    }

    /// Adds a documentation change. `what` names the changed part, such as "the description".
    pub fn docs(&mut self, subject: &Subject, what: &str) {
        let (kind, severity) = (Kind::Changed, Severity::DocsOnly);
        self.push(severity, kind, ItemKind::Docs, subject, what, false);
    }

    /// Adds a change of the `#[deprecated]` attribute, if it differs.
    pub fn deprecation(&mut self, subject: &Subject, old: Option<&str>, new: Option<&str>) {
        match (old, new) {
            (None, Some(note)) => {
                self.compatible(Kind::Added, ItemKind::Deprecation, subject, note);
            }
            (Some(_), None) => self.compatible(Kind::Removed, ItemKind::Deprecation, subject, ""),
            (Some(old), Some(new)) if old != new => self.docs(subject, "the deprecation note"),
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

    /// Returns the changes, sorted by severity. Within a severity, changes that affect only the
    /// wire format come last.
    pub fn sorted(mut self) -> Vec<Change> {
        self.0
            .sort_by_key(|change| (change.severity, change.wire_only));
        self.0
    }
}
