//! Extracts a smaller document: the operations of some tags, and the components that they use.

use super::report::quoted;
use super::{Document, Input, to_json};
use crate::diagnostic::{Code, Diagnostic};
use crate::files::Files;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// The methods of a path item, in the order in which they are written to the subset.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Returns the subset of a document as YAML. Paths and components are sorted by name, so that two
/// subsets are easy to compare.
///
/// # Errors
///
/// Returns the errors of the document, also if no operation has one of the tags, or if the subset
/// contains a reference to a location outside of `components`.
pub fn subset_by_tags(
    bytes: &[u8],
    files: Option<&Files>,
    tags: &[String],
) -> Result<String, Vec<Diagnostic>> {
    let read = Document::read_input(&Input {
        files,
        ..Input::of(bytes)
    })?;
    let document = to_json(read.tree());
    // The operations of a path item without its file can have any tag.
    let items = document.get("paths").and_then(Value::as_object);
    let items = items.into_iter().flat_map(Map::values);
    let items = items.filter(|item| item.get("$ref").is_some()).cloned();
    check_references(&read, &items.collect::<Vec<_>>())?;
    let paths = paths(&document, tags);
    if paths.is_empty() {
        let message = format!("no operation has the tag `{}`", tags.join("` or `"));
        return Err(vec![Diagnostic::new(Code::NotFound, "/paths", message)]);
    }
    let mut subset = Map::new();
    for key in ["openapi", "info", "servers", "security"] {
        if let Some(value) = document.get(key) {
            subset.insert(key.to_owned(), value.clone());
        }
    }
    let declared = document.get("tags").and_then(Value::as_array);
    let selected: Vec<_> = declared
        .into_iter()
        .flatten()
        .filter(|tag| is_one_of(tag.get("name"), tags))
        .cloned()
        .collect();
    if !selected.is_empty() {
        subset.insert("tags".to_owned(), selected.into());
    }
    subset.insert("paths".to_owned(), paths.into());
    let components = components(&document, &Value::Object(subset.clone()));
    let components = components.map_err(|problem| vec![problem])?;
    check_references(&read, &[subset.clone().into(), components.clone().into()])?;
    subset.insert("components".to_owned(), components.into());
    let text = serde_yaml::to_string(&subset);
    text.map_err(|error| vec![Diagnostic::new(Code::Internal, "", error.to_string())])
}

fn is_one_of(value: Option<&Value>, tags: &[String]) -> bool {
    value
        .and_then(Value::as_str)
        .is_some_and(|text| tags.iter().any(|tag| tag == text))
}

/// Returns the paths that have an operation with one of the tags, without their other operations.
fn paths(document: &Value, tags: &[String]) -> Map<String, Value> {
    let mut selected = Map::new();
    let mut all: Vec<_> = document
        .get("paths")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .collect();
    all.sort_by_key(|(path, _)| path.as_str());
    for (path, item) in all {
        let Some(item) = item.as_object() else {
            continue;
        };
        let others = item
            .iter()
            .filter(|(key, _)| !METHODS.contains(&key.as_str()));
        let mut kept: Map<_, _> = others
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        let mut any = false;
        for method in METHODS {
            let Some(operation) = item.get(method) else {
                continue;
            };
            let listed = operation.get("tags").and_then(Value::as_array);
            if listed.is_some_and(|listed| listed.iter().any(|tag| is_one_of(Some(tag), tags))) {
                kept.insert(method.to_owned(), operation.clone());
                any = true;
            }
        }
        if any {
            selected.insert(path.clone(), kept.into());
        }
    }
    selected
}

/// Returns the components that the subset uses, directly or through others, by section and name.
fn components(document: &Value, subset: &Value) -> Result<Map<String, Value>, Diagnostic> {
    let mut reached = BTreeSet::new();
    let mut pending = vec![subset];
    while let Some(value) = pending.pop() {
        for pointer in referenced_pointers(document, value) {
            let Some(found) = document.pointer(&pointer) else {
                let message = format!("unresolved reference `#{pointer}`");
                return Err(Diagnostic::new(Code::Reference, pointer, message));
            };
            let tokens: Vec<&str> = pointer.split('/').skip(1).collect();
            let ["components", kind, name] = tokens.as_slice() else {
                let message = format!("reference `#{pointer}` to a location inside a component");
                let problem =
                    Diagnostic::new(Code::Unsupported, &pointer, message + " is not supported");
                return Err(problem);
            };
            if reached.insert(((*kind).to_owned(), (*name).to_owned())) {
                pending.push(found);
            }
        }
    }
    let mut components = Map::new();
    for (kind, name) in reached {
        let found = document
            .pointer(&format!("/components/{kind}/{name}"))
            .cloned();
        let section = components.entry(kind).or_insert_with(|| Map::new().into());
        if let (Some(section), Some(found)) = (section.as_object_mut(), found) {
            section.insert(name.replace("~1", "/").replace("~0", "~"), found);
        }
    }
    Ok(components)
}

