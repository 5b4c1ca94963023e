//! Checks the comparison of two documents.

use super::generate::config;
use dub_generator::Unsupported;
use dub_generator::diff::{self, Names};
use dub_generator::model::Api;
use dub_generator::spec::Document;

/// Separates the two documents in the input of [`diff`](fn@diff).
pub const SEPARATOR: &str = "\n=====\n";

/// Compares two documents in both directions and prints the changes. A document has no changes to
/// itself.
pub fn diff(data: &[u8]) {
    let separator = SEPARATOR.as_bytes();
    let mut positions = data.windows(separator.len());
    let Some(position) = positions.position(|window| window == separator) else {
        return;
    };
    let (old, new) = (&data[..position], &data[position + separator.len()..]);
    if old.len().max(new.len()) > super::MAX_DOCUMENT {
        return;
    }
    let (Some(old), Some(new)) = (read(old), read(new)) else {
        return;
    };
    for (api, _) in [&old, &new] {
        let changes = diff::diff(api, api);
        assert!(changes.is_empty(), "changes to itself: {changes:?}");
    }
    compare(&old, &new);
    compare(&new, &old);
}

fn read(document: &[u8]) -> Option<(Api, Document)> {
    dub_generator::read(&config(document, Unsupported::Skip)).ok()
}

fn compare((old, old_document): &(Api, Document), (new, new_document): &(Api, Document)) {
    let mut changes = diff::diff(old, new);
    diff::locate(&mut changes, old_document, new_document);
    let names = Names {
        old: "old.yaml",
        new: "new.yaml",
        current: Some("0.1.0"),
    };
    let text = diff::text(&changes, names);
    let markdown = diff::markdown(&changes, names);
    diff::json(&changes, names);
    for change in &changes {
        let line = diff::line(change);
        assert!(text.contains(&line) && markdown.contains(&line), "{line}");
    }
    let listed = diff::changelog(&changes).len();
    assert_eq!(listed == 0, changes.is_empty());
    assert_eq!(diff::max_severity(&changes).is_none(), changes.is_empty());
}
