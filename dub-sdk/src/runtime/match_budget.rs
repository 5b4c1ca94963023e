//! How many types are tried for a value.
//!
//! Unions in unions are read once for each type that is tried around them, so that a deep value could ask for any number
//! of tries. Half of them are for what fits best; with the other half the first type is taken, and in the end none.

use super::union_match::size;
use serde_json::Value;
use std::cell::Cell;

thread_local! {
    /// How many are left for the value of the outermost union and all that is in it, and half of what there were.
    static BUDGET: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
}

/// Begins with a value that is no part of another one: many tries for each part of it, and enough for a small value of
/// a union of many types.
pub(crate) fn begin(value: &Value) {
    let left = size(value).saturating_mul(64).saturating_add(10_000);
    BUDGET.set((left, left / 2));
}

/// Whether one more type may be tried, where some type fits already or none does.
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
    use crate::runtime::object::{FieldReader, FieldWriter, Object, object};
    use crate::runtime::union::{or_unknown, read};
    use crate::runtime::union_match::UnionMatch;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use serde_json::{Value, json};

    /// An object that holds a union with two such objects in it.
    #[derive(Default, PartialEq)]
    struct Inner {
        inner: Option<Box<Node>>,
    }

    impl Object for Inner {
        fn placeholder() -> Self {
            Self::default()
        }

        fn read<F: FieldReader>(&mut self, fields: &mut F) {
            fields.optional("inner", &mut self.inner);
        }

        fn write<O: FieldWriter>(&self, out: &mut O) {
            out.optional("inner", &self.inner);
        }
    }

    object!(self::Inner);

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
        // Nothing fits without a rest, so that each type would be tried at each depth.
        let node: Node = read(&deep(json!({"new": 1}))).unwrap();
        assert!(matches!(node, Node::One(_)));
        // The next value has all of them again.
        let node: Node = read(&deep(json!({}))).unwrap();
        assert_eq!(serde_json::to_value(&node).unwrap(), deep(json!({})));
    }
}
