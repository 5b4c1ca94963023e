//! The responses of an operation that the mock server gives, one after another.

use super::document::{Contract, escaped};
use super::media_type::{essence, is_json};
use dub_generator::json_schema::Direction::Response;
use dub_generator::json_schema::sample::{Extent, Sampler};
use dub_generator::model::{HttpMethod, Operation, StatusRange};
use serde_json::{Value, json};

/// The maximum number of examples of a response that are used.
const MAX_EXAMPLES: usize = 3;

/// The result that the client must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    Success,
    /// The variant for the status.
    TypedError,
    /// Any error with the status.
    AnyError,
}

/// Media types and bodies.
type Contents = Vec<(String, Vec<u8>)>;

/// A response of the mock server.
#[derive(Clone, Debug)]
pub struct Case {
    pub status: u16,
    pub expected: Expected,
    /// The source of the body: `sample` or `example`.
    pub origin: &'static str,
    /// The body in each documented media type.
    pub contents: Contents,
}

impl Case {
    /// Returns the beginning of the body.
    pub fn excerpt(&self) -> String {
        let body = self
            .contents
            .first()
            .map(|(_, body)| String::from_utf8_lossy(body));
        body.unwrap_or_default().chars().take(300).collect()
    }
}

/// Returns the responses of an operation, and the statuses for which there is none, with the
/// reason.
pub fn cases(contract: &Contract, operation: &Operation) -> (Vec<Case>, Vec<(u16, String)>) {
    let mut cases = Vec::new();
    let mut problems = Vec::new();
    let Some((at, responses)) = contract.child(Response, &operation.pointer, "responses") else {
        return (cases, problems);
    };
    let keys: Vec<&str> = responses
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, _)| key.as_str())
        .collect();
    for key in keys.iter().filter(|key| !key.starts_with("x-")) {
        for status in statuses(key, &keys) {
            let expected = expected(operation, status);
            let response = contract.child(Response, &at, key);
            let has_body =
                operation.method != HttpMethod::Head && ![204, 205, 304].contains(&status);
            let contents = match response.filter(|_| has_body) {
                Some((at, _)) => contents(contract, &at),
                None => Ok(Vec::new()),
            };
            match contents {
                Ok(contents) => {
                    let case = |(origin, contents)| Case {
                        status,
                        expected,
                        origin,
                        contents,
                    };
                    cases.extend(alternatives(contents).into_iter().map(case));
                }
                Err(problem) => problems.push((status, problem)),
            }
        }
    }
    (cases, problems)
}

/// Returns the statuses with which a response is tested.
fn statuses(key: &str, keys: &[&str]) -> Vec<u16> {
    let is_free = |status: &u16| !keys.contains(&status.to_string().as_str());
    let has_class = |class: u16| keys.iter().any(|key| key.starts_with(&class.to_string()));
    if let Ok(status) = key.parse::<u16>() {
        // Clients do not see the informational responses.
        return if (200..600).contains(&status) {
            vec![status]
        } else {
            Vec::new()
        };
    }
    if let Some(class) = key.to_ascii_uppercase().strip_suffix("XX") {
        let class = class.parse::<u16>().unwrap_or_default();
        let mut statuses = (class * 100..class * 100 + 100).filter(is_free);
        return if class >= 2 {
            statuses.next().into_iter().collect()
        } else {
            Vec::new()
        };
    }
    let error = [500, 503, 418, 422, 400].into_iter().find(is_free);
    let success = (!has_class(2) && !has_class(3)).then_some(200);
    success.into_iter().chain(error).collect()
}

fn expected(operation: &Operation, status: u16) -> Expected {
    let is_in = |range: &StatusRange| match range {
        StatusRange::One(one) => one.0 == status,
        StatusRange::Class(class) => u16::from(*class) == status / 100,
        StatusRange::Any => false,
    };
    match status {
        200..300 => Expected::Success,
        300..400 if operation.redirects.iter().any(is_in) => Expected::Success,
        300..400 => Expected::AnyError,
        // A response to HEAD has no body that could become the payload of a variant.
        _ if operation.method == HttpMethod::Head => Expected::AnyError,
        _ => Expected::TypedError,
    }
}

