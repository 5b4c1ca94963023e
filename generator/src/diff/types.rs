//! Compares models: structs and their fields, enums and their values, unions and their variants.

use super::change::{Changes, ItemKind, Kind as ChangeKind, Subject};
use super::matching::{Pair, Renamed, pairs};
use super::{constructors, display, fields, rename};
use crate::model::{Api, EnumValue, Kind, Type, TypeDef, UnionVariant};

pub(super) fn compare(changes: &mut Changes, old: &Api, new: &Api, renamed: &rename::Renamed) {
    for (before, now) in renamed {
        let find = |api: &'_ Api| api.types.iter().find(|def| def.rust == *now).map(pointer);
        let (old_pointer, new_pointer) = (find(old), find(new));
        let subject = Subject::new(
            now,
            new_pointer.as_deref().map(schema_name).unwrap_or_default(),
        )
        .at(old_pointer.as_deref(), new_pointer.as_deref());
        let detail = display::became(before, now);
        changes.breaking(ChangeKind::Renamed, ItemKind::Model, &subject, &detail);
    }
    let (request_types_before, request_types_now) = (old.request_types(), new.request_types());
    for pair in pairs(&old.types, &new.types, |def| &def.rust) {
        match pair {
            Pair::Removed(def) => {
                let subject =
                    Subject::new(&def.rust, schema_name(&def.pointer)).at(Some(&def.pointer), None);
                changes.breaking(ChangeKind::Removed, ItemKind::Model, &subject, "");
            }
            Pair::Added(def) => {
                let subject =
                    Subject::new(&def.rust, schema_name(&def.pointer)).at(None, Some(&def.pointer));
                changes.compatible(ChangeKind::Added, ItemKind::Model, &subject, "");
            }
            Pair::Both(before, now) => {
                let now = &resolve_alias(before, now, new);
                let constructors = [
                    constructors::constructor(before, &request_types_before),
                    constructors::constructor(now, &request_types_now),
                ];
                definitions(changes, before, now, &constructors);
            }
        }
    }
}

/// Replaces a new alias by the type that it stands for, if the old definition was not an alias.
fn resolve_alias(old: &TypeDef, new: &TypeDef, api: &Api) -> TypeDef {
    let (false, Kind::Alias(Type::Named(name))) = (matches!(old.kind, Kind::Alias(_)), &new.kind)
    else {
        return new.clone();
    };
    let target = api.types.iter().find(|def| def.rust == *name);
    let kind = target.map_or(&new.kind, |target| &target.kind).clone();
    TypeDef {
        kind,
        ..new.clone()
    }
}

fn pointer(def: &TypeDef) -> String {
    def.pointer.clone()
}

/// Returns the name of a schema in the document: the name of the component or the property, or an
/// empty string.
fn schema_name(pointer: &str) -> String {
    let tokens: Vec<_> = crate::spec::pointer::tokens(pointer).collect();
    match tokens.as_slice() {
        [.., owner, name] if matches!(&**owner, "schemas" | "properties") => {
            name.clone().into_owned()
        }
        _ => String::new(),
    }
}

fn definitions(
    changes: &mut Changes,
    old: &TypeDef,
    new: &TypeDef,
    constructors: &[Option<String>; 2],
) {
    let subject = Subject::new(&new.rust, schema_name(&new.pointer))
        .at(Some(&old.pointer), Some(&new.pointer));
    kinds(changes, &subject, old, new);
    constructor(changes, &subject, constructors);
    changes.deprecation(
        &subject,
        old.deprecated.as_deref(),
        new.deprecated.as_deref(),
    );
    if old.docs != new.docs {
        changes.docs(&subject, "the description");
    }
}

/// Compares the contents of two definitions of the same kind, or reports that their kinds differ.
fn kinds(changes: &mut Changes, subject: &Subject, old: &TypeDef, new: &TypeDef) {
    use Kind::{Alias, Enum, Struct, Union};
    match (&old.kind, &new.kind) {
        (Struct { fields: before, .. }, Struct { fields: now, .. }) => {
            fields::compare(changes, before, (new, now));
            fields::additional(changes, subject, &old.kind, &new.kind);
        }
        (Enum { values: before, .. }, Enum { values: now, .. }) => {
            scalars(changes, subject, &old.kind, &new.kind);
            values(changes, new, before, now);
        }
        (
            Union {
                variants: before, ..
            },
            Union { variants: now, .. },
        ) => {
            tagging(changes, subject, &old.kind, &new.kind);
            variants(changes, subject, before, now);
        }
        (Alias(before), Alias(now)) if before == now => {}
        // The old alias and the type that it stood for have swapped names.
        (Alias(Type::Named(before)), _) if *before == new.rust => {}
        (before, now) => {
            let detail = format!("{} became {}", kind(before), kind(now));
            changes.breaking(ChangeKind::Changed, ItemKind::Type, subject, &detail);
        }
    }
}

