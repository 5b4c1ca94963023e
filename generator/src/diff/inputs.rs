//! What a call takes: the method's arguments, by their place, and the builder's setters, by their name.

use super::change::{Changes, ItemKind, Kind, Part, Subject};
use super::display;
use super::matching::{Pair, Renamed, pairs};
use crate::model::{Input, Operation, unraw};

/// Arguments are told apart by their place: Rust has no names for them where it calls.
pub(super) fn arguments(changes: &mut Changes, call: &str, old: &Operation, new: &Operation) {
    let (before, now) = (old.arguments(), new.arguments());
    order(changes, call, old, new);
    let replaced = replaced(&before, &now);
    for (before, now) in &replaced {
        replacement(changes, call, (old, *before), (new, *now));
    }
    let is_replaced = |input: &Input<'_>| {
        let is = |other: &Input<'_>| other.rust() == input.rust();
        replaced.iter().any(|(before, now)| is(before) || is(now))
    };
    let named = |input: &Input<'_>| format!("{call}({})", unraw(input.rust()));
    for pair in pairs(&before, &now, |input| input.rust()) {
        match pair {
            Pair::Removed(input) | Pair::Added(input) if is_replaced(input) => {}
            Pair::Removed(input) => {
                let optional = has_same_name(&new.setters(), *input);
                let detail = if optional { "it is a setter now" } else { "" };
                let subject = removed_subject(named(input), old, *input);
                changes.breaking(Kind::Removed, ItemKind::Argument, &subject, detail);
            }
            Pair::Added(input) => {
                let subject = added_subject(named(input), new, *input);
                let detail = "every call must give it";
                changes.breaking(Kind::Added, ItemKind::Argument, &subject, detail);
            }
            Pair::Both(before, now) => {
                let rust = named(now);
                compare_input(
                    changes,
                    ItemKind::Argument,
                    rust,
                    (old, *before),
                    (new, *now),
                );
            }
        }
    }
}

/// What stayed, in another order: the types may be the same, so that a compiler would say nothing.
fn order(changes: &mut Changes, call: &str, old: &Operation, new: &Operation) {
    let (before, now) = (old.arguments(), new.arguments());
    let stayed = |input: &[Input<'_>], other: &[Input<'_>]| -> Vec<String> {
        let both = input.iter().filter(|one| has_same_name(other, **one));
        both.map(|one| one.rust().to_owned()).collect()
    };
    if stayed(&before, &now) != stayed(&now, &before) {
        let subject = Subject::new(call, &new.name.wire).at(Some(&old.place), Some(&new.place));
        let list = |input: &[Input<'_>]| {
            let names: Vec<_> = input.iter().map(|input| input.rust()).collect();
            names.join(", ")
        };
        let detail = format!(
            "in another order: {}",
            display::became(&list(&before), &list(&now))
        );
        changes.breaking(Kind::Changed, ItemKind::Argument, &subject, &detail);
    }
}