/// Returns the pointers that a value refers to: references, the mappings of discriminators, and
/// security schemes.
fn referenced_pointers(document: &Value, value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items
            .iter()
            .flat_map(|item| referenced_pointers(document, item))
            .collect(),
        Value::Object(object) => {
            let fragment = |(_, value): (&String, &Value)| {
                value
                    .as_str()
                    .and_then(|text| text.strip_prefix('#'))
                    .map(str::to_owned)
            };
            let reference = object.get_key_value("$ref").and_then(fragment);
            let mapping = object.get("mapping").and_then(Value::as_object);
            let mapped = mapping.into_iter().flatten().filter_map(fragment);
            let inside = object
                .values()
                .flat_map(|value| referenced_pointers(document, value));
            let schemes = object
                .get("security")
                .map(|security| schemes(document, security));
            reference
                .into_iter()
                .chain(mapped)
                .chain(inside)
                .chain(schemes.into_iter().flatten())
                .collect()
        }
        _ => Vec::new(),
    }
}

/// Returns an error if some values have unresolved references to other files.
fn check_references(document: &Document, values: &[Value]) -> Result<(), Vec<Diagnostic>> {
    let mut references = BTreeSet::new();
    let mut pending: Vec<&Value> = values.iter().collect();
    while let Some(value) = pending.pop() {
        let reference = value.get("$ref").and_then(Value::as_str);
        references.extend(reference.filter(|reference| !reference.starts_with('#')));
        pending.extend(value.as_array().into_iter().flatten());
        pending.extend(value.as_object().into_iter().flat_map(Map::values));
    }
    let is_used = |problem: &&Diagnostic| {
        let mut references = references.iter();
        problem.code == Code::Reference
            && references.any(|reference| problem.message.contains(&quoted(reference)))
    };
    let problems = document.problems().iter().filter(is_used);
    let problems: Vec<_> = problems
        .map(|problem| document.at_written_location(problem.clone()))
        .collect();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

fn schemes(document: &Value, security: &Value) -> Vec<String> {
    let alternatives = security
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_object);
    let pointers = alternatives
        .flat_map(Map::keys)
        .map(|name| format!("/components/securitySchemes/{name}"));
    pointers
        .filter(|pointer| document.pointer(pointer).is_some())
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a panic fails the test")]

    use super::subset_by_tags;

    const DOCUMENT: &str = "
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /b:
    get: {tags: [b], responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/B'}}}}}}
    put: {tags: [c], responses: {'200': {description: d}}}
  /a:
    get: {tags: [b], responses: {'200': {description: d}}}
  /c:
    get: {tags: [c], responses: {'200': {description: d}}}
components:
  schemas:
    Unused: {type: string}
    B: {type: object, properties: {subset: {$ref: '#/components/schemas/A'}}}
    A: {type: object, properties: {document: {$ref: '#/components/schemas/B'}}}
";

    #[test]
    fn extracts_operations_and_reachable_components() {
        let text = subset_by_tags(DOCUMENT.as_bytes(), None, &["b".to_owned()]).unwrap();
        let read: serde_json::Value = serde_yaml::from_str(&text).unwrap();
        let keys = |pointer: &str| -> Vec<String> {
            read.pointer(pointer)
                .unwrap()
                .as_object()
                .unwrap()
                .keys()
                .cloned()
                .collect()
        };
        assert_eq!(keys("/paths"), ["/a", "/b"]);
        assert_eq!(keys("/paths/~1b"), ["get"]);
        assert_eq!(keys("/components/schemas"), ["A", "B"]);
        // The subset is a complete document, and its own subset is the same document.
        assert_eq!(
            subset_by_tags(text.as_bytes(), None, &["b".to_owned()]).unwrap(),
            text
        );
    }

    #[test]
    fn rejects_unknown_tag() {
        assert!(subset_by_tags(DOCUMENT.as_bytes(), None, &["x".to_owned()]).is_err());
    }
}
