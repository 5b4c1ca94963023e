//! JSON pointers (RFC 6901), plain or in the fragment of a reference.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Returns the unescaped tokens of a pointer.
pub fn tokens(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    pointer.split('/').skip(1).map(unescape)
}

/// Appends a key to a pointer.
pub fn push(pointer: &mut String, token: &str) {
    pointer.push('/');
    for char in token.chars() {
        match char {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

/// Appends an index to a pointer.
pub fn push_index(pointer: &mut String, index: usize) {
    // Writing to a string cannot fail.
    let _ = write!(pointer, "/{index}");
}

/// Parses a token as an array index: only digits, without leading zeros.
pub fn index(token: &str) -> Option<usize> {
    let canonical = token == "0" || !token.starts_with('0');
    (canonical && token.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| token.parse().ok())
        .flatten()
}

/// Returns the pointer in a percent-encoded fragment, such as `/a/b%20c` from `#/a/b%20c`. Returns
/// `None` if the fragment is not a JSON pointer or is malformed.
pub fn from_fragment(fragment: &str) -> Option<Cow<'_, str>> {
    if !fragment.is_empty() && !fragment.starts_with('/') {
        return None;
    }
    if !fragment.contains('%') {
        return Some(Cow::Borrowed(fragment));
    }
    percent_decode(fragment).map(Cow::Owned)
}

fn unescape(token: &str) -> Cow<'_, str> {
    if token.contains('~') {
        Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(token)
    }
}

/// Decodes percent-encoding. Returns `None` if it is malformed, or if the result is not UTF-8.
pub(super) fn percent_decode(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        // `from_str_radix` would also accept `+1`.
        let hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        bytes.push(
            hexadecimal
                .then(|| u8::from_str_radix(digits, 16).ok())
                .flatten()?,
        );
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unescapes_tokens() {
        assert_eq!(
            tokens("/a~1b/c~01/").collect::<Vec<_>>(),
            ["a/b", "c~1", ""]
        );
        assert_eq!(tokens("").count(), 0);
    }

    #[test]
    fn push_escapes_tokens() {
        let mut pointer = String::new();
        push(&mut pointer, "/a~b");
        push_index(&mut pointer, 3);
        assert_eq!(pointer, "/~1a~0b/3");
    }

    #[test]
    fn parses_array_indices_strictly() {
        assert_eq!(index("0"), Some(0));
        assert_eq!(index("12"), Some(12));
        for wrong in ["", "01", "-1", "+1", "1x", "99999999999999999999999"] {
            assert_eq!(index(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn percent_decodes_fragment() {
        assert_eq!(
            from_fragment("/a%20b/%7Bid%7D").as_deref(),
            Some("/a b/{id}")
        );
        assert_eq!(from_fragment("").as_deref(), Some(""));
        for wrong in ["anchor", "/a%2", "/a%zz", "/a%+1", "/%ff", "/%é"] {
            assert_eq!(from_fragment(wrong), None, "{wrong}");
        }
    }
}
