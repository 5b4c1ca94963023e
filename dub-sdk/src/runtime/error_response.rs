//! Raw error responses, from which generated errors are decoded and which they keep.

use super::decode_error;
use super::json;
use super::operation::Operation;
use crate::generated::errors::ApiError;
use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, LazyLock};

/// The maximum number of characters of a body that are shown.
const EXCERPT_LENGTH: usize = 200;

/// A raw error response: the status, the headers and up to 64 KiB of the body.
///
/// Cheap to clone. `Debug` shows no headers and only the beginning of the body. If the server
/// repeats a credential of the request in the headers or the body, `[hidden]` replaces it.
#[derive(Clone, Default, PartialEq)]
pub struct ErrorResponse {
    /// `None` if the error body was not decoded from a response, for example if a program creates
    /// one for its tests.
    inner: Option<Arc<Inner>>,
}

#[derive(PartialEq)]
struct Inner {
    operation: &'static str,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl ErrorResponse {
    /// Creates an error response as a server could send it, for tests of an app.
    /// `ApiError::from(response)` decodes it into the variant for its status, as in a call.
    pub fn new(status: StatusCode, headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        Self::received("", status, headers, body.into())
    }

    /// Creates the response to a call of an operation.
    pub(super) fn received(
        operation: &'static str,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
    ) -> Self {
        Self {
            inner: Some(Arc::new(Inner {
                operation,
                status,
                headers,
                body: decode_error::truncated(&body),
            })),
        }
    }

    /// Returns the `operationId` of the operation that the server responded to; empty if a program
    /// created the value for its tests.
    pub(super) fn operation(&self) -> &'static str {
        self.inner.as_ref().map_or("", |inner| inner.operation)
    }

    /// Returns the status; 500 if a program created the value without a response, for its tests.
    pub fn status(&self) -> StatusCode {
        self.status_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Returns the status of the response, or `declared` if there is no response.
    pub(crate) fn status_or(&self, declared: StatusCode) -> StatusCode {
        let inner = self.inner.as_ref();
        inner.map_or(declared, |inner| inner.status)
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        static EMPTY: LazyLock<HeaderMap> = LazyLock::new(HeaderMap::new);
        self.inner.as_ref().map_or(&EMPTY, |inner| &inner.headers)
    }

    /// Returns the body, up to its first 64 KiB.
    pub fn body(&self) -> &[u8] {
        self.inner
            .as_ref()
            .map(|inner| &*inner.body)
            .unwrap_or_default()
    }

    /// Returns the [`body`](Self::body) as a string. Invalid UTF-8 is replaced by U+FFFD.
    pub fn body_text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(self.body())
    }

    /// Decodes the value at `path`, a list of object keys, into the payload of a variant. If there
    /// is no matching value, returns the response as `Unexpected`, so that it is still reported as
    /// an error with its status.
    pub(crate) fn read<T: DeserializeOwned + ErrorBody>(
        self,
        path: &[&str],
        variant: fn(T) -> ApiError,
    ) -> ApiError {
        let Some(mut payload) = self
            .part(path)
            // serde also deserializes a struct from an array.
            .filter(|part| !T::is_object() || part.trim_ascii_start().starts_with(b"{"))
            .and_then(|part| serde_json::from_slice::<T>(part).ok())
        else {
            return ApiError::Unexpected(self);
        };
        payload.attach(self);
        variant(payload)
    }

    fn part(&self, path: &[&str]) -> Option<&[u8]> {
        let body = self.body();
        body.get(json::find(body, json::document(body), path)?)
    }

    /// Writes an error on one line: the status, then the code and the message. Without both, the
    /// beginning of the body follows the status.
    pub(crate) fn describe(
        &self,
        status: StatusCode,
        code: Option<&str>,
        message: Option<&str>,
        f: &mut fmt::Formatter<'_>,
    ) -> fmt::Result {
        write!(f, "{status}")?;
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

/// Writes up to `limit` characters of `text`. Escapes control characters, which could break the
/// line or change the state of the terminal.
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

impl From<ErrorResponse> for ApiError {
    /// Decodes an error response into the variant for its status. The result is `Unexpected` if
    /// there is no variant or the body does not match.
    fn from(response: ErrorResponse) -> Self {
        Self::from_response(&Operation::DEFAULT, response)
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

/// The payload of an error: the body of a response, which it keeps, or the response itself.
pub(crate) trait ErrorBody {
    /// Returns true if the body is an object with known fields.
    fn is_object() -> bool
    where
        Self: Sized,
    {
        true
    }

    /// Stores the response in the body.
    fn attach(&mut self, response: ErrorResponse);

    /// Returns the response.
    fn response(&self) -> &ErrorResponse;

    /// Returns the error code of the API, if the body has one.
    fn code(&self) -> Option<&str> {
        None
    }

    /// Returns the error message of the API, if the body has one.
    fn message(&self) -> Option<&str> {
        None
    }

    /// Returns the URL of the documentation for the error, if the body has one.
    fn doc_url(&self) -> Option<&str> {
        None
    }
}

impl ErrorBody for ErrorResponse {
    fn attach(&mut self, response: ErrorResponse) {
        *self = response;
    }

    fn response(&self) -> &ErrorResponse {
        self
    }
}

/// The response that an error body was decoded from. Any two are equal, so that error bodies
/// compare equal if their fields are equal.
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
        // The other fields of the error body already show the content of the body.
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
        let body = Bytes::copy_from_slice(body.as_bytes());
        ErrorResponse::received("getThing", status, headers, body)
    }

    fn described(response: &ErrorResponse, code: Option<&str>, message: Option<&str>) -> String {
        struct Described<'a>(&'a ErrorResponse, Option<&'a str>, Option<&'a str>);
        impl fmt::Display for Described<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.describe(self.0.status(), self.1, self.2, f)
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
        let kept = response(500, &"x".repeat(decode_error::MAX_ERROR_BODY + 1));
        assert_eq!(kept.body().len(), decode_error::MAX_ERROR_BODY);
        let none = ErrorResponse::default();
        assert!(none.body().is_empty() && none.headers().is_empty());
    }
}
