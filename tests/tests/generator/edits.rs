//! Small edits of the document: only the expected lines of the generated files change.

use crate::support::{customers, generate};
use serde_json::Value;
use similar::{ChangeTag, TextDiff};
use std::fmt::Write;

/// Replaces `old` with `new` in the document and returns the changed lines of all generated files.
fn diff_after_edit(old: &str, new: &str) -> String {
    let before = customers();
    assert_eq!(
        before.matches(old).count(),
        1,
        "`{old}` must occur exactly once in the document"
    );
    diff(&before, &before.replace(old, new))
}

/// Returns the changed lines of all files that are generated from two documents.
fn diff(before: &str, after: &str) -> String {
    let (before, after) = (generate(before), generate(after));
    let mut changes = String::new();
    for new in &after {
        let old = before.iter().find(|file| file.path == new.path);
        let diff = TextDiff::from_lines(old.map_or("", |file| &file.text), &new.text);
        let changed: Vec<_> = diff
            .iter_all_changes()
            .filter(|change| change.tag() != ChangeTag::Equal)
            .collect();
        if !changed.is_empty() {
            writeln!(changes, "{}", new.path).unwrap();
        }
        for change in changed {
            write!(changes, "{}{}", change.tag(), change.value()).unwrap();
        }
    }
    changes
}

#[test]
fn added_field_gives_minimal_diff() {
    insta::assert_snapshot!(diff_after_edit(
        "        stripeCustomerId:\n          type: string\n",
        "        plan:\n          type: string\n          description: The customer's plan.\n        \
         stripeCustomerId:\n          type: string\n",
    ));
}

#[test]
fn nullable_field_gives_minimal_diff() {
    insta::assert_snapshot!(diff_after_edit(
        "            amount:\n              type: integer\n",
        "            amount:\n              type: integer\n              nullable: true\n",
    ));
}

#[test]
fn added_enum_value_gives_minimal_diff() {
    insta::assert_snapshot!(diff_after_edit(
        "                - percentage\n                - flat\n",
        "                - percentage\n                - flat\n                - free_trial\n",
    ));
}

#[test]
fn added_query_parameter_gives_minimal_diff() {
    insta::assert_snapshot!(diff_after_edit(
        "        - name: linkId\n          in: query\n",
        "        - name: createdAfter\n          in: query\n          description: Returns only customers created after this time.\n          \
         schema: {type: string, format: date-time}\n        - name: linkId\n          in: query\n",
    ));
}

#[test]
fn added_operation_gives_minimal_diff() {
    insta::assert_snapshot!(diff_after_edit(
        "  /customers/{id}:\n",
        "  /customers/count:\n    get:\n      operationId: countCustomers\n      \
         x-speakeasy-name-override: count\n      tags: [Customers]\n      \
         summary: Count the customers.\n      responses:\n        '200':\n          \
         description: The number of customers.\n          content:\n            application/json:\n              \
         schema: {type: integer}\n  /customers/{id}:\n",
    ));
}

/// Names and types do not depend on the order of `required` or on the `title` of a schema.
#[test]
fn reordering_and_titles_change_nothing() {
    let diff = diff_after_edit(
        "      required:\n        - id\n        - externalId\n        - createdAt\n",
        "      title: Something else\n      required:\n        - createdAt\n        - externalId\n        - id\n",
    );
    assert_eq!(diff, "");
}

/// Replaces every reference with a copy of its target.
fn inline(value: &mut Value, document: &Value) {
    if let Some(reference) = value.get("$ref") {
        let pointer = reference.as_str().unwrap().trim_start_matches('#');
        *value = document.pointer(pointer).unwrap().clone();
        inline(value, document);
        return;
    }
    match value {
        Value::Object(members) => members
            .values_mut()
            .for_each(|value| inline(value, document)),
        Value::Array(items) => items.iter_mut().for_each(|item| inline(item, document)),
        _ => {}
    }
}

/// Dub's document has all schemas inline, and ours has components. Both styles give the same code.
/// Only the docs of some fields differ: the description of an inline schema is that of the field.
#[test]
fn inlining_components_changes_nothing() {
    let mut document: Value = serde_yaml::from_str(&customers()).unwrap();
    // The payloads of our webhooks are named after their components.
    document.as_object_mut().unwrap().remove("x-webhooks");
    let before = document.to_string();
    let original = document.clone();
    inline(&mut document["paths"], &original);
    for kind in ["parameters", "responses", "schemas"] {
        document["components"].as_object_mut().unwrap().remove(kind);
    }
    let diff = diff(&before, &document.to_string());
    let is_code = |line: &&str| {
        let text = line.strip_prefix(['-', '+']).unwrap_or_default().trim();
        !text.is_empty() && !text.starts_with("///") && !text.starts_with('|')
    };
    let changed: Vec<_> = diff.lines().filter(is_code).collect();
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}
