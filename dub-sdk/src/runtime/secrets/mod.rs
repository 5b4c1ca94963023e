//! Masks the secrets of a call in everything that an error shows.

mod escape;
mod headers;
mod names;
mod search;

use bytes::Bytes;
use escape::Reader;
use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue, PROXY_AUTHORIZATION};
use search::{Kind, MIN_PART, Secret};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// The text that replaces a secret.
pub(super) const HIDDEN: &str = "[hidden]";

/// The minimum length of a secret that is masked. A shorter one, as in the tests of an app, may
/// occur in a response by chance.
const MIN_LENGTH: usize = 12;

/// The minimum length of the whole value of a header that is masked. It begins with a word such as
/// `Bearer`, which may be followed by any word in a sentence.
const MIN_WHOLE_LENGTH: usize = 16;

/// The number of bytes that are searched at a time, which limits the memory that a search takes.
const WINDOW: usize = 65_536;

/// The secrets of a call: the credentials of the client, and the credentials that the request has
/// in its own headers. Cheap to clone.
///
/// They are found in any form in which a server may repeat them, for example percent-encoded,
/// escaped or in lower case. Any two values are equal, and `Debug` shows none.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Arc<Vec<Secret>>);

impl Secrets {
    /// Creates the secrets of a client. Blanks and tabs at their ends are not part of them, because
    /// HTTP removes them from the value of a header.
    pub(super) fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let mut all = Vec::new();
        for secret in secrets {
            let secret = secret.trim_matches([' ', '\t']);
            if secret.len() >= MIN_LENGTH {
                all.push(Secret::new(secret.as_bytes(), 0));
            }
        }
        Self(all.into())
    }

    /// Returns these secrets together with those in the headers of a request. `is_credential`
    /// selects further headers that contain a credential.
    pub(super) fn with_headers(
        &self,
        headers: &[(HeaderName, HeaderValue)],
        is_credential: impl Fn(&HeaderName) -> bool,
    ) -> Self {
        let mut all = self.clone();
        for (name, value) in headers {
            if matches!(*name, AUTHORIZATION | PROXY_AUTHORIZATION) || is_credential(name) {
                if let Some(secret) = secret_part(value.as_bytes()) {
                    Arc::make_mut(&mut all.0).push(secret);
                }
            }
        }
        all
    }

    /// Returns these secrets together with others.
    pub(super) fn with(&self, other: &Self) -> Self {
        if self.0.is_empty() {
            return other.clone();
        }
        let mut all = self.clone();
        if !other.0.is_empty() {
            Arc::make_mut(&mut all.0).extend_from_slice(&other.0);
        }
        all
    }

    /// Replaces all secrets in the text. If `is_cut`, the text may end within a secret.
    pub(super) fn mask(&self, text: Bytes, is_cut: bool) -> Bytes {
        let masked = self.replaced(&text, if is_cut { Kind::Cut } else { Kind::Complete });
        masked.map_or(text, Bytes::from)
    }

    /// Replaces all secrets in a string.
    pub(super) fn mask_str<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.replaced_str(text, Kind::Complete)
    }

    /// Replaces all secrets in the beginning of a string, which is all of a short one.
    pub(super) fn mask_beginning<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let beginning = beginning(text);
        match beginning.len() < text.len() {
            true => self.replaced_str(beginning, Kind::Cut),
            false => self.replaced_str(text, Kind::Complete),
        }
    }

    /// Replaces the parts of secrets that quotation marks in the secrets have separated. Keeps only
    /// the beginning of a long string.
    pub(super) fn mask_parts<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let mut parts = Vec::new();
        for secret in self.0.iter() {
            let mut rest = secret.bytes.as_slice();
            loop {
                parts.push(Secret {
                    bytes: rest.to_vec(),
                    min_part: MIN_PART,
                });
                let mut after = rest.splitn(2, |byte| *byte == b'"').skip(1);
                let Some(after) = after.next() else { break };
                rest = after;
            }
        }
        Self(parts.into()).replaced_str(beginning(text), Kind::Message)
    }

    /// Returns a value whose `Debug` output is that of `value`, with all secrets replaced.
    pub(super) fn masked_debug<'a>(&'a self, value: &'a dyn fmt::Debug) -> impl fmt::Debug + 'a {
        MaskedDebug(self, value)
    }

    /// Returns true if a secret contains a character that ends or changes a JSON string.
    pub(super) fn have_json_syntax(&self) -> bool {
        for secret in self.0.iter() {
            if secret.bytes.contains(&b'"') || secret.bytes.contains(&b'\\') {
                return true;
            }
        }
        false
    }

    fn replaced_str<'a>(&self, text: &'a str, kind: Kind) -> Cow<'a, str> {
        match self.replaced(text.as_bytes(), kind) {
            None => Cow::Borrowed(text),
            Some(masked) => Cow::Owned(String::from_utf8_lossy(&masked).into_owned()),
        }
    }

    /// Replaces all secrets in a text. Returns `None` if it contains none.
    fn replaced(&self, text: &[u8], kind: Kind) -> Option<Vec<u8>> {
        // The windows overlap, so that a secret at the end of one is complete.
        let mut window_length = WINDOW;
        for secret in self.0.iter() {
            window_length = window_length.max(WINDOW + 20 * secret.bytes.len());
        }
        let mut masked = Vec::new();
        let mut hidden_end = 0;
        let mut start = 0;
        while start < text.len() && !self.0.is_empty() {
            let window = text.get(start..).unwrap_or_default();
            let window = window.get(..window_length).unwrap_or(window);
            let reader = Reader::new(window);
            // Far more than usual.
            let mut steps = 2 * WINDOW * self.0.len();
            for at in 0..window.len().min(WINDOW) {
                for secret in self.0.iter() {
                    let Some(end) = secret.end(&reader, at, kind, &mut steps) else {
                        continue;
                    };
                    let at = start + at;
                    // An overlapping match would otherwise leave a part of the secret.
                    if at >= hidden_end {
                        masked.extend_from_slice(text.get(hidden_end..at).unwrap_or_default());
                        masked.extend_from_slice(HIDDEN.as_bytes());
                    }
                    hidden_end = hidden_end.max(start + end);
                }
            }
            start += WINDOW;
        }
        if hidden_end == 0 {
            return None;
        }
        masked.extend_from_slice(text.get(hidden_end..).unwrap_or_default());
        Some(masked)
    }
}

