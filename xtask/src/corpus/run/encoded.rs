//! Percent-encoded text in URLs, forms and cookies.

/// Decodes percent-encoded characters.
pub fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        let code = code.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        rest = match (byte, code) {
            (b'%', Some(code)) => {
                bytes.push(code);
                after.get(2..).unwrap_or_default()
            }
            _ => {
                bytes.push(*byte);
                after
            }
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Decodes percent-encoded characters, and `+` as a space.
pub fn form_decoded(text: &str) -> String {
    decoded(&text.replace('+', " "))
}

/// Returns the pairs of a query or a form: the decoded name, and the value as it is encoded.
pub fn pairs(text: &str) -> Vec<(String, String)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (form_decoded(name), value.to_owned())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_decoded() {
        assert_eq!(decoded("a%2Fb%C3%BC%"), "a/bü%");
        assert_eq!(form_decoded("a+b%2B"), "a b+");
        let expected = [("a[b]", "1%2C2"), ("c", "")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(pairs("a%5Bb%5D=1%2C2&c"), expected);
    }
}