fn scalars(changes: &mut Changes, subject: &Subject, old: &Kind, new: &Kind) {
    if let (Kind::Enum { scalar: before, .. }, Kind::Enum { scalar: now, .. }) = (old, new)
        && before != now
    {
        let detail = format!("values of {before:?} became values of {now:?}");
        changes.breaking(ChangeKind::Changed, ItemKind::Type, subject, &detail);
    }
}

fn tagging(changes: &mut Changes, subject: &Subject, old: &Kind, new: &Kind) {
    if let (
        Kind::Union {
            tagging: before, ..
        },
        Kind::Union { tagging: now, .. },
    ) = (old, new)
        && before != now
    {
        changes.wire(
            ItemKind::Encoding,
            subject,
            "how the variants are distinguished",
        );
    }
}

fn kind(kind: &Kind) -> String {
    match kind {
        Kind::Struct { .. } => "a struct".to_owned(),
        Kind::Enum { .. } => "an enum".to_owned(),
        Kind::Union { .. } => "a union".to_owned(),
        Kind::Alias(ty) => format!("an alias of `{}`", display::ty(ty)),
    }
}

fn constructor(changes: &mut Changes, subject: &Subject, constructors: &[Option<String>; 2]) {
    match constructors {
        [Some(old), None] => {
            changes.breaking(
                ChangeKind::Removed,
                ItemKind::Constructor,
                subject,
                &format!("`{old}`"),
            );
        }
        [None, Some(new)] => {
            changes.compatible(
                ChangeKind::Added,
                ItemKind::Constructor,
                subject,
                &format!("`{new}`"),
            );
        }
        [Some(old), Some(new)] if old != new => {
            changes.breaking(
                ChangeKind::Changed,
                ItemKind::Constructor,
                subject,
                &display::became(old, new),
            );
        }
        _ => {}
    }
}

fn values(changes: &mut Changes, new: &TypeDef, before: &[EnumValue], now: &[EnumValue]) {
    let subject =
        |value: &EnumValue| Subject::new(format!("{}::{}", new.rust, value.rust), &value.wire);
    let same =
        |old: &EnumValue, new: &EnumValue| (&old.wire, old.is_json) == (&new.wire, new.is_json);
    let renamed = Renamed::new(before, now, |value| &value.rust, same);
    for (old, new) in renamed.iter() {
        let subject = subject(new).at(Some(&old.pointer), Some(&new.pointer));
        let detail = display::became(&old.rust, &new.rust);
        changes.breaking(ChangeKind::Renamed, ItemKind::EnumValue, &subject, &detail);
    }
    for pair in pairs(before, now, |value| &value.rust) {
        match pair {
            Pair::Removed(value) | Pair::Added(value) if renamed.contains(value) => {}
            Pair::Removed(value) => {
                let subject = subject(value).at(Some(&value.pointer), None);
                changes.breaking(ChangeKind::Removed, ItemKind::EnumValue, &subject, "");
            }
            Pair::Added(value) => {
                let subject = subject(value).at(None, Some(&value.pointer));
                changes.compatible(ChangeKind::Added, ItemKind::EnumValue, &subject, "");
            }
            Pair::Both(old, new) if (&old.wire, old.is_json) != (&new.wire, new.is_json) => {
                let subject = subject(new).at(Some(&old.pointer), Some(&new.pointer));
                changes.wire(
                    ItemKind::Name,
                    &subject,
                    &display::became(&old.wire, &new.wire),
                );
            }
            Pair::Both(old, new) if old.description != new.description => {
                let subject = subject(new).at(Some(&old.pointer), Some(&new.pointer));
                changes.docs(&subject, "the description");
            }
            Pair::Both(..) => {}
        }
    }
}

fn variants(changes: &mut Changes, of: &Subject, old: &[UnionVariant], new: &[UnionVariant]) {
    let subject = |variant: &UnionVariant, before: bool, now: bool| {
        let wire = variant.tags.first().map_or("", String::as_str);
        Subject {
            old: of.old.clone().filter(|_| before),
            new: of.new.clone().filter(|_| now),
            ..Subject::new(format!("{}::{}", of.rust, variant.rust), wire)
        }
    };
    for pair in pairs(old, new, |variant| &variant.rust) {
        match pair {
            Pair::Removed(variant) => {
                let subject = subject(variant, true, false);
                changes.breaking(ChangeKind::Removed, ItemKind::Variant, &subject, "");
            }
            Pair::Added(variant) => {
                let subject = subject(variant, false, true);
                changes.compatible(ChangeKind::Added, ItemKind::Variant, &subject, "");
            }
            Pair::Both(old, new) if old.ty != new.ty => {
                let detail = display::became(&display::ty(&old.ty), &display::ty(&new.ty));
                let subject = subject(new, true, true);
                changes.breaking(ChangeKind::Changed, ItemKind::Variant, &subject, &detail);
            }
            Pair::Both(old, new) if old.tags != new.tags => {
                let detail = display::became(&old.tags.join(", "), &new.tags.join(", "));
                changes.wire(ItemKind::Name, &subject(new, true, true), &detail);
            }
            Pair::Both(..) => {}
        }
    }
}