/// The bodies of a media type, with their sources.
type Bodies = (String, Vec<(&'static str, Vec<u8>)>);

/// Returns the bodies of a response for each of its media types.
fn contents(contract: &Contract, response: &str) -> Result<Vec<Bodies>, String> {
    let Some((at, content)) = contract.child(Response, response, "content") else {
        return Ok(Vec::new());
    };
    let mut all = Vec::new();
    for media_type in content
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| name)
    {
        let at = format!("{at}/{}", escaped(media_type));
        let concrete = match essence(media_type).as_str() {
            "*/*" => "application/json".to_owned(),
            "text/*" => "text/plain".to_owned(),
            "image/*" => "image/png".to_owned(),
            range if range.ends_with("/*") => "application/octet-stream".to_owned(),
            _ => media_type.clone(),
        };
        let bodies = match is_json(&essence(&concrete)) {
            true => json_bodies(contract, &at)?,
            false => vec![("sample", other_body(contract, &at))],
        };
        all.push((concrete, bodies));
    }
    Ok(all)
}

fn json_bodies(contract: &Contract, at: &str) -> Result<Vec<(&'static str, Vec<u8>)>, String> {
    let schema = format!("{at}/schema");
    if contract.at(Response, &schema).is_none() {
        return Ok(vec![("sample", b"{}".to_vec())]);
    }
    let is_valid = |value: &Value| contract.problem(Response, &schema, value).is_none();
    let examples = examples(contract, at).into_iter();
    let examples = examples.filter(|value| is_valid(value) && !is_json_text(contract, at, value));
    let mut bodies: Vec<_> = examples
        .take(MAX_EXAMPLES)
        .map(|value| ("example", value.to_string().into_bytes()))
        .collect();
    let samples: Vec<Value> = [Extent::All, Extent::Required]
        .into_iter()
        .filter_map(|extent| sample(contract, &schema, extent))
        .collect();
    match samples.iter().find(|value| is_valid(value)) {
        Some(value) => bodies.push(("sample", value.to_string().into_bytes())),
        None if !bodies.is_empty() => {}
        // Parts that contradict each other allow no value, but servers respond nevertheless.
        None => match samples.first() {
            Some(value) => bodies.push(("invalid sample", value.to_string().into_bytes())),
            None => return Err("no sample was found".to_owned()),
        },
    }
    Ok(bodies)
}

/// Makes a response from a schema.
fn sample(contract: &Contract, schema: &str, extent: Extent) -> Option<Value> {
    let resolve = |reference: &str| contract.resolve(Response, reference);
    let whole = json!({ "$ref": format!("#{schema}").replace('%', "%25") });
    Sampler::new(&resolve, extent, usize::MAX).sample(&whole, "text")
}

/// Returns true for a string that contains the object that a schema describes. A schema with
/// properties but without a type allows it by accident.
fn is_json_text(contract: &Contract, at: &str, value: &Value) -> bool {
    let parts = contract.parts(Response, &format!("{at}/schema"));
    let has = |key: &str| parts.iter().any(|part| part.get(key).is_some());
    value.is_string() && (has("properties") || has("items")) && !has("type")
}

fn examples(contract: &Contract, at: &str) -> Vec<Value> {
    let Some((at, media_type)) = contract.at(Response, at) else {
        return Vec::new();
    };
    let single = media_type.get("example").cloned();
    let named = media_type.get("examples").and_then(Value::as_object);
    let names = named.into_iter().flatten().map(|(name, _)| name);
    let named = names.filter_map(|name| {
        let (_, example) = contract.at(Response, &format!("{at}/examples/{}", escaped(name)))?;
        example.get("value").cloned()
    });
    single.into_iter().chain(named).collect()
}

/// Returns a body that is not JSON: the text of the schema, if it describes a string.
fn other_body(contract: &Contract, at: &str) -> Vec<u8> {
    let schema = format!("{at}/schema");
    match sample(contract, &schema, Extent::Required) {
        Some(Value::String(text)) => text.into_bytes(),
        _ => b"text".to_vec(),
    }
}

/// Returns the bodies one after another, each in all media types.
fn alternatives(contents: Vec<Bodies>) -> Vec<(&'static str, Contents)> {
    let count = contents
        .iter()
        .map(|(_, bodies)| bodies.len())
        .max()
        .unwrap_or_default();
    let alternative = |index: usize| {
        let mut origin = "sample";
        let contents = contents.iter().filter_map(|(media_type, bodies)| {
            let (from, body) = bodies.get(index).or(bodies.last())?;
            if bodies.len() == count {
                origin = from;
            }
            Some((media_type.clone(), body.clone()))
        });
        let contents = contents.collect();
        (origin, contents)
    };
    (0..count.max(1)).map(alternative).collect()
}
