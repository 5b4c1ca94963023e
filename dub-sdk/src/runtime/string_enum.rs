//! Trait implementations for string enums. String enums are open: an unknown value is kept and
//! written back unchanged.

use super::unmatched;
use serde::{Deserializer, de};
use std::fmt;
use std::marker::PhantomData;

/// Implements the traits of a string enum, which must be `Clone` and provide `VALUES` and `as_str`.
///
/// Two values are equal if their strings are equal, even if one of them was created as `Unknown`.
/// `Debug` shows the string.
macro_rules! string_enum {
    ($name:ident) => {
        impl $name {
            /// Returns true if the value is one of [`VALUES`](Self::VALUES).
            pub fn is_known(&self) -> bool {
                Self::VALUES.contains(self)
            }
        }

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

        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                match $crate::runtime::string_enum::known(value, Self::VALUES) {
                    Some(known) => known,
                    None => Self::Unknown($crate::runtime::string_enum::unknown(value)),
                }
            }
        }

        impl From<String> for $name {
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        /// Accepts only the known values, for example for command-line arguments. `From` also
        /// accepts other values.
        impl std::str::FromStr for $name {
            type Err = $crate::ParseEnumError;

            fn from_str(value: &str) -> Result<Self, $crate::ParseEnumError> {
                $crate::runtime::string_enum::parse(value, Self::VALUES)
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

/// Returns the known value with this string.
pub(crate) fn known<T: AsRef<str> + Clone>(value: &str, known_values: &[T]) -> Option<T> {
    let mut known_values = known_values.iter();
    known_values.find(|known| known.as_ref() == value).cloned()
}

/// Returns the known value with this string, or an error that lists the known values.
pub(crate) fn parse<T: AsRef<str> + Clone>(
    value: &str,
    known_values: &'static [T],
) -> Result<T, ParseEnumError> {
    known(value, known_values).ok_or_else(|| ParseEnumError {
        value: value.to_owned(),
        known_values: known_values.iter().map(AsRef::as_ref).collect(),
    })
}

/// The error of parsing a string that is not a known value of an enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseEnumError {
    value: String,
    known_values: Vec<&'static str>,
}

impl ParseEnumError {
    /// Returns the string that was parsed.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Returns the strings that can be parsed.
    pub fn known_values(&self) -> &[&'static str] {
        &self.known_values
    }
}

impl fmt::Display for ParseEnumError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown value `{}`", self.value)?;
        match self.known_values.as_slice() {
            [] => Ok(()),
            [only] => write!(f, ", expected `{only}`"),
            several => write!(f, ", expected one of `{}`", several.join("`, `")),
        }
    }
}

impl std::error::Error for ParseEnumError {}

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
        Descending,
        Unknown(String),
    }

    impl Order {
        const VALUES: &'static [Self] = &[Self::Ascending, Self::Descending];

        fn as_str(&self) -> &str {
            match self {
                Self::Ascending => "asc",
                Self::Descending => "desc",
                Self::Unknown(value) => value,
            }
        }
    }

    string_enum!(Order);

    #[test]
    fn variants_compare_by_string_value() {
        let explicit_unknown = Order::Unknown("asc".to_owned());
        assert_eq!(explicit_unknown, Order::Ascending);
        assert!(HashSet::from([Order::Ascending]).contains(&explicit_unknown));
        assert_ne!(Order::from("random"), Order::Ascending);
        assert_eq!(
            format!("{:?} {explicit_unknown}", Order::from("random")),
            r#""random" asc"#
        );
        assert!(explicit_unknown.is_known());
    }

    #[test]
    fn parsing_accepts_only_known_values() {
        for value in Order::VALUES {
            assert!(value.is_known());
            assert_eq!(value.as_str().parse().as_ref(), Ok(value));
        }
        assert!(!Order::from("nonsense").is_known());
        let error = "nonsense".parse::<Order>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "unknown value `nonsense`, expected one of `asc`, `desc`"
        );
        assert_eq!(error.value(), "nonsense");
        assert_eq!(error.known_values(), ["asc", "desc"]);
        assert!("Asc".parse::<Order>().is_err());
        assert!("".parse::<Order>().is_err());
    }

    /// An enum for which the document lists no values.
    #[derive(Clone)]
    enum Anything {
        Unknown(String),
    }

    impl Anything {
        const VALUES: &'static [Self] = &[];

        fn as_str(&self) -> &str {
            match self {
                Self::Unknown(value) => value,
            }
        }
    }

    string_enum!(Anything);

    #[test]
    fn enum_without_values_parses_nothing() {
        let error = "x".parse::<Anything>().unwrap_err();
        assert_eq!(error.to_string(), "unknown value `x`");
        assert!(!Anything::from("x").is_known());
    }
}
