//! Tests of the comparison of two documents: one for each edit in [`EDITS`], and one for each
//! revision of Dub's document.

use crate::edits::EDITS;
use crate::support::{fixture, read, revisions};
use dub_generator::diff::{self, Change, Names};
use dub_generator::terminal;
use std::fmt::Write;

const NAMES: Names<'_> = Names {
    old: "old",
    new: "new",
    current: Some("0.1.0"),
};

/// Applies edits to a document.
fn edited(base: &str, edits: &[(&str, &str)]) -> String {
    edits.iter().fold(base.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "the fixture does not contain {from:?}");
        text.replace(from, to)
    })
}

fn compare(old: &str, new: &str, tags: &[String]) -> Vec<Change> {
    let ((old_api, old_document), (new_api, new_document)) = (read(old, tags), read(new, tags));
    let mut changes = diff::diff(&old_api, &new_api);
    diff::locate(&mut changes, &old_document, &new_document);
    changes
}

#[test]
fn each_edit_gives_expected_diff() {
    let base = fixture("diff/shop.yaml");
    let mut all = String::new();
    for (title, edits) in EDITS {
        let changes = compare(&base, &edited(&base, edits), &[]);
        writeln!(
            all,
            "== {title}\n{}",
            terminal::plain(&diff::text(&changes, NAMES))
        )
        .unwrap();
    }
    insta::assert_snapshot!(all);
}

/// Writes a folder of revisions in which the base document and the edited documents alternate, so
/// that `judge` compares each edit forward and backward.
#[test]
#[ignore = "writes target/edits for `cargo xtask judge target/edits`"]
fn writes_edited_documents_for_judge() {
    let base = fixture("diff/shop.yaml");
    let folder = crate::support::root().join("target/edits");
    std::fs::create_dir_all(&folder).unwrap();
    for (index, (title, edits)) in EDITS.iter().enumerate() {
        let name = title.replace(' ', "_");
        let write = |name: String, text: &str| std::fs::write(folder.join(name), text).unwrap();
        write(format!("{index:02}-0-base.yaml"), &base);
        write(format!("{index:02}-1-{name}.yaml"), &edited(&base, edits));
    }
}

/// Compares the changelog entries of each edit with the snapshot.
#[test]
fn each_edit_gives_expected_changelog() {
    let base = fixture("diff/shop.yaml");
    let mut all = String::new();
    for (title, edits) in EDITS {
        writeln!(all, "== {title}").unwrap();
        for (section, text) in diff::changelog(&compare(&base, &edited(&base, edits), &[])) {
            writeln!(all, "{}: {text}", section.as_str()).unwrap();
        }
    }
    insta::assert_snapshot!(all);
}

/// If an edit has changes in one direction, it also has changes in the other direction.
#[test]
fn detects_changes_in_both_directions() {
    let base = fixture("diff/shop.yaml");
    for (title, edits) in EDITS {
        let new = edited(&base, edits);
        let (forward, backward) = (compare(&base, &new, &[]), compare(&new, &base, &[]));
        assert_eq!(forward.is_empty(), backward.is_empty(), "{title}");
    }
}

/// The field `self` is named `self_` in Rust, but its clear setter is `clear_self`.
#[test]
fn clear_setter_name_matches_generated_code() {
    let note = "        note: {type: string, nullable: true}\n";
    let old = fixture("diff/shop.yaml").replace(note, "        self: {type: string}\n");
    let new = old.replace(
        "self: {type: string}",
        "self: {type: string, nullable: true}",
    );
    let text = terminal::plain(&diff::text(&compare(&old, &new, &[]), NAMES));
    assert!(text.contains("`UpdateItem::clear_self`"), "{text}");
}

/// Renders two edits as Markdown, as JSON and with colours.
#[test]
fn renders_markdown_json_and_colors() {
    let base = fixture("diff/shop.yaml");
    let new = base
        .replace("enum: [wood, iron]", "enum: [wood]")
        .replace("Filters items", "Filters the items");
    let changes = compare(&base, &new, &[]);
    insta::assert_snapshot!("markdown", diff::markdown(&changes, NAMES));
    insta::assert_snapshot!("json", diff::json(&changes, NAMES));
    let colored = diff::text(&changes, NAMES);
    assert!(
        colored.contains("\u{1b}[1m\u{1b}[31mBreaking\u{1b}[0m"),
        "{colored}"
    );
    assert!(!terminal::plain(&diff::text(&changes, NAMES)).contains('\u{1b}'));
}

/// Compares each revision of Dub's document with the previous one, restricted to the tag
/// `Customers`.
#[test]
fn dub_revisions_give_expected_diffs() {
    let tags = ["Customers".to_owned()];
    let mut all = String::new();
    let revisions = revisions();
    for pair in revisions.windows(2) {
        let [old, new] = [&pair[0], &pair[1]].map(|path| std::fs::read_to_string(path).unwrap());
        let [before, now] =
            [&pair[0], &pair[1]].map(|path| path.file_stem().unwrap().to_string_lossy());
        let changes = compare(&old, &new, &tags);
        let names = Names {
            old: &before,
            new: &now,
            ..NAMES
        };
        writeln!(all, "== {before} {now}").unwrap();
        // These documents have lines of up to a million characters, so the locations do not help a
        // reviewer. Remove them.
        let text = terminal::plain(&diff::text(&changes, names));
        let lines = text
            .lines()
            .filter(|line| !line.starts_with("      ") && !line.is_empty());
        lines.for_each(|line| writeln!(all, "{line}").unwrap());
    }
    if !revisions.is_empty() {
        insta::assert_snapshot!(all);
    }
}
