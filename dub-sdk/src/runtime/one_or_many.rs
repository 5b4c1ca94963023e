//! Lists that are also read from a single value, because the document allows either.

#![allow(
    dead_code,
    reason = "which kinds of fields are used depends on the document that the crate is generated from"
)]

use crate::runtime::object::{FieldReader, FieldWriter, Numbers, NumbersSeed};
use crate::runtime::{Error, RawResponse, Response};
use serde::de::value::MapAccessDeserializer;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess,
    Visitor,
};
use serde::{Deserialize, Serialize, Serializer};
use std::fmt::{self, Debug};
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

/// A list inside another type, which is also read from a single value. It is written as a list.
///
/// A field for which the document allows one value or a list of them is a plain [`Vec`].
#[derive(Clone, PartialEq, Eq)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Debug> Debug for OneOrMany<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T> Deref for OneOrMany<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.0
    }
}

impl<T> DerefMut for OneOrMany<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.0
    }
}

impl<T> From<Vec<T>> for OneOrMany<T> {
    fn from(list: Vec<T>) -> Self {
        Self(list)
    }
}

impl<T> FromIterator<T> for OneOrMany<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(Vec::from_iter(items))
    }
}

impl<T> IntoIterator for OneOrMany<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<T: Serialize> Serialize for OneOrMany<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let list = deserializer.deserialize_any(ListVisitor(|| PhantomData::<T>))?;
        Ok(Self(list))
    }
}

impl<T: Numbers> Numbers for OneOrMany<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let list = deserializer.deserialize_any(ListVisitor(|| NumbersSeed(PhantomData::<T>)))?;
        Ok(Self(list))
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

/// The readers of fields that are such lists. `object!` calls them by the kind of a field.
pub(crate) trait ReadOneOrMany: FieldReader {
    /// Reads a required field.
    fn required_one_or_many<T: DeserializeOwned>(&mut self, field: &mut Vec<T>) {
        let mut list = OneOrMany(std::mem::take(field));
        self.required(&mut list);
        *field = list.0;
    }

    /// Reads a field that may be absent.
    fn optional_one_or_many<T: DeserializeOwned>(&mut self, field: &mut Option<Vec<T>>) {
        let mut list = field.take().map(OneOrMany);
        self.optional(&mut list);
        *field = list.map(|list| list.0);
    }

    /// Like [`optional_one_or_many`](Self::optional_one_or_many).
    fn nullable_one_or_many<T: DeserializeOwned>(&mut self, field: &mut Option<Vec<T>>) {
        self.optional_one_or_many(field);
    }

    /// Reads a required field of numbers.
    fn required_one_or_many_numbers<T: Numbers>(&mut self, field: &mut Vec<T>) {
        let mut list = OneOrMany(std::mem::take(field));
        self.required_number(&mut list);
        *field = list.0;
    }

    /// Reads a field of numbers that may be absent.
    fn optional_one_or_many_numbers<T: Numbers>(&mut self, field: &mut Option<Vec<T>>) {
        let mut list = field.take().map(OneOrMany);
        self.optional_number(&mut list);
        *field = list.map(|list| list.0);
    }

    /// Like [`optional_one_or_many_numbers`](Self::optional_one_or_many_numbers).
    fn nullable_one_or_many_numbers<T: Numbers>(&mut self, field: &mut Option<Vec<T>>) {
        self.optional_one_or_many_numbers(field);
    }
}

impl<F: FieldReader> ReadOneOrMany for F {}

/// The writers of fields that are such lists. They are written as lists.
pub(crate) trait WriteOneOrMany: FieldWriter {
    /// Writes a field that an object always contains.
    fn required_one_or_many<T: Serialize + Debug>(&mut self, list: &T) {
        self.required(list);
    }

    /// Writes a field that an object does not contain if it is `None`.
    fn optional_one_or_many<T: Serialize + Debug>(&mut self, list: &Option<T>) {
        self.optional(list);
    }

    /// Like [`required_one_or_many`](Self::required_one_or_many).
    fn nullable_one_or_many<T: Serialize + Debug>(&mut self, list: &T) {
        self.nullable(list);
    }

    /// Writes a field of numbers that an object always contains.
    fn required_one_or_many_numbers<T: Numbers + Debug>(&mut self, list: &T) {
        self.required_number(list);
    }

    /// Writes a field of numbers that an object does not contain if it is `None`.
    fn optional_one_or_many_numbers<T: Numbers + Debug>(&mut self, list: &Option<T>) {
        self.optional_number(list);
    }

    /// Like [`required_one_or_many_numbers`](Self::required_one_or_many_numbers).
    fn nullable_one_or_many_numbers<T: Numbers + Debug>(&mut self, list: &T) {
        self.nullable_number(list);
    }
}

impl<F: FieldWriter> WriteOneOrMany for F {}

