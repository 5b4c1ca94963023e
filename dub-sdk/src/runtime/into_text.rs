//! Strings with a format, as arguments of generated code.

use std::borrow::Cow;

/// A string, or a value of another crate that is written as a string.
///
/// Arguments and setters for UUIDs and decimals have this bound. Without further features, they take
/// strings, which are not checked. The features `uuid` and `rust_decimal` add the types of these
/// crates. Responses contain strings: `text.parse::<uuid::Uuid>()` converts one. The trait
/// cannot be implemented outside this crate.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a string",
    label = "expected a string; the features `uuid` and `rust_decimal` add other types"
)]
pub trait IntoText: sealed::Sealed {
    /// Returns the string.
    #[doc(hidden)]
    fn into_text(self) -> String;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! impl_into_text {
    ($($(#[$feature:meta])? $text:ty),* $(,)?) => {$(
        $(#[$feature])?
        impl sealed::Sealed for $text {}

        $(#[$feature])?
        impl IntoText for $text {
            fn into_text(self) -> String {
                self.to_string()
            }
        }
    )*};
}

impl_into_text!(
    &str,
    &String,
    Cow<'_, str>,
    &Cow<'_, str>,
    Box<str>,
    #[cfg(feature = "uuid")]
    uuid::Uuid,
    #[cfg(feature = "uuid")]
    &uuid::Uuid,
    #[cfg(feature = "rust_decimal")]
    rust_decimal::Decimal,
    #[cfg(feature = "rust_decimal")]
    &rust_decimal::Decimal,
);

impl sealed::Sealed for String {}

impl IntoText for String {
    fn into_text(self) -> String {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::IntoText;

    fn sent(value: impl IntoText) -> String {
        value.into_text()
    }

    #[test]
    fn strings_are_sent_as_they_are() {
        assert_eq!(sent("a"), "a");
        assert_eq!(sent(String::from("a")), "a");
        let text = String::from("a");
        assert_eq!((sent(&text), sent(text)), ("a".to_owned(), "a".to_owned()));
    }

    #[cfg(feature = "uuid")]
    #[test]
    fn uuids_are_sent_with_hyphens() {
        let text = "67e55044-10b1-426f-9247-bb680e5fe0c8";
        let uuid: uuid::Uuid = text.parse().unwrap();
        assert_eq!(sent(uuid), text);
    }

    #[cfg(feature = "rust_decimal")]
    #[test]
    fn decimals_are_not_rounded() {
        let decimal: rust_decimal::Decimal = "1234567890.12345678901234567".parse().unwrap();
        assert_eq!(sent(decimal), "1234567890.12345678901234567");
    }
}
