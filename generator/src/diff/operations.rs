//! Compares operations: methods, request builders, responses and the wire format.

use super::change::{Changes, ItemKind, Kind, Subject};
use super::matching::{Pair, pairs};
use super::{display, inputs};
use crate::model::{
    Api, BodyStream, Operation, OtherFormat, Pagination, Resource, Response, ResponseBody,
    StreamFormat, Success, unraw,
};

pub(super) fn compare(changes: &mut Changes, old: &Api, new: &Api) {
    let (old, new) = (
        named_operations(&old.resources),
        named_operations(&new.resources),
    );
    let paired = pairs(&old, &new, |(call, _)| call);
    let added = paired.iter().filter_map(|pair| match pair {
        Pair::Added(named) => Some(*named),
        _ => None,
    });
    let added: Vec<&NamedOperation<'_>> = added.collect();
    let mut renamed = Vec::new();
    for pair in &paired {
        match pair {
            Pair::Both((call, old), (_, new)) => operations(changes, call, old, new),
            Pair::Removed((call, old)) => match added.iter().find(|(_, new)| same(old, new)) {
                Some((now, new)) => {
                    renamed.push(now);
                    rename(changes, call, now, old, new);
                }
                None => {
                    let subject = Subject::new(call, &old.name.wire).at(Some(&old.pointer), None);
                    changes.breaking(Kind::Removed, ItemKind::Operation, &subject, "");
                }
            },
            Pair::Added(_) => {}
        }
    }
    for (call, operation) in added.iter().filter(|(call, _)| !renamed.contains(&call)) {
        let subject = Subject::new(call, &operation.name.wire).at(None, Some(&operation.pointer));
        changes.compatible(Kind::Added, ItemKind::Operation, &subject, "");
    }
}

/// An operation with the call that starts it, such as `customers().list`.
type NamedOperation<'a> = (String, &'a Operation);

/// Returns true if two operations have the same method and path, and send the same media type.
fn same(old: &Operation, new: &Operation) -> bool {
    (old.method, &old.path, &old.other_body_type) == (new.method, &new.path, &new.other_body_type)
}

fn rename(changes: &mut Changes, before: &str, now: &str, old: &Operation, new: &Operation) {
    let subject = Subject::new(now, &new.name.wire).at(Some(&old.pointer), Some(&new.pointer));
    changes.breaking(
        Kind::Renamed,
        ItemKind::Operation,
        &subject,
        &display::became(before, now),
    );
    operations(changes, now, old, new);
}

/// Returns all operations with their calls.
fn named_operations(resources: &[Resource]) -> Vec<NamedOperation<'_>> {
    let all = resources.iter().flat_map(|resource| {
        let operations = resource.operations.iter();
        operations.map(move |operation| {
            let (module, method) = (&resource.module, &operation.name.rust);
            let call = format!("{}().{}", unraw(module), unraw(method));
            (call, operation)
        })
    });
    all.collect()
}

fn operations(changes: &mut Changes, call: &str, old: &Operation, new: &Operation) {
    let subject = Subject::new(call, &new.name.wire).at(Some(&old.pointer), Some(&new.pointer));
    if old.builder != new.builder {
        let detail = display::became(&old.builder, &new.builder);
        changes.breaking(Kind::Renamed, ItemKind::Builder, &subject, &detail);
    }
    inputs::arguments(changes, call, old, new);
    inputs::setters(changes, old, new);
    success(changes, &subject, old, new);
    other_formats(changes, old, new);
    pagination(
        changes,
        &subject,
        old.pagination.as_ref(),
        new.pagination.as_ref(),
    );
    wire(changes, &subject, old, new);
    changes.deprecation(
        &subject,
        old.deprecated.as_deref(),
        new.deprecated.as_deref(),
    );
    if old.docs != new.docs {
        changes.docs(&subject, "the summary or the description");
    }
    if old.external_docs != new.external_docs {
        changes.docs(&subject, "the external documentation");
    }
    if (&old.errors, old.default_error) != (&new.errors, new.default_error) {
        changes.docs(&subject, "the documented errors");
    }
}

