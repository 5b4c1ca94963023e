//! Lowers error responses: one variant for each status.

use super::Lowering;
use super::describe;
use super::error_body::ErrorEnums;
use super::extensions;
use super::media;
use super::plan::{Plan, PlannedOperation};
use super::pointer::Pointer;
use super::response::{is_redirect, may_have_body, redirects, status_range};
use crate::diagnostic::Diagnostic;
use crate::model::unnamed::{
    ErrorBody, ErrorVariant, Errors, Kind, OperationErrorBody, Payload, Type,
};
use crate::model::{BodyFormat, DeclaredError, HttpMethod, Status, StatusRange};
use openapiv3::{ReferenceOr, Response};
use std::collections::BTreeMap;

/// An error status that an operation declares.
struct DeclaredStatus {
    operation: String,
    name: Option<String>,
    description: Option<String>,
    body: Option<ErrorBody>,
    /// True if the operation is a HEAD request, whose responses have no body.
    is_head: bool,
}

/// Lowers the error responses of all operations of the plan.
pub fn lower<'a>(lowering: &mut Lowering<'a>, plan: &Plan<'a>) -> Errors {
    let mut statuses: BTreeMap<StatusRange, Vec<DeclaredStatus>> = BTreeMap::new();
    let mut enums = ErrorEnums::default();
    for planned in plan
        .resources
        .iter()
        .flat_map(|resource| &resource.operations)
    {
        for (status, response, pointer) in responses(lowering, planned) {
            enums.status = Some(status);
            let declared = declared(lowering, &mut enums, (planned, status), response, &pointer);
            if let Some(declared) = declared {
                statuses.entry(status).or_default().push(declared);
            }
        }
    }
    let variants: Vec<_> = statuses
        .into_iter()
        .map(|(status, all)| variant(status, all))
        .collect();
    for variant in &variants {
        match &variant.payload {
            Payload::None => {}
            Payload::One(body) => mark_error_payload(lowering, &body.ty),
            Payload::PerOperation { bodies, .. } => {
                bodies
                    .iter()
                    .filter_map(|b| b.body.as_ref())
                    .for_each(|body| mark_error_payload(lowering, &body.ty));
            }
        }
    }
    Errors { variants }
}

/// Returns the operation's error responses, including `default`, with their references resolved. A
/// redirect is an error unless it is a result of the operation.
fn responses<'a>(
    lowering: &mut Lowering<'a>,
    planned: &PlannedOperation<'a>,
) -> Vec<(StatusRange, &'a Response, String)> {
    let document = lowering.document;
    let start = Pointer::start(&planned.pointer);
    let at = start.child("responses");
    let mut found = Vec::new();
    let codes = planned.operation.responses.responses.iter();
    let errors = codes.map(|(code, response)| (status_range(code), code.to_string(), response));
    let results = redirects(planned.operation);
    let errors = errors.filter(|(statuses, ..)| {
        is_error(*statuses) || (is_redirect(*statuses) && !results.contains(statuses))
    });
    let default = planned.operation.responses.default.iter();
    let default = default.map(|response| (StatusRange::Any, "default".to_owned(), response));
    for (status, token, response) in errors.chain(default) {
        match response {
            ReferenceOr::Item(response) => {
                found.push((status, response, at.child(&token).to_string()))
            }
            ReferenceOr::Reference { reference } => {
                let target = lowering.ok_or_report(document.response(reference));
                found.extend(target.map(|(pointer, response)| (status, response, pointer)));
            }
        }
    }
    found
}

fn is_error(status: StatusRange) -> bool {
    matches!(
        status,
        StatusRange::One(Status(400..=599)) | StatusRange::Class(4 | 5)
    )
}

