//! Formats changes as changelog entries, for users of the crate who do not know the document.

use super::change::{Change, ItemKind, Kind, Severity};

/// A changelog section of [Keep a Changelog](https://keepachangelog.com).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    Added,
    Changed,
    Deprecated,
    Removed,
}

impl Section {
    /// All sections, in the order in which they appear.
    pub const ALL: [Self; 4] = [Self::Added, Self::Changed, Self::Deprecated, Self::Removed];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "Added",
            Self::Changed => "Changed",
            Self::Deprecated => "Deprecated",
            Self::Removed => "Removed",
        }
    }
}

/// Returns the changelog entries with their sections. Within a section, they keep the order of the
/// changes.
///
/// If only documentation has changed, the result is a single entry.
pub fn changelog(changes: &[Change]) -> Vec<(Section, String)> {
    let is_listed = |change: &&Change| change.severity != Severity::DocsOnly;
    let mut entries: Vec<_> = changes.iter().filter(is_listed).map(sentence).collect();
    if entries.len() < changes.len() && entries.is_empty() {
        entries.push((Section::Changed, "Documentation updates.".to_owned()));
    }
    entries.sort_by_key(|(section, _)| *section);
    entries.dedup();
    entries
}

fn sentence(change: &Change) -> (Section, String) {
    let (section, text) = match change.what {
        ItemKind::Deprecation => deprecation(change),
        _ if change.wire_only => (Section::Changed, wire_change(change)),
        _ => plain(change),
    };
    let breaks = change.severity == Severity::Breaking;
    let mark = if breaks { "**Breaking:** " } else { "" };
    (section, format!("{mark}{text}"))
}

fn deprecation(change: &Change) -> (Section, String) {
    let name = &change.rust;
    match (&change.kind, &change.detail) {
        (Kind::Removed, _) => (
            Section::Changed,
            format!("`{name}` is no longer deprecated."),
        ),
        (_, Some(why)) => (
            Section::Deprecated,
            format!("`{name}`: {}", with_full_stop(why)),
        ),
        (_, None) => (Section::Deprecated, format!("`{name}`.")),
    }
}

/// Describes a change that affects only the wire format.
fn wire_change(change: &Change) -> String {
    let what = match change.what {
        ItemKind::Name => "name",
        what => what.as_str(),
    };
    let name = &change.rust;
    let detail = change.detail.as_deref().unwrap_or_default();
    format!(
        "Wire format only: the {what} of `{name}`: {}",
        with_full_stop(detail)
    )
}

fn plain(change: &Change) -> (Section, String) {
    let (what, name) = (noun(change), &change.rust);
    let detail = change.detail.as_deref();
    let with = |text: String| match detail {
        Some(detail) => format!("{text}: {}", with_full_stop(detail)),
        None => format!("{text}."),
    };
    match change.kind {
        // A new argument is a change of an existing method.
        Kind::Added if change.what == ItemKind::Argument => (
            Section::Changed,
            format!("`{name}`: new required argument."),
        ),
        Kind::Added => (Section::Added, with(format!("The {what} `{name}`"))),
        Kind::Removed => (Section::Removed, with(format!("The {what} `{name}`"))),
        Kind::Changed | Kind::Renamed => (Section::Changed, with(format!("The {what} `{name}`"))),
    }
}

/// Returns the noun for the changed item.
fn noun(change: &Change) -> &'static str {
    match change.what {
        ItemKind::Model => "type",
        ItemKind::EnumValue => "value",
        ItemKind::Constructor => "constructor of",
        ItemKind::Response => "response of",
        ItemKind::Paging => "pagination of",
        ItemKind::Type => "type",
        what => what.as_str(),
    }
}

/// Adds a full stop unless the text already ends a sentence.
fn with_full_stop(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}
