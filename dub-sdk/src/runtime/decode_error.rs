//! A reply that cannot be read, and where.

use super::decode;
use super::reply::RawReply;
use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use std::borrow::Cow;
use std::fmt;

/// A reply of success whose body does not fit the type it is declared to have.
#[derive(Debug)]
pub struct DecodeError {
    // A box keeps `Error`, which every call carries in its result, small.
    inner: Box<Undecoded>,
}

struct Undecoded {
    path: String,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    source: serde_json::Error,
}

impl DecodeError {
    pub(super) fn new(reply: &RawReply, path: String, source: serde_json::Error) -> Self {
        Self {
            inner: Box::new(Undecoded {
                path,
                status: reply.status,
                headers: reply.headers.clone(),
                body: decode::bounded(&reply.body),
                source,
            }),
        }
    }

    /// The place in the body that does not fit, such as `[3].name`; empty for the body as a whole.
    pub fn path(&self) -> &str {
        &self.inner.path
    }

    /// The reply's status.
    pub fn status(&self) -> StatusCode {
        self.inner.status
    }

    /// The reply's headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.inner.headers
    }

    /// The reply's body as it came, up to 64 KiB of it.
    pub fn body(&self) -> &[u8] {
        &self.inner.body
    }

    /// The reply's body as text; what is not UTF-8 becomes U+FFFD.
    pub fn body_text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.inner.body)
    }
}

impl fmt::Debug for Undecoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The body is left to those who ask for it: it can be long, and it is about persons.
        f.debug_struct("Undecoded")
            .field("path", &self.path)
            .field("status", &self.status)
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Undecoded {
            path,
            status,
            source,
            ..
        } = &*self.inner;
        if path.is_empty() {
            write!(f, "the reply ({status}) does not fit its type: {source}")
        } else {
            write!(
                f,
                "the reply ({status}) does not fit its type at `{path}`: {source}"
            )
        }
    }
}

impl std::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.inner.source)
    }
}
