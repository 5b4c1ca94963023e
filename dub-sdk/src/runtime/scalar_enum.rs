//! Trait implementations for enums of integers and enums of values of several types. Like string
//! enums, they are open: an unknown value is kept.

/// Implements the traits of an enum of integers, which must provide `value` and `From<i64>`.
macro_rules! integer_enum {
    ($name:ident) => {
        impl $name {
            /// Returns true unless this version of the crate does not know the value.
            pub fn is_known(&self) -> bool {
                !matches!(self, Self::Unknown(_))
            }
        }

        impl std::default::Default for $name {
            /// Returns an unknown value: a placeholder, for tests.
            fn default() -> Self {
                Self::Unknown(0)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.value(), f)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.value())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = $crate::runtime::number::read_i64(deserializer).map(Self::from)?;
                if matches!(value, Self::Unknown(_)) {
                    $crate::runtime::unmatched::add(|| 1);
                }
                Ok(value)
            }
        }
    };
}

/// Implements the traits of an enum of values of several types, which must provide `to_value` and
/// `From<serde_json::Value>`.
macro_rules! mixed_enum {
    ($name:ident) => {
        impl $name {
            /// Returns true unless this version of the crate does not know the value.
            pub fn is_known(&self) -> bool {
                !matches!(self, Self::Unknown(_))
            }
        }

        impl std::default::Default for $name {
            /// Returns an unknown value: a placeholder, for tests.
            fn default() -> Self {
                Self::Unknown(serde_json::Value::Null)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.to_value().serialize(serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = serde_json::Value::deserialize(deserializer).map(Self::from)?;
                if matches!(value, Self::Unknown(_)) {
                    $crate::runtime::unmatched::add(|| 1);
                }
                Ok(value)
            }
        }
    };
}

pub(crate) use integer_enum;
pub(crate) use mixed_enum;
