//! Masks the secrets of a call in everything that an error shows.

mod escape;
mod headers;
mod list;
mod names;
mod walk;

use bytes::Bytes;
use escape::Reader;
use list::{List, Secret, TextEnd};
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue, PROXY_AUTHORIZATION};
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
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
/// They are found in any form in which a server may repeat them, for example percent-encoded or
/// escaped. Any two values are equal, and `Debug` shows none.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Option<Arc<List>>);

impl Secrets {
    /// Creates the secrets of a client. Blanks and tabs at their ends are not part of them, because
    /// HTTP removes them from the value of a header.
    pub(super) fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let secrets = secrets
            .into_iter()
            .map(|secret| secret.trim_matches([' ', '\t']))
            .filter(|secret| secret.len() >= MIN_LENGTH);
        Self::from_list(
            secrets
                .map(|secret| Secret::new(secret.as_bytes()))
                .collect(),
        )
    }

    fn from_list(secrets: Vec<Secret>) -> Self {
        if secrets.is_empty() {
            return Self(None);
        }
        Self(Some(Arc::new(List::new(secrets))))
    }

    /// Returns these secrets together with those in the headers of a request. `is_credential`
    /// selects further headers that contain a credential.
    pub(super) fn with_headers(
        &self,
        headers: &[(HeaderName, HeaderValue)],
        is_credential: impl Fn(&HeaderName) -> bool,
    ) -> Self {
        let is_secret = |name: &HeaderName| {
            matches!(*name, AUTHORIZATION | PROXY_AUTHORIZATION) || is_credential(name)
        };
        let headers = headers.iter().filter(|(name, _)| is_secret(name));
        let own: Vec<Secret> = headers
            .filter_map(|(_, value)| secret_part(value.as_bytes()))
            .collect();
        if own.is_empty() {
            return self.clone();
        }
        let client = self.0.iter().flat_map(|list| list.secrets.clone());
        Self::from_list(client.chain(own).collect())
    }

    /// Returns these secrets together with others.
    pub(super) fn with(&self, other: &Self) -> Self {
        match (&self.0, &other.0) {
            (None, _) => other.clone(),
            (_, None) => self.clone(),
            (Some(own), Some(other)) => {
                let secrets = own.secrets.iter().chain(&other.secrets);
                Self::from_list(secrets.cloned().collect())
            }
        }
    }

    /// Replaces all secrets in the text. If `is_cut`, the text may end within a secret.
    pub(super) fn mask(&self, text: Bytes, is_cut: bool) -> Bytes {
        let spans = self.spans(&text, is_cut);
        match spans.is_empty() {
            true => text,
            false => replaced(&text, &spans).into(),
        }
    }

    /// Replaces all secrets in a string.
    pub(super) fn mask_str<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let spans = self.spans(text.as_bytes(), false);
        replaced_str(text, &spans)
    }

    /// Replaces all secrets in the beginning of a string, which is all of a short one.
    pub(super) fn mask_beginning<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let beginning = beginning(text);
        let spans = self.spans(beginning.as_bytes(), beginning.len() < text.len());
        replaced_str(beginning, &spans)
    }

    /// Replaces the parts of secrets that quotation marks in the secrets have separated. Keeps only
    /// the beginning of a long string.
    pub(super) fn mask_parts<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let text = beginning(text);
        let find = |list: &List, reader: &mut Reader<'_>, at, _| list.part(reader, at);
        replaced_str(text, &self.find_spans(text.as_bytes(), Reader::new, find))
    }

    /// Returns a value whose `Debug` output is that of `value`, with all secrets replaced.
    pub(super) fn masked_debug<'a>(&'a self, value: &'a dyn fmt::Debug) -> impl fmt::Debug + 'a {
        MaskedDebug(self, value)
    }

    /// Returns true if a secret contains a character that ends or changes a JSON string.
    pub(super) fn have_json_syntax(&self) -> bool {
        let mut secrets = self.0.iter().flat_map(|list| &list.secrets);
        secrets.any(|secret| secret.bytes.iter().any(|byte| matches!(byte, b'"' | b'\\')))
    }

    fn spans(&self, text: &[u8], is_cut: bool) -> Vec<Range<usize>> {
        self.find_spans(text, Reader::new, |list, reader, at, is_last| {
            let end = match (is_last, is_cut) {
                (false, _) => TextEnd::Further,
                (true, false) => TextEnd::Complete,
                (true, true) => TextEnd::Cut,
            };
            list.whole(reader, at, end)
        })
    }

    /// Returns the ranges of the text that `find` finds. `find` returns the end of the range that
    /// begins at an offset. Its last argument is true if the reader reads the end of the text.
    fn find_spans<'a>(
        &self,
        text: &'a [u8],
        read: fn(&'a [u8], usize) -> Reader<'a>,
        find: impl Fn(&List, &mut Reader<'a>, usize, bool) -> Option<usize>,
    ) -> Vec<Range<usize>> {
        let mut spans: Vec<Range<usize>> = Vec::new();
        let Some(list) = &self.0 else {
            return spans;
        };
        // The windows overlap, so that a secret at the end of one is complete.
        let overlap = list.overlap();
        for start in (0..text.len()).step_by(WINDOW) {
            let rest = text.get(start..).unwrap_or_default();
            let window = rest.get(..WINDOW.saturating_add(overlap)).unwrap_or(rest);
            let mut reader = read(window, list.steps());
            let is_last = window.len() == rest.len();
            for at in 0..window.len().min(WINDOW) {
                let Some(end) = find(list, &mut reader, at, is_last) else {
                    continue;
                };
                let (at, end) = (start.saturating_add(at), start.saturating_add(end));
                match spans.last_mut() {
                    // An overlapping match would otherwise leave a part of the secret.
                    Some(last) if at < last.end => last.end = last.end.max(end),
                    _ => spans.push(at..end),
                }
            }
        }
        spans
    }
}

