//! Lists as arguments of generated code: any iterator over values that convert to the items.

use super::integer::{AnyInteger, Integer};
use super::number::Float;

/// Returns the items as a list.
pub(crate) fn of<T>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    items.into_iter().collect()
}

/// Returns the items as a list of a type that they convert to.
pub(crate) fn converted<T>(items: impl IntoIterator<Item = impl Into<T>>) -> Vec<T> {
    items.into_iter().map(Into::into).collect()
}

/// Returns a list of strings.
pub(crate) fn strings(items: impl IntoIterator<Item = impl AsRef<str>>) -> Vec<String> {
    let strings = items.into_iter().map(|item| item.as_ref().to_owned());
    strings.collect()
}

/// Returns a list of integers.
pub(crate) fn integers(items: impl IntoIterator<Item = impl Integer>) -> Vec<AnyInteger> {
    items.into_iter().map(Integer::widen).collect()
}

/// Returns the digits of integers. A parameter is written from JSON, which would round a very large
/// integer.
pub(crate) fn digits(items: impl IntoIterator<Item = impl Integer>) -> Vec<String> {
    let digits = items.into_iter().map(|item| item.widen().to_string());
    digits.collect()
}

/// Returns a list of numbers.
pub(crate) fn floats(items: impl IntoIterator<Item = impl Into<f64>>) -> Vec<Float<f64>> {
    items.into_iter().map(|item| Float(item.into())).collect()
}
