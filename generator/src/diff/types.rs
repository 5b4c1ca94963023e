//! Models: structs and their fields, enums and their values, unions and their variants.

use super::change::{Changes, Kind as Did, Part, Subject, What};
use super::pairs::{Pair, pairs};
use super::rename::Renamed;
use super::{shape, spell};
use crate::model::{Api, EnumValue, Field, Kind, TypeDef, UnionVariant};

pub(super) fn compare(changes: &mut Changes, old: &Api, new: &Api, renamed: &Renamed) {
    for (before, now) in renamed {
        let find = |api: &'_ Api| api.types.iter().find(|def| def.rust == *now).map(place);
        let (old_place, new_place) = (find(old), find(new));
        let subject = Subject::new(now, new_place.as_deref().map(token).unwrap_or_default())
            .at(old_place.as_deref(), new_place.as_deref());
        let detail = spell::became(before, now);
        changes.breaking(Did::Renamed, What::Model, &subject, &detail);
    }
    let (sent_before, sent_now) = (shape::sent(old), shape::sent(new));
    for pair in pairs(&old.types, &new.types, |def| &def.rust) {
        match pair {
            Pair::Removed(def) => {
                let subject = Subject::new(&def.rust, token(&def.place)).at(Some(&def.place), None);
                changes.breaking(Did::Removed, What::Model, &subject, "");
            }
            Pair::Added(def) => {
                let subject = Subject::new(&def.rust, token(&def.place)).at(None, Some(&def.place));
                changes.compatible(Did::Added, What::Model, &subject, "");
            }
            Pair::Both(before, now) => {
                let constructors = [
                    shape::constructor(before, &sent_before),
                    shape::constructor(now, &sent_now),
                ];
                definitions(changes, before, now, &constructors);
            }
        }
    }
}

fn place(def: &TypeDef) -> String {
    def.place.clone()
}

/// The name that the document has for a schema: that of a component or of a property, if it is one.
fn token(pointer: &str) -> String {
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
    let subject = Subject::new(&new.rust, token(&new.place)).at(Some(&old.place), Some(&new.place));
    match (&old.kind, &new.kind) {
        (
            Kind::Struct {
                fields: before,
                additional: rest_before,
            },
            Kind::Struct {
                fields: now,
                additional: rest_now,
            },
        ) => {
            fields(changes, old, new, before, now);
            let spelled = [rest_before, rest_now].map(|ty| ty.as_ref().map(spell::ty));
            additional(changes, &subject, &spelled);
        }
        (
            Kind::Enum {
                scalar: before,
                values: old_values,
            },
            Kind::Enum {
                scalar: now,
                values: new_values,
            },
        ) => {
            if before != now {
                let detail = format!("values of {before:?} became values of {now:?}");
                changes.breaking(Did::Changed, What::Type, &subject, &detail);
            }
            values(changes, old, new, old_values, new_values);
        }
        (
            Kind::Union {
                tagging: before,
                variants: old_variants,
            },
            Kind::Union {
                tagging: now,
                variants: new_variants,
            },
        ) => {
            if before != now {
                changes.wire(What::Encoding, &subject, "what tells the variants apart");
            }
            variants(changes, &subject, old_variants, new_variants);
        }
        (Kind::Alias(before), Kind::Alias(now)) if before == now => {}
        (before, now) => {
            let detail = format!("{} became {}", kind(before), kind(now));
            changes.breaking(Did::Changed, What::Type, &subject, &detail);
        }
    }
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

fn kind(kind: &Kind) -> String {
    match kind {
        Kind::Struct { .. } => "a struct".to_owned(),
        Kind::Enum { .. } => "an enum of values".to_owned(),
        Kind::Union { .. } => "an enum of types".to_owned(),
        Kind::Alias(ty) => format!("another name of `{}`", spell::ty(ty)),
    }
}

fn constructor(changes: &mut Changes, subject: &Subject, constructors: &[Option<String>; 2]) {
    match constructors {
        [Some(old), None] => {
            changes.breaking(
                Did::Removed,
                What::Constructor,
                subject,
                &format!("`{old}`"),
            );
        }
        [None, Some(new)] => {
            changes.compatible(Did::Added, What::Constructor, subject, &format!("`{new}`"));
        }
        [Some(old), Some(new)] if old != new => {
            changes.breaking(
                Did::Changed,
                What::Constructor,
                subject,
                &spell::became(old, new),
            );
        }
        _ => {}
    }
}

fn additional(changes: &mut Changes, subject: &Subject, spelled: &[Option<String>; 2]) {
    let detail = "`additional_properties`";
    match spelled {
        [Some(_), None] => changes.breaking(Did::Removed, What::Field, subject, detail),
        [None, Some(_)] => changes.compatible(Did::Added, What::Field, subject, detail),
        [Some(old), Some(new)] if old != new => {
            let detail = format!("{detail}: {}", spell::became(old, new));
            changes.breaking(Did::Changed, What::Field, subject, &detail);
        }
        _ => {}
    }
}

fn fields(changes: &mut Changes, old: &TypeDef, new: &TypeDef, before: &[Field], now: &[Field]) {
    let subject = |old_field: Option<&Field>, new_field: Option<&Field>| {
        let shown = new_field.or(old_field);
        let rust = shown
            .map(|field| spell::plain(&field.rust))
            .unwrap_or_default();
        let wire = shown.map(|field| field.wire.as_str()).unwrap_or_default();
        let part = |field: Option<&Field>| field.map(|field| Part::Property(field.wire.clone()));
        Subject::new(format!("{}::{rust}", new.rust), wire)
            .at(
                old_field.map(|_| old.place.as_str()),
                new_field.map(|_| new.place.as_str()),
            )
            .part(part(old_field), part(new_field))
    };
    let renamed: Vec<_> = before
        .iter()
        .filter_map(|old| renamed_field(old, before, now))
        .collect();
    for (old, new) in &renamed {
        let subject = subject(Some(old), Some(new));
        changes.breaking(
            Did::Renamed,
            What::Field,
            &subject,
            &spell::became(&old.rust, &new.rust),
        );
    }
    let is_renamed = |field: &Field| {
        renamed
            .iter()
            .any(|(old, new)| *old == field || *new == field)
    };
    for pair in pairs(before, now, |field| &field.rust) {
        match pair {
            Pair::Removed(field) | Pair::Added(field) if is_renamed(field) => {}
            Pair::Removed(field) => {
                changes.breaking(Did::Removed, What::Field, &subject(Some(field), None), "");
            }
            Pair::Added(field) => {
                changes.compatible(Did::Added, What::Field, &subject(None, Some(field)), "");
            }
            Pair::Both(old, new) => field(changes, &subject(Some(old), Some(new)), old, new),
        }
    }
}

/// A field that has the same name in both documents and another one in Rust.
fn renamed_field<'a>(
    field: &'a Field,
    old: &[Field],
    new: &'a [Field],
) -> Option<(&'a Field, &'a Field)> {
    let now = new
        .iter()
        .find(|now| now.wire == field.wire && now.rust != field.rust)?;
    let apart = |one: &Field, side: &[Field]| side.iter().all(|other| other.rust != one.rust);
    (apart(field, new) && apart(now, old)).then_some((field, now))
}

