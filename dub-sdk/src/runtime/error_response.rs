//! An error response as it came, which generated errors are read from and keep.

use super::decode;
use super::json;
use crate::generated::errors::ApiError;
use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, LazyLock};

/// How many characters of a body are shown.
const EXCERPT_LENGTH: usize = 200;

/// An error response as it came: status, headers and up to 64 KiB of the body.
///
/// Cheap to clone. `Debug` shows no headers and only the beginning of the body. Where the server repeats the client's
/// credential in the body, `[hidden]` stands in its place.
#[derive(Clone, Default, PartialEq)]
pub struct ErrorResponse {
    /// `None` in an error body that was not read from a response, as when a program makes one for its tests.
    inner: Option<Arc<Inner>>,
}

#[derive(PartialEq)]
struct Inner {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl ErrorResponse {
    pub(crate) fn new(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self {
            inner: Some(Arc::new(Inner {
                status,
                headers,
                body: decode::truncated(&body),
            })),
        }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.inner
            .as_ref()
            .map(|inner| inner.status)
            .unwrap_or_default()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        static EMPTY: LazyLock<HeaderMap> = LazyLock::new(HeaderMap::new);
        self.inner.as_ref().map_or(&EMPTY, |inner| &inner.headers)
    }

    /// The body as it came, up to 64 KiB of it.
    pub fn body(&self) -> &[u8] {
        self.inner
            .as_ref()
            .map(|inner| &*inner.body)
            .unwrap_or_default()
    }

    /// The body as text; what is not UTF-8 becomes U+FFFD.
    pub fn body_text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(self.body())
    }

    /// Reads the value that stands under the keys of `path` into a variant's payload, or gives the response back as
    /// `Unexpected` when there is no such value: an error that cannot be read is still the error it is.
    pub(crate) fn read<T: DeserializeOwned + ErrorBody>(
        self,
        path: &[&str],
        variant: fn(T) -> ApiError,
    ) -> ApiError {
        let Some(mut payload) = self
            .part(path)
            // serde would read a struct from a list, too.
            .filter(|part| !T::IS_OBJECT || part.trim_ascii_start().starts_with(b"{"))
            .and_then(|part| serde_json::from_slice::<T>(part).ok())
        else {
            return ApiError::Unexpected(self);
        };
        payload.attach(self);
        variant(payload)
    }

    fn part(&self, path: &[&str]) -> Option<&[u8]> {
        let body = self.body();
        body.get(json::find(body, 0..body.len(), path)?)
    }

    /// Writes an error on one line: the status, then the code and the message, or the body's beginning when the
    /// response gave neither.
    pub(crate) fn describe(
        &self,
        code: Option<&str>,
        message: Option<&str>,
        f: &mut fmt::Formatter<'_>,
    ) -> fmt::Result {
        write!(f, "{}", self.status())?;
        for part in [code, message].into_iter().flatten() {
            f.write_str(": ")?;
            write_line(part, usize::MAX, f)?;
        }
        if code.is_none() && message.is_none() && !self.body().is_empty() {
            f.write_str(": ")?;
            write_line(&self.body_text(), EXCERPT_LENGTH, f)?;
        }
        Ok(())
    }
}

/// Writes up to `limit` characters of `text`, escaping what would break the line or the terminal.
fn write_line(text: &str, limit: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    use fmt::Write as _;
    let mut characters = text.chars();
    for character in characters.by_ref().take(limit) {
        if character.is_control() {
            write!(f, "{}", character.escape_default())?;
        } else {
            f.write_char(character)?;
        }
    }
    if characters.next().is_some() {
        f.write_char('…')
    } else {
        Ok(())
    }
}

impl fmt::Debug for ErrorResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        struct Excerpt<'a>(&'a ErrorResponse);
        impl fmt::Debug for Excerpt<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let text = self.0.body_text();
                let end = text
                    .char_indices()
                    .nth(EXCERPT_LENGTH)
                    .map_or(text.len(), |(index, _)| index);
                write!(
                    f,
                    "{:?} ({} bytes)",
                    text.get(..end).unwrap_or_default(),
                    self.0.body().len()
                )
            }
        }
        f.debug_struct("ErrorResponse")
            .field("status", &self.status())
            .field("body", &Excerpt(self))
            .finish()
    }
}

/// The body of an error response, which keeps the response that it was read from.
pub(crate) trait ErrorBody {
    /// Whether the body is an object with known fields.
    const IS_OBJECT: bool = true;

    /// Keeps the response.
    fn attach(&mut self, response: ErrorResponse);
}

/// The response that an error body was read from. Any two are equal, so that error bodies are compared by what they say.
#[derive(Clone, Default)]
pub(crate) struct AttachedResponse(ErrorResponse);

impl PartialEq for AttachedResponse {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for AttachedResponse {}

impl fmt::Debug for AttachedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The body has been read into the fields beside this one.
        write!(f, "{}", self.0.status())
    }
}

impl From<ErrorResponse> for AttachedResponse {
    fn from(response: ErrorResponse) -> Self {
        Self(response)
    }
}

impl Deref for AttachedResponse {
    type Target = ErrorResponse;

    fn deref(&self) -> &ErrorResponse {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(status: u16, body: &str) -> ErrorResponse {
        let mut headers = HeaderMap::new();
        headers.insert("set-cookie", "hidden=1".parse().unwrap());
        let status = StatusCode::from_u16(status).unwrap();
        ErrorResponse::new(status, headers, Bytes::copy_from_slice(body.as_bytes()))
    }

    fn described(response: &ErrorResponse, code: Option<&str>, message: Option<&str>) -> String {
        struct Described<'a>(&'a ErrorResponse, Option<&'a str>, Option<&'a str>);
        impl fmt::Display for Described<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.describe(self.1, self.2, f)
            }
        }
        Described(response, code, message).to_string()
    }

    #[test]
    fn describe_writes_a_single_line() {
        let html = response(502, "<html>\n\u{1b}[31mBad gateway");
        assert_eq!(
            described(&html, None, None),
            "502 Bad Gateway: <html>\\n\\u{1b}[31mBad gateway"
        );
        assert_eq!(
            described(&html, Some("bad\ncode"), Some("told")),
            "502 Bad Gateway: bad\\ncode: told"
        );
        assert_eq!(described(&response(404, ""), None, None), "404 Not Found");
        let long = described(&response(500, &"ü".repeat(5_000)), None, None);
        assert_eq!(
            long.chars().filter(|letter| *letter == 'ü').count(),
            EXCERPT_LENGTH
        );
        assert!(long.ends_with('…'));
    }

    #[test]
    fn debug_omits_headers_and_truncates_body() {
        let shown = format!("{:?}", response(400, &"x".repeat(5_000)));
        assert!(!shown.contains("hidden"));
        assert!(shown.len() < 400 && shown.contains("5000 bytes"), "{shown}");
    }

    #[test]
    fn truncates_large_bodies() {
        let kept = response(500, &"x".repeat(decode::MAX_ERROR_BODY + 1));
        assert_eq!(kept.body().len(), decode::MAX_ERROR_BODY);
        let none = ErrorResponse::default();
        assert!(none.body().is_empty() && none.headers().is_empty());
    }
}
