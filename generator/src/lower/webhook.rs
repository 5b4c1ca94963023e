//! Lowers webhooks (`x-webhooks`): the types of their payloads.

use super::Lowering;
use super::describe;
use super::extensions;
use super::media;
use super::plan::{Plan, PlannedWebhook};
use super::pointer::Pointer;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::unnamed::{Origin, Type, Webhook};
use crate::model::{BodyFormat, Docs, Name};
use openapiv3::ReferenceOr;

/// Lowers the webhooks of the plan. Those without a JSON body have no payload to generate.
pub fn lower<'a>(lowering: &mut Lowering<'a>, plan: &Plan<'a>) -> Vec<Webhook> {
    let webhooks = plan.webhooks.iter();
    webhooks
        .filter_map(|planned| webhook(lowering, planned))
        .collect()
}

fn webhook(lowering: &mut Lowering<'_>, planned: &PlannedWebhook<'_>) -> Option<Webhook> {
    let at = Pointer::start(&planned.pointer);
    let source = planned.operation;
    let name = extensions::string(&source.extensions, extensions::RUST_NAME, at);
    let name = lowering.ok_or_report(name)?.unwrap_or_default();
    let description = describe::non_empty(source.description.as_deref());
    let ty = payload(lowering, planned, at)?;
    Some(Webhook {
        name: Name {
            wire: planned.name.to_owned(),
            rust: name.to_owned(),
        },
        pointer: planned.pointer.clone(),
        docs: Docs {
            summary: describe::non_empty(source.summary.as_deref()),
            description,
        },
        ty,
    })
}

fn payload(
    lowering: &mut Lowering<'_>,
    planned: &PlannedWebhook<'_>,
    at: Pointer<'_>,
) -> Option<Type> {
    let document = lowering.document;
    let (pointer, body) = match &planned.operation.request_body {
        Some(ReferenceOr::Item(body)) => (at.child("requestBody").to_string(), body),
        Some(ReferenceOr::Reference { reference }) => {
            lowering.ok_or_report(document.request_body(reference))?
        }
        None => return without_payload(lowering, planned, at),
    };
    let at = Pointer::start(&pointer);
    let Some((media_type, media)) = media::preferred(&body.content) else {
        return without_payload(lowering, planned, at);
    };
    let content = at.child("content");
    let at = content.child(media_type);
    let Some(schema) = &media.schema else {
        return without_payload(lowering, planned, at);
    };
    if lowering.body_format(media_type, media) != BodyFormat::Json {
        return without_payload(lowering, planned, at);
    }
    let origin = Origin::Webhook(planned.name.to_owned());
    let ty = lowering.schema_or_reference(schema, at.child("schema"), &origin)?;
    Some(ty.into_item())
}

fn without_payload(
    lowering: &mut Lowering<'_>,
    planned: &PlannedWebhook<'_>,
    at: Pointer<'_>,
) -> Option<Type> {
    let message = format!(
        "the webhook `{}` has no JSON body with a schema, so that no type is generated for it",
        planned.name
    );
    lowering.warn(Diagnostic::new(Code::Unsupported, at, message));
    None
}
