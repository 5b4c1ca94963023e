//! Compares this crate's YAML parser, which records positions, with serde_yaml, which does not.

use super::{Document, to_json};

/// Compares both parsers on the spec of the SDK.
#[test]
fn parses_customers_document_like_serde_yaml() {
    let text = include_str!("../../../spec/customers.yaml");
    let theirs: serde_json::Value = serde_yaml::from_str(text).unwrap();
    let document =
        Document::read(text.as_bytes()).unwrap_or_else(|problems| panic!("{problems:?}"));
    assert_eq!(to_json(document.tree()), theirs);
}

/// Compares both parsers on block scalars, quotes, anchors and flow collections, where parsers
/// differ most.
#[test]
fn parses_yaml_edge_cases_like_serde_yaml() {
    let text = "openapi: 3.0.3\ninfo: {title: 'it''s', version: \"1\\u00fc\"}\npaths: {}\nx-odd:\n  \
        folded: >-\n    a\n    b\n\n    c\n  kept: |+\n    a\n\n  plain: a # no text\n  shared: &x [1, 2.5, true, ~]\n  \
        again: *x\n  no: no\n  octal: 0o17\n";
    let theirs: serde_json::Value = serde_yaml::from_str(text).unwrap();
    let document =
        Document::read(text.as_bytes()).unwrap_or_else(|problems| panic!("{problems:?}"));
    assert_eq!(to_json(document.tree()), theirs);
}
