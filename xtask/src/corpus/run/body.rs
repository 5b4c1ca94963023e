//! Compares the bodies of requests with the document.

use super::document::{Contract, escaped};
use super::parameter::{Written, form, readers};
use super::received::Received;
use dub_generator::json_schema::Direction::Request;
use dub_generator::model::Operation;
use serde_json::Value;

/// Returns the problems of the body of a request.
pub fn problems(contract: &Contract, operation: &Operation, request: &Received) -> Vec<String> {
    let Some((at, body)) = contract.child(Request, &operation.pointer, "requestBody") else {
        let has_body = !request.body.is_empty();
        let problem = "the document declares no body".to_owned();
        return has_body.then_some(problem).into_iter().collect();
    };
    let content_type = request.header("content-type");
    let Some(content_type) = content_type else {
        let is_required = body.get("required") == Some(&Value::Bool(true));
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
        "application/x-www-form-urlencoded" => form_problem(contract, &schema, &request.body),
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

/// Returns the media type in lower case, without its parameters.
pub fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Returns true if the essence of a media type says that it is JSON.
pub fn is_json(essence: &str) -> bool {
    matches!(essence, "application/json" | "text/json") || essence.ends_with("+json")
}

/// Returns true if a media type of the document, which may be a range, matches another one.
pub fn is_match(declared: &str, actual: &str) -> bool {
    let (declared, actual) = (essence(declared), essence(actual));
    let kind = actual.split('/').next().unwrap_or_default();
    declared == actual || declared == "*/*" || declared == format!("{kind}/*")
}

fn json_problem(contract: &Contract, schema: &str, body: &[u8]) -> Option<String> {
    match serde_json::from_slice::<Value>(body) {
        Ok(value) => contract.problem(Request, schema, &value),
        Err(error) => Some(format!("invalid JSON: {error}")),
    }
}

fn form_problem(contract: &Contract, schema: &str, body: &[u8]) -> Option<String> {
    let form = Written::Pairs(form(&String::from_utf8_lossy(body)));
    let parts = contract.parts(Request, schema);
    let mut problems = readers(contract).map(|reader| {
        let value = reader.read(&form, &parts);
        contract.problem(Request, schema, &value)
    });
    let first = problems.next()?;
    first.filter(|_| problems.all(|problem| problem.is_some()))
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
    let text = String::from_utf8_lossy(body);
    let names: Vec<String> = text
        .split(&format!("--{boundary}"))
        .filter_map(|part| {
            let headers = part.split("\r\n\r\n").next()?;
            let (_, name) = headers.split_once("; name=\"")?;
            Some(name.split('"').next()?.to_owned())
        })
        .collect();
    let parts = contract.parts(Request, schema);
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
    let is_declared = |name: &str| {
        parts.iter().any(|part| {
            part.get("properties")
                .is_some_and(|all| all.get(name).is_some())
        })
    };
    let undeclared = names
        .iter()
        .filter(|name| is_closed && !is_declared(name))
        .map(|name| format!("body: the part {name} is not declared"));
    absent.chain(undeclared).collect()
}
