//! A response as its caller gets it.

use super::error::Error;
use super::retry_after;
use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use std::time::SystemTime;

/// A successful response, whole.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Response<T> {
    /// The status, always 2XX.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, read.
    pub body: T,
}

impl<T> Response<T> {
    /// The id under which the service knows this request, for questions to its support; `None` when it gave none.
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// How much the service still allows; `None` when the response does not say.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::read(&self.headers)
    }
}

/// How many requests a service allows, as its response says in the headers `X-RateLimit-*`.
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
                .and_then(|text| retry_after::parse(text, SystemTime::now())),
        };
        (read.limit.is_some() || read.remaining.is_some() || read.reset.is_some()).then_some(read)
    }
}

/// The service's own id of a request, from the headers of its response.
pub(super) fn request_id(headers: &HeaderMap) -> Option<&str> {
    headers.get(crate::SERVICE.request_id_header)?.to_str().ok()
}

/// A successful response before its body is read.
#[cfg_attr(test, derive(Debug))]
pub(crate) struct RawResponse {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl RawResponse {
    /// The status, by which an operation with several responses tells one from another.
    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    /// The response of an operation that answers nothing, under this status at least.
    pub(crate) fn empty_as<T>(self, value: T) -> Result<Response<T>, Error> {
        Ok(self.with(value))
    }

    /// Reads the body as JSON and makes it one of several responses.
    pub(crate) fn json_as<B: DeserializeOwned, T>(
        self,
        variant: fn(B) -> T,
    ) -> Result<Response<T>, Error> {
        Ok(self.decode()?.map(variant))
    }

    /// The body as text, what is not UTF-8 replaced by U+FFFD.
    pub(crate) fn text(self) -> Result<Response<String>, Error> {
        let text = String::from_utf8_lossy(&self.body).into_owned();
        Ok(self.with(text))
    }

    /// The body as it came.
    pub(crate) fn bytes(self) -> Result<Response<Bytes>, Error> {
        let bytes = self.body.clone();
        Ok(self.with(bytes))
    }

    pub(super) fn with<T>(self, body: T) -> Response<T> {
        Response {
            status: self.status,
            headers: self.headers,
            body,
        }
    }
}

impl<T> Response<T> {
    /// Changes the body and keeps the rest.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            status: self.status,
            headers: self.headers,
            body: change(self.body),
        }
    }
}
