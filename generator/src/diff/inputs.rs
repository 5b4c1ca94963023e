//! Compares the inputs of operations: the arguments of methods and the setters of request builders.

use super::change::{Changes, ItemKind, Kind, Subject};
use super::display;
use super::matching::{Pair, Renamed, pairs};
use crate::model::{Input, Operation, unraw};

/// Compares the arguments of a method. Their order matters, because callers pass them by position.
pub(super) fn arguments(changes: &mut Changes, call: &str, old: &Operation, new: &Operation) {
    let (before, now) = (old.arguments(), new.arguments());
    order(changes, call, old, new);
    let replaced = replaced(&before, &now);
    for (before, now) in &replaced {
        replacement(changes, call, *before, *now);
    }
    let is_replaced = |input: &Input<'_>| {
        let same_name = |other: &Input<'_>| other.rust() == input.rust();
        replaced
            .iter()
            .any(|(before, now)| same_name(before) || same_name(now))
    };
    let named = |input: &Input<'_>| format!("{call}({})", unraw(input.rust()));
    for pair in pairs(&before, &now, |input| input.rust()) {
        match pair {
            Pair::Removed(input) | Pair::Added(input) if is_replaced(input) => {}
            Pair::Removed(input) => {
                let is_now_setter = has_same_name(&new.setters(), *input);
                let detail = if is_now_setter {
                    "it is now a setter"
                } else {
                    ""
                };
                let subject = removed_subject(named(input), *input);
                changes.breaking(Kind::Removed, ItemKind::Argument, &subject, detail);
            }
            Pair::Added(input) => {
                let subject = added_subject(named(input), *input);
                let detail = "every call must pass it";
                changes.breaking(Kind::Added, ItemKind::Argument, &subject, detail);
            }
            Pair::Both(before, now) => {
                let rust = named(now);
                compare_input(changes, ItemKind::Argument, rust, *before, *now);
            }
        }
    }
}

/// Detects a different order of the arguments that exist on both sides. It is always breaking:
/// existing calls may still compile, but pass their values as the wrong arguments.
fn order(changes: &mut Changes, call: &str, old: &Operation, new: &Operation) {
    let (before, now) = (old.arguments(), new.arguments());
    let common_names = |inputs: &[Input<'_>], others: &[Input<'_>]| -> Vec<String> {
        let common = inputs.iter().filter(|input| has_same_name(others, **input));
        common.map(|input| input.rust().to_owned()).collect()
    };
    if common_names(&before, &now) != common_names(&now, &before) {
        let subject = Subject::new(call, &new.name.wire).at(Some(&old.pointer), Some(&new.pointer));
        let list = |inputs: &[Input<'_>]| {
            let names: Vec<_> = inputs.iter().map(|input| input.rust()).collect();
            names.join(", ")
        };
        let detail = format!(
            "different order: {}",
            display::became(&list(&before), &list(&now))
        );
        changes.breaking(Kind::Changed, ItemKind::Argument, &subject, &detail);
    }
}