fn declared(
    lowering: &mut Lowering<'_>,
    enums: &mut ErrorEnums,
    (planned, status): (&PlannedOperation<'_>, StatusRange),
    response: &Response,
    pointer: &str,
) -> Option<DeclaredStatus> {
    let start = Pointer::start(pointer);
    let content = start.child("content");
    let json = media::preferred(&response.content).filter(|(name, media)| {
        lowering.body_format(name, media) == BodyFormat::Json
            && may_have_body(planned.method, status)
    });
    let schema = json.and_then(|(name, media)| Some((name, media.schema.as_ref()?)));
    let mut declared = DeclaredStatus {
        operation: planned.pointer.clone(),
        name: lowering.ok_or_report(override_name(&response.extensions, start))?,
        description: describe::non_empty(Some(&response.description)),
        body: None,
        is_head: planned.method == HttpMethod::Head,
    };
    let Some((media_type, schema)) = schema else {
        // A body that is not JSON has no payload type: the variant keeps the response with its
        // body.
        return Some(declared);
    };
    let media = content.child(media_type);
    let at = media.child("schema");
    if let ReferenceOr::Item(schema) = schema {
        let name = lowering.ok_or_report(override_name(&schema.schema_data.extensions, at))?;
        declared.name = declared.name.or(name);
    }
    declared.body = Some(lowering.error_body(enums, schema, at)?);
    lowering.warn_about_other_errors(response, content);
    Some(declared)
}

fn override_name(
    extensions: &extensions::Extensions,
    at: Pointer<'_>,
) -> Result<Option<String>, Diagnostic> {
    let ours = extensions::string(extensions, extensions::RUST_NAME, at)?;
    let theirs = extensions::string(extensions, extensions::NAME_OVERRIDE, at)?;
    Ok(ours.or(theirs).map(str::to_owned))
}

/// Returns the variant of a status. It has one payload if all operations declare the same body,
/// otherwise one for each body.
///
/// If another operation declares a body, HEAD operations do not count: an enum of bodies would make
/// the errors of all operations harder to use. A HEAD request then fails with the variant for
/// unexpected errors, which has the same status.
fn variant(status: StatusRange, mut declared: Vec<DeclaredStatus>) -> ErrorVariant {
    let mut bodies: Vec<OperationErrorBody> = Vec::new();
    let name = declared.iter().find_map(|declared| declared.name.clone());
    let description = declared
        .first()
        .and_then(|declared| declared.description.clone());
    let has_body = declared.iter().any(|declared| declared.body.is_some());
    declared.retain(|declared| !(declared.is_head && has_body));
    for declared in declared {
        match bodies.iter_mut().find(|known| known.body == declared.body) {
            Some(known) => known.operations.push(declared.operation),
            None => bodies.push(OperationErrorBody {
                rust: String::new(),
                body: declared.body,
                operations: vec![declared.operation],
            }),
        }
    }
    let payload = match bodies.as_mut_slice() {
        [] => Payload::None,
        [only] => only.body.take().map_or(Payload::None, Payload::One),
        _ => Payload::PerOperation {
            rust: String::new(),
            bodies,
        },
    };
    ErrorVariant {
        status,
        rust: name.unwrap_or_default(),
        description,
        payload,
    }
}

impl Lowering<'_> {
    /// Returns the declared error responses of an operation, for its documentation.
    pub fn declared_errors(&mut self, planned: &PlannedOperation<'_>) -> Vec<DeclaredError> {
        let document = self.document;
        let mut errors = Vec::new();
        for (code, response) in &planned.operation.responses.responses {
            let status = status_range(code);
            if !is_error(status) {
                continue;
            }
            let response = match response {
                ReferenceOr::Item(response) => Some(response),
                ReferenceOr::Reference { reference } => document
                    .response(reference)
                    .ok()
                    .map(|(_, response)| response),
            };
            let media = response.and_then(|response| media::preferred(&response.content));
            let media = media.filter(|_| may_have_body(planned.method, status));
            errors.push(DeclaredError {
                status,
                description: response.and_then(|r| describe::non_empty(Some(&r.description))),
                media_type: media.map(|(name, _)| name.clone()),
            });
        }
        errors
    }
}

/// Marks the struct of a payload, so that it keeps the response that it was decoded from.
fn mark_error_payload(lowering: &mut Lowering<'_>, ty: &Type) {
    let Some(id) = ty.direct_id() else {
        return;
    };
    let target = match &lowering.arena[id].kind {
        Kind::Alias(target) => target.direct_id(),
        _ => None,
    };
    let def = &mut lowering.arena[target.unwrap_or(id)];
    def.error_payload |= matches!(def.kind, Kind::Struct { .. });
}
