//! What an operation gives when all is well.

use super::Lowering;
use super::arena::Origin;
use super::describe;
use super::media;
use super::operation::Position;
use super::pointer::At;
use super::resource::Planned;
use crate::model::{BodyFormat, Reply, ReplyBody, Status, StatusRange, Success, Type};
use openapiv3::{ReferenceOr, Response, StatusCode};

impl Lowering<'_> {
    /// The reply of an operation, or its replies by status where they differ.
    pub fn success(
        &mut self,
        planned: &Planned<'_>,
        at: At<'_>,
        position: Position,
    ) -> Option<Success> {
        let at = at.child("responses");
        let mut replies = Vec::new();
        for (code, response) in &planned.operation.responses.responses {
            let statuses = range(code);
            if is_success(statuses) {
                let token = code.to_string();
                replies.push(self.reply(statuses, response, at.child(&token), position)?);
            }
        }
        if replies.is_empty()
            && let Some(response) = &planned.operation.responses.default
        {
            replies.push(self.reply(StatusRange::Any, response, at.child("default"), position)?);
        }
        let Some(first) = replies.first() else {
            let reply = Reply {
                statuses: StatusRange::Any,
                body: None,
                description: None,
            };
            return Some(Success::One(reply));
        };
        if replies.iter().all(|reply| reply.body == first.body) {
            return replies.into_iter().next().map(Success::One);
        }
        let replies = replies
            .into_iter()
            .map(|reply| (String::new(), reply))
            .collect();
        Some(Success::Several {
            rust: String::new(),
            replies,
        })
    }

    fn reply(
        &mut self,
        statuses: StatusRange,
        response: &ReferenceOr<Response>,
        at: At<'_>,
        (resource, operation): Position,
    ) -> Option<Reply> {
        let document = self.document;
        let pointer;
        let (response, at) = match response {
            ReferenceOr::Item(response) => (response, at),
            ReferenceOr::Reference { reference } => {
                let (target, response) = self.take(document.response(reference))?;
                pointer = target;
                (response, At::start(&pointer))
            }
        };
        let origin = Origin::Success {
            resource,
            operation,
        };
        let body = self.response_body(response, at, &origin)?;
        let no_content = statuses == StatusRange::One(Status(204));
        Some(Reply {
            statuses,
            // RFC 9110, section 15.3.5: whatever the document says, there is none.
            body: body.filter(|_| !no_content),
            description: describe::text(Some(&response.description)),
        })
    }

    /// The body of a response; none when it has no content.
    #[expect(clippy::option_option, reason = "refused, or no body, or a body")]
    pub fn response_body(
        &mut self,
        response: &Response,
        at: At<'_>,
        origin: &Origin,
    ) -> Option<Option<ReplyBody>> {
        let Some((media_type, media)) = media::preferred(&response.content) else {
            return Some(None);
        };
        let content = at.child("content");
        let at = content.child(media_type);
        let format = media::format(media_type);
        let ty = match (format, &media.schema) {
            (BodyFormat::Text, _) => Type::String,
            (BodyFormat::Bytes, _) => Type::Bytes,
            (BodyFormat::Json, None) => Type::Json,
            (BodyFormat::Json, Some(schema)) => self
                .schema_or_reference(schema, at.child("schema"), origin)?
                .into_item(),
        };
        Some(Some(ReplyBody {
            media_type: media_type.clone(),
            format,
            ty,
        }))
    }
}

/// The statuses that a key of `responses` stands for.
pub fn range(code: &StatusCode) -> StatusRange {
    match code {
        StatusCode::Code(code) => StatusRange::One(Status(*code)),
        StatusCode::Range(class) => StatusRange::Class(u8::try_from(*class).unwrap_or_default()),
    }
}

fn is_success(statuses: StatusRange) -> bool {
    matches!(
        statuses,
        StatusRange::One(Status(200..=299)) | StatusRange::Class(2)
    )
}
