//! The media types of requests and responses other than the preferred ones.
//!
//! A further type of a request body becomes an operation of its own. A further type of the success
//! responses becomes a method of the request builder.

use super::describe::unsupported;
use super::media;
use super::plan::PlannedOperation;
use super::pointer::Pointer;
use super::response::{may_have_body, success_responses};
use super::{Lowering, SchemaState};
use crate::model::unnamed::{
    Operation, OperationId, Origin, OtherFormat, Parameter, ResponseBody, Type,
};
use crate::model::{BodyFormat, Location, StreamFormat};
use openapiv3::{MediaType, ReferenceOr};

/// The help for a media type that is not supported.
const WITHOUT_MEDIA_TYPE: &str = "the operation is generated without this media type";

/// A media type with its schema: an entry of `content`.
type Entry<'e> = (&'e String, &'e MediaType);

impl<'a> Lowering<'a> {
    /// Lowers the operations that send the body of an operation as another media type than the
    /// preferred one. `first` is the id of the first of them. A type that is not supported is left
    /// out with a warning.
    pub fn operations_by_body_type(
        &mut self,
        planned: &PlannedOperation<'a>,
        preferred: &Operation,
        first: impl Fn(usize) -> OperationId,
    ) -> Vec<Operation> {
        let mut operations = Vec::new();
        let Some(Ok((pointer, body))) = self.request_body(planned) else {
            return operations;
        };
        let Some(preferred_entry) = media::preferred(&body.content) else {
            return operations;
        };
        let mut known: Vec<Entry<'_>> = vec![preferred_entry];
        for entry in &body.content {
            if known.iter().any(|other| self.is_same_type(*other, entry)) {
                continue;
            }
            known.push(entry);
            let id = first(operations.len());
            let lowered = self.optional_part(WITHOUT_MEDIA_TYPE, |this| {
                this.body_of_type(body, &pointer, entry.0, id)
            });
            let Some(lowered) = lowered else {
                self.arena.forget(id);
                continue;
            };
            let mut operation = preferred.clone();
            operation
                .parameters
                .retain(|parameter| !is_content_type(parameter));
            operation.parameters.extend(lowered.content_type);
            operation.body = Some(lowered.body);
            operation.other_body_type = Some(entry.0.clone());
            operations.push(operation);
        }
        operations
    }

    /// Lowers the media types of the success responses that are not the preferred ones. A type that
    /// is not supported is left out with a warning.
    pub fn other_formats(
        &mut self,
        planned: &PlannedOperation<'a>,
        operation: OperationId,
    ) -> Vec<OtherFormat> {
        let responses = self.responses_with_body(planned);
        let mut found: Vec<OtherFormat> = Vec::new();
        for entry in self.other_entries(&responses) {
            let declared = responses.iter().filter_map(|(pointer, response)| {
                Some((pointer, response.content.get_key_value(entry)?))
            });
            let declared: Vec<_> = declared.collect();
            let is_everywhere = declared.len() == success_responses(planned.operation).len();
            let mut all: Vec<(String, ResponseBody)> = Vec::new();
            for (pointer, entry) in declared {
                let start = Pointer::start(pointer);
                let content = start.child("content");
                let at = content.child(entry.0);
                let body = self.optional_part(WITHOUT_MEDIA_TYPE, |this| {
                    this.other_format(entry, at, operation)
                });
                all.extend(body.map(|body| (at.to_string(), body)));
            }
            let mut all = all.into_iter();
            let Some((pointer, mut body)) = all.next() else {
                continue;
            };
            for (_, other) in all {
                combine(&mut body, &other);
            }
            if body.format == BodyFormat::Json && !is_everywhere {
                // Another status has another body, or none.
                body.ty = Type::Json;
            }
            found.push(OtherFormat {
                rust: String::new(),
                pointer,
                body,
            });
        }
        found
    }

    /// Returns the success responses of an operation that can have a body, with their locations.
    fn responses_with_body(
        &self,
        planned: &PlannedOperation<'a>,
    ) -> Vec<(String, &'a openapiv3::Response)> {
        let start = Pointer::start(&planned.pointer);
        let responses = start.child("responses");
        let all = success_responses(planned.operation).into_iter();
        let all = all.filter(|(statuses, ..)| may_have_body(planned.method, *statuses));
        let resolved = all.filter_map(|(_, key, response)| match response {
            ReferenceOr::Item(response) => Some((responses.child(&key).to_string(), response)),
            // Lowering the success responses reports an unresolved reference.
            ReferenceOr::Reference { reference } => self.document.response(reference).ok(),
        });
        resolved.collect()
    }