impl RawResponse {
    /// Decodes a body that is a list or a single item.
    pub(crate) fn decode_one_or_many<T: DeserializeOwned>(
        self,
    ) -> Result<Response<Vec<T>>, Error> {
        Ok(self.decode::<OneOrMany<T>>()?.map(|list| list.0))
    }
}

/// Reads a list, or any other value as the only item. The function returns the seed of an item.
struct ListVisitor<F>(F);

impl<F> ListVisitor<F> {
    fn one<'de, S, D>(&self, item: D) -> Result<Vec<S::Value>, D::Error>
    where
        S: DeserializeSeed<'de>,
        F: Fn() -> S,
        D: Deserializer<'de>,
    {
        Ok(vec![(self.0)().deserialize(Item(item))?])
    }
}

impl<'de, S: DeserializeSeed<'de>, F: Fn() -> S> Visitor<'de> for ListVisitor<F> {
    type Value = Vec<S::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list or a single item")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed((self.0)())? {
            items.push(item);
        }
        Ok(items)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        self.one(MapAccessDeserializer::new(map))
    }

    fn visit_str<E: de::Error>(self, item: &str) -> Result<Self::Value, E> {
        self.one(item.into_deserializer())
    }

    fn visit_bool<E: de::Error>(self, item: bool) -> Result<Self::Value, E> {
        self.one(item.into_deserializer())
    }

    fn visit_i64<E: de::Error>(self, item: i64) -> Result<Self::Value, E> {
        self.one(item.into_deserializer())
    }

    fn visit_u64<E: de::Error>(self, item: u64) -> Result<Self::Value, E> {
        self.one(item.into_deserializer())
    }

    fn visit_f64<E: de::Error>(self, item: f64) -> Result<Self::Value, E> {
        self.one(item.into_deserializer())
    }
}

/// Deserializes a value that is not null, also as an `Option`.
struct Item<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Item<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        visitor.visit_some(self.0)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::object;

    #[derive(PartialEq)]
    struct Sample {
        ids: Vec<String>,
        sizes: Option<Vec<i64>>,
        notes: Option<Vec<Option<String>>>,
        parts: Vec<Part>,
    }

    object! { Sample {
        ids: required_one_or_many "ids",
        sizes: optional_one_or_many_numbers "sizes",
        notes: nullable_one_or_many "notes",
        parts: required_one_or_many "parts",
    } }

    #[derive(PartialEq)]
    struct Part {
        name: String,
    }

    object! { Part { name: required "name", } }

    fn sample() -> Sample {
        Sample {
            ids: vec!["a".to_owned()],
            sizes: Some(vec![12]),
            notes: Some(vec![Some("b".to_owned())]),
            parts: vec![Part {
                name: "c".to_owned(),
            }],
        }
    }

    const LISTS: &str = r#"{"ids":["a"],"sizes":[12],"notes":["b"],"parts":[{"name":"c"}]}"#;

    #[test]
    fn reads_lists_and_single_values_and_writes_lists() {
        let single = r#"{"ids":"a","sizes":12.0,"notes":"b","parts":{"name":"c","new":1}}"#;
        for text in [LISTS, single] {
            assert_eq!(serde_json::from_str::<Sample>(text).unwrap(), sample());
            let value: serde_json::Value = serde_json::from_str(text).unwrap();
            assert_eq!(Sample::deserialize(&value).unwrap(), sample());
        }
        assert_eq!(serde_json::to_string(&sample()).unwrap(), LISTS);
        let empty = r#"{"ids":[],"sizes":null,"parts":[]}"#;
        let empty = serde_json::from_str::<Sample>(empty).unwrap();
        assert_eq!((empty.sizes, empty.notes), (None, None));
    }

    #[test]
    fn rejects_what_is_neither_list_nor_item() {
        let error = |text: &str| serde_json::from_str::<Sample>(text).err().unwrap().to_string();
        let null = r#"{"ids":null,"parts":[]}"#;
        assert!(error(null).contains("expected a list or a single item"));
        assert!(error(r#"{"ids":3,"parts":[]}"#).contains("expected a string"));
        assert!(error(r#"{"ids":["a",3],"parts":[]}"#).contains("expected a string"));
        assert!(error(r#"{"parts":[]}"#).contains("missing field `ids`"));
        assert!(error(r#"{"ids":[],"sizes":1.5,"parts":[]}"#).contains("expected an integer"));
    }

    #[test]
    fn is_read_inside_of_other_types() {
        let text = r#"[["a","b"],"c",[]]"#;
        let lists: Vec<OneOrMany<String>> = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&lists).unwrap(), r#"[["a","b"],["c"],[]]"#);
        let items: Vec<String> = lists.into_iter().flatten().collect();
        assert_eq!(items, ["a", "b", "c"]);
    }
}
