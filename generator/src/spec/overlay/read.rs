//! Reads the actions of an overlay.

use super::super::report::quoted;
use super::super::source::parse;
use super::super::tree::{Entry, Node, Object, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::{SourceId, Span};
use serde_json_path::JsonPath;

/// An action: a target, and its change.
pub(super) struct Action {
    pub target: JsonPath,
    /// The location of `target` in the overlay.
    pub pointer: String,
    pub span: Span,
    pub description: Option<String>,
    pub effect: Effect,
}

pub(super) enum Effect {
    Remove,
    Update(Node),
}

/// Parses an overlay and returns its actions.
pub(super) fn actions(bytes: &[u8]) -> Result<Vec<Action>, Vec<Diagnostic>> {
    let single = |problem: Diagnostic| vec![problem];
    let (parsed, _) = parse(SourceId::OVERLAY, bytes).map_err(single)?;
    let (root, mut problems) = (parsed.root, parsed.problems);
    let location = Location {
        pointer: String::new(),
        span: root.span,
    };
    let Some(object) = root.as_object() else {
        return Err(single(location.error(
            "an overlay must be an object with `overlay`, `info` and `actions`",
        )));
    };
    problems.extend(location.unknown(object, &["overlay", "info", "extends", "actions"]));
    problems.extend(check_metadata(&location, object));
    let action_nodes = object
        .get("actions")
        .and_then(Node::as_array)
        .unwrap_or_default();
    if action_nodes.is_empty() {
        problems.push(location.error("`actions` must be an array with at least one action"));
    }
    let mut actions = Vec::new();
    for (index, node) in action_nodes.iter().enumerate() {
        let location = Location {
            pointer: format!("/actions/{index}"),
            span: node.span,
        };
        match action(&location, node) {
            Ok(action) => actions.push(action),
            Err(error) => problems.extend(error),
        }
    }
    if problems.is_empty() {
        Ok(actions)
    } else {
        Err(problems)
    }
}

/// Checks the version of the overlay, and `title` and `version` in its `info`.
fn check_metadata(location: &Location, object: &Object) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    match object.entry("overlay") {
        Some(entry) if version(&entry.node).is_some_and(|text| text.starts_with("1.0")) => {}
        Some(entry) => {
            let error = location
                .child("overlay", entry)
                .error("unsupported overlay version, expected 1.0.x");
            problems.push(error);
        }
        None => {
            let problem = location.error("missing key `overlay`");
            problems.push(problem.help("add the version, for example `overlay: 1.0.0`"));
        }
    }
    let has = |key: &str| {
        object
            .get("info")
            .is_some_and(|info| info.get(key).is_some())
    };
    if !has("title") || !has("version") {
        problems.push(location.error("`info` must be an object with `title` and `version`"));
    }
    problems
}

/// Returns the version. YAML reads an unquoted version as a number, which is accepted.
fn version(node: &Node) -> Option<&str> {
    match &node.value {
        Value::String(text) | Value::Number(text) => Some(text),
        _ => None,
    }
}

fn action(location: &Location, node: &Node) -> Result<Action, Vec<Diagnostic>> {
    let Some(object) = node.as_object() else {
        return Err(vec![location.error(
            "an action must be an object with `target`, and `update` or `remove`",
        )]);
    };
    let unknown = location.unknown(object, &["target", "description", "update", "remove"]);
    if !unknown.is_empty() {
        return Err(unknown);
    }
    let Some(entry) = object.entry("target") else {
        return Err(vec![location.error("missing key `target`")]);
    };
    let target_location = location.child("target", entry);
    let Some(text) = entry.node.as_str() else {
        let kind = entry.node.kind();
        return Err(vec![
            target_location.error(&format!("`target` must be a string, found {kind}")),
        ]);
    };
    let target = JsonPath::parse(text).map_err(|error| {
        let message = format!("invalid JSONPath {} (RFC 9535): {error}", quoted(text));
        vec![target_location.error(&message)]
    })?;
    let remove = object
        .get("remove")
        .and_then(Node::as_bool)
        .unwrap_or_default();
    let effect = match object.get("update") {
        _ if remove => Effect::Remove,
        Some(update) => Effect::Update(update.clone()),
        None => {
            return Err(vec![location.error("expected `update` or `remove: true`")]);
        }
    };
    Ok(Action {
        target,
        pointer: target_location.pointer,
        span: target_location.span,
        description: object
            .get("description")
            .and_then(Node::as_str)
            .map(str::to_owned),
        effect,
    })
}

/// A location in the overlay.
struct Location {
    pointer: String,
    span: Span,
}

impl Location {
    fn child(&self, key: &str, entry: &Entry) -> Self {
        Self {
            pointer: format!("{}/{key}", self.pointer),
            span: entry.report_at(),
        }
    }

    fn error(&self, message: &str) -> Diagnostic {
        Diagnostic::new(Code::Overlay, &self.pointer, message).at(self.span)
    }

    fn unknown(&self, object: &Object, known: &[&str]) -> Vec<Diagnostic> {
        let unexpected = object
            .iter()
            .filter(|(key, _)| !known.contains(key) && !key.starts_with("x-"));
        unexpected
            .map(|(key, entry)| {
                let message = format!("unknown key {}", quoted(key));
                let problem = Diagnostic::new(Code::Overlay, &self.pointer, message);
                problem
                    .at(entry.key)
                    .help(format!("expected one of `{}`", known.join("`, `")))
            })
            .collect()
    }
}
