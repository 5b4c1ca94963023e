//! Limits how often a value is matched against the types of unions.
//!
//! A nested union is read again for each type that is tried for the union around it, so without a
//! limit the number of attempts would grow exponentially with the depth of the value. The first
//! half of the attempt budget is used to find the best match. In the second half, the first type
//! that matches is used. When the budget is spent, no further type is tried.

use super::unmatched::size;
use serde_json::Value;
use std::cell::Cell;

thread_local! {
    /// The attempts left for the value of the outermost union, including everything in it, and half
    /// of the initial budget.
    static BUDGET: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
}

/// Sets the budget for the value of an outermost union: many attempts for each part of the value,
/// plus enough for a small value of a union of many types.
pub(crate) fn begin(value: &Value) {
    let left = size(value).saturating_mul(64).saturating_add(10_000);
    BUDGET.set((left, left / 2));
}

/// Spends one attempt. Returns false if no further type may be tried. `has_one` is true if a type
/// has already matched.
pub(crate) fn spend(has_one: bool) -> bool {
    let (left, reserve) = BUDGET.get();
    if left == 0 || (has_one && left <= reserve) {
        return false;
    }
    BUDGET.set((left - 1, reserve));
    true
}

#[cfg(test)]
mod tests {
    use crate::runtime::object;
    use crate::runtime::union::{or_unknown, read};
    use crate::runtime::union_match::UnionMatch;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use serde_json::{Value, json};

    /// An object that contains a union of two objects like itself.
    #[derive(PartialEq)]
    struct Inner {
        inner: Option<Box<Node>>,
    }

    object! { Inner { inner: optional "inner", } }

    #[derive(Debug, PartialEq)]
    enum Node {
        One(Inner),
        Other(Inner),
        Unknown(Value),
    }

    impl Serialize for Node {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match self {
                Self::One(value) | Self::Other(value) => value.serialize(serializer),
                Self::Unknown(value) => value.serialize(serializer),
            }
        }
    }

    impl<'de> Deserialize<'de> for Node {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let value = Value::deserialize(deserializer)?;
            let read = UnionMatch::of(&value).or(Self::One).or(Self::Other).best();
            Ok(or_unknown(read, value, Self::Unknown))
        }
    }

    #[test]
    fn deeply_nested_unions_terminate() {
        let deep = |leaf: Value| (0..100).fold(leaf, |inner, _| json!({"inner": inner}));
        // No type matches completely, so without a budget each type would be tried at each depth.
        let node: Node = read(&deep(json!({"new": 1}))).unwrap();
        assert!(matches!(node, Node::One(_)));
        // The next value has a full budget again.
        let node: Node = read(&deep(json!({}))).unwrap();
        assert_eq!(serde_json::to_value(&node).unwrap(), deep(json!({})));
    }
}
