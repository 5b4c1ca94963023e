//! Lowers the rules on repeating a request (`x-rust-retry`).

use super::extensions::{Extensions, RETRY};
use super::pointer::Pointer;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::unnamed::Body;
use crate::model::{BodyContent, RetryRules, Status, StatusRange};
use serde::Deserialize;
use serde_json::Value;

/// Returns the rules of an operation with this body; `None` if it has none of its own.
pub fn lower(
    extensions: &Extensions,
    body: Option<&Body>,
    at: Pointer<'_>,
) -> Result<Option<RetryRules>, Diagnostic> {
    let Some(value) = extensions.get(RETRY) else {
        return Ok(None);
    };
    let at = at.child(RETRY);
    let invalid =
        |why: &str| Diagnostic::new(Code::Extension, at, format!("invalid `{RETRY}`: {why}"));
    let declared = Declared::deserialize(value).map_err(|error| invalid(&error.to_string()))?;
    if let Some(name) = &declared.idempotent_if
        && !has_property(body, name)
    {
        let why = format!("the body is no JSON object with a property `{name}`");
        return Err(invalid(&why));
    }
    let statuses = declared.never_after.iter().map(|status| {
        let why = || {
            invalid(&format!(
                "`{status}` is neither an error status nor a range"
            ))
        };
        error_status(status).ok_or_else(why)
    });
    let never_after: Vec<StatusRange> = statuses.collect::<Result<_, _>>()?;
    if declared.idempotent_if.is_none() && never_after.is_empty() {
        return Err(invalid("it has neither `idempotentIf` nor `neverAfter`"));
    }
    Ok(Some(RetryRules {
        idempotent_if: declared.idempotent_if,
        never_after,
    }))
}

fn has_property(body: Option<&Body>, name: &str) -> bool {
    match body.map(|body| &body.content) {
        Some(BodyContent::JsonFields(fields)) => fields.iter().any(|field| field.wire == name),
        _ => false,
    }
}

/// Reads a status such as `404`, or a range such as `5XX`.
fn error_status(value: &Value) -> Option<StatusRange> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        _ => return None,
    };
    match text.as_str() {
        "4XX" => Some(StatusRange::Class(4)),
        "5XX" => Some(StatusRange::Class(5)),
        status => {
            let status = status.parse().ok();
            let status = status.filter(|status| (400..=599).contains(status))?;
            Some(StatusRange::One(Status(status)))
        }
    }
}

/// The value of `x-rust-retry`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Declared {
    idempotent_if: Option<String>,
    #[serde(default)]
    never_after: Vec<Value>,
}
