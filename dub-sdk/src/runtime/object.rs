//! How the structs of generated code are read and written: as objects of JSON, field by field.
//!
//! serde's derive would do the same, at three times the compile time of a whole crate: it reads structs from lists
//! too, gives each of them a type of its own for its keys, and each number a wrapper. Here the loop over an object's
//! keys exists once, and a struct says no more than which field is which.

use super::fit;
use super::numbers::{Numbers, Out, Seed};
use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::marker::PhantomData;

/// A struct that is an object of JSON.
pub(crate) trait Object: Sized {
    /// The names of the fields without which an object is refused.
    const REQUIRED: &'static [&'static str] = &[];

    /// A value whose fields say nothing yet.
    fn blank() -> Self;

    /// Reads a property into the field of its name, or passes over it.
    fn read<'de, M: MapAccess<'de>>(
        &mut self,
        name: &str,
        value: Property<'_, M>,
    ) -> Result<(), M::Error>;

    /// Writes all fields.
    fn write<M: SerializeMap>(&self, writer: &mut Writer<M>);
}

/// Makes of an `Object` what serde reads and writes.
macro_rules! object {
    ($name:ty) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::object::serialize(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::object::deserialize(deserializer)
            }
        }
    };
}

pub(crate) use object;

/// Reads an object. A property that is no field is passed over; of a property that comes twice the last one counts.
pub(crate) fn deserialize<'de, T: Object, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_map(Reading(PhantomData))
}

struct Reading<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for Reading<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<T, M::Error> {
        let mut object = T::blank();
        let mut seen = Seen::default();
        while let Some(name) = map.next_key_seed(Name)? {
            seen.note(T::REQUIRED, &name);
            let value = Property {
                map: &mut map,
                name: &name,
            };
            object.read(&name, value)?;
        }
        match seen.missing(T::REQUIRED) {
            Some(name) => Err(de::Error::missing_field(name)),
            None => Ok(object),
        }
    }
}

/// Which of the required fields have been met.
#[derive(Default)]
struct Seen {
    /// The first 128, which is more than most objects have.
    first: u128,
    others: BTreeSet<usize>,
}

impl Seen {
    fn note(&mut self, required: &[&str], name: &str) {
        let Some(index) = required.iter().position(|required| *required == name) else {
            return;
        };
        match bit(index) {
            Some(bit) => self.first |= bit,
            None => drop(self.others.insert(index)),
        }
    }

    fn has(&self, index: usize) -> bool {
        match bit(index) {
            Some(bit) => self.first & bit != 0,
            None => self.others.contains(&index),
        }
    }

    /// The first field that has to be there and is not.
    fn missing(&self, required: &[&'static str]) -> Option<&'static str> {
        let mut all = required.iter().enumerate();
        all.find(|(index, _)| !self.has(*index))
            .map(|(_, name)| *name)
    }
}

fn bit(index: usize) -> Option<u128> {
    1_u128.checked_shl(u32::try_from(index).ok()?)
}

/// A key of an object on its way in. It is a part of the text that is read, unless something in it is escaped.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}

/// The value of one property, to be read.
pub(crate) struct Property<'a, M> {
    map: &'a mut M,
    name: &'a str,
}

impl<'de, M: MapAccess<'de>> Property<'_, M> {
    /// Reads it into a field.
    pub(crate) fn read<T: Deserialize<'de>>(self, field: &mut T) -> Result<(), M::Error> {
        *field = self.map.next_value()?;
        Ok(())
    }

    /// Reads it into a field of numbers.
    pub(crate) fn numbers<T: Numbers>(self, field: &mut T) -> Result<(), M::Error> {
        *field = self.map.next_value_seed(Seed(PhantomData))?;
        Ok(())
    }

    /// Keeps it among the properties that are no fields.
    pub(crate) fn keep<T: Deserialize<'de>>(
        self,
        others: &mut BTreeMap<String, T>,
    ) -> Result<(), M::Error> {
        fit::unnamed(|| 1);
        others.insert(self.name.to_owned(), self.map.next_value()?);
        Ok(())
    }

    /// The same where they are numbers.
    pub(crate) fn keep_numbers<T: Numbers>(
        self,
        others: &mut BTreeMap<String, T>,
    ) -> Result<(), M::Error> {
        fit::unnamed(|| 1);
        let value = self.map.next_value_seed(Seed(PhantomData))?;
        others.insert(self.name.to_owned(), value);
        Ok(())
    }

    /// Passes over it.
    pub(crate) fn skip(self) -> Result<(), M::Error> {
        if fit::is_trying() {
            let value = self.map.next_value()?;
            fit::unnamed(|| fit::property_size(&value));
            return Ok(());
        }
        self.map.next_value::<IgnoredAny>().map(drop)
    }
}

/// Writes an object.
pub(crate) fn serialize<T: Object, S: Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut writer = Writer {
        map: serializer.serialize_map(None)?,
        error: None,
    };
    value.write(&mut writer);
    match writer.error {
        Some(error) => Err(error),
        None => writer.map.end(),
    }
}

/// An object on its way out. It keeps its first error, so that writing a field is a plain call.
pub(crate) struct Writer<M: SerializeMap> {
    map: M,
    error: Option<M::Error>,
}

