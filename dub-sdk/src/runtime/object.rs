//! Reads, writes and formats the structs of generated code as JSON objects, field by field.
//!
//! serde's derive macros would do the same, but would triple the compile time of a whole crate: the
//! derived code also reads structs from lists, and it defines a type for the keys of each struct
//! and a wrapper for each number. Here the loop over the keys of an object exists once, and a
//! struct only lists its fields.

pub(crate) use super::output::FieldWriter;
use super::output::{DebugWriter, MapWriter};
pub(crate) use super::properties::FieldReader;
use super::properties::PropertyReader;
use serde::Serializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// A struct that represents a JSON object.
pub(crate) trait Object: Sized {
    /// Creates a value with placeholder fields.
    fn placeholder() -> Self;

    /// Passes each field to `fields`, which reads properties into them. It is called until all
    /// properties are read.
    fn read<F: FieldReader>(&mut self, fields: &mut F);

    /// Passes each field with its value to `out`.
    fn write<O: FieldWriter>(&self, out: &mut O);
}

/// Implements `Serialize`, `Deserialize` and `Debug` for an [`Object`].
macro_rules! object {
    ($module:ident::$name:ident) => {
        impl serde::Serialize for $module::$name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::object::serialize(self, serializer)
            }
        }

        impl std::fmt::Debug for $module::$name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::runtime::object::fmt_debug(self, stringify!($name), f)
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

/// Reads an object. Skips properties without a field. If a property occurs twice, the last value
/// wins.
pub(crate) fn deserialize<'de, T: Object, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<T, M::Error> {
        let mut object = T::placeholder();
        let mut properties = PropertyReader::begin(map)?;
        while properties.has_property() {
            object.read(&mut properties);
            properties.end_pass()?;
        }
        if properties.begin_missing_pass() {
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
    let mut writer = MapWriter::new(serializer);
    object.write(&mut writer);
    writer.end()
}

/// Formats an object as a derived `Debug` does, but with the JSON names of the fields.
pub(crate) fn fmt_debug<T: Object>(
    object: &T,
    name: &str,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let mut shown = DebugWriter::new(name, f);
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

        fn read<F: FieldReader>(&mut self, fields: &mut F) {
            fields.required("name", &mut self.name);
            fields.required_numbers("unitPrice", &mut self.price);
            fields.optional_numbers("count", &mut self.count);
            fields.required("note", &mut self.note);
            fields.required_numbers("tags", &mut self.tags);
            fields.others(&mut self.others);
        }

        fn write<O: FieldWriter>(&self, out: &mut O) {
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

    fn error_message(text: &str) -> String {
        serde_json::from_str::<Sample>(text)
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn writes_fields_in_order_and_reads_any_order() {
        let text = r#"{"name":"a","unitPrice":12,"note":null,"tags":[1,2],"z":true}"#;
        assert_eq!(serde_json::to_string(&sample()).unwrap(), text);
        let mixed =
            r#"{"z":true,"tags":[1.0,2e0],"count":null,"note":null,"unitPrice":12,"name":"a"}"#;
        for text in [text, mixed] {
            assert_eq!(serde_json::from_str::<Sample>(text).unwrap(), sample());
            // Unions read their variants from a `Value`.
            let value: serde_json::Value = serde_json::from_str(text).unwrap();
            assert_eq!(Sample::deserialize(&value).unwrap(), sample());
        }
    }

    #[test]
    fn debug_shows_json_names() {
        let text =
            r#"Sample { name: "a", unitPrice: 12.0, count: None, note: None, tags: [1, 2], "#;
        let others = r#"additional_properties: {"z": true} }"#;
        assert_eq!(format!("{:?}", sample()), format!("{text}{others}"));
    }

    #[test]
    fn last_duplicate_property_wins() {
        let text = r#"{"tags":[],"x":true,"unitPrice":1,"name":"a","x":false,"note":null,"name":"b","tags":[3]}"#;
        let read: Sample = serde_json::from_str(text).unwrap();
        assert_eq!((read.name.as_str(), read.tags), ("b", vec![3]));
        assert_eq!(read.others, BTreeMap::from([("x".to_owned(), false)]));
    }

    #[test]
    fn reports_first_missing_required_field() {
        let error = error_message(r#"{"name":"a","unitPrice":1,"tags":[]}"#);
        assert!(error.starts_with("missing field `note`"), "{error}");
        assert!(error_message("{}").starts_with("missing field `name`"));
        // A duplicate of one required field does not count as another.
        let error = error_message(r#"{"name":"a","name":"b","note":null,"tags":[]}"#);
        assert!(error.starts_with("missing field `unitPrice`"), "{error}");
    }

    #[test]
    fn rejects_values_of_wrong_type() {
        assert!(error_message("[]").contains("expected an object"));
        assert!(error_message(r#"{"name":null}"#).contains("expected a string"));
        assert!(error_message(r#"{"tags":[1.5]}"#).contains("expected an integer"));
        assert!(error_message(r#"{"z":1}"#).contains("expected a boolean"));
    }

    #[test]
    fn serialization_reports_first_error() {
        let infinite = Sample {
            price: f64::INFINITY,
            ..sample()
        };
        let error = serde_json::to_string(&infinite).unwrap_err().to_string();
        assert!(error.contains("number is not finite"), "{error}");
    }
}
