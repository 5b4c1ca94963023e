//! Tests of `cargo xtask corpus` with a fixed sample of the fixtures. CI runs more of them.

use super::xtask;
use crate::support::root;

/// Fixtures with all kinds of types.
const SAMPLE: [&str; 4] = [
    "enums_of_strings_integers_and_mixed_values",
    "nullable_in_every_position",
    "scalar_formats",
    "union_by_undeclared_discriminator",
];

#[test]
fn values_of_fixtures_survive_a_round_trip() {
    let fixtures = root().join("tests/fixtures/accepted");
    let fixtures = SAMPLE.map(|name| format!("{}/{name}.yaml", fixtures.display()));
    let mut arguments = vec!["corpus", "--round-trips"];
    arguments.extend(fixtures.iter().map(String::as_str));
    let result = xtask(&root(), &arguments);
    assert_eq!(
        (result.code, result.err.as_str()),
        (0, ""),
        "{}",
        result.out
    );
    assert!(result.out.contains("(100.0 %)"), "{}", result.out);
    assert!(
        result.out.contains("; 0 types without a value"),
        "{}",
        result.out
    );
}

#[test]
fn raised_documents_are_listed_line_by_line() {
    let fixtures = root().join("tests/fixtures/accepted");
    let paths = ["recursion_through_tagged_union", "union_with_null"]
        .map(|name| format!("{}/{name}.yaml", fixtures.display()));
    let result = xtask(&root(), &["corpus", "--raise", &paths[0], &paths[1]]);
    let skipped = format!("{}: skipped, it is not a document of OpenAPI 3.0", paths[0]);
    let summary = "1 documents with equal crates, 0 with different ones, 1 skipped";
    assert_eq!(
        result.out,
        format!("{skipped}\n{summary}\n"),
        "{}",
        result.err
    );
    assert_eq!(result.code, 0);
}
