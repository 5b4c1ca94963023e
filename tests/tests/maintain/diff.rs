//! Tests of the comparison of two documents: one for each edit in [`EDITS`], and some for documents
//! that are restricted to a tag.

use crate::edits::EDITS;
use crate::support::{extra_revisions, fixture, read};
use dub_generator::diff::{self, Change, Names};
use dub_generator::terminal;
use std::fmt::Write;
use std::path::PathBuf;

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

/// Edits of a document with several tags: a title, and the string to replace with another one.
const EDITS_OF_SOME_TAGS: [(&str, &str, &str); 4] = [
    (
        "an operation is removed",
        "      operationId: deleteRider\n",
        "      operationId: deleteRider\n      x-speakeasy-ignore: true\n",
    ),
    (
        "a field of a component is removed",
        "        validUntil: {type: string, format: date-time, nullable: true}\n",
        "",
    ),
    (
        "a field of a repeated structure is added",
        "properties: {lat: {type: number}, lng: {type: number}}",
        "properties: {lat: {type: number}, lng: {type: number}, altitude: {type: number}}",
    ),
    (
        "a value of a repeated parameter is removed",
        "enum: [asc, desc], default: asc",
        "enum: [asc], default: asc",
    ),
];

/// Compares documents restricted to one tag. The diff has only the changes of the tag's operations
/// and of the types that they use.
#[test]
fn diff_of_one_tag_is_as_expected() {
    let base = fixture("large/bike_rental.yaml");
    let mut all = String::new();
    for (title, from, to) in EDITS_OF_SOME_TAGS {
        let new = edited(&base, &[(from, to)]);
        for tag in ["Stations", "Riders", "Payments"] {
            let changes = compare(&base, &new, &[tag.to_owned()]);
            writeln!(all, "== {title}: {tag}").unwrap();
            all += &without_locations(&terminal::plain(&diff::text(&changes, NAMES)));
        }
    }
    insta::assert_snapshot!(all);
    let revisions = extra_revisions();
    if !revisions.is_empty() {
        let diffs = diffs(&revisions, "Customers");
        insta::assert_snapshot!("dub_revisions", diffs);
    }
}

/// Compares each document with the previous one, restricted to a tag.
fn diffs(documents: &[PathBuf], tag: &str) -> String {
    let mut diffs = String::new();
    for pair in documents.windows(2) {
        let [old, new] = [&pair[0], &pair[1]].map(|path| std::fs::read_to_string(path).unwrap());
        let [before, now] =
            [&pair[0], &pair[1]].map(|path| path.file_stem().unwrap().to_string_lossy());
        let names = Names {
            old: &before,
            new: &now,
            ..NAMES
        };
        let changes = compare(&old, &new, &[tag.to_owned()]);
        writeln!(diffs, "== {before} {now}").unwrap();
        diffs += &without_locations(&terminal::plain(&diff::text(&changes, names)));
    }
    diffs
}

/// Removes the locations and the empty lines from a diff. Some documents have lines of up to a
/// million characters, so the locations do not help a reviewer.
fn without_locations(diff: &str) -> String {
    let lines = diff
        .lines()
        .filter(|line| !line.starts_with("      ") && !line.is_empty());
    lines.map(|line| format!("{line}\n")).collect()
}
