//! A reply as its caller gets it.

use super::retry_after;
use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use std::time::SystemTime;

/// A successful reply, whole.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Reply<T> {
    /// The status, always 2XX.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, read.
    pub body: T,
}

impl<T> Reply<T> {
    /// The id under which the service knows this request, for questions to its support; `None` when it gave none.
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// How much the service still allows; `None` when the reply does not say.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::read(&self.headers)
    }
}

/// How many requests a service allows, as its reply says in the headers `X-RateLimit-*`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// How many requests are allowed within the service's window of time.
    pub limit: Option<u64>,
    /// How many of them are left.
    pub remaining: Option<u64>,
    /// When the window ends and the count begins anew.
    pub reset: Option<SystemTime>,
}

impl RateLimit {
    /// Reads the headers; `None` when there is none of them.
    pub(super) fn read(headers: &HeaderMap) -> Option<Self> {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let number = |name| text(name).and_then(|text| text.trim().parse().ok());
        let read = Self {
            limit: number("x-ratelimit-limit"),
            remaining: number("x-ratelimit-remaining"),
            reset: text("x-ratelimit-reset")
                .and_then(|text| retry_after::moment(text, SystemTime::now())),
        };
        (read.limit.is_some() || read.remaining.is_some() || read.reset.is_some()).then_some(read)
    }
}

/// The service's own id of a request, from the headers of its reply.
pub(super) fn request_id(headers: &HeaderMap) -> Option<&str> {
    headers.get(crate::SERVICE.request_id_header)?.to_str().ok()
}

/// A successful reply before its body is read.
#[derive(Debug)]
pub(crate) struct RawReply {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl RawReply {
    /// The reply of an operation that answers nothing.
    pub(super) fn without_body(self) -> Reply<()> {
        Reply {
            status: self.status,
            headers: self.headers,
            body: (),
        }
    }
}