/// Returns pairs of a removed and an added argument that have the same position and the same type.
/// Existing calls still compile. Returns no pairs if the number of arguments differs.
fn replaced<'a>(old: &[Input<'a>], new: &[Input<'a>]) -> Vec<(Input<'a>, Input<'a>)> {
    if old.len() != new.len() {
        return Vec::new();
    }
    let contains = |side: &[Input<'_>], name: &str| side.iter().any(|input| input.rust() == name);
    let replaced = old.iter().zip(new).filter(|(before, now)| {
        let is_removed = !contains(new, before.rust());
        let is_added = !contains(old, now.rust());
        is_removed && is_added && display::input(**before) == display::input(**now)
    });
    replaced.map(|(before, now)| (*before, *now)).collect()
}

/// Adds the change for a replaced argument. Existing calls still compile, so the change is breaking
/// only if they now send the value as a different field or parameter.
fn replacement(changes: &mut Changes, call: &str, old: Input<'_>, new: Input<'_>) {
    let (before, now) = (unraw(old.rust()), unraw(new.rust()));
    let subject = paired_subject(format!("{call}({now})"), old, new);
    let became = display::became(before, now);
    if old.wire() == new.wire() && old.location_name() == new.location_name() {
        changes.compatible(Kind::Renamed, ItemKind::Argument, &subject, &became);
    } else {
        let detail = format!("{became}: existing calls still compile but send different data");
        changes.breaking(Kind::Renamed, ItemKind::Argument, &subject, &detail);
    }
}

/// Compares the setters of a request builder.
pub(super) fn setters(changes: &mut Changes, old: &Operation, new: &Operation) {
    let (before, now) = (old.setters(), new.setters());
    let named = |input: &Input<'_>| format!("{}::{}", new.builder, unraw(input.rust()));
    let same_target = |old: &Input<'_>, new: &Input<'_>| {
        (old.wire(), old.location_name()) == (new.wire(), new.location_name())
    };
    let renamed = Renamed::new(&before, &now, |input| input.rust(), same_target);
    for (before, now) in renamed.iter() {
        let subject = paired_subject(named(now), *before, *now);
        let detail = display::became(unraw(before.rust()), unraw(now.rust()));
        changes.breaking(Kind::Renamed, ItemKind::Setter, &subject, &detail);
        clear_setter(changes, (old, *before), (new, *now));
        compare_input(changes, ItemKind::Setter, named(now), *before, *now);
    }
    for pair in pairs(&before, &now, |input| input.rust()) {
        match pair {
            Pair::Removed(input) | Pair::Added(input) if renamed.contains(input) => {}
            Pair::Removed(input) => {
                removed_setter(changes, named(input), (old, *input), new);
            }
            Pair::Added(input) => {
                let subject = added_subject(named(input), *input);
                changes.compatible(Kind::Added, ItemKind::Setter, &subject, "");
            }
            Pair::Both(before, now) => {
                clear_setter(changes, (old, *before), (new, *now));
                empty_setter(changes, (old, *before), (new, *now));
                compare_input(changes, ItemKind::Setter, named(now), *before, *now);
            }
        }
    }
}

/// Adds the changes for a removed setter and its `clear_` setter.
fn removed_setter(
    changes: &mut Changes,
    rust: String,
    (old, input): (&Operation, Input<'_>),
    new: &Operation,
) {
    let is_now_argument = has_same_name(&new.arguments(), input);
    let detail = if is_now_argument {
        "it is now an argument"
    } else {
        ""
    };
    let subject = removed_subject(rust, input);
    changes.breaking(Kind::Removed, ItemKind::Setter, &subject, detail);
    if old.has_clear_setter(input) {
        let rust = clear(old, input);
        let subject = Subject { rust, ..subject };
        changes.breaking(Kind::Removed, ItemKind::ClearSetter, &subject, detail);
    }
}

/// Adds the change for an added or removed `clear_` setter.
fn clear_setter(changes: &mut Changes, old: (&Operation, Input<'_>), new: (&Operation, Input<'_>)) {
    let subject = paired_subject(clear(new.0, new.1), old.1, new.1);
    match (old.0.has_clear_setter(old.1), new.0.has_clear_setter(new.1)) {
        (true, false) => {
            let detail = "`null` can no longer be sent";
            changes.breaking(Kind::Removed, ItemKind::ClearSetter, &subject, detail);
        }
        (false, true) => {
            let detail = "`null` can now be sent";
            changes.compatible(Kind::Added, ItemKind::ClearSetter, &subject, detail);
        }
        _ => {}
    }
}

/// Adds the change for an added or removed `empty_` setter.
fn empty_setter(changes: &mut Changes, old: (&Operation, Input<'_>), new: (&Operation, Input<'_>)) {
    let names = (old.0.empty_setter(old.1), new.0.empty_setter(new.1));
    let subject = |name: &str| {
        let rust = format!("{}::{name}", new.0.builder);
        paired_subject(rust, old.1, new.1)
    };
    match names {
        (Some(name), None) => {
            let subject = subject(&name);
            changes.breaking(Kind::Removed, ItemKind::Setter, &subject, "");
        }
        (None, Some(name)) => {
            changes.compatible(Kind::Added, ItemKind::Setter, &subject(&name), "");
        }
        _ => {}
    }
}

/// Returns the name of an input's `clear_` setter, which sends `null`.
fn clear(operation: &Operation, input: Input<'_>) -> String {
    format!("{}::{}", operation.builder, input.clear_setter())
}

/// Compares the old and the new version of an input. Their Rust names can differ.
fn compare_input(
    changes: &mut Changes,
    what: ItemKind,
    rust: String,
    old: Input<'_>,
    new: Input<'_>,
) {
    let subject = paired_subject(rust, old, new);
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
        let detail = format!(
            "from the {} to the {}",
            old.location_name(),
            new.location_name()
        );
        changes.wire(ItemKind::Encoding, &subject, &detail);
    } else if style(old) != style(new) {
        changes.wire(
            ItemKind::Encoding,
            &subject,
            &display::became(&style(old), &style(new)),
        );
    }
    let (before, now) = (encoding(old), encoding(new));
    if before != now {
        changes.wire(
            ItemKind::Encoding,
            &subject,
            &display::became(&before, &now),
        );
    }
    if rejected_prefixes(old) != rejected_prefixes(new) {
        changes.wire(ItemKind::Check, &subject, "which values are rejected");
    }
    if what == ItemKind::Setter {
        changes.deprecation(&subject, old.deprecated(), new.deprecated());
    }
    if (old.description(), old.default()) != (new.description(), new.default()) {
        changes.docs(&subject, "the description or the default");
    }
}

fn rejected_prefixes(input: Input<'_>) -> Vec<&str> {
    let rejected = match input {
        Input::Parameter(parameter) => parameter.rejected_prefixes.as_slice(),
        Input::Field(_) => &[],
    };
    rejected.iter().map(|one| one.prefix.as_str()).collect()
}

fn style(input: Input<'_>) -> String {
    let style = match input {
        Input::Parameter(parameter) => Some(parameter.style),
        Input::Field(field) => field.style,
    };
    style.map_or_else(|| "JSON".to_owned(), display::style)
}

/// Describes the encoding of a parameter or a field of a form; `default` if the document says nothing about it.
fn encoding(input: Input<'_>) -> String {
    let field = match input {
        Input::Field(field) => field,
        Input::Parameter(parameter) if parameter.allow_reserved => {
            return "reserved characters".to_owned();
        }
        Input::Parameter(_) => return "default".to_owned(),
    };
    let headers = field.encoding.headers.iter();
    let mut parts = field.encoding.content_types.clone();
    parts.extend(headers.map(|(name, value)| format!("{name}: {value}")));
    if field.encoding.allow_reserved {
        parts.push("reserved characters".to_owned());
    }
    match parts.is_empty() {
        true => "default".to_owned(),
        false => parts.join(", "),
    }
}

/// Returns true if `others` contains an input with the same Rust name.
fn has_same_name(others: &[Input<'_>], input: Input<'_>) -> bool {
    others.iter().any(|other| other.rust() == input.rust())
}

fn removed_subject(rust: String, input: Input<'_>) -> Subject {
    Subject::new(rust, input.wire()).at(Some(input.pointer()), None)
}

fn added_subject(rust: String, input: Input<'_>) -> Subject {
    Subject::new(rust, input.wire()).at(None, Some(input.pointer()))
}

fn paired_subject(rust: String, old: Input<'_>, new: Input<'_>) -> Subject {
    Subject::new(rust, new.wire()).at(Some(old.pointer()), Some(new.pointer()))
}