fn field(changes: &mut Changes, subject: &Subject, old: &Field, new: &Field) {
    let (before, now) = (spell::field(old), spell::field(new));
    if before != now {
        changes.breaking(
            Did::Changed,
            What::Field,
            subject,
            &spell::became(&before, &now),
        );
    }
    if old.wire != new.wire {
        changes.wire(What::Name, subject, &spell::became(&old.wire, &new.wire));
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

fn values(
    changes: &mut Changes,
    old: &TypeDef,
    new: &TypeDef,
    before: &[EnumValue],
    now: &[EnumValue],
) {
    for pair in pairs(before, now, |value| &value.rust) {
        let subject =
            |value: &EnumValue| Subject::new(format!("{}::{}", new.rust, value.rust), &value.wire);
        let part = |value: &EnumValue| Some(Part::Value(value.wire.clone()));
        let (old_place, new_place) = (Some(old.place.as_str()), Some(new.place.as_str()));
        match pair {
            Pair::Removed(value) => {
                let subject = subject(value).at(old_place, None).part(part(value), None);
                changes.breaking(Did::Removed, What::EnumValue, &subject, "");
            }
            Pair::Added(value) => {
                let subject = subject(value).at(None, new_place).part(None, part(value));
                changes.compatible(Did::Added, What::EnumValue, &subject, "");
            }
            Pair::Both(old, new) if old.wire != new.wire => {
                let subject = subject(new)
                    .at(old_place, new_place)
                    .part(part(old), part(new));
                changes.wire(What::Name, &subject, &spell::became(&old.wire, &new.wire));
            }
            Pair::Both(..) => {}
        }
    }
}

fn variants(changes: &mut Changes, subject: &Subject, old: &[UnionVariant], new: &[UnionVariant]) {
    for pair in pairs(old, new, |variant| &variant.rust) {
        match pair {
            Pair::Removed(variant) => {
                let detail = format!("`{}`", variant.rust);
                changes.breaking(Did::Removed, What::Variant, subject, &detail);
            }
            Pair::Added(variant) => {
                let detail = format!("`{}`", variant.rust);
                changes.compatible(Did::Added, What::Variant, subject, &detail);
            }
            Pair::Both(old, new) if old.ty != new.ty => {
                let detail = spell::became(&spell::ty(&old.ty), &spell::ty(&new.ty));
                let detail = format!("`{}`: {detail}", new.rust);
                changes.breaking(Did::Changed, What::Variant, subject, &detail);
            }
            Pair::Both(old, new) if old.tags != new.tags => {
                let detail = format!("of `{}`", new.rust);
                changes.wire(What::Name, subject, &detail);
            }
            Pair::Both(..) => {}
        }
    }
}
