use super::super::source::parse;
use super::*;
use crate::span::{SourceId, Span};
use serde_json::json;

const HEAD: &str = "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n";

fn tree(document: &str) -> Node {
    let (parsed, _) = parse(SourceId::DOCUMENT, document.as_bytes()).unwrap();
    parsed.root
}

fn apply_actions(document: &str, actions: &str) -> Result<Json, Vec<Diagnostic>> {
    let mut root = tree(document);
    apply(&mut root, format!("{HEAD}{actions}").as_bytes())?;
    Ok(typed::json(&root))
}

fn apply_error(document: &str, actions: &str) -> Diagnostic {
    apply_actions(document, actions).unwrap_err().remove(0)
}

#[test]
fn merges_objects_and_concatenates_lists() {
    let update = "- target: $.a\n  update: {b: {d: 2}, list: [3], c: x}\n";
    let result = apply_actions("{a: {b: {c: 1}, list: [1], c: 5}}", update);
    assert_eq!(
        result,
        Ok(json!({"a": {"b": {"c": 1, "d": 2}, "list": [1, 3], "c": "x"}}))
    );
}

#[test]
fn appends_update_to_list() {
    let result = apply_actions("{a: [1]}", "- target: $.a\n  update: {b: 2}\n");
    assert_eq!(result, Ok(json!({"a": [1, {"b": 2}]})));
}

#[test]
fn updates_every_match_of_target() {
    let result = apply_actions(
        "{a: [{n: x}, {n: y}, {n: x}]}",
        "- target: $.a[?@.n == 'x']\n  update: {m: 1}\n",
    );
    assert_eq!(
        result,
        Ok(json!({"a": [{"n": "x", "m": 1}, {"n": "y"}, {"n": "x", "m": 1}]}))
    );
}

#[test]
fn removes_multiple_list_items() {
    let result = apply_actions(
        "{a: [1, 2, 3, 4], b: 1}",
        "- target: $.a[?@ > 2]\n  remove: true\n- target: $.b\n  remove: true\n",
    );
    assert_eq!(result, Ok(json!({"a": [1, 2]})));
}

#[test]
fn later_actions_see_earlier_changes() {
    let actions = "- target: $\n  update: {new: {}}\n- target: $.new\n  update: {x: 1}\n";
    assert_eq!(
        apply_actions("{a: 1}", actions),
        Ok(json!({"a": 1, "new": {"x": 1}}))
    );
}

#[test]
fn targets_keys_with_slashes_and_quotes() {
    let result = apply_actions(
        "{'/a/{id}': {'x~y': {}}}",
        "- target: $['/a/{id}']['x~y']\n  update: {z: 1}\n",
    );
    assert_eq!(result, Ok(json!({"/a/{id}": {"x~y": {"z": 1}}})));
}

#[test]
fn update_does_not_affect_aliased_copies() {
    let result = apply_actions("a: &x {n: 1}\nb: *x\n", "- target: $.a\n  update: {n: 2}\n");
    assert_eq!(result, Ok(json!({"a": {"n": 2}, "b": {"n": 1}})));
}

#[test]
fn rejects_action_that_matches_nothing() {
    let problem = apply_error(
        "{a: 1}",
        "- target: $.b\n  description: why not\n  update: {}\n",
    );
    assert_eq!(
        (
            problem.code,
            problem.position(),
            problem.source == SourceId::OVERLAY
        ),
        (Code::Overlay, Some((4, 11)), true)
    );
    assert_eq!(problem.pointer, "/actions/0/target");
    assert!(problem.message.contains("matches nothing") && problem.message.contains("why not"));
}

#[test]
fn rejects_invalid_actions() {
    let table = [
        ("- target: a[\n  update: {}\n", "invalid JSONPath"),
        ("- target: 1\n  update: {}\n", "a string"),
        ("- target: $.a\n  update: {}\n", "into a number"),
        ("- target: $\n  remove: true\n", "whole document"),
        ("- target: $.a\n", "expected `update`"),
        ("- update: {}\n", "missing key `target`"),
        ("- target: $.a\n  updates: {}\n", "unknown key"),
        ("- 1\n", "an action must be an object"),
        ("  []\n", "at least one action"),
    ];
    for (actions, words) in table {
        let problem = apply_error("{a: 1}", actions);
        assert!(
            problem.message.contains(words),
            "{actions}: {}",
            problem.message
        );
        assert!(problem.source == SourceId::OVERLAY);
    }
}

#[test]
fn rejects_invalid_overlay_documents() {
    let mut root = tree("{a: 1}");
    for text in [
        "[]",
        "{}",
        "overlay: 2.0.0\ninfo: {title: t, version: 1}\nactions: [{target: $, update: {}}]",
        "a: [",
        "",
    ] {
        assert!(apply(&mut root, text.as_bytes()).is_err(), "{text}");
    }
}

#[test]
fn limits_growth_by_overlay() {
    let document = format!("{{a: [{}]}}", "{},".repeat(1000));
    let update = "1,".repeat(1000);
    let problem = apply_error(
        &document,
        &format!("- target: $.a[*]\n  update: {{b: [{update}]}}\n"),
    );
    assert_eq!(
        (problem.code, problem.source == SourceId::OVERLAY),
        (Code::Bound, true)
    );
}

#[test]
fn added_nodes_keep_overlay_positions() {
    let mut root = tree("{a: {}}");
    apply(
        &mut root,
        format!("{HEAD}- target: $.a\n  update:\n    b: 1\n").as_bytes(),
    )
    .unwrap();
    let span = root.at("/a/b").unwrap().span;
    assert_eq!(span, Span::new(SourceId::OVERLAY, 6, 8));
    assert_eq!(root.at("/a").unwrap().span.source, SourceId::DOCUMENT);
}
