use super::super::document::parse;
use super::*;
use serde_json::json;

const HEAD: &str = "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n";

fn applied(document: &str, actions: &str) -> Result<Json, Vec<Diagnostic>> {
    let (mut root, ..) = parse(document).unwrap();
    apply(&mut root, format!("{HEAD}{actions}").as_bytes())?;
    Ok(typed::json(&root))
}

fn refused(document: &str, actions: &str) -> Diagnostic {
    applied(document, actions).unwrap_err().remove(0)
}

#[test]
fn objects_are_merged_and_lists_put_together() {
    let update = "- target: $.a\n  update: {b: {d: 2}, list: [3], c: x}\n";
    let result = applied("{a: {b: {c: 1}, list: [1], c: 5}}", update);
    assert_eq!(
        result,
        Ok(json!({"a": {"b": {"c": 1, "d": 2}, "list": [1, 3], "c": "x"}}))
    );
}

#[test]
fn an_update_of_a_list_is_appended() {
    let result = applied("{a: [1]}", "- target: $.a\n  update: {b: 2}\n");
    assert_eq!(result, Ok(json!({"a": [1, {"b": 2}]})));
}

#[test]
fn all_that_a_target_matches_is_changed() {
    let result = applied(
        "{a: [{n: x}, {n: y}, {n: x}]}",
        "- target: $.a[?@.n == 'x']\n  update: {m: 1}\n",
    );
    assert_eq!(
        result,
        Ok(json!({"a": [{"n": "x", "m": 1}, {"n": "y"}, {"n": "x", "m": 1}]}))
    );
}

#[test]
fn several_items_of_a_list_are_removed() {
    let result = applied(
        "{a: [1, 2, 3, 4], b: 1}",
        "- target: $.a[?@ > 2]\n  remove: true\n- target: $.b\n  remove: true\n",
    );
    assert_eq!(result, Ok(json!({"a": [1, 2]})));
}

#[test]
fn later_actions_see_what_earlier_ones_did() {
    let actions = "- target: $\n  update: {new: {}}\n- target: $.new\n  update: {x: 1}\n";
    assert_eq!(
        applied("{a: 1}", actions),
        Ok(json!({"a": 1, "new": {"x": 1}}))
    );
}

#[test]
fn keys_with_slashes_and_quotes_are_found() {
    let result = applied(
        "{'/a/{id}': {'x~y': {}}}",
        "- target: $['/a/{id}']['x~y']\n  update: {z: 1}\n",
    );
    assert_eq!(result, Ok(json!({"/a/{id}": {"x~y": {"z": 1}}})));
}

#[test]
fn what_yaml_shares_is_changed_in_one_place_alone() {
    let result = applied("a: &x {n: 1}\nb: *x\n", "- target: $.a\n  update: {n: 2}\n");
    assert_eq!(result, Ok(json!({"a": {"n": 2}, "b": {"n": 1}})));
}

#[test]
fn an_action_that_matches_nothing_is_refused_at_its_place() {
    let problem = refused(
        "{a: 1}",
        "- target: $.b\n  description: why not\n  update: {}\n",
    );
    assert_eq!(
        (problem.code, problem.position, problem.in_overlay),
        (Code::Overlay, Some((4, 11)), true)
    );
    assert_eq!(problem.pointer, "/actions/0/target");
    assert!(problem.message.contains("matches nothing") && problem.message.contains("why not"));
}

#[test]
fn what_cannot_be_done_is_refused() {
    let table = [
        ("- target: a[\n  update: {}\n", "no JSONPath"),
        ("- target: 1\n  update: {}\n", "a text"),
        ("- target: $.a\n  update: {}\n", "is a number"),
        ("- target: $\n  remove: true\n", "whole document"),
        ("- target: $.a\n", "neither"),
        ("- update: {}\n", "no `target`"),
        ("- target: $.a\n  updates: {}\n", "belongs here"),
        ("- 1\n", "an action is an object"),
        ("  []\n", "one action or more"),
    ];
    for (actions, words) in table {
        let problem = refused("{a: 1}", actions);
        assert!(
            problem.message.contains(words),
            "{actions}: {}",
            problem.message
        );
        assert!(problem.in_overlay);
    }
}

#[test]
fn an_overlay_says_what_it_is() {
    let (mut root, ..) = parse("{a: 1}").unwrap();
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
fn growth_is_bounded() {
    let document = format!("{{a: [{}]}}", "{},".repeat(1000));
    let update = "1,".repeat(1000);
    let problem = refused(
        &document,
        &format!("- target: $.a[*]\n  update: {{b: [{update}]}}\n"),
    );
    assert_eq!((problem.code, problem.in_overlay), (Code::Bound, true));
}

#[test]
fn what_is_brought_in_keeps_its_place_in_the_overlay() {
    let (mut root, ..) = parse("{a: {}}").unwrap();
    apply(
        &mut root,
        format!("{HEAD}- target: $.a\n  update:\n    b: 1\n").as_bytes(),
    )
    .unwrap();
    let mark = root.at("/a/b").unwrap().mark;
    assert_eq!(mark.in_overlay(), Some((6, 8)));
    assert_eq!(root.at("/a").unwrap().mark.in_overlay(), None);
}
