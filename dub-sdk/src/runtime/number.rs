//! Numbers as JavaScript writes and means them: `50` is written for 50.0, and `12`, `12.0` and `1.2e1` are one number.
//!
//! The modules here are for `#[serde(with = "..")]`.

use serde::{Serialize, Serializer};
use std::fmt;

/// A number in a request's body. Unlike a plain `f64`, which serde_json would write as `null` when it is not
/// finite, it is refused then.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Float<T>(pub(crate) T);

impl<T: Real> Serialize for Float<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value: f64 = self.0.into();
        if !value.is_finite() {
            return Err(serde::ser::Error::custom("is not a finite number"));
        }
        // A whole number is written without a point, whatever the serializer makes of floats.
        if value.fract() == 0.0 && value.abs() <= T::EXACT {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a whole number within 2^53 fits"
            )]
            return serializer.serialize_i64(value as i64);
        }
        self.0.serialize(serializer)
    }
}

/// `f32` and `f64`.
pub(crate) trait Real: Copy + Into<f64> + Serialize {
    /// Up to here every whole number has a value of its own, so that its digits are the shortest that tell it.
    const EXACT: f64;
}

impl Real for f32 {
    const EXACT: f64 = 16_777_216.0;
}

impl Real for f64 {
    const EXACT: f64 = 9_007_199_254_740_992.0;
}

/// Takes any number that is whole and fits, however it is written.
struct Whole;

impl<'de> serde::de::Visitor<'de> for Whole {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number")
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<i64, E> {
        Ok(value)
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<i64, E> {
        i64::try_from(value)
            .map_err(|_| E::invalid_value(serde::de::Unexpected::Unsigned(value), &self))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<i64, E> {
        // 2^63 itself does not fit, and is the first float that does not.
        const LIMIT: f64 = 9_223_372_036_854_775_808.0;
        if value.fract() == 0.0 && (-LIMIT..LIMIT).contains(&value) {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "the value is whole and within range"
            )]
            return Ok(value as i64);
        }
        Err(E::invalid_value(serde::de::Unexpected::Float(value), &self))
    }

    /// So a number with a point or an exponent comes where some crate has turned on `arbitrary_precision` of serde_json.
    fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<i64, A::Error> {
        use serde::de::{Deserialize, Error, Unexpected, value::MapAccessDeserializer};
        match serde_json::Value::deserialize(MapAccessDeserializer::new(map))?.as_f64() {
            Some(value) => self.visit_f64(value),
            None => Err(A::Error::invalid_type(Unexpected::Map, &self)),
        }
    }
}

/// An `i64` on its way in, for the modules below and inside an `Option`.
struct Integer(i64);

impl<'de> serde::Deserialize<'de> for Integer {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Only formats that describe themselves can tell 12 from 12.0; others have written an `i64`.
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(Whole).map(Self)
        } else {
            deserializer.deserialize_i64(Whole).map(Self)
        }
    }
}

/// An `i64`, read from `12`, `12.0` and `1.2e1` alike.
pub(crate) mod integer {
    use super::Integer;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(value: &i64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(*value)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
        Integer::deserialize(deserializer).map(|integer| integer.0)
    }
}

/// An `Option<i64>`, read as [`integer`] and from `null`.
pub(crate) mod optional_integer {
    use super::Integer;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(
        value: &Option<i64>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<i64>, D::Error> {
        Ok(Option::<Integer>::deserialize(deserializer)?.map(|integer| integer.0))
    }
}

/// An `i32`, read as [`integer`].
pub(crate) mod integer_32 {
    use super::Integer;
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(value: &i32, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i32(*value)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i32, D::Error> {
        let integer = Integer::deserialize(deserializer)?.0;
        i32::try_from(integer)
            .map_err(|_| D::Error::custom(format_args!("{integer} does not fit 32 bits")))
    }
}

/// An `Option<i32>`, read as [`integer`] and from `null`.
pub(crate) mod optional_integer_32 {
    use super::Integer;
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(
        value: &Option<i32>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<i32>, D::Error> {
        let Some(Integer(integer)) = Option::deserialize(deserializer)? else {
            return Ok(None);
        };
        i32::try_from(integer)
            .map(Some)
            .map_err(|_| D::Error::custom(format_args!("{integer} does not fit 32 bits")))
    }
}

/// An `f64` or `f32`, written as JavaScript would.
pub(crate) mod float {
    use super::{Float, Real};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<T: Real, S: Serializer>(
        value: &T,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        Float(*value).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }
}

/// An `Option<f64>` or `Option<f32>`, written as JavaScript would.
pub(crate) mod optional_float {
    use super::{Float, Real};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<T: Real, S: Serializer>(
        value: &Option<T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        value.map(Float).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<T>, D::Error> {
        Option::<T>::deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, serde::Deserialize)]
    struct Sample {
        #[serde(with = "integer")]
        whole: i64,
        #[serde(default, with = "optional_integer")]
        maybe: Option<i64>,
        #[serde(with = "float")]
        real: f64,
        #[serde(default, with = "optional_float")]
        small: Option<f32>,
    }

    #[test]
    fn whole_numbers_are_read_however_they_are_written() {
        for text in ["12", "12.0", "1.2e1", "120e-1"] {
            let sample: Sample =
                serde_json::from_str(&format!(r#"{{"whole":{text},"real":{text}}}"#)).unwrap();
            assert_eq!(
                sample,
                Sample {
                    whole: 12,
                    maybe: None,
                    real: 12.0,
                    small: None
                }
            );
        }
        for text in ["12.5", "9223372036854775808", "1e19", "\"12\"", "true"] {
            assert!(serde_json::from_str::<Integer>(text).is_err(), "{text}");
        }
        assert_eq!(
            serde_json::from_str::<Integer>("-9223372036854775808")
                .unwrap()
                .0,
            i64::MIN
        );
    }

    #[test]
    fn whole_floats_are_written_without_a_point() {
        let sample = Sample {
            whole: 1,
            maybe: Some(2),
            real: 50.0,
            small: Some(0.1),
        };
        assert_eq!(
            serde_json::to_string(&sample).unwrap(),
            r#"{"whole":1,"maybe":2,"real":50,"small":0.1}"#
        );
        assert!(serde_json::to_string(&Float(f64::NAN)).is_err());
    }
}
