//! What the comparison says of one edit after the other, and of Dub's own revisions.

use crate::support::{fixture, read, revisions};
use dub_generator::diff::{self, Change, Names};
use std::fmt::Write;

const NAMES: Names<'_> = Names {
    old: "old",
    new: "new",
    current: Some("0.1.0"),
};

/// What happens to the document, and the replacements that make it happen.
type Edit = (&'static str, &'static [(&'static str, &'static str)]);

const EDITS: &[Edit] = &[
    ("nothing", &[]),
    ("an operation is removed", &[("    get:\n", "    x-get:\n")]),
    (
        "an operation is renamed",
        &[("operationId: updateItem", "operationId: changeItem")],
    ),
    (
        "the method of HTTP changes",
        &[("    patch:\n", "    put:\n")],
    ),
    ("a path changes", &[("/items/{id}:", "/v2/items/{id}:")]),
    (
        "an argument becomes necessary",
        &[(
            "name: dryRun\n          in: query\n",
            "name: dryRun\n          in: query\n          required: true\n",
        )],
    ),
    (
        "a required field of a body is added",
        &[(
            "required: [name]\n      properties:\n        name: {type: string}\n",
            "required: [name, size]\n      properties:\n        name: {type: string}\n        size: {type: integer}\n",
        )],
    ),
    (
        "an argument gives way to another of its type",
        &[(
            "required: [name]\n      properties:\n        name: {type: string}\n",
            "required: [title]\n      properties:\n        title: {type: string}\n",
        )],
    ),
    (
        "an argument is renamed in Rust alone",
        &[(
            "properties:\n        name: {type: string}\n        note",
            "properties:\n        name: {type: string, x-rust-name: title}\n        note",
        )],
    ),
    (
        "an argument becomes optional",
        &[("required: [name]\n      properties:", "properties:")],
    ),
    (
        "an argument's type changes",
        &[(
            "      in: path\n      required: true\n      schema: {type: string}",
            "      in: path\n      required: true\n      schema: {type: integer}",
        )],
    ),
    (
        "a setter is added",
        &[(
            "        - name: size\n",
            "        - name: weight\n          in: query\n          schema: {type: number}\n        - name: size\n",
        )],
    ),
    (
        "a setter is removed",
        &[(
            "        - name: size\n          in: query\n          schema: {type: array, items: {type: integer}}\n",
            "",
        )],
    ),
    (
        "a setter's type changes",
        &[("schema: {type: boolean}", "schema: {type: string}")],
    ),
    (
        "a setter loses its clear_",
        &[(
            "note: {type: string, nullable: true}",
            "note: {type: string}",
        )],
    ),
    (
        "a setter with a clear_ becomes an argument",
        &[(
            "required: [name]\n      properties:",
            "required: [name, note]\n      properties:",
        )],
    ),
    (
        "a setter gets a clear_",
        &[(
            "        note: {type: string, nullable: true}\n        label: {$ref: '#/components/schemas/Label'}",
            "        note: {type: string, nullable: true}\n        label: {nullable: true, allOf: [{$ref: '#/components/schemas/Label'}]}",
        )],
    ),
    (
        "a query parameter gets another name on the wire",
        &[("name: dryRun\n", "name: dry_run\n")],
    ),
    (
        "a list is written in another way",
        &[(
            "schema: {type: array, items: {type: integer}}",
            "explode: false\n          schema: {type: array, items: {type: integer}}",
        )],
    ),
    (
        "a parameter moves into a header",
        &[(
            "name: dryRun\n          in: query",
            "name: dryRun\n          in: header",
        )],
    ),
    (
        "a body gets another media type",
        &[(
            "          application/json:\n            schema: {$ref: '#/components/schemas/Change'}",
            "          application/merge-patch+json:\n            schema: {$ref: '#/components/schemas/Change'}",
        )],
    ),
    (
        "a reply gets another media type",
        &[(
            "            application/json:\n              schema: {$ref: '#/components/schemas/Item'}",
            "            application/vnd.shop+json:\n              schema: {$ref: '#/components/schemas/Item'}",
        )],
    ),
    (
        "a reply gets another status",
        &[(
            "'200':\n          description: The item.",
            "'201':\n          description: The item.",
        )],
    ),
    (
        "an operation needs no authorisation",
        &[(
            "operationId: updateItem",
            "operationId: updateItem\n      security: []",
        )],
    ),
    (
        "a resource is renamed",
        &[("tags: [items]", "tags: [goods]")],
    ),
    (
        "a field is deprecated",
        &[(
            "        price: {type: integer}",
            "        price: {type: integer, deprecated: true}",
        )],
    ),
    (
        "an operation is deprecated",
        &[(
            "operationId: updateItem",
            "operationId: updateItem\n      deprecated: true",
        )],
    ),
    (
        "a parameter is deprecated",
        &[(
            "name: colour\n          in: query",
            "name: colour\n          in: query\n          deprecated: true",
        )],
    ),
    (
        "a description changes",
        &[(
            "Keeps items of one colour.",
            "Keeps the items of one colour.",
        )],
    ),
    (
        "paging ends",
        &[(
            "      x-speakeasy-pagination:\n        type: cursor\n        inputs:\n          - {name: after, in: parameters, type: cursor}\n        outputs:\n          nextCursor: $[-1].id\n",
            "",
        )],
    ),
    (
        "pages are asked for in another way",
        &[("nextCursor: $[-1].id", "nextCursor: $[-1].name")],
    ),
    (
        "a reply's type changes",
        &[
            (
                "                type: array\n                items: {$ref: '#/components/schemas/Item'}",
                "                $ref: '#/components/schemas/Item'",
            ),
            (
                "      x-speakeasy-pagination:\n        type: cursor\n        inputs:\n          - {name: after, in: parameters, type: cursor}\n        outputs:\n          nextCursor: $[-1].id\n",
                "",
            ),
        ],
    ),
    (
        "a field is added",
        &[(
            "        price: {type: integer}",
            "        price: {type: integer}\n        weight: {type: number}",
        )],
    ),
    (
        "a field is removed",
        &[("        price: {type: integer}\n", "")],
    ),
    (
        "a field's type changes",
        &[("price: {type: integer}", "price: {type: number}")],
    ),
    (
        "a field becomes optional",
        &[("required: [id, name]", "required: [id]")],
    ),
    (
        "a field gets another name on the wire",
        &[("        madeOf: {", "        made_of: {")],
    ),
    (
        "a field is renamed in Rust alone",
        &[(
            "        price: {type: integer}",
            "        price: {type: integer, x-rust-name: cents}",
        )],
    ),
    (
        "a setter is renamed in Rust alone",
        &[(
            "        note: {type: string, nullable: true}\n",
            "        note: {type: string, nullable: true, x-rust-name: remark}\n",
        )],
    ),
    (
        "an enum's value is added",
        &[("enum: [wood, iron]", "enum: [wood, glass, iron]")],
    ),
    (
        "an enum's value is removed",
        &[("enum: [wood, iron]", "enum: [wood]")],
    ),
    (
        "a type is renamed",
        &[
            ("    Material:\n", "    Substance:\n"),
            ("schemas/Material'", "schemas/Substance'"),
        ],
    ),
    (
        "a type becomes another kind of type",
        &[(
            "      type: string\n      enum: [wood, iron]",
            "      type: object\n      properties:\n        name: {type: string}",
        )],
    ),
    (
        "a type becomes another name of an equal one",
        &[(
            "        - name: size\n",
            "        - name: finish\n          in: query\n          schema: {type: string, enum: [matt, gloss]}\n        - name: size\n",
        )],
    ),
    (
        "another name of a type becomes a type of its own",
        &[(
            "colour: {type: string, enum: [red, green]}",
            "colour: {type: string, enum: [red, green, blue]}",
        )],
    ),
    (
        "what an app makes needs more",
        &[("required: [text]", "required: [text, font]")],
    ),
    (
        "an error status is added",
        &[(
            "        '404': {$ref: '#/components/responses/Missing'}\n  /items/{id}:",
            "        '404': {$ref: '#/components/responses/Missing'}\n        '409': {$ref: '#/components/responses/Missing'}\n  /items/{id}:",
        )],
    ),
    (
        "an error status is removed",
        &[(
            "        '404': {$ref: '#/components/responses/Missing'}\n",
            "",
        )],
    ),
    (
        "an error's body is put into an envelope",
        &[(
            "          schema: {$ref: '#/components/schemas/Problem'}",
            "          schema:\n            type: object\n            required: [error]\n            properties:\n              error: {$ref: '#/components/schemas/Problem'}",
        )],
    ),
    (
        "the server moves",
        &[("https://shop.example", "https://api.shop.example")],
    ),
    (
        "the way to authorise changes on the wire",
        &[(
            "{type: http, scheme: bearer}",
            "{type: apiKey, in: header, name: X-Key}",
        )],
    ),
    (
        "the way to authorise needs another secret",
        &[(
            "{type: http, scheme: bearer}",
            "{type: http, scheme: basic}",
        )],
    ),
];

