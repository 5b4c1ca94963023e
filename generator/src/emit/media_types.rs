//! The media types of requests and responses in docs.

use super::{arguments, docs};
use crate::model::{Body, BodyContent, BodyFormat, Location, Operation, Resource, Response};

/// Returns the note on the media type of a request body, if it is not JSON or if there are several
/// to choose from.
pub fn request_note(_resource: &Resource, operation: &Operation) -> Option<String> {
    let body = operation.body.as_ref()?;
    let is_raw = matches!(body.content, BodyContent::SingleValue(_));
    if !is_raw || arguments::has_json_body(operation) {
        return None;
    }
    Some(format!(
        "The body is sent unchanged, {}.",
        sent_as(operation, body)
    ))
}

/// Returns the media type of a body as the end of a sentence.
fn sent_as(operation: &Operation, body: &Body) -> String {
    let mut parameters = operation.parameters.iter();
    let is_content_type = parameters.any(|parameter| {
        parameter.location == Location::Header && parameter.name.wire == "Content-Type"
    });
    if is_content_type {
        return "with the media type that the caller names".to_owned();
    }
    format!("as {}", docs::code(&body.media_type))
}

/// Returns the first words about the result of `send`.
pub fn response_summary(response: &Response) -> String {
    let summary = "`send` returns the response body";
    let Some(body) = &response.body else {
        return summary.to_owned();
    };
    let media_type = docs::code(&body.media_type);
    match body.format {
        BodyFormat::Json | BodyFormat::TextOrJson => summary.to_owned(),
        BodyFormat::Text => format!("{summary} ({media_type}) as a string, without decoding it"),
        BodyFormat::Bytes => format!("{summary} ({media_type}) exactly as received"),
    }
}
