//! Counts the differences between a value and a type, while a union tries the type.

use serde_json::Value;
use std::cell::Cell;

/// The differences between a value and a type. A smaller value is a better match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Unmatched {
    /// The size of the parts of the value that the type does not describe: properties that are not
    /// fields, unknown values of enums, and values that match no type of a nested union.
    pub size: usize,
    /// The number of required fields that are absent from the value itself, not from objects inside
    /// it. They are nullable; otherwise the type would not match.
    pub absent: usize,
}

thread_local! {
    /// The differences found so far, while a union tries a type. `None` if no union is being read.
    static UNMATCHED: Cell<Option<Unmatched>> = const { Cell::new(None) };
}

/// Returns true if a union is being read, so that differences must be counted.
pub(crate) fn is_matching() -> bool {
    UNMATCHED.get().is_some()
}

/// Adds the size of an unmatched part, if a union is being read.
pub(crate) fn add(size: impl FnOnce() -> usize) {
    update(|unmatched| unmatched.size = unmatched.size.saturating_add(size()));
}

/// Subtracts the size of a part that was counted although it is matched, if a union is being read.
pub(crate) fn remove(size: usize) {
    update(|unmatched| unmatched.size = unmatched.size.saturating_sub(size));
}

/// Sets the number of absent fields, if a union is being read. An object sets it after the objects
/// inside it, so that its own number remains.
pub(crate) fn set_absent(count: usize) {
    update(|unmatched| unmatched.absent = count);
}

/// Adds the differences of the best match of a nested union, if a union is being read.
pub(super) fn add_all(other: Unmatched) {
    update(|unmatched| {
        unmatched.size = unmatched.size.saturating_add(other.size);
        unmatched.absent = other.absent;
    });
}

fn update(change: impl FnOnce(&mut Unmatched)) {
    if let Some(mut unmatched) = UNMATCHED.get() {
        change(&mut unmatched);
        UNMATCHED.set(Some(unmatched));
    }
}

/// Runs `read`. Returns its result, and `initial` plus the differences that it found. The outer count
/// does not change.
pub(super) fn count<T>(initial: Unmatched, read: impl FnOnce() -> T) -> (T, Unmatched) {
    let outer = UNMATCHED.replace(Some(initial));
    let read = read();
    (read, UNMATCHED.replace(outer).unwrap_or_default())
}

/// Returns the size of a value: the number of values and property names in it, including itself.
pub(crate) fn size(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Object(properties) => 1 + properties.values().map(property_size).sum::<usize>(),
        _ => 1,
    }
}

/// Returns the size of a property: its name and its value.
pub(crate) fn property_size(value: &Value) -> usize {
    1 + size(value)
}
