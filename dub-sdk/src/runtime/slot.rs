//! What the fields of objects can hold, and how each stands in JSON.

use super::number;
use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// A type that a field can have. Unlike serde's traits it has whole numbers read and numbers written as JavaScript
/// would, also within lists and maps.
pub(crate) trait Slot: Sized {
    /// What stands in a field that has not been read yet.
    fn blank() -> Self;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

/// Makes a slot of a type that serde reads and writes as it should be.
macro_rules! slot {
    ($name:ty, $blank:expr) => {
        impl $crate::runtime::slot::Slot for $name {
            fn blank() -> Self {
                $blank
            }

            fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                serde::Deserialize::deserialize(deserializer)
            }

            fn write<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(self, serializer)
            }
        }
    };
}

pub(crate) use slot;

slot!(bool, false);
slot!(String, String::new());
slot!(serde_json::Value, serde_json::Value::Null);
slot!(
    super::timestamp::Timestamp,
    super::timestamp::Timestamp::from("")
);

/// A slot of a number, which is read and written by the functions named.
macro_rules! number {
    ($name:ident, $read:path, $write:path) => {
        impl Slot for $name {
            fn blank() -> Self {
                Self::default()
            }

            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $read(deserializer)
            }

            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $write(self, serializer)
            }
        }
    };
}

number!(i64, number::whole, Serialize::serialize);
number!(i32, number::whole_32, Serialize::serialize);
number!(f64, Deserialize::deserialize, number::float);
number!(f32, Deserialize::deserialize, number::float);

impl<T: Slot> Slot for Option<T> {
    fn blank() -> Self {
        None
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = Option::<In<T>>::deserialize(deserializer)?;
        Ok(read.map(|In(value)| value))
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_ref().map(Out).serialize(serializer)
    }
}

impl<T: Slot> Slot for Box<T> {
    fn blank() -> Self {
        Self::new(T::blank())
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self::new)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        T::write(self, serializer)
    }
}

impl<T: Slot> Slot for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Items(PhantomData))
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Out))
    }
}

impl<T: Slot> Slot for BTreeMap<String, T> {
    fn blank() -> Self {
        Self::new()
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = BTreeMap::<String, In<T>>::deserialize(deserializer)?;
        Ok(read
            .into_iter()
            .map(|(name, In(value))| (name, value))
            .collect())
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(name, value)| (name, Out(value))))
    }
}

/// A slot's value as serde reads it.
struct In<T>(T);

impl<'de, T: Slot> Deserialize<'de> for In<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self)
    }
}

/// A slot's value as serde writes it.
pub(super) struct Out<'a, T>(pub(super) &'a T);

impl<T: Slot> Serialize for Out<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

/// Reads a slot's value inside of a list or an object.
pub(super) struct Seed<T>(pub(super) PhantomData<T>);

impl<'de, T: Slot> DeserializeSeed<'de> for Seed<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::read(deserializer)
    }
}

struct Items<T>(PhantomData<T>);

impl<'de, T: Slot> Visitor<'de> for Items<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(Seed(PhantomData))? {
            items.push(item);
        }
        Ok(items)
    }
}
