//! Lowers success responses.

use super::Lowering;
use super::describe;
use super::media;
use super::plan::PlannedOperation;
use super::pointer::Pointer;
use crate::model::unnamed::{OperationId, Origin, Response, ResponseBody, Success, Type};
use crate::model::{BodyFormat, HttpMethod, Status, StatusRange};
use openapiv3::{ReferenceOr, StatusCode};

impl Lowering<'_> {
    /// Lowers the success responses of an operation. They become one if they have the same body.
    pub fn success(
        &mut self,
        planned: &PlannedOperation<'_>,
        at: Pointer<'_>,
        operation: OperationId,
    ) -> Option<Success> {
        let at = at.child("responses");
        let mut responses = Vec::new();
        for (statuses, key, response) in success_responses(planned.operation) {
            let at = at.child(&key);
            responses.push(self.response(planned.method, statuses, response, at, operation)?);
        }
        let Some(first) = responses.first() else {
            let response = Response {
                statuses: StatusRange::Any,
                body: None,
                ignored_media_type: None,
                description: None,
            };
            return Some(Success::One(response));
        };
        if responses.iter().all(|response| response.body == first.body) {
            return responses.into_iter().next().map(Success::One);
        }
        let responses = responses
            .into_iter()
            .map(|response| (String::new(), response))
            .collect();
        Some(Success::Several {
            rust: String::new(),
            responses,
        })
    }

    fn response(
        &mut self,
        method: HttpMethod,
        statuses: StatusRange,
        response: &ReferenceOr<openapiv3::Response>,
        at: Pointer<'_>,
        operation: OperationId,
    ) -> Option<Response> {
        let document = self.document;
        let pointer;
        let (response, at) = match response {
            ReferenceOr::Item(response) => (response, at),
            ReferenceOr::Reference { reference } => {
                let (target, response) = self.ok_or_report(document.response(reference))?;
                pointer = target;
                (response, Pointer::start(&pointer))
            }
        };
        let description = describe::non_empty(Some(&response.description));
        if !may_have_body(method, statuses) {
            let declared = media::preferred(&response.content);
            return Some(Response {
                statuses,
                body: None,
                ignored_media_type: declared.map(|(media_type, _)| media_type.clone()),
                description,
            });
        }
        let origin = Origin::Success { operation };
        Some(Response {
            statuses,
            body: self.response_body(response, at, &origin)?,
            ignored_media_type: None,
            description,
        })
    }

    /// Lowers the body of a response. Returns `Some(None)` if it has none.
    #[expect(
        clippy::option_option,
        reason = "the outer `None` is an error, the inner one means no body"
    )]
    fn response_body(
        &mut self,
        response: &openapiv3::Response,
        at: Pointer<'_>,
        origin: &Origin,
    ) -> Option<Option<ResponseBody>> {
        let Some((media_type, media)) = media::preferred(&response.content) else {
            return Some(None);
        };
        let content = at.child("content");
        let at = content.child(media_type);
        self.ok_or_report(media::check(media_type, at))?;
        let format = self.body_format(media_type, media);
        let ty = match (format, &media.schema) {
            (BodyFormat::Text, _) => Type::String,
            (BodyFormat::Bytes, _) => Type::Bytes,
            (BodyFormat::Json | BodyFormat::TextOrJson, None) => Type::Json,
            (BodyFormat::Json | BodyFormat::TextOrJson, Some(schema)) => self
                .schema_or_reference(schema, at.child("schema"), origin)?
                .into_item(),
        };
        Some(Some(ResponseBody {
            media_type: media_type.clone(),
            format,
            ty,
            stream: self.body_stream(media_type, media, at, origin),
        }))
    }
}

/// Returns the success responses of an operation, each with its key in `responses`: those with a 2XX
/// status, else the redirects, else the `default` response.
pub fn success_responses(
    operation: &openapiv3::Operation,
) -> Vec<(StatusRange, String, &ReferenceOr<openapiv3::Response>)> {
    let redirects = redirects(operation);
    let all = operation.responses.responses.iter();
    let all = all.map(|(code, response)| (status_range(code), code.to_string(), response));
    let found: Vec<_> = all
        .filter(|(statuses, ..)| is_success(*statuses) || redirects.contains(statuses))
        .collect();
    if !found.is_empty() {
        return found;
    }
    let default = operation.responses.default.iter();
    let default = default.map(|response| (StatusRange::Any, "default".to_owned(), response));
    default.collect()
}

/// Returns the statuses that a key of `responses` declares.
pub fn status_range(code: &StatusCode) -> StatusRange {
    match code {
        StatusCode::Code(code) => StatusRange::One(Status(*code)),
        StatusCode::Range(class) => StatusRange::Class(u8::try_from(*class).unwrap_or_default()),
    }
}

/// Returns false if a response never has a body, even if the document declares one (RFC 9110,
/// sections 9.3.2, 15.3.5, 15.3.6 and 15.4.5).
pub fn may_have_body(method: HttpMethod, statuses: StatusRange) -> bool {
    method != HttpMethod::Head && !matches!(statuses, StatusRange::One(Status(204 | 205 | 304)))
}

/// Returns the redirects that are the success responses of an operation: all of them if the
/// operation declares no 2XX response.
pub fn redirects(operation: &openapiv3::Operation) -> Vec<StatusRange> {
    let statuses = operation.responses.responses.keys().map(status_range);
    let statuses: Vec<_> = statuses.collect();
    if statuses.iter().any(|statuses| is_success(*statuses)) {
        return Vec::new();
    }
    let redirects = statuses.into_iter();
    redirects
        .filter(|statuses| is_redirect(*statuses))
        .collect()
}

pub fn is_redirect(statuses: StatusRange) -> bool {
    matches!(
        statuses,
        StatusRange::One(Status(300..=399)) | StatusRange::Class(3)
    )
}

fn is_success(statuses: StatusRange) -> bool {
    matches!(
        statuses,
        StatusRange::One(Status(200..=299)) | StatusRange::Class(2)
    )
}
