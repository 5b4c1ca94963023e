//! A response that cannot be read, and where.

use super::decode;
use super::response::RawResponse;
use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::Error as _;
use std::borrow::Cow;
use std::fmt;

/// A response of success whose body does not fit the type it is declared to have.
#[derive(Debug)]
pub struct DecodeError {
    // A box keeps `Error`, which every call carries in its result, small.
    inner: Box<Inner>,
}

struct Inner {
    path: String,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    source: serde_json::Error,
}

impl DecodeError {
    pub(super) fn new(response: &RawResponse, path: String, source: serde_json::Error) -> Self {
        Self {
            inner: Box::new(Inner {
                path,
                status: response.status,
                headers: response.headers.clone(),
                body: decode::truncated(&response.body),
                source: truncated_message(source),
            }),
        }
    }

    /// The place in the body that does not fit, such as `[3].name`; empty for the body as a whole.
    pub fn path(&self) -> &str {
        &self.inner.path
    }

    /// The response's status.
    pub fn status(&self) -> StatusCode {
        self.inner.status
    }

    /// The response's headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.inner.headers
    }

    /// The response's body as it came, up to 64 KiB of it.
    pub fn body(&self) -> &[u8] {
        &self.inner.body
    }

    /// The response's body as text; what is not UTF-8 becomes U+FFFD.
    pub fn body_text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.inner.body)
    }
}

/// An error's message quotes the value that does not fit, however long it is.
fn truncated_message(error: serde_json::Error) -> serde_json::Error {
    const MAX_CHARS: usize = 300;
    let text = error.to_string();
    let Some((end, _)) = text.char_indices().nth(MAX_CHARS) else {
        return error;
    };
    let beginning = text.get(..end).unwrap_or_default();
    // In this form serde_json knows the place again.
    let (line, column) = (error.line(), error.column());
    serde_json::Error::custom(format_args!("{beginning}… at line {line} column {column}"))
}

impl fmt::Debug for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The body is left to those who ask for it: it can be long, and it is about persons.
        f.debug_struct("Inner")
            .field("path", &self.path)
            .field("status", &self.status)
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            path,
            status,
            source,
            ..
        } = &*self.inner;
        if path.is_empty() {
            write!(f, "the response ({status}) does not fit its type: {source}")
        } else {
            write!(
                f,
                "the response ({status}) does not fit its type at `{path}`: {source}"
            )
        }
    }
}

impl std::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.inner.source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn truncates_long_messages_and_keeps_position() {
        let text = format!("[\n  {:?}]", "ü".repeat(100_000));
        let error = serde_json::from_str::<Vec<i64>>(&text).unwrap_err();
        let place = (error.line(), error.column());
        let short = truncated_message(error);
        assert_eq!((short.line(), short.column()), place);
        assert!(short.to_string().len() < 700, "{short}");
        let short = truncated_message(serde_json::from_str::<i64>("\"x\"").unwrap_err());
        assert_eq!(
            short.to_string(),
            "invalid type: string \"x\", expected i64 at line 1 column 3"
        );
    }
}
