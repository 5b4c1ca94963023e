//! How the structs of generated code are read and written: as objects of JSON, field by field.
//!
//! serde's derive would do the same, at three times the compile time of a whole crate: it reads structs from lists
//! too, gives each of them a type of its own for its keys, and each number a wrapper. Here the loop over an object's
//! keys exists once, and a struct says no more than which field is which.

use super::numbers::{Numbers, Out};
pub(crate) use super::properties::Fields;
use super::properties::Properties;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// A struct that is read from an object of JSON.
pub(crate) trait Object: Sized {
    /// A value whose fields say nothing yet.
    fn blank() -> Self;

    /// Names the fields, each with where its value goes. It is called until there are no more properties.
    fn read<F: Fields>(&mut self, fields: &mut F);
}

/// Makes of an `Object` what serde reads.
macro_rules! object {
    ($name:ty) => {
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

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<T, M::Error> {
        let mut object = T::blank();
        let mut properties = Properties::begin(map)?;
        while properties.is_some() {
            object.read(&mut properties);
            properties.end_pass()?;
        }
        if properties.is_incomplete() {
            object.read(&mut properties);
        }
        match properties.missing() {
            Some(name) => Err(de::Error::missing_field(name)),
            None => Ok(object),
        }
    }
}

/// An object on its way out. It keeps its first error, so that writing a field is a plain call.
pub(crate) struct Writer<S: Serializer>(Result<S::SerializeMap, S::Error>);

impl<S: Serializer> Writer<S> {
    pub(crate) fn new(serializer: S) -> Self {
        Self(serializer.serialize_map(None))
    }

    pub(crate) fn end(self) -> Result<S::Ok, S::Error> {
        self.0?.end()
    }

    /// Writes a field, also one that is null.
    pub(crate) fn field<T: Serialize>(&mut self, name: &str, value: &T) {
        let written = match &mut self.0 {
            Ok(map) => map.serialize_entry(name, value),
            Err(_) => return,
        };
        if let Err(error) = written {
            self.0 = Err(error);
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
    use serde::Deserialize;

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

        fn read<F: Fields>(&mut self, fields: &mut F) {
            fields.required("name", &mut self.name);
            fields.required_numbers("unitPrice", &mut self.price);
            fields.optional_numbers("count", &mut self.count);
            fields.required("note", &mut self.note);
            fields.required_numbers("tags", &mut self.tags);
            fields.others(&mut self.others);
        }
    }

    impl Serialize for Sample {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut writer = Writer::new(serializer);
            writer.field("name", &self.name);
            writer.numbers("unitPrice", &self.price);
            writer.optional_numbers("count", &self.count);
            writer.field("note", &self.note);
            writer.numbers("tags", &self.tags);
            writer.others(&self.others);
            writer.end()
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
    fn the_last_of_two_counts_whatever_comes_between() {
        let text = r#"{"tags":[],"x":true,"unitPrice":1,"name":"a","x":false,"note":null,"name":"b","tags":[3]}"#;
        let read: Sample = serde_json::from_str(text).unwrap();
        assert_eq!((read.name.as_str(), read.tags), ("b", vec![3]));
        assert_eq!(read.others, BTreeMap::from([("x".to_owned(), false)]));
    }

    #[test]
    fn what_has_to_be_there_is_missed() {
        let error = refused(r#"{"name":"a","unitPrice":1,"tags":[]}"#);
        assert!(error.starts_with("missing field `note`"), "{error}");
        // Twice the one is not once the other.
        assert!(refused("{}").starts_with("missing field `name`"));
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
}