/// Compares the parts of a request that are not visible in the Rust API.
fn wire(changes: &mut Changes, subject: &Subject, old: &Operation, new: &Operation) {
    if old.method != new.method {
        let detail = display::became(old.method.as_str(), new.method.as_str());
        changes.wire(ItemKind::Method, subject, &detail);
    }
    if old.path != new.path {
        changes.wire(
            ItemKind::Path,
            subject,
            &display::became(&old.path, &new.path),
        );
    }
    if old.server != new.server {
        let show = |operation: &Operation| match &operation.server {
            Some(server) => format!("`{}`", server.default_url()),
            None => "that of the API".to_owned(),
        };
        let detail = format!("{} became {}", show(old), show(new));
        changes.wire(ItemKind::Server, subject, &detail);
    }
    if let (Some(old), Some(new)) = (&old.body, &new.body) {
        if old.media_type != new.media_type {
            let detail = format!(
                "of the request body: {}",
                display::became(&old.media_type, &new.media_type)
            );
            changes.wire(ItemKind::MediaType, subject, &detail);
        } else if std::mem::discriminant(&old.content) != std::mem::discriminant(&new.content) {
            changes.wire(ItemKind::Encoding, subject, "of the request body");
        }
        if old.is_open != new.is_open {
            changes.docs(subject, "other fields of the request body");
        }
        if old.required_fields != new.required_fields {
            let detail = "which fields an optional body requires";
            changes.wire(ItemKind::Check, subject, detail);
        }
    }
    if let (Some(_), Some(_)) = (&old.body, &new.body)
        && old.is_body_optional() != new.is_body_optional()
    {
        let detail = match new.is_body_optional() {
            true => "of the request body: none if nothing is set",
            false => "of the request body: empty if nothing is set",
        };
        changes.wire(ItemKind::Encoding, subject, detail);
    }
    if old.security != new.security {
        let show = |security: &[Vec<String>]| {
            let alternatives: Vec<_> = security.iter().map(|all| all.join(" and ")).collect();
            if alternatives.is_empty() {
                "none".to_owned()
            } else {
                alternatives.join(" or ")
            }
        };
        let detail = display::became(&show(&old.security), &show(&new.security));
        changes.wire(ItemKind::Authorisation, subject, &detail);
    }
    if old.redirects != new.redirects {
        let detail = "which redirects are returned instead of followed";
        changes.wire(ItemKind::Status, subject, detail);
    }
    if old.conflicts != new.conflicts {
        changes.wire(
            ItemKind::Check,
            subject,
            "which parameters cannot be combined",
        );
    }
    if old.retry != new.retry {
        changes.wire(ItemKind::Retries, subject, "which failures are retried");
    }
}

fn pagination(
    changes: &mut Changes,
    subject: &Subject,
    old: Option<&Pagination>,
    new: Option<&Pagination>,
) {
    let detail = "`stream()` and `pages()`";
    match (old, new) {
        (None, Some(_)) => changes.compatible(Kind::Added, ItemKind::Paging, subject, detail),
        (Some(_), None) => changes.breaking(Kind::Removed, ItemKind::Paging, subject, detail),
        (Some(old), Some(new)) if old.item != new.item => {
            let detail = display::became(&display::ty(&old.item), &display::ty(&new.item));
            changes.breaking(Kind::Changed, ItemKind::Paging, subject, &detail);
        }
        (Some(old), Some(new)) if old != new => {
            changes.wire(ItemKind::Paging, subject, "how the next page is requested");
        }
        _ => {}
    }
}

fn success(changes: &mut Changes, subject: &Subject, old: &Operation, new: &Operation) {
    match (&old.success, &new.success) {
        (Success::One(old), Success::One(new)) => responses(changes, subject, old, new),
        (
            Success::Several {
                rust: before,
                responses: old,
            },
            Success::Several {
                rust: now,
                responses: new,
            },
        ) => {
            if before != now {
                let detail = display::became(before, now);
                changes.breaking(Kind::Renamed, ItemKind::Response, subject, &detail);
            }
            compare_variants(changes, subject, old, new);
        }
        (Success::One(_), Success::Several { rust, .. }) => {
            let detail = format!("it now depends on the status: `{rust}`");
            changes.breaking(Kind::Changed, ItemKind::Response, subject, &detail);
        }
        (Success::Several { .. }, Success::One(_)) => {
            let detail = "it is now the same for every status";
            changes.breaking(Kind::Changed, ItemKind::Response, subject, detail);
        }
    }
}

