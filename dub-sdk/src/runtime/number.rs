//! Numbers with the semantics of JavaScript: 50.0 is written as `50`, and `12`, `12.0` and `1.2e1`
//! are read as the same number.

use serde::{Deserializer, Serialize, Serializer, de};
use std::fmt;

/// A number in a request body or in a field of an object. In JSON, serializing a number that is not
/// finite returns an error, whereas serde_json writes a plain `f64` as `null`.
pub(crate) struct Float<T>(pub(crate) T);

impl<T: Real> Serialize for Float<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Formats that are not human-readable may distinguish integers and floats when they read.
        if !serializer.is_human_readable() {
            return self.0.serialize(serializer);
        }
        let value: f64 = self.0.into();
        if !value.is_finite() {
            return Err(serde::ser::Error::custom("number is not finite"));
        }
        // Serialized as an integer, because a serializer may write a float with a decimal point.
        if value.fract() == 0.0 && value.abs() <= T::MAX_EXACT_INTEGER {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a whole number within 2^53 fits"
            )]
            return serializer.serialize_i64(value as i64);
        }
        self.0.serialize(serializer)
    }
}

/// A floating-point type: `f32` or `f64`.
pub(crate) trait Real: Copy + Into<f64> + Serialize {
    /// The value up to which the type represents every integer exactly. The digits of such an
    /// integer are also the shortest ones that identify it.
    const MAX_EXACT_INTEGER: f64;
}

impl Real for f32 {
    const MAX_EXACT_INTEGER: f64 = 16_777_216.0;
}

impl Real for f64 {
    const MAX_EXACT_INTEGER: f64 = 9_007_199_254_740_992.0;
}

/// Accepts every integer in the ranges of `i64` and `u64`, in any notation.
struct IntegerVisitor;

impl<'de> serde::de::Visitor<'de> for IntegerVisitor {
    type Value = i128;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer")
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<i128, E> {
        Ok(value.into())
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<i128, E> {
        Ok(value.into())
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<i128, E> {
        // 2^64, the smallest positive `f64` that is out of range of `u64`.
        const LIMIT: f64 = 18_446_744_073_709_551_616.0;
        if value.fract() == 0.0 && (-LIMIT..LIMIT).contains(&value) {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "the value is whole and within range"
            )]
            return Ok(value as i128);
        }
        Err(E::invalid_value(serde::de::Unexpected::Float(value), &self))
    }

    /// Reads a number with a decimal point or an exponent if any crate enables serde_json's feature
    /// `arbitrary_precision`, which represents such a number as a map.
    fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<i128, A::Error> {
        use serde::de::{Deserialize, Error, Unexpected, value::MapAccessDeserializer};
        match serde_json::Value::deserialize(MapAccessDeserializer::new(map))?.as_f64() {
            Some(value) => self.visit_f64(value),
            None => Err(A::Error::invalid_type(Unexpected::Map, &self)),
        }
    }
}

/// Reads an `i64` in any notation, such as `12`, `12.0` or `1.2e1`.
pub(crate) fn read_i64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    // `deserialize_any` requires a self-describing format. Formats that are not human-readable may
    // not be self-describing, but contain the `i64` that was serialized.
    let value = if deserializer.is_human_readable() {
        deserializer.deserialize_any(IntegerVisitor)
    } else {
        deserializer.deserialize_i64(IntegerVisitor)
    }?;
    i64::try_from(value).map_err(|_| out_of_range(value, "i64"))
}

/// Reads an `i32` in any notation, like [`read_i64`].
pub(crate) fn read_i32<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i32, D::Error> {
    let value = read_i64(deserializer)?;
    i32::try_from(value).map_err(|_| out_of_range(value.into(), "i32"))
}

/// Reads a `u64` in any notation, like [`read_i64`].
pub(crate) fn read_u64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let value = if deserializer.is_human_readable() {
        deserializer.deserialize_any(IntegerVisitor)
    } else {
        deserializer.deserialize_u64(IntegerVisitor)
    }?;
    u64::try_from(value).map_err(|_| out_of_range(value, "u64"))
}

/// Reads a `u32` in any notation, like [`read_i64`].
pub(crate) fn read_u32<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    let value = read_u64(deserializer)?;
    u32::try_from(value).map_err(|_| out_of_range(value.into(), "u32"))
}

fn out_of_range<E: de::Error>(value: i128, ty: &str) -> E {
    E::custom(format_args!("{value} is out of range for `{ty}`"))
}

/// Writes a number as JavaScript does; see [`Float`].
pub(crate) fn write_float<T: Real, S: Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    Float(*value).serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_integers_in_any_notation() {
        let read = |text: &str| read_i64(&mut serde_json::Deserializer::from_str(text));
        for text in ["12", "12.0", "1.2e1", "120e-1"] {
            assert_eq!(read(text).unwrap(), 12, "{text}");
        }
        for text in ["12.5", "9223372036854775808", "1e19", "\"12\"", "true"] {
            assert!(read(text).is_err(), "{text}");
        }
        assert_eq!(read("-9223372036854775808").unwrap(), i64::MIN);
    }

    #[test]
    fn rejects_integers_outside_i32() {
        let read = |text: &str| read_i32(&mut serde_json::Deserializer::from_str(text));
        assert_eq!(read("-2147483648.0").unwrap(), i32::MIN);
        let error = read("2147483648").unwrap_err().to_string();
        assert!(error.contains("out of range for `i32`"), "{error}");
    }

    #[test]
    fn reads_unsigned_integers_up_to_their_limit() {
        let read = |text: &str| read_u64(&mut serde_json::Deserializer::from_str(text));
        for text in ["12", "12.0", "1.2e1"] {
            assert_eq!(read(text).unwrap(), 12, "{text}");
        }
        assert_eq!(read("18446744073709551615").unwrap(), u64::MAX);
        for text in ["-1", "18446744073709551616", "2e19", "12.5", "\"12\""] {
            assert!(read(text).is_err(), "{text}");
        }
        let read = |text: &str| read_u32(&mut serde_json::Deserializer::from_str(text));
        assert_eq!(read("4294967295").unwrap(), u32::MAX);
        let error = read("4294967296").unwrap_err().to_string();
        assert!(error.contains("out of range for `u32`"), "{error}");
    }

    #[test]
    fn writes_integral_floats_without_decimal_point() {
        let written = |value: f64| serde_json::to_string(&Float(value)).ok();
        assert_eq!(written(50.0).as_deref(), Some("50"));
        assert_eq!(written(0.5).as_deref(), Some("0.5"));
        assert_eq!(written(f64::NAN), None);
        // An `f32` has the shortest digits that identify it as an `f32`.
        assert_eq!(serde_json::to_string(&Float(0.1_f32)).unwrap(), "0.1");
    }
}
