//! Trait implementations for string enums. String enums are open: an unknown value is kept and
//! written back unchanged.

use super::unmatched;
use serde::{Deserializer, de};
use std::fmt;
use std::marker::PhantomData;

/// Implements the traits of a string enum, which must provide `as_str` and `From<&str>`.
///
/// Two values are equal if their strings are equal, even if one of them was created as `Unknown`.
/// `Debug` shows the string.
macro_rules! string_enum {
    ($name:ident) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(self.as_str(), f)
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl Eq for $name {}

        impl std::hash::Hash for $name {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.as_str().hash(state);
            }
        }

        impl std::default::Default for $name {
            /// Returns an unknown value: a placeholder, for tests.
            fn default() -> Self {
                Self::Unknown(String::new())
            }
        }

        impl From<String> for $name {
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            fn from_str(value: &str) -> Result<Self, std::convert::Infallible> {
                Ok(Self::from(value))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::string_enum::deserialize(deserializer)
            }
        }
    };
}

pub(crate) use string_enum;

/// Returns an unknown string as the content of `Unknown`, and reports it as unmatched if a union is
/// being read.
pub(crate) fn unknown(text: &str) -> String {
    unmatched::add(|| 1);
    text.to_owned()
}

/// Reads a string directly into `T`, without an intermediate `String`.
pub(crate) fn deserialize<'de, D: Deserializer<'de>, T: for<'a> From<&'a str>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_string(StringVisitor(PhantomData))
}

struct StringVisitor<T>(PhantomData<T>);

impl<T: for<'a> From<&'a str>> de::Visitor<'_> for StringVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<T, E> {
        Ok(T::from(value))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    #[derive(Clone)]
    enum Order {
        Ascending,
        Unknown(String),
    }

    impl Order {
        fn as_str(&self) -> &str {
            match self {
                Self::Ascending => "asc",
                Self::Unknown(value) => value,
            }
        }
    }

    impl From<&str> for Order {
        fn from(value: &str) -> Self {
            match value {
                "asc" => Self::Ascending,
                other => Self::Unknown(super::unknown(other)),
            }
        }
    }

    string_enum!(Order);

    #[test]
    fn variants_compare_by_string_value() {
        let explicit_unknown = Order::Unknown("asc".to_owned());
        assert_eq!(explicit_unknown, Order::Ascending);
        assert!(HashSet::from([Order::Ascending]).contains(&explicit_unknown));
        assert_ne!(Order::from("desc"), Order::Ascending);
        assert_eq!(
            format!("{:?} {explicit_unknown}", Order::from("desc")),
            r#""desc" asc"#
        );
    }
}
