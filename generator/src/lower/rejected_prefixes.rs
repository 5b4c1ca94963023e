//! Lowers the prefixes of values that the server rejects (`x-rust-rejected-prefixes`).

use super::extensions::{Extensions, REJECTED_PREFIXES};
use super::pointer::Pointer;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::RejectedPrefix;
use serde::Deserialize;

/// Returns the rejected prefixes of a parameter. `is_supported` is true for a query parameter that
/// is a string.
pub fn rejected_prefixes(
    extensions: &Extensions,
    is_supported: bool,
    at: Pointer<'_>,
) -> Result<Vec<RejectedPrefix>, Diagnostic> {
    let Some(value) = extensions.get(REJECTED_PREFIXES) else {
        return Ok(Vec::new());
    };
    let at = at.child(REJECTED_PREFIXES);
    let invalid = |why: &str| {
        let message = format!("invalid `{REJECTED_PREFIXES}`: {why}");
        Diagnostic::new(Code::Extension, at, message)
    };
    if !is_supported {
        return Err(invalid("the parameter is not a string in the query"));
    }
    let entries = Vec::<Entry>::deserialize(value).map_err(|error| invalid(&error.to_string()))?;
    let is_empty = |text: &str| text.trim().is_empty();
    if entries
        .iter()
        .any(|entry| is_empty(&entry.prefix) || is_empty(&entry.help))
    {
        return Err(invalid("`prefix` and `help` must not be empty"));
    }
    let prefixes = entries.into_iter().map(|Entry { prefix, help }| {
        let help = help.trim().to_owned();
        RejectedPrefix { prefix, help }
    });
    Ok(prefixes.collect())
}

/// An entry of `x-rust-rejected-prefixes`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    prefix: String,
    help: String,
}
