//! Numbers, and lists and maps of numbers, in the fields of objects.
//!
//! serde's own implementations reject 12.0 for an integer type and write 50.0 with its decimal
//! point.

use super::number;
use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// A number or a container of numbers, which is read and written as in JavaScript.
pub(crate) trait Numbers: Sized {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

/// Implements [`Numbers`] for a number type with the given functions.
macro_rules! number {
    ($name:ident, $read:path, $write:path) => {
        impl Numbers for $name {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $read(deserializer)
            }

            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $write(self, serializer)
            }
        }
    };
}

number!(i64, number::read_i64, Serialize::serialize);
number!(i32, number::read_i32, Serialize::serialize);
number!(u64, number::read_u64, Serialize::serialize);
number!(u32, number::read_u32, Serialize::serialize);
number!(f64, Deserialize::deserialize, number::write_float);
number!(f32, Deserialize::deserialize, number::write_float);

impl<T: Numbers> Numbers for Option<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = Option::<DeserializeNumbers<T>>::deserialize(deserializer)?;
        Ok(read.map(|DeserializeNumbers(value)| value))
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_ref().map(SerializeNumbers).serialize(serializer)
    }
}

impl<T: Numbers> Numbers for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ListVisitor(PhantomData))
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(SerializeNumbers))
    }
}

impl<T: Numbers> Numbers for BTreeMap<String, T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = BTreeMap::<String, DeserializeNumbers<T>>::deserialize(deserializer)?;
        Ok(read
            .into_iter()
            .map(|(name, DeserializeNumbers(value))| (name, value))
            .collect())
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            self.iter()
                .map(|(name, value)| (name, SerializeNumbers(value))),
        )
    }
}

/// Implements serde's `Deserialize` with [`Numbers::read`].
struct DeserializeNumbers<T>(T);

impl<'de, T: Numbers> Deserialize<'de> for DeserializeNumbers<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self)
    }
}

/// Implements serde's `Serialize` with [`Numbers::write`].
pub(super) struct SerializeNumbers<'a, T>(pub(super) &'a T);

impl<T: fmt::Debug> fmt::Debug for SerializeNumbers<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Numbers> Serialize for SerializeNumbers<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

/// Reads a value in a list or an object with [`Numbers::read`].
pub(crate) struct NumbersSeed<T>(pub(crate) PhantomData<T>);

impl<'de, T: Numbers> DeserializeSeed<'de> for NumbersSeed<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::read(deserializer)
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Numbers> Visitor<'de> for ListVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(NumbersSeed(PhantomData))? {
            items.push(item);
        }
        Ok(items)
    }
}
