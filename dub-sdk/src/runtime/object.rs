//! Reads, writes and formats the structs of generated code as objects, field by field.
//!
//! serde's derive macros would do the same, but would triple the compile time of a whole crate: the
//! derived code also reads structs from lists, and it defines a type for the keys of each struct
//! and a wrapper for each number. Here the loop over the keys of an object exists once, and
//! [`object!`] lists the fields of a struct.

pub(crate) use super::numbers::{Numbers, NumbersSeed};
pub(crate) use super::output::FieldWriter;
use super::output::{DebugWriter, MapWriter, PropertyCount};
pub(crate) use super::properties::FieldReader;
use super::properties::PropertyReader;
use serde::Serializer;
use serde::de::{self, Deserializer, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// A struct that represents an object. [`object!`] implements it.
pub(crate) trait Object: Default {
    /// The names of the properties in JSON, in the order in which `read` and `write` pass the
    /// fields.
    const PROPERTIES: &'static [&'static str];

    /// The field that keeps the properties without a field of their own.
    const OTHERS: Option<&'static str> = None;

    /// Passes each field to `fields`, which reads properties into them. It is called until all
    /// properties are read.
    fn read<F: FieldReader>(&mut self, fields: &mut F);

    /// Passes each field to `out`.
    fn write<O: FieldWriter>(&self, out: &mut O);
}

/// Implements [`Object`], `Default`, `Debug`, `Serialize` and `Deserialize` for a struct from the
/// list of its fields:
///
/// ```text
/// object! { Customer {
///     id: required "id",
///     sales: optional_number "sales",
///     response: private,
///     ..additional_properties: others,
/// } }
/// ```
///
/// Each line names a field, its kind and its name in JSON. The kind is a method of [`FieldReader`]
/// and of [`FieldWriter`]:
///
/// | kind | read | written |
/// |---|---|---|
/// | `required` | must be present | always |
/// | `nullable` | can be absent | always |
/// | `optional` | can be absent | unless it is `None` |
/// | `private` | never | never, and not shown by `Debug` |
/// | `others` | the properties that are not fields | always |
///
/// The suffix `_number` (`other_numbers`) marks a number, or a list or map of numbers. The other
/// properties must be the last line, after `..`.
macro_rules! object {
    ($name:ident {
        $($field:ident: $kind:ident $($wire:literal)?,)*
        $(..$others:ident: $others_kind:ident,)?
    }) => {
        impl $crate::runtime::object::Object for $name {
            const PROPERTIES: &'static [&'static str] = &[$($($wire,)?)*];
            $(const OTHERS: Option<&'static str> = Some(stringify!($others));)?

            fn read<F: $crate::runtime::object::FieldReader>(&mut self, _fields: &mut F) {
                $(_fields.$kind(&mut self.$field);)*
                $(_fields.$others_kind(&mut self.$others);)?
            }

            fn write<O: $crate::runtime::object::FieldWriter>(&self, _out: &mut O) {
                $(_out.$kind(&self.$field);)*
                $(_out.$others_kind(&self.$others);)?
            }
        }

        impl std::default::Default for $name {
            /// Returns placeholder values, for tests: empty strings and lists, zeros, `None`, and
            /// `Unknown` for enums and unions.
            fn default() -> Self {
                Self {
                    $($field: std::default::Default::default(),)*
                    $($others: std::default::Default::default(),)?
                }
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let fields = stringify!($($field)* $($others)?);
                $crate::runtime::object::fmt_debug(self, stringify!($name), fields, f)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::object::serialize(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::object::deserialize(deserializer, stringify!($name))
            }
        }
    };
}

pub(crate) use object;

/// Reads an object. Skips properties without a field. If a property occurs twice, the last value
/// wins.
pub(crate) fn deserialize<'de, T: Object, D: Deserializer<'de>>(
    deserializer: D,
    name: &'static str,
) -> Result<T, D::Error> {
    let visitor = ObjectVisitor(PhantomData);
    if T::OTHERS.is_some() {
        deserializer.deserialize_map(visitor)
    } else {
        // With the names, a flattened object takes only its own properties from the struct around
        // it, and leaves the rest to the other flattened fields.
        deserializer.deserialize_struct(name, T::PROPERTIES, visitor)
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<T, M::Error> {
        let mut object = T::default();
        let mut properties = PropertyReader::begin(map, T::PROPERTIES)?;
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

    /// Rejects a list. Skips it first, so that the error has the position after it: the path of the
    /// error then ends at the list and not in it.
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<T, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Err(de::Error::invalid_type(Unexpected::Seq, &self))
    }
}

/// Writes an object as a map, with its length, which some formats write first.
pub(crate) fn serialize<T: Object, S: Serializer>(
    object: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut length = PropertyCount::default();
    object.write(&mut length);
    let mut writer = MapWriter::new(serializer, length, T::PROPERTIES);
    object.write(&mut writer);
    writer.end()
}

/// Formats an object as a derived `Debug` does, but without private fields. `fields` are the names
/// of all fields, separated by whitespace.
pub(crate) fn fmt_debug<T: Object>(
    object: &T,
    name: &str,
    fields: &str,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let mut shown = DebugWriter::new(name, fields.split_whitespace(), f);
    object.write(&mut shown);
    shown.end()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::AttachedResponse;
    use serde::Deserialize;
    use std::collections::BTreeMap;

    #[derive(PartialEq)]
    struct Sample {
        name: String,
        unit_price: f64,
        r#type: Option<i64>,
        note: Option<String>,
        tags: Vec<i64>,
        link: AttachedResponse,
        others: BTreeMap<String, bool>,
    }

    object! { Sample {
        name: required "name",
        unit_price: required_number "unitPrice",
        r#type: optional_number "type",
        note: required "note",
        tags: required_number "tags",
        link: private,
        ..others: others,
    } }

    fn sample() -> Sample {
        Sample {
            name: "a".to_owned(),
            unit_price: 12.0,
            r#type: None,
            note: None,
            tags: vec![1, 2],
            link: AttachedResponse::default(),
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
            r#"{"z":true,"tags":[1.0,2e0],"type":null,"note":null,"unitPrice":12,"name":"a"}"#;
        for text in [text, mixed] {
            assert_eq!(serde_json::from_str::<Sample>(text).unwrap(), sample());
            // Unions read their variants from a `Value`.
            let value: serde_json::Value = serde_json::from_str(text).unwrap();
            assert_eq!(Sample::deserialize(&value).unwrap(), sample());
        }
    }

    #[test]
    fn debug_shows_public_fields_by_their_rust_names() {
        let text =
            r#"Sample { name: "a", unit_price: 12.0, type: None, note: None, tags: [1, 2], "#;
        let others = r#"others: {"z": true} }"#;
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
            unit_price: f64::INFINITY,
            ..sample()
        };
        let error = serde_json::to_string(&infinite).unwrap_err().to_string();
        assert!(error.contains("number is not finite"), "{error}");
    }
}