impl<M: SerializeMap> Writer<M> {
    /// Writes a field, also one that is null.
    pub(crate) fn field<T: Serialize>(&mut self, name: &str, value: &T) {
        if self.error.is_none() {
            self.error = self.map.serialize_entry(name, value).err();
        }
    }

    /// Writes a field that is left out when there is nothing to say.
    pub(crate) fn optional<T: Serialize>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.field(name, value);
        }
    }

    /// Writes a field of numbers, also one that is null.
    pub(crate) fn numbers<T: Numbers>(&mut self, name: &str, value: &T) {
        self.field(name, &Out(value));
    }

    /// Writes a field of numbers that is left out when there is nothing to say.
    pub(crate) fn optional_numbers<T: Numbers>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.field(name, &Out(value));
        }
    }

    /// Writes the properties that are no fields.
    pub(crate) fn others<T: Serialize>(&mut self, others: &BTreeMap<String, T>) {
        for (name, value) in others {
            self.field(name, value);
        }
    }

    /// The same where they are numbers.
    pub(crate) fn other_numbers<T: Numbers>(&mut self, others: &BTreeMap<String, T>) {
        for (name, value) in others {
            self.field(name, &Out(value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Sample {
        name: String,
        price: f64,
        count: Option<i64>,
        note: Option<String>,
        tags: Vec<i64>,
        others: BTreeMap<String, bool>,
    }

    impl Object for Sample {
        const REQUIRED: &'static [&'static str] = &["name", "unitPrice", "note", "tags"];

        fn blank() -> Self {
            Self {
                name: String::new(),
                price: 0.0,
                count: None,
                note: None,
                tags: Vec::new(),
                others: BTreeMap::new(),
            }
        }

        fn read<'de, M: MapAccess<'de>>(
            &mut self,
            name: &str,
            value: Property<'_, M>,
        ) -> Result<(), M::Error> {
            match name {
                "name" => value.read(&mut self.name),
                "unitPrice" => value.numbers(&mut self.price),
                "count" => value.numbers(&mut self.count),
                "note" => value.read(&mut self.note),
                "tags" => value.numbers(&mut self.tags),
                _ => value.keep(&mut self.others),
            }
        }

        fn write<M: SerializeMap>(&self, writer: &mut Writer<M>) {
            writer.field("name", &self.name);
            writer.numbers("unitPrice", &self.price);
            writer.optional_numbers("count", &self.count);
            writer.field("note", &self.note);
            writer.numbers("tags", &self.tags);
            writer.others(&self.others);
        }
    }

    object!(Sample);

    fn sample() -> Sample {
        Sample {
            name: "a".to_owned(),
            price: 12.0,
            count: None,
            note: None,
            tags: vec![1, 2],
            others: BTreeMap::from([("z".to_owned(), true)]),
        }
    }

    fn refused(text: &str) -> String {
        serde_json::from_str::<Sample>(text)
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn objects_are_written_in_the_order_of_their_fields_and_read_in_any() {
        let text = r#"{"name":"a","unitPrice":12,"note":null,"tags":[1,2],"z":true}"#;
        assert_eq!(serde_json::to_string(&sample()).unwrap(), text);
        let mixed =
            r#"{"z":true,"tags":[1.0,2e0],"count":null,"note":null,"unitPrice":12,"name":"a"}"#;
        for text in [text, mixed] {
            assert_eq!(serde_json::from_str::<Sample>(text).unwrap(), sample());
            // Unions read their variants from values.
            let value: serde_json::Value = serde_json::from_str(text).unwrap();
            assert_eq!(Sample::deserialize(&value).unwrap(), sample());
        }
    }

    #[test]
    fn what_has_to_be_there_is_missed() {
        let error = refused(r#"{"name":"a","unitPrice":1,"tags":[]}"#);
        assert!(error.starts_with("missing field `note`"), "{error}");
        // Twice the one is not once the other.
        let error = refused(r#"{"name":"a","name":"b","note":null,"tags":[]}"#);
        assert!(error.starts_with("missing field `unitPrice`"), "{error}");
    }

    #[test]
    fn what_is_no_object_and_what_does_not_fit_is_refused() {
        assert!(refused("[]").contains("expected an object"));
        assert!(refused(r#"{"name":null}"#).contains("expected a string"));
        assert!(refused(r#"{"tags":[1.5]}"#).contains("expected a whole number"));
        assert!(refused(r#"{"z":1}"#).contains("expected a boolean"));
    }

    #[test]
    fn the_first_thing_that_cannot_be_written_is_the_error() {
        let endless = Sample {
            price: f64::INFINITY,
            ..sample()
        };
        let error = serde_json::to_string(&endless).unwrap_err().to_string();
        assert!(error.contains("not a finite number"), "{error}");
    }

    #[test]
    fn fields_past_the_128th_are_told_apart_too() {
        let names: Vec<String> = (0..130).map(|number| format!("field{number}")).collect();
        let names: Vec<&'static str> = names.into_iter().map(|name| &*name.leak()).collect();
        let mut seen = Seen::default();
        for name in &names {
            assert_eq!(seen.missing(&names), Some(*name));
            seen.note(&names, name);
        }
        assert_eq!(seen.missing(&names), None);
    }
}
