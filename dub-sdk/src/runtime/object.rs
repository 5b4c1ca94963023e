//! How the structs of generated code are read, written and shown: as objects of JSON, field by field.
//!
//! serde's derive would do the same, at three times the compile time of a whole crate: it reads structs from lists
//! too, gives each of them a type of its own for its keys, and each number a wrapper. Here the loop over an object's
//! keys exists once, and a struct says no more than which field is which.

pub(crate) use super::output::Output;
use super::output::{Shown, Writer};
pub(crate) use super::properties::Fields;
use super::properties::Properties;
use serde::Serializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// A struct that is an object of JSON.
pub(crate) trait Object: Sized {
    /// A value whose fields say nothing yet.
    fn placeholder() -> Self;

    /// Names the fields, each with where its value goes. It is called until there are no more properties.
    fn read<F: Fields>(&mut self, fields: &mut F);

    /// Names the fields, each with its value.
    fn write<O: Output>(&self, out: &mut O);
}

/// Makes of an `Object` what serde reads and writes, and what `Debug` shows.
macro_rules! object {
    ($module:ident::$name:ident) => {
        impl serde::Serialize for $module::$name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::object::serialize(self, serializer)
            }
        }

        impl std::fmt::Debug for $module::$name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::runtime::object::show(self, stringify!($name), f)
            }
        }

        impl<'de> serde::Deserialize<'de> for $module::$name {
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
        let mut object = T::placeholder();
        let mut properties = Properties::begin(map)?;
        while properties.is_some() {
            object.read(&mut properties);
            properties.end_pass()?;
        }
        if properties.turn_to_missing() {
            object.read(&mut properties);
        }
        match properties.missing() {
            Some(name) => Err(de::Error::missing_field(name)),
            None => Ok(object),
        }
    }
}

/// Writes an object.
pub(crate) fn serialize<T: Object, S: Serializer>(
    object: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut writer = Writer::new(serializer);
    object.write(&mut writer);
    writer.end()
}

/// Shows an object as derived `Debug` does, its fields by their names in JSON.
pub(crate) fn show<T: Object>(object: &T, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut shown = Shown::new(name, f);
    object.write(&mut shown);
    shown.end()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use std::collections::BTreeMap;

    #[derive(PartialEq)]
    struct Sample {
        name: String,
        price: f64,
        count: Option<i64>,
        note: Option<String>,
        tags: Vec<i64>,
        others: BTreeMap<String, bool>,
    }

    impl Object for Sample {
        fn placeholder() -> Self {
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

        fn write<O: Output>(&self, out: &mut O) {
            out.field("name", &self.name);
            out.numbers("unitPrice", &self.price);
            out.optional_numbers("count", &self.count);
            out.field("note", &self.note);
            out.numbers("tags", &self.tags);
            out.others(&self.others);
        }
    }

    object!(self::Sample);

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
    fn objects_are_shown_by_their_names_in_json() {
        let text =
            r#"Sample { name: "a", unitPrice: 12.0, count: None, note: None, tags: [1, 2], "#;
        let others = r#"additional_properties: {"z": true} }"#;
        assert_eq!(format!("{:?}", sample()), format!("{text}{others}"));
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
        assert!(refused("{}").starts_with("missing field `name`"));
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
}
