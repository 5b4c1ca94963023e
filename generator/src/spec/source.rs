//! Reads a source: a document, an overlay, or a file that a document refers to.

use super::{Parsed, Syntax, json, text, yaml};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::SourceId;

/// Decodes and parses JSON or YAML. Source text that starts like JSON but is not valid JSON may still be YAML
/// in flow style.
pub(super) fn parse(source: SourceId, bytes: &[u8]) -> Result<(Parsed, Syntax), Diagnostic> {
    let text = text::decode(source, bytes)?;
    let looks_like_json = text.trim_start().starts_with(['{', '[']);
    let json_error = match looks_like_json.then(|| json::read(source, text)) {
        Some(Ok(parsed)) => return Ok((parsed, Syntax::Json)),
        Some(Err(problem)) if problem.code != Code::Syntax => return Err(problem),
        Some(Err(problem)) => Some(problem),
        None => None,
    };
    match (yaml::read(source, text), json_error) {
        (Ok(parsed), _) => Ok((parsed, Syntax::Yaml)),
        (Err(_), Some(problem)) | (Err(problem), None) => Err(problem),
    }
}