/// The old document with its edits.
fn edited(base: &str, edits: &[(&str, &str)]) -> String {
    edits.iter().fold(base.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "the fixture has no {from:?}");
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
fn one_edit_after_the_other() {
    let base = fixture("diff/shop.yaml");
    let mut all = String::new();
    for (title, edits) in EDITS {
        let changes = compare(&base, &edited(&base, edits), &[]);
        writeln!(all, "== {title}\n{}", diff::text(&changes, NAMES, false)).unwrap();
    }
    insta::assert_snapshot!(all);
}

/// Each edit there and back, as a folder of revisions.
#[test]
#[ignore = "it writes target/edits for `cargo xtask judge target/edits`"]
fn edits_for_the_judge() {
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

/// The same in the words of the changelog.
#[test]
fn one_edit_after_the_other_in_the_changelog() {
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

/// What was added in one direction was removed in the other.
#[test]
fn a_change_and_its_reverse_are_both_seen() {
    let base = fixture("diff/shop.yaml");
    for (title, edits) in EDITS {
        let new = edited(&base, edits);
        let (there, back) = (compare(&base, &new, &[]), compare(&new, &base, &[]));
        assert_eq!(there.is_empty(), back.is_empty(), "{title}");
    }
}

/// Two edits in each of the other forms.
#[test]
fn other_forms() {
    let base = fixture("diff/shop.yaml");
    let new = base
        .replace("enum: [wood, iron]", "enum: [wood]")
        .replace("Keeps items", "Keeps the items");
    let changes = compare(&base, &new, &[]);
    insta::assert_snapshot!("markdown", diff::markdown(&changes, NAMES));
    insta::assert_snapshot!("json", diff::json(&changes, NAMES));
    assert!(diff::text(&changes, NAMES, true).contains("\u{1b}[1;31mBreaking\u{1b}[0m"));
    assert!(!diff::text(&changes, NAMES, false).contains('\u{1b}'));
}

/// Each revision of Dub's document against the one before it, as far as customers are concerned.
#[test]
fn revisions_of_dubs_document() {
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
        // Where something stands in a line of a million characters is of no help to a reviewer.
        let text = diff::text(&changes, names, false);
        let lines = text
            .lines()
            .filter(|line| !line.starts_with("      ") && !line.is_empty());
        lines.for_each(|line| writeln!(all, "{line}").unwrap());
    }
    if !revisions.is_empty() {
        insta::assert_snapshot!(all);
    }
}
