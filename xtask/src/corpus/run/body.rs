//! Compares the bodies of requests with the document.

use super::document::{Contract, escaped};
use super::encoded::pairs;
use super::expected::ExpectedRequest;
use super::form;
use super::media_type::{essence, is_json, is_match};
use super::received::Received;
use dub_generator::json_schema::Direction::Request;
use serde_json::Value;

/// Returns the problems of the body of a request.
pub fn problems(
    contract: &Contract,
    expected: &ExpectedRequest<'_>,
    request: &Received,
) -> Vec<String> {
    let pointer = &expected.operation.pointer;
    let Some((at, body)) = contract.child(Request, pointer, "requestBody") else {
        let has_body = !request.body.is_empty();
        let problem = "the document declares no body".to_owned();
        return has_body.then_some(problem).into_iter().collect();
    };
    let content_type = request.header("content-type");
    if let Some(name) = absent_field(expected, content_type.unwrap_or_default(), &request.body) {
        return vec![format!("body: the field {name} is absent")];
    }
    let Some(content_type) = content_type else {
        let is_required = body.get("required") == Some(&Value::Bool(true));
        let is_required = is_required || !expected.fields.is_empty();
        return match (is_required, request.body.is_empty()) {
            (true, true) => vec!["the body is absent".to_owned()],
            (false, true) => Vec::new(),
            (_, false) => vec!["the body has no Content-Type".to_owned()],
        };
    };
    let content = body.get("content").and_then(Value::as_object);
    let mut declared = content.into_iter().flat_map(|content| content.keys());
    let Some(media_type) = declared.find(|declared| is_match(declared, content_type)) else {
        return vec![format!("the media type {content_type} is not declared")];
    };
    let schema = format!("{at}/content/{}/schema", escaped(media_type));
    if contract.at(Request, &schema).is_none() {
        return Vec::new();
    }
    let problem = match essence(content_type).as_str() {
        json if is_json(json) => json_problem(contract, &schema, &request.body),
        "application/x-www-form-urlencoded" => {
            let media_type = format!("{at}/content/{}", escaped(media_type));
            form::problem(contract, &media_type, &request.body)
        }
        "multipart/form-data" => {
            return multipart_problems(contract, &schema, content_type, &request.body);
        }
        _ => None,
    };
    problem
        .map(|problem| format!("body: {problem}"))
        .into_iter()
        .collect()
}

/// Returns the first field of the body that was set and that the request does not contain.
fn absent_field<'a>(
    expected: &ExpectedRequest<'a>,
    content_type: &str,
    body: &[u8],
) -> Option<&'a str> {
    let mut fields = expected.fields.iter().copied();
    match essence(content_type).as_str() {
        json if is_json(json) => {
            let body: Value = serde_json::from_slice(body).ok()?;
            fields.find(|name| body.get(name).is_none())
        }
        "application/x-www-form-urlencoded" => {
            let form = pairs(&String::from_utf8_lossy(body));
            let is_present = |name: &str| {
                let nested = format!("{name}[");
                let mut names = form.iter().map(|(other, _)| other);
                names.any(|other| other == name || other.starts_with(&nested))
            };
            fields.find(|name| !is_present(name))
        }
        _ => None,
    }
}

fn json_problem(contract: &Contract, schema: &str, body: &[u8]) -> Option<String> {
    match serde_json::from_slice::<Value>(body) {
        Ok(value) => contract.problem(Request, schema, &value),
        Err(error) => Some(format!("invalid JSON: {error}")),
    }
}

/// Returns the problems of a form in parts: its boundary, and the names of its parts.
fn multipart_problems(
    contract: &Contract,
    schema: &str,
    content_type: &str,
    body: &[u8],
) -> Vec<String> {
    let boundary = content_type
        .split_once("boundary=")
        .map(|(_, boundary)| boundary.trim_matches('"'));
    let Some(boundary) = boundary else {
        return vec!["body: multipart without boundary".to_owned()];
    };
    let parts = contract.parts(Request, schema);
    let is_declared = |name: &str| {
        parts.iter().any(|part| {
            part.get("properties")
                .is_some_and(|all| all.get(name).is_some())
        })
    };
    let text = String::from_utf8_lossy(body);
    let names: Vec<String> = text
        .split(&format!("--{boundary}"))
        .filter_map(|part| {
            let headers = part.split("\r\n\r\n").next()?;
            let (_, name) = headers.split_once("; name=\"")?;
            let name = name.split('"').next()?;
            // The name of a nested value has brackets.
            let outer = name.split('[').next()?;
            let name = if is_declared(name) { name } else { outer };
            Some(name.to_owned())
        })
        .collect();
    let required = parts
        .iter()
        .filter_map(|part| part.get("required")?.as_array());
    // What a branch requires may be absent if there are several.
    let has_branches = parts
        .iter()
        .any(|part| part.get("oneOf").or(part.get("anyOf")).is_some());
    let required = required
        .flatten()
        .filter_map(Value::as_str)
        .filter(|_| !has_branches);
    let absent = required
        .filter(|name| !names.iter().any(|known| known == name))
        .map(|name| format!("body: the part {name} is absent"));
    let is_closed = !parts
        .iter()
        .any(|part| part.get("additionalProperties").is_some());
    let undeclared = names
        .iter()
        .filter(|name| is_closed && !is_declared(name))
        .map(|name| format!("body: the part {name} is not declared"));
    absent.chain(undeclared).collect()
}
