//! Compares the variants of `ApiError`, which has a variant for each status that an operation
//! declares.

use super::change::{Changes, ItemKind, Kind, Subject};
use super::display;
use super::matching::{Pair, Renamed, pairs};
use crate::model::{Api, ErrorVariant, Operation, Payload, StatusRange};

pub(super) fn compare(changes: &mut Changes, old: &Api, new: &Api) {
    let paired = pairs(&old.errors.variants, &new.errors.variants, |variant| {
        &variant.rust
    });
    let same_status = |old: &ErrorVariant, new: &ErrorVariant| old.status == new.status;
    let (before, now) = (&old.errors.variants, &new.errors.variants);
    let renamed = Renamed::new(before, now, |variant| &variant.rust, same_status);
    for (old, new) in renamed.iter() {
        let rust = format!("ApiError::{}", new.rust);
        let subject = Subject::new(rust, display::status(new.status));
        let detail = display::became(&old.rust, &new.rust);
        changes.breaking(Kind::Renamed, ItemKind::ErrorVariant, &subject, &detail);
    }
    for pair in paired {
        let subject = |before: Option<&ErrorVariant>, now: Option<&ErrorVariant>| {
            let latest = now.or(before);
            let rust = latest
                .map(|variant| variant.rust.as_str())
                .unwrap_or_default();
            let status = latest
                .map(|variant| display::status(variant.status))
                .unwrap_or_default();
            let old_pointer = before.and_then(|variant| pointer(old, variant.status));
            let new_pointer = now.and_then(|variant| pointer(new, variant.status));
            Subject::new(format!("ApiError::{rust}"), status)
                .at(old_pointer.as_deref(), new_pointer.as_deref())
        };
        match pair {
            Pair::Removed(variant) | Pair::Added(variant) if renamed.contains(variant) => {}
            Pair::Removed(variant) => {
                let subject = subject(Some(variant), None);
                changes.breaking(Kind::Removed, ItemKind::ErrorVariant, &subject, "");
            }
            Pair::Added(variant) => {
                let subject = subject(None, Some(variant));
                changes.compatible(Kind::Added, ItemKind::ErrorVariant, &subject, "");
            }
            Pair::Both(old, new) => variants(changes, &subject(Some(old), Some(new)), old, new),
        }
    }
}

/// Returns the pointer of the first response that an operation declares for a status.
fn pointer(api: &Api, status: StatusRange) -> Option<String> {
    let mut operations = api
        .resources
        .iter()
        .flat_map(|resource| &resource.operations);
    let declares =
        |operation: &&Operation| operation.errors.iter().any(|error| error.status == status);
    let operation = operations.find(declares)?;
    Some(format!(
        "{}/responses/{}",
        operation.pointer,
        display::status(status)
    ))
}

/// Compares the old and the new version of a variant.
fn variants(changes: &mut Changes, subject: &Subject, old: &ErrorVariant, new: &ErrorVariant) {
    let (before, now) = (payload(&old.payload), payload(&new.payload));
    if before != now {
        changes.breaking(
            Kind::Changed,
            ItemKind::ErrorVariant,
            subject,
            &display::became(&before, &now),
        );
    } else if old.payload != new.payload {
        bodies(changes, subject, &old.payload, &new.payload);
    }
    if old.status != new.status {
        let detail = display::became(&display::status(old.status), &display::status(new.status));
        changes.wire(ItemKind::Status, subject, &detail);
    }
    if old.description != new.description {
        changes.docs(subject, "the description");
    }
}

/// Returns the Rust type of a variant's payload, for the description of a change.
fn payload(payload: &Payload) -> String {
    match payload {
        Payload::None => "no body".to_owned(),
        Payload::One(body) => display::ty(&body.ty),
        Payload::PerOperation { rust, .. } => rust.clone(),
    }
}

/// Compares two payloads that have the same Rust type. If it is the enum of the bodies of several
/// operations, compares the variants. Otherwise, only the envelope can differ.
fn bodies(changes: &mut Changes, subject: &Subject, old: &Payload, new: &Payload) {
    let (Payload::PerOperation { rust, bodies: old }, Payload::PerOperation { bodies: new, .. }) =
        (old, new)
    else {
        changes.wire(ItemKind::Encoding, subject, "the envelope around the error");
        return;
    };
    for pair in pairs(old, new, |body| &body.rust) {
        match pair {
            Pair::Removed(body) => {
                let detail = format!("`{rust}::{}`", body.rust);
                changes.breaking(Kind::Removed, ItemKind::Variant, subject, &detail);
            }
            Pair::Added(body) => {
                let detail = format!("`{rust}::{}`", body.rust);
                changes.compatible(Kind::Added, ItemKind::Variant, subject, &detail);
            }
            Pair::Both(old, new) => {
                let body_type = |body: &Option<crate::model::ErrorBody>| match body {
                    Some(body) => display::ty(&body.ty),
                    None => "no body".to_owned(),
                };
                if body_type(&old.body) != body_type(&new.body) {
                    let detail = display::became(&body_type(&old.body), &body_type(&new.body));
                    changes.breaking(Kind::Changed, ItemKind::Variant, subject, &detail);
                } else if old.operations != new.operations {
                    let detail = "which operations respond with which body";
                    changes.wire(ItemKind::Encoding, subject, detail);
                } else if old != new {
                    changes.wire(ItemKind::Encoding, subject, "the envelope around the error");
                }
            }
        }
    }
}
