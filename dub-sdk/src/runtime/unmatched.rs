//! Counts the parts of a value that a type does not describe, while a union tries the type.

use serde_json::Value;
use std::cell::Cell;

thread_local! {
    /// The size of the unmatched parts of a value, while a union tries a type: properties that are
    /// not fields, unknown values of enums, and values that match no type of a nested union. `None`
    /// if no union is being read.
    static UNMATCHED: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Returns true if a union is being read, so that unmatched parts must be counted.
pub(crate) fn is_matching() -> bool {
    UNMATCHED.get().is_some()
}

/// Adds the size of an unmatched part, if a union is being read.
pub(crate) fn add(size: impl FnOnce() -> usize) {
    if let Some(before) = UNMATCHED.get() {
        UNMATCHED.set(Some(before.saturating_add(size())));
    }
}

/// Subtracts the size of a part that was counted although it is matched, if a union is being read.
pub(crate) fn remove(size: usize) {
    if let Some(before) = UNMATCHED.get() {
        UNMATCHED.set(Some(before.saturating_sub(size)));
    }
}

/// Runs `read`, and returns its result and the size of the unmatched parts that it found in addition
/// to `initial`. What was counted before stays the same.
pub(super) fn count<T>(initial: usize, read: impl FnOnce() -> T) -> (T, usize) {
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
