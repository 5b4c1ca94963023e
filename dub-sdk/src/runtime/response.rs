//! Success responses, as they are returned to the caller.

use super::retry_after;
use super::secrets::Secrets;
use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use std::fmt;
use std::time::SystemTime;

/// A success response: its status, its headers and its decoded body.
///
/// The body and the headers are exactly as received. `Debug` replaces credentials of the request
/// with `[hidden]`.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Response<T> {
    /// The status, which is always 2XX.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The decoded body.
    pub body: T,
    /// The body as it was received.
    pub(super) raw: Bytes,
    /// The secrets of the call, which `Debug` masks. Any two are equal.
    pub(super) secrets: Secrets,
}

impl<T> Response<T> {
    /// Returns the id that the service assigned to this request; `None` if the response contains
    /// none. Include the id in questions to the service's support.
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// Returns the body exactly as received, after decompression. Read a field from it that the type
    /// of the body does not have.
    pub fn raw_body(&self) -> &[u8] {
        &self.raw
    }

    /// Returns the rate limit that the response reports; `None` if it reports none.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::read(&self.headers)
    }
}

/// The rate limit that a response reports in the headers `X-RateLimit-*`.
///
/// A field is `None` if its header is absent or invalid.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// The number of requests that the service allows in a time window (`X-RateLimit-Limit`).
    pub limit: Option<u64>,
    /// The number of requests left in the current window (`X-RateLimit-Remaining`).
    pub remaining: Option<u64>,
    /// The end of the current window, when the count starts again (`X-RateLimit-Reset`).
    pub reset: Option<SystemTime>,
}

impl RateLimit {
    /// Reads the headers; returns `None` if none of them is present and valid.
    pub(super) fn read(headers: &HeaderMap) -> Option<Self> {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let number = |name| text(name).and_then(|text| text.trim().parse().ok());
        let read = Self {
            limit: number("x-ratelimit-limit"),
            remaining: number("x-ratelimit-remaining"),
            reset: text("x-ratelimit-reset")
                .and_then(|text| retry_after::parse(text, SystemTime::now())),
        };
        (read.limit.is_some() || read.remaining.is_some() || read.reset.is_some()).then_some(read)
    }
}

/// Returns the id that the service assigned to a request, from the headers of the response.
pub(super) fn request_id(headers: &HeaderMap) -> Option<&str> {
    headers.get(crate::SERVICE.request_id_header)?.to_str().ok()
}

impl<T> Response<T> {
    /// Converts the body with `change`. The status and the headers stay the same.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            status: self.status,
            headers: self.headers,
            body: change(self.body),
            raw: self.raw,
            secrets: self.secrets,
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            status,
            headers,
            body,
            raw: _,
            secrets,
        } = self;
        let mut headers = headers.clone();
        secrets.mask_headers(&mut headers);
        f.debug_struct("Response")
            .field("status", status)
            .field("headers", &headers)
            .field("body", &secrets.masked_debug(body))
            .finish()
    }
}
