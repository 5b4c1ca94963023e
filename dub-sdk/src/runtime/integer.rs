//! Integers of any type, as arguments of generated code.

use super::encoding::Scalar;
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// An integer of any type: `i8` to `i128`, `u8` to `u128`, `isize` or `usize`.
///
/// Arguments and setters for integers have this bound, so that a literal, a length and a field of
/// any width can be passed without a conversion. Fractions do not compile. The integer is sent as
/// decimal digits. The trait cannot be implemented outside this crate.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an integer",
    label = "expected an integer, such as `50` or `items.len()`"
)]
pub trait Integer: sealed::Sealed {
    /// Converts the integer to the widest type.
    #[doc(hidden)]
    fn widen(self) -> AnyInteger;
}

mod sealed {
    pub trait Sealed {}
}

/// An integer as an argument passes it to the request.
#[derive(Clone, Copy)]
pub enum AnyInteger {
    Signed(i128),
    Unsigned(u128),
}

macro_rules! impl_integer {
    ($variant:ident($wide:ty): $($number:ty),*) => {$(
        impl sealed::Sealed for $number {}

        impl Integer for $number {
            #[inline]
            fn widen(self) -> AnyInteger {
                AnyInteger::$variant(self as $wide)
            }
        }
    )*};
}

impl_integer!(Signed(i128): i8, i16, i32, i64, i128, isize);
impl_integer!(Unsigned(u128): u8, u16, u32, u64, u128, usize);

impl fmt::Display for AnyInteger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Signed(value) => value.fmt(f),
            Self::Unsigned(value) => value.fmt(f),
        }
    }
}

impl Scalar for AnyInteger {
    fn text(&self) -> Result<Cow<'_, str>, &'static str> {
        Ok(Cow::Owned(self.to_string()))
    }
}

impl Serialize for AnyInteger {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Signed(value) => serializer.serialize_i128(*value),
            Self::Unsigned(value) => serializer.serialize_u128(*value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the digits in a URL, which must be those in JSON.
    fn sent(value: impl Integer) -> String {
        let value = value.widen();
        let json = serde_json::to_string(&value).unwrap();
        assert_eq!(value.text().unwrap(), json);
        json
    }

    #[test]
    fn integers_of_every_type_are_sent_as_digits() {
        assert_eq!(sent(50), "50");
        assert_eq!(sent(i8::MIN), "-128");
        assert_eq!(sent(i16::MIN), "-32768");
        assert_eq!(sent(i64::MIN), "-9223372036854775808");
        assert_eq!(sent(isize::MAX), isize::MAX.to_string());
        assert_eq!(sent(i128::MIN), i128::MIN.to_string());
        assert_eq!(sent(u8::MAX), "255");
        assert_eq!(sent(u16::MAX), "65535");
        assert_eq!(sent(u32::MAX), "4294967295");
        assert_eq!(sent(u64::MAX), "18446744073709551615");
        assert_eq!(sent([0; 3].len()), "3");
        assert_eq!(sent(u128::MAX), u128::MAX.to_string());
    }
}