/// Returns the secret in the value of a header: the part after the authentication scheme, or the
/// whole value if the part is short.
fn secret_part(value: &[u8]) -> Option<Secret> {
    let value = value.trim_ascii();
    let space = value.iter().position(|byte| *byte == b' ');
    let part = space.and_then(|space| value.get(space..));
    let part = part.unwrap_or(value).trim_ascii();
    if part.len() >= MIN_LENGTH {
        return Some(Secret::new(part));
    }
    let scheme_length = value.len().saturating_sub(part.len());
    (value.len() >= MIN_WHOLE_LENGTH).then(|| Secret::with_scheme(value, scheme_length))
}

/// Returns the beginning of a string, of which even less is shown.
fn beginning(text: &str) -> &str {
    const MAX_CHARS: usize = 2_000;
    let cut = text.char_indices().nth(MAX_CHARS);
    cut.and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

fn replaced(text: &[u8], spans: &[Range<usize>]) -> Vec<u8> {
    let mut masked = Vec::with_capacity(text.len());
    let mut end = 0;
    for span in spans {
        masked.extend_from_slice(text.get(end..span.start).unwrap_or_default());
        masked.extend_from_slice(HIDDEN.as_bytes());
        end = span.end;
    }
    masked.extend_from_slice(text.get(end..).unwrap_or_default());
    masked
}

fn replaced_str<'a>(text: &'a str, spans: &[Range<usize>]) -> Cow<'a, str> {
    match spans.is_empty() {
        true => Cow::Borrowed(text),
        false => {
            let masked = replaced(text.as_bytes(), spans);
            Cow::Owned(String::from_utf8_lossy(&masked).into_owned())
        }
    }
}

struct MaskedDebug<'a>(&'a Secrets, &'a dyn fmt::Debug);

impl fmt::Debug for MaskedDebug<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(secrets, value) = self;
        if secrets.0.is_none() {
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
