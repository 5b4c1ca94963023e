//! Encodes values as strings for the parts of a request.

use super::javascript;
use std::borrow::Cow;

/// Appends `text`, percent-encoding all characters except the unreserved ones of RFC 3986
/// (section 2.3). A space becomes `%20`.
///
/// Reserved characters are encoded too, because servers interpret them differently, while every
/// server decodes percent-encoded characters.
pub(crate) fn encode(text: &str, out: &mut Vec<u8>) {
    encode_except(text, b"", out);
}

/// Like [`encode`], but leaves reserved characters alone, as `allowReserved` requires. The exceptions
/// are those that would end the value or change it: `#`, `&`, and `+`, which servers decode as a
/// space.
pub(crate) fn encode_reserved(text: &str, out: &mut Vec<u8>) {
    encode_except(text, b":/?[]@!$'()*,;=", out);
}

fn encode_except(text: &str, kept: &[u8], out: &mut Vec<u8>) {
    const HEX: [u8; 16] = *b"0123456789ABCDEF";
    let is_encoded = |byte: &u8| {
        !byte.is_ascii_alphanumeric()
            && !matches!(byte, b'-' | b'.' | b'_' | b'~')
            && !kept.contains(byte)
    };
    let mut rest = text.as_bytes();
    // Most strings have long runs of characters that are not encoded.
    while let Some(run) = rest.iter().position(is_encoded) {
        let (plain, after) = rest.split_at(run);
        out.extend_from_slice(plain);
        let Some((byte, after)) = after.split_first() else {
            break;
        };
        let digit = |half: u8| HEX.get(usize::from(half)).copied().unwrap_or(b'0');
        out.extend_from_slice(&[b'%', digit(byte / 16), digit(byte % 16)]);
        rest = after;
    }
    out.extend_from_slice(rest);
}

/// Returns `text` encoded as by [`encode`].
pub(crate) fn percent_encoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    encode(text, &mut out);
    // `encode` writes only ASCII, so the conversion does not fail.
    String::from_utf8(out).unwrap_or_default()
}

/// Returns padded base64 (RFC 4648, section 4), as HTTP Basic authentication requires.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| chunk.get(index).copied().unwrap_or(0);
        let group = u32::from_be_bytes([0, byte(0), byte(1), byte(2)]);
        for (position, unit) in [262_144, 4_096, 64, 1].into_iter().enumerate() {
            let letter = ALPHABET.get((group / unit % 64) as usize);
            // A chunk of one byte has two characters, a chunk of two bytes has three.
            let letter = letter.filter(|_| position <= chunk.len());
            out.push(char::from(letter.copied().unwrap_or(b'=')));
        }
    }
    out
}

/// A value that a parameter contains as a single string.
pub(crate) trait Scalar {
    /// Returns the value before percent-encoding. The error message continues a sentence that
    /// begins with the name of the parameter.
    fn text(&self) -> Result<Cow<'_, str>, &'static str>;
}

impl Scalar for &str {
    fn text(&self) -> Result<Cow<'_, str>, &'static str> {
        Ok(Cow::Borrowed(self))
    }
}

impl Scalar for bool {
    fn text(&self) -> Result<Cow<'_, str>, &'static str> {
        Ok(Cow::Borrowed(if *self { "true" } else { "false" }))
    }
}

impl Scalar for f64 {
    fn text(&self) -> Result<Cow<'_, str>, &'static str> {
        javascript::format_f64(*self)
            .map(Cow::Owned)
            .ok_or("must be a finite number")
    }
}

impl Scalar for f32 {
    fn text(&self) -> Result<Cow<'_, str>, &'static str> {
        javascript::format_f32(*self)
            .map(Cow::Owned)
            .ok_or("must be a finite number")
    }
}

macro_rules! impl_scalar_for_integers {
    ($($number:ty),*) => {$(
        impl Scalar for $number {
            fn text(&self) -> Result<Cow<'_, str>, &'static str> {
                Ok(Cow::Owned(self.to_string()))
            }
        }
    )*};
}

impl_scalar_for_integers!(i32, i64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_all_but_unreserved_characters() {
        assert_eq!(percent_encoded("AZaz09-._~"), "AZaz09-._~");
        assert_eq!(
            percent_encoded("ext_a/b?c#d e%ü'"),
            "ext_a%2Fb%3Fc%23d%20e%25%C3%BC%27"
        );
        assert_eq!(percent_encoded("a+b@c.d&e=f"), "a%2Bb%40c.d%26e%3Df");
    }

    #[test]
    fn base64_adds_padding() {
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("Aladdin:open sesame", "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
        ] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}