/// Compares the methods that request the response body as another media type.
fn other_formats(changes: &mut Changes, old: &Operation, new: &Operation) {
    let subject = |other: &OtherFormat| {
        let rust = format!("{}::{}", new.builder, unraw(&other.rust));
        Subject::new(rust, &other.body.media_type)
    };
    for pair in pairs(&old.other_formats, &new.other_formats, |other| &other.rust) {
        match pair {
            Pair::Removed(old) => {
                let subject = subject(old).at(Some(&old.pointer), None);
                changes.breaking(Kind::Removed, ItemKind::Response, &subject, "");
            }
            Pair::Added(new) => {
                let subject = subject(new).at(None, Some(&new.pointer));
                changes.compatible(Kind::Added, ItemKind::Response, &subject, "");
            }
            Pair::Both(old, new) => {
                let subject = subject(new).at(Some(&old.pointer), Some(&new.pointer));
                response_bodies(changes, &subject, &old.body, &new.body);
            }
        }
    }
}

/// Compares two bodies, whose types a caller can notice.
fn response_bodies(
    changes: &mut Changes,
    subject: &Subject,
    old: &ResponseBody,
    new: &ResponseBody,
) {
    if old.ty != new.ty {
        let detail = display::became(&display::ty(&old.ty), &display::ty(&new.ty));
        changes.breaking(Kind::Changed, ItemKind::Response, subject, &detail);
    }
    body_streams(changes, subject, old.stream.as_ref(), new.stream.as_ref());
    if (&old.media_type, old.format) != (&new.media_type, new.format) {
        let detail = format!(
            "of the response: {}",
            display::became(&old.media_type, &new.media_type)
        );
        changes.wire(ItemKind::MediaType, subject, &detail);
    }
}

/// Compares the parts of two bodies that are streams.
fn body_streams(
    changes: &mut Changes,
    subject: &Subject,
    old: Option<&BodyStream>,
    new: Option<&BodyStream>,
) {
    let show = |stream: &BodyStream| match stream.format {
        StreamFormat::Events => format!("events of {}", display::ty(&stream.ty)),
        StreamFormat::Items => format!("items of {}", display::ty(&stream.ty)),
    };
    let show = |stream: Option<&BodyStream>| stream.map_or_else(|| "no stream".to_owned(), show);
    if old != new {
        let detail = display::became(&show(old), &show(new));
        match old {
            Some(_) => changes.breaking(Kind::Changed, ItemKind::Response, subject, &detail),
            None => changes.compatible(Kind::Changed, ItemKind::Response, subject, &detail),
        }
    }
}

fn compare_variants(
    changes: &mut Changes,
    subject: &Subject,
    old: &[(String, Response)],
    new: &[(String, Response)],
) {
    for pair in pairs(old, new, |(variant, _)| variant) {
        match pair {
            Pair::Removed((variant, _)) => {
                let detail = format!("the variant `{variant}`");
                changes.breaking(Kind::Removed, ItemKind::Response, subject, &detail);
            }
            Pair::Added((variant, _)) => {
                let detail = format!("the variant `{variant}`");
                changes.compatible(Kind::Added, ItemKind::Response, subject, &detail);
            }
            Pair::Both((_, old), (_, new)) => responses(changes, subject, old, new),
        }
    }
}

fn responses(changes: &mut Changes, subject: &Subject, old: &Response, new: &Response) {
    let ty = |response: &Response| match &response.body {
        Some(body) => display::ty(&body.ty),
        None => "()".to_owned(),
    };
    match (&old.body, &new.body) {
        (Some(old), Some(new)) => response_bodies(changes, subject, old, new),
        (None, None) => {}
        _ => {
            let detail = display::became(&ty(old), &ty(new));
            changes.breaking(Kind::Changed, ItemKind::Response, subject, &detail);
        }
    }
    if old.statuses != new.statuses {
        let detail = display::became(
            &display::status(old.statuses),
            &display::status(new.statuses),
        );
        changes.wire(ItemKind::Status, subject, &detail);
    }
    if old.description != new.description {
        changes.docs(subject, "the description of the response");
    }
}
