//! Types that keep a string as the API sent it.

use super::unmatched;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::{Deserialize, Deserializer, de};
use serde_json::Value;
use std::fmt;

/// Implements the traits of a newtype over `String` that accepts every value.
macro_rules! text {
    ($name:ident) => {
        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::text::read(deserializer).map(Self)
            }
        }
    };
}

/// Implements the conversions from strings.
macro_rules! text_from_strings {
    ($name:ident) => {
        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    };
}

pub(crate) use {text, text_from_strings};

/// Reads any value as a string: a value that is not a string as its JSON.
pub(crate) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    if deserializer.is_human_readable() {
        deserializer.deserialize_any(TextVisitor)
    } else {
        deserializer.deserialize_string(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> de::Visitor<'de> for TextVisitor {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<String, E> {
        Ok(text)
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<String, E> {
        Ok(from_number(number.to_string()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<String, E> {
        Ok(from_number(number.to_string()))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<String, E> {
        Ok(from_number(number.to_string()))
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<String, E> {
        Ok(from_non_string(&Value::from(value)))
    }

    // An optional field never calls this method, because `Option` reads the `null`.
    fn visit_unit<E: de::Error>(self) -> Result<String, E> {
        Ok(from_non_string(&Value::Null))
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, list: A) -> Result<String, A::Error> {
        json(SeqAccessDeserializer::new(list))
    }

    /// Also reads a number with a decimal point or an exponent if any crate enables serde_json's
    /// feature `arbitrary_precision`, which represents such a number as a map.
    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<String, A::Error> {
        json(MapAccessDeserializer::new(map))
    }
}

fn json<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Value::deserialize(deserializer).map(|value| match value {
        Value::Number(number) => from_number(number.to_string()),
        other => from_non_string(&other),
    })
}

/// Keeps the digits of a number. In a union, a type for numbers is preferred.
fn from_number(digits: String) -> String {
    unmatched::add(|| 1);
    digits
}

/// Keeps a value that is not a string as its JSON. In a union, every other type that the value
/// matches is preferred.
fn from_non_string(value: &Value) -> String {
    unmatched::add(|| unmatched::size(value) + 1);
    value.to_string()
}