/// Arguments in whose place another of the same type stands now, so that calls compile as they did.
fn replaced<'a>(old: &[Input<'a>], new: &[Input<'a>]) -> Vec<(Input<'a>, Input<'a>)> {
    if old.len() != new.len() {
        return Vec::new();
    }
    let knows = |side: &[Input<'_>], name: &str| side.iter().any(|input| input.rust() == name);
    let both = old.iter().zip(new).filter(|(before, now)| {
        let apart = !knows(new, before.rust()) && !knows(old, now.rust());
        apart && display::input(**before) == display::input(**now)
    });
    both.map(|(before, now)| (*before, *now)).collect()
}

/// A compiler says nothing where a value goes somewhere else.
fn replacement(
    changes: &mut Changes,
    call: &str,
    old: (&Operation, Input<'_>),
    new: (&Operation, Input<'_>),
) {
    let (before, now) = (unraw(old.1.rust()), unraw(new.1.rust()));
    let subject = paired_subject(format!("{call}({now})"), old, new);
    let became = display::became(before, now);
    if old.1.wire() == new.1.wire() && old.1.location_name() == new.1.location_name() {
        changes.compatible(Kind::Renamed, ItemKind::Argument, &subject, &became);
    } else {
        let detail = format!("{became}: calls compile as they are, and send something else");
        changes.breaking(Kind::Renamed, ItemKind::Argument, &subject, &detail);
    }
}

pub(super) fn setters(changes: &mut Changes, old: &Operation, new: &Operation) {
    let (before, now) = (old.setters(), new.setters());
    let named = |input: &Input<'_>| format!("{}::{}", new.builder, unraw(input.rust()));
    let same = |old: &Input<'_>, new: &Input<'_>| {
        (old.wire(), old.location_name()) == (new.wire(), new.location_name())
    };
    let renamed = Renamed::new(&before, &now, |input| input.rust(), same);
    for (before, now) in renamed.iter() {
        let subject = paired_subject(named(now), (old, *before), (new, *now));
        let detail = display::became(unraw(before.rust()), unraw(now.rust()));
        changes.breaking(Kind::Renamed, ItemKind::Setter, &subject, &detail);
        clear_setter(changes, (old, *before), (new, *now));
        compare_input(
            changes,
            ItemKind::Setter,
            named(now),
            (old, *before),
            (new, *now),
        );
    }
    for pair in pairs(&before, &now, |input| input.rust()) {
        match pair {
            Pair::Removed(input) | Pair::Added(input) if renamed.contains(input) => {}
            Pair::Removed(input) => {
                removed_setter(changes, named(input), (old, *input), new);
            }
            Pair::Added(input) => {
                let subject = added_subject(named(input), new, *input);
                changes.compatible(Kind::Added, ItemKind::Setter, &subject, "");
            }
            Pair::Both(before, now) => {
                let (old, new) = ((old, *before), (new, *now));
                clear_setter(changes, old, new);
                compare_input(changes, ItemKind::Setter, named(now), old, new);
            }
        }
    }
}

/// A setter that is gone, and its `clear_` with it.
fn removed_setter(
    changes: &mut Changes,
    rust: String,
    (old, input): (&Operation, Input<'_>),
    new: &Operation,
) {
    let required = has_same_name(&new.arguments(), input);
    let detail = if required {
        "it is an argument now"
    } else {
        ""
    };
    let subject = removed_subject(rust, old, input);
    changes.breaking(Kind::Removed, ItemKind::Setter, &subject, detail);
    if old.has_clear_setter(input) {
        let rust = clear(old, input);
        let subject = Subject { rust, ..subject };
        changes.breaking(Kind::Removed, ItemKind::ClearSetter, &subject, detail);
    }
}

/// A setter that got or lost its `clear_`.
fn clear_setter(changes: &mut Changes, old: (&Operation, Input<'_>), new: (&Operation, Input<'_>)) {
    let subject = paired_subject(clear(new.0, new.1), old, new);
    match (old.0.has_clear_setter(old.1), new.0.has_clear_setter(new.1)) {
        (true, false) => {
            let detail = "the field may not be null any more";
            changes.breaking(Kind::Removed, ItemKind::ClearSetter, &subject, detail);
        }
        (false, true) => {
            let detail = "the field may be null now";
            changes.compatible(Kind::Added, ItemKind::ClearSetter, &subject, detail);
        }
        _ => {}
    }
}

/// The setter that sends `null`.
fn clear(operation: &Operation, input: Input<'_>) -> String {
    format!("{}::{}", operation.builder, input.clear_setter())
}

/// What both documents have, and have differently.
fn compare_input(
    changes: &mut Changes,
    what: ItemKind,
    rust: String,
    old: (&Operation, Input<'_>),
    new: (&Operation, Input<'_>),
) {
    let subject = paired_subject(rust, old, new);
    let (old, new) = (old.1, new.1);
    let (before, now) = (display::input(old), display::input(new));
    if before != now {
        changes.breaking(
            Kind::Changed,
            what,
            &subject,
            &display::became(&before, &now),
        );
    }
    if old.wire() != new.wire() {
        changes.wire(
            ItemKind::Name,
            &subject,
            &display::became(old.wire(), new.wire()),
        );
    }
    if old.location_name() != new.location_name() {
        let detail = format!("from the {} to the {}", old.location_name(), new.location_name());
        changes.wire(ItemKind::Encoding, &subject, &detail);
    } else if style(old) != style(new) {
        changes.wire(
            ItemKind::Encoding,
            &subject,
            &display::became(&style(old), &style(new)),
        );
    }
    if what == ItemKind::Setter {
        changes.deprecation(&subject, old.deprecated(), new.deprecated());
    }
    if (old.description(), old.default()) != (new.description(), new.default()) {
        changes.docs(&subject, "the description or the default");
    }
}

fn style(input: Input<'_>) -> String {
    let style = match input {
        Input::Parameter(parameter) => Some(parameter.style),
        Input::Field(field) => field.style,
    };
    style.map(display::style).unwrap_or_default()
}

/// Whether one of the same name is among others.
fn has_same_name(others: &[Input<'_>], input: Input<'_>) -> bool {
    others.iter().any(|other| other.rust() == input.rust())
}

fn removed_subject(rust: String, old: &Operation, input: Input<'_>) -> Subject {
    let subject = Subject::new(rust, input.wire()).at(Some(&old.place), None);
    subject.part(Some(part(input)), None)
}

fn added_subject(rust: String, new: &Operation, input: Input<'_>) -> Subject {
    let subject = Subject::new(rust, input.wire()).at(None, Some(&new.place));
    subject.part(None, Some(part(input)))
}

fn paired_subject(
    rust: String,
    old: (&Operation, Input<'_>),
    new: (&Operation, Input<'_>),
) -> Subject {
    Subject::new(rust, new.1.wire())
        .at(Some(&old.0.place), Some(&new.0.place))
        .part(Some(part(old.1)), Some(part(new.1)))
}

fn part(input: Input<'_>) -> Part {
    match input {
        Input::Parameter(parameter) => {
            Part::Parameter(parameter.location, parameter.name.wire.clone())
        }
        Input::Field(field) => Part::BodyField(field.wire.clone()),
    }
}
