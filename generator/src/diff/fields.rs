//! Compares the fields of structs.

use super::change::{Changes, ItemKind, Kind as ChangeKind, Subject};
use super::display;
use super::matching::{Pair, Renamed, pairs};
use crate::model::{Field, Kind, TypeDef, unraw};

/// Compares the fields of two structs. `new` is the new definition.
pub(super) fn compare(changes: &mut Changes, before: &[Field], (new, now): (&TypeDef, &[Field])) {
    let subject = |old_field: Option<&Field>, new_field: Option<&Field>| {
        let shown = new_field.or(old_field);
        let rust = shown.map(|field| unraw(&field.rust)).unwrap_or_default();
        let wire = shown.map(|field| field.wire.as_str()).unwrap_or_default();
        Subject::new(format!("{}::{rust}", new.rust), wire).at(
            old_field.map(|field| field.pointer.as_str()),
            new_field.map(|field| field.pointer.as_str()),
        )
    };
    let same = |old: &Field, new: &Field| old.wire == new.wire;
    let renamed = Renamed::new(before, now, |field| &field.rust, same);
    for (old, new) in renamed.iter() {
        let subject = subject(Some(old), Some(new));
        let detail = display::became(&old.rust, &new.rust);
        changes.breaking(ChangeKind::Renamed, ItemKind::Field, &subject, &detail);
        field(changes, &subject, old, new);
    }
    for pair in pairs(before, now, |field| &field.rust) {
        match pair {
            Pair::Removed(field) | Pair::Added(field) if renamed.contains(field) => {}
            Pair::Removed(field) => {
                changes.breaking(
                    ChangeKind::Removed,
                    ItemKind::Field,
                    &subject(Some(field), None),
                    "",
                );
            }
            Pair::Added(field) => {
                changes.compatible(
                    ChangeKind::Added,
                    ItemKind::Field,
                    &subject(None, Some(field)),
                    "",
                );
            }
            Pair::Both(old, new) => field(changes, &subject(Some(old), Some(new)), old, new),
        }
    }
}

fn field(changes: &mut Changes, subject: &Subject, old: &Field, new: &Field) {
    let (before, now) = (display::field(old), display::field(new));
    if before != now {
        changes.breaking(
            ChangeKind::Changed,
            ItemKind::Field,
            subject,
            &display::became(&before, &now),
        );
    }
    if old.wire != new.wire {
        changes.wire(
            ItemKind::Name,
            subject,
            &display::became(&old.wire, &new.wire),
        );
    }
    changes.deprecation(
        subject,
        old.deprecated.as_deref(),
        new.deprecated.as_deref(),
    );
    if old.description != new.description {
        changes.docs(subject, "the description");
    }
}

/// Compares the `additional_properties` fields, which hold all other properties.
pub(super) fn additional(changes: &mut Changes, subject: &Subject, old: &Kind, new: &Kind) {
    let displayed = [old, new].map(|kind| match kind {
        Kind::Struct { additional, .. } => additional.as_ref().map(display::ty),
        _ => None,
    });
    let detail = "`additional_properties`";
    match &displayed {
        [Some(_), None] => changes.breaking(ChangeKind::Removed, ItemKind::Field, subject, detail),
        [None, Some(_)] => changes.compatible(ChangeKind::Added, ItemKind::Field, subject, detail),
        [Some(old), Some(new)] if old != new => {
            let detail = format!("{detail}: {}", display::became(old, new));
            changes.breaking(ChangeKind::Changed, ItemKind::Field, subject, &detail);
        }
        _ => {}
    }
}