/// Returns the secret in the value of a header: the part after the authentication scheme, or the
/// whole value if the part is short.
fn secret_part(value: &[u8]) -> Option<Secret> {
    let value = value.trim_ascii();
    let mut parts = value.splitn(2, |byte| *byte == b' ');
    let part = parts.nth(1).unwrap_or(value).trim_ascii();
    if part.len() >= MIN_LENGTH {
        return Some(Secret::new(part, 0));
    }
    let scheme_length = value.len() - part.len();
    (value.len() >= MIN_WHOLE_LENGTH).then(|| Secret::new(value, scheme_length))
}

/// Returns the beginning of a string, of which even less is shown.
fn beginning(text: &str) -> &str {
    const MAX_CHARS: usize = 2_000;
    let cut = text.char_indices().nth(MAX_CHARS);
    cut.and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

struct MaskedDebug<'a>(&'a Secrets, &'a dyn fmt::Debug);

impl fmt::Debug for MaskedDebug<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(secrets, value) = self;
        if secrets.0.is_empty() {
            return value.fmt(f);
        }
        let text = match f.alternate() {
            true => format!("{value:#?}"),
            false => format!("{value:?}"),
        };
        f.write_str(&secrets.mask_str(&text))
    }
}

impl PartialEq for Secrets {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HIDDEN)
    }
}

#[cfg(test)]
mod tests;