    /// Returns the media types that differ from the preferred one of their response.
    fn other_entries(&self, responses: &[(String, &'a openapiv3::Response)]) -> Vec<&'a String> {
        let mut found = Vec::new();
        for (_, response) in responses {
            let Some(preferred) = media::preferred(&response.content) else {
                continue;
            };
            for entry in &response.content {
                let is_other = entry.0 != preferred.0
                    && !self.is_same_type(preferred, entry)
                    && !is_wider_range(preferred, entry);
                if is_other && !found.contains(&entry.0) {
                    found.push(entry.0);
                }
            }
        }
        found
    }

    /// Records a warning for each JSON type of an error response whose schema differs from that of
    /// the preferred one: an error has one type. `content` is the location of the media types.
    pub fn warn_about_other_errors(
        &mut self,
        response: &openapiv3::Response,
        content: Pointer<'_>,
    ) {
        let Some(preferred) = media::preferred(&response.content) else {
            return;
        };
        for entry in &response.content {
            let is_json = self.body_format(entry.0, entry.1) == BodyFormat::Json;
            if entry.0 == preferred.0 || !is_json || self.is_same_type(preferred, entry) {
                continue;
            }
            let what = format!("a second JSON schema of an error response, `{}`,", entry.0);
            let help = format!(
                "errors are decoded as `{}`; another body is `ApiError::Unexpected`",
                preferred.0
            );
            let at = content.child(entry.0);
            self.warn(unsupported(at, &what).help(help));
        }
    }

    fn other_format(
        &mut self,
        (media_type, media): Entry<'_>,
        at: Pointer<'_>,
        operation: OperationId,
    ) -> Option<ResponseBody> {
        self.ok_or_report(media::check(media_type, at))?;
        let (format, ty) = match (self.body_format(media_type, media), &media.schema) {
            (_, _) if media::stream_format(media_type).is_some() => {
                (BodyFormat::Text, Type::String)
            }
            (BodyFormat::Bytes, _) => (BodyFormat::Bytes, Type::Bytes),
            (BodyFormat::Text | BodyFormat::TextOrJson, _) => (BodyFormat::Text, Type::String),
            (BodyFormat::Json, None) => (BodyFormat::Json, Type::Json),
            (BodyFormat::Json, Some(schema)) => {
                let origin = Origin::Success { operation };
                let lowered = self.schema_or_reference(schema, at.child("schema"), &origin)?;
                (BodyFormat::Json, lowered.into_item())
            }
        };
        Some(ResponseBody {
            media_type: media_type.clone(),
            format,
            ty,
            stream: self.body_stream(media_type, media, at, &Origin::Success { operation }),
        })
    }

    /// Returns true if two media types have equal schemas and differ only in their parameters, or if
    /// both are JSON of the same kind.
    fn is_same_type(&self, one: Entry<'_>, other: Entry<'_>) -> bool {
        let is_json = |entry: Entry<'_>| self.body_format(entry.0, entry.1) == BodyFormat::Json;
        let patch = |entry: Entry<'_>| media::patch_format(entry.0);
        one.1.schema == other.1.schema
            && (media::essence(one.0) == media::essence(other.0)
                || (is_json(one) && is_json(other) && patch(one) == patch(other)))
    }

    /// Lowers a part of an operation that can be left out. Its errors become warnings with a help.
    pub fn optional_part<T>(
        &mut self,
        help: &str,
        lower: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        let known = self.diagnostics.len();
        let part = lower(self);
        if part.is_none() {
            for problem in self.diagnostics.split_off(known) {
                self.warn(problem.help(help));
            }
            if known == 0 {
                // A part that is not left out must be reported if it reaches one of these schemas.
                self.schema_states
                    .retain(|_, state| *state != SchemaState::Rejected);
            }
        }
        part
    }
}

/// Returns true for the header with which the caller names the media type of a body.
fn is_content_type(parameter: &Parameter) -> bool {
    parameter.location == Location::Header && parameter.name.wire == "Content-Type"
}

/// Returns true if a range includes the preferred type and has the same schema, so that it adds
/// nothing.
fn is_wider_range(preferred: Entry<'_>, range: Entry<'_>) -> bool {
    media::is_range(range.0)
        && media::includes(range.0, preferred.0)
        && range.1.schema == preferred.1.schema
}

/// Combines the bodies that a media type has for two statuses: any JSON or bytes if they differ, and
/// parts without a type if only these differ.
fn combine(body: &mut ResponseBody, other: &ResponseBody) {
    let is_same_stream = body.stream == other.stream;
    if let (Some(stream), false) = (&mut body.stream, is_same_stream) {
        stream.ty = match stream.format {
            StreamFormat::Events => Type::String,
            StreamFormat::Items => Type::Json,
        };
    }
    if body.format == other.format && body.ty != other.ty {
        body.ty = Type::Json;
    } else if body.format != other.format {
        (body.format, body.ty) = (BodyFormat::Bytes, Type::Bytes);
    }
}
