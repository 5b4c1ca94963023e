//! Binary data in JSON: base64, kept as the API sent it.

use crate::runtime::encoding;
use crate::runtime::text::text;
use bytes::Bytes;
use std::fmt;

/// Binary data as base64, kept as the string that the API sent.
///
/// Bytes convert to it, for example `vec![1, 2, 3].into()`. [`decode`](Self::decode) returns the
/// bytes. The string is not checked before, so invalid base64 never prevents the decoding of a
/// response.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Base64(String);

impl Base64 {
    /// Creates a value from a string that is base64 already.
    pub fn from_encoded(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the base64 as the API sent it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the bytes.
    ///
    /// Accepts the alphabets of RFC 4648, sections 4 and 5, with and without padding, and ignores
    /// line breaks and other white space.
    ///
    /// # Errors
    ///
    /// Returns an error if the string is not base64.
    pub fn decode(&self) -> Result<Vec<u8>, InvalidBase64> {
        decode(self.0.as_bytes()).ok_or(InvalidBase64 {})
    }
}

text!(Base64);

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self(encoding::base64(bytes))
    }
}

impl<const N: usize> From<&[u8; N]> for Base64 {
    fn from(bytes: &[u8; N]) -> Self {
        Self::from(bytes.as_slice())
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(bytes.as_slice())
    }
}

impl From<Bytes> for Base64 {
    fn from(bytes: Bytes) -> Self {
        Self::from(bytes.as_ref())
    }
}

/// An error returned if a [`Base64`] is not valid base64.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidBase64 {}

impl fmt::Display for InvalidBase64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the string is not base64")
    }
}

impl std::error::Error for InvalidBase64 {}

fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    // The bits that are not yet written, and the number of characters in the current group of four.
    let (mut bits, mut characters, mut padding) = (0_u32, 0, 0);
    for byte in text.iter().copied() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => {
                padding += 1;
                continue;
            }
            _ if byte.is_ascii_whitespace() => continue,
            _ => return None,
        };
        if padding > 0 {
            return None;
        }
        bits = bits << 6 | u32::from(value);
        characters += 1;
        if characters == 4 {
            let [_, first, second, third] = bits.to_be_bytes();
            bytes.extend([first, second, third]);
            (bits, characters) = (0, 0);
        }
    }
    let is_padded = padding == 0 || characters + padding == 4;
    let [_, first, second, _] = (bits << (6 * (4 - characters))).to_be_bytes();
    match characters {
        0 if padding == 0 => {}
        2 if is_padded => bytes.push(first),
        3 if is_padded => bytes.extend([first, second]),
        _ => return None,
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_what_it_encodes() {
        let bytes: Vec<u8> = (0..=255).collect();
        for end in 0..bytes.len() {
            let coded = Base64::from(&bytes[..end]);
            assert_eq!(coded.decode().unwrap(), &bytes[..end]);
            let unpadded = Base64::from_encoded(coded.as_str().trim_end_matches('='));
            assert_eq!(unpadded.decode().unwrap(), &bytes[..end]);
        }
        assert_eq!(Base64::from(b"\xfb\xff").as_str(), "+/8=");
        assert_eq!(Base64::from_encoded("-_8").decode().unwrap(), b"\xfb\xff");
        assert_eq!(
            Base64::from_encoded("SGVs\r\nbG8=\n").decode().unwrap(),
            b"Hello"
        );
    }

    #[test]
    fn invalid_base64_is_kept_and_does_not_decode() {
        for text in [
            "A", "AAAAA", "A===", "AA=", "AA==AA==", "====", "a b!", "\u{e9}",
        ] {
            let json = serde_json::to_string(text).unwrap();
            let read: Base64 = serde_json::from_str(&json).unwrap();
            assert_eq!(read.as_str(), text);
            assert_eq!(read.decode(), Err(InvalidBase64 {}), "{text}");
        }
        let number: Base64 = serde_json::from_str("12").unwrap();
        assert_eq!(number.as_str(), "12");
    }
}
