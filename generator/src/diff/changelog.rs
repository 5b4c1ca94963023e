//! The differences in the words of a changelog: for somebody who uses the crate and has not seen the document.

use super::change::{Change, ItemKind, Kind, Severity};

/// A section of an entry, in the order of Keep a Changelog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    Added,
    Changed,
    Deprecated,
    Removed,
}

impl Section {
    /// All of them, in their order.
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

/// The sentences for an entry, each with its section; those of one section in the order of the changes.
///
/// Words of the documentation alone that have changed are one sentence, however many they are.
pub fn changelog(changes: &[Change]) -> Vec<(Section, String)> {
    let is_listed = |change: &&Change| change.severity != Severity::DocsOnly;
    let mut entries: Vec<_> = changes.iter().filter(is_listed).map(sentence).collect();
    if entries.len() < changes.len() && entries.is_empty() {
        entries.push((Section::Changed, "The documentation.".to_owned()));
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
            format!("`{name}` is not deprecated any more."),
        ),
        (_, Some(why)) => (
            Section::Deprecated,
            format!("`{name}`: {}", with_full_stop(why)),
        ),
        (_, None) => (Section::Deprecated, format!("`{name}`.")),
    }
}

/// What the Rust does not show.
fn wire_change(change: &Change) -> String {
    let what = match change.what {
        ItemKind::Name => "name",
        what => what.as_str(),
    };
    let name = &change.rust;
    let detail = change.detail.as_deref().unwrap_or_default();
    format!(
        "On the wire alone, the {what} of `{name}`: {}",
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
        // To those who call it, a new argument changes the method.
        Kind::Added if change.what == ItemKind::Argument => (
            Section::Changed,
            format!("`{name}`: the argument is new, and every call must give it."),
        ),
        Kind::Added => (Section::Added, with(format!("The {what} `{name}`"))),
        Kind::Removed => (Section::Removed, with(format!("The {what} `{name}`"))),
        Kind::Changed | Kind::Renamed => (Section::Changed, with(format!("The {what} `{name}`"))),
    }
}

/// The kind of thing, as its users call it.
fn noun(change: &Change) -> &'static str {
    match change.what {
        ItemKind::Model => "type",
        ItemKind::EnumValue => "value",
        ItemKind::Constructor => "way to make a",
        ItemKind::Response => "response of",
        ItemKind::Paging => "paging of",
        ItemKind::Type => "type",
        what => what.as_str(),
    }
}

/// The text with a full stop, where it has none.
fn with_full_stop(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}
