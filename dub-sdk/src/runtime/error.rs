//! The error type of calls.

use super::decode_error::DecodeError;
use super::failure::Failure;
use super::response::{self, RateLimit};
use super::retry_after;
use crate::generated::errors::ApiError;
use reqwest::StatusCode;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};
use std::borrow::Cow;
use std::fmt;
use std::time::{Duration, SystemTime};

/// An error returned by a call.
///
/// `Display` writes one line: the [operation](Error::operation) and what went wrong. It does not
/// repeat the cause, which [`source`](std::error::Error::source) returns; print the whole chain to
/// see it, for example with `{:#}` of `anyhow`. Neither `Display` nor `Debug` shows a credential, a
/// header or a query.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The API returned an error response. The variants of [`ApiError`] distinguish the errors.
    Api(ApiError),
    /// The API returned a success response whose body does not match its declared type. The server
    /// may have performed the operation.
    Decode(DecodeError),
    /// An attempt or the whole call timed out. The server may have performed the operation.
    Timeout(Failure),
    /// The connection to the server could not be established. Nothing was sent.
    Connect(Failure),
    /// The connection was interrupted, or the response was not valid HTTP or was too large. The
    /// server may have performed the operation.
    Transport(Failure),
    /// The request is invalid, for example because an id is empty. Nothing was sent.
    InvalidRequest(Failure),
    /// The settings of the client are invalid, for example the server URL, or there is no runtime
    /// to make the call in. Nothing was sent.
    Config(Failure),
}

impl Error {
    /// Creates an [`Error::Timeout`] with a message, for tests of an app.
    pub fn timeout(message: impl Into<Cow<'static, str>>) -> Self {
        Self::Timeout(Failure::retryable(message))
    }

    /// Creates an [`Error::Connect`] with a message, for tests of an app.
    pub fn connect(message: impl Into<Cow<'static, str>>) -> Self {
        Self::Connect(Failure::retryable(message))
    }

    /// Creates an [`Error::Transport`] with a message, for tests of an app.
    pub fn transport(message: impl Into<Cow<'static, str>>) -> Self {
        Self::Transport(Failure::retryable(message))
    }

    /// Creates an [`Error::InvalidRequest`] with a message.
    pub fn invalid_request(message: impl Into<Cow<'static, str>>) -> Self {
        Self::InvalidRequest(Failure::new(message))
    }

    /// Creates an [`Error::Config`] with a message.
    pub fn config(message: impl Into<Cow<'static, str>>) -> Self {
        Self::Config(Failure::new(message))
    }

    /// Records the operation whose call failed.
    pub(crate) fn in_operation(mut self, operation: &'static str) -> Self {
        if let Some(failure) = self.failure_mut() {
            failure.in_operation(operation);
        }
        self
    }

    fn failure_mut(&mut self) -> Option<&mut Failure> {
        match self {
            Self::Api(_) | Self::Decode(_) => None,
            Self::Timeout(failure)
            | Self::Connect(failure)
            | Self::Transport(failure)
            | Self::InvalidRequest(failure)
            | Self::Config(failure) => Some(failure),
        }
    }

    /// Returns the name of the variant in snake case, which reveals nothing about the request.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Api(_) => "api",
            Self::Decode(_) => "decode",
            Self::Timeout(_) => "timeout",
            Self::Connect(_) => "connect",
            Self::Transport(_) => "transport",
            Self::InvalidRequest(_) => "invalid_request",
            Self::Config(_) => "config",
        }
    }

    fn headers(&self) -> Option<&HeaderMap> {
        match self {
            Self::Api(error) => Some(error.headers()),
            Self::Decode(error) => Some(error.headers()),
            _ => None,
        }
    }

    fn api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            _ => None,
        }
    }

    /// Returns the `operationId` of the operation whose call failed, such as `getCustomer`, or the
    /// method for a request to any endpoint, such as `POST request`. `None`
    /// if the error did not occur in a call: for example, if a client cannot be built, or if a
    /// program creates the error for its tests.
    pub fn operation(&self) -> Option<&str> {
        let operation = match self {
            Self::Api(error) => error.payload().response().operation(),
            Self::Decode(error) => error.operation(),
            Self::Timeout(failure)
            | Self::Connect(failure)
            | Self::Transport(failure)
            | Self::InvalidRequest(failure)
            | Self::Config(failure) => failure.operation(),
        };
        (!operation.is_empty()).then_some(operation)
    }

    /// Returns the status of the response; `None` unless the error is [`Error::Api`] or
    /// [`Error::Decode`].
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(error) => Some(error.status()),
            Self::Decode(error) => Some(error.status()),
            _ => None,
        }
    }

    /// Returns the error code of the API, such as `not_found`.
    pub fn code(&self) -> Option<&str> {
        self.api()?.code()
    }

    /// Returns the error message of the API, which is meant for developers.
    pub fn message(&self) -> Option<&str> {
        self.api()?.message()
    }

    /// Returns the URL of the API's documentation of this error, if the response contains one.
    pub fn doc_url(&self) -> Option<&str> {
        self.api()?.doc_url()
    }

    /// Returns the time to wait, counted from the arrival of the response, that the server requests
    /// in the header `Retry-After`; `None` if the header is absent or invalid.
    ///
    /// The header counts only with the statuses 429 (RFC 6585, section 4) and 503 (RFC 9110,
    /// section 10.2.3). Some servers send it with every error. A date or a time since 1970 is
    /// compared with the response's own `Date` header, because the clock of this machine may be
    /// wrong. Without a `Date` header, it is compared with the clock of this machine.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after_at(SystemTime::now())
    }

    /// Like [`Error::retry_after`], with the time of the clock of this machine.
    pub(super) fn retry_after_at(&self, now: SystemTime) -> Option<Duration> {
        let error = self.api()?;
        if !matches!(error.status().as_u16(), 429 | 503) {
            return None;
        }
        let header = |name| error.headers().get(name)?.to_str().ok();
        let sent = header(DATE).and_then(|date| httpdate::parse_http_date(date).ok());
        retry_after::delay(header(RETRY_AFTER)?, sent.unwrap_or(now))
    }

    /// Returns the rate limit that the response reports; see
    /// [`Response::rate_limit`](crate::Response::rate_limit).
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::read(self.headers()?)
    }

    /// Returns the id that the service assigned to this request. Include it in questions to the
    /// service's support.
    pub fn request_id(&self) -> Option<&str> {
        response::request_id(self.headers()?)
    }

    /// Returns true if the status of the response is 404.
    pub fn is_not_found(&self) -> bool {
        self.api()
            .is_some_and(|error| error.status() == StatusCode::NOT_FOUND)
    }

    /// Returns true if the status of the response is 429. [`Error::retry_after`] returns how long
    /// to wait, if the server sent it.
    pub fn is_rate_limited(&self) -> bool {
        self.api()
            .is_some_and(|error| error.status() == StatusCode::TOO_MANY_REQUESTS)
    }

    /// Returns true if the connection, an attempt or the whole call timed out.
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Timeout(_) => true,
            Self::Connect(failure) => failure.is_timeout(),
            _ => false,
        }
    }

    /// Returns true if the same request may succeed later. This is so for the statuses 429, 500,
    /// 502, 503 and 504, for timeouts, and for connections that failed or were interrupted.
    ///
    /// This does not mean that the request may be sent twice, which depends on its method; see
    /// [`RetryPolicy`](crate::RetryPolicy). The client has already applied that policy before it
    /// returns the error.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Api(error) => matches!(error.status().as_u16(), 429 | 500 | 502 | 503 | 504),
            Self::Timeout(failure) | Self::Connect(failure) | Self::Transport(failure) => {
                failure.is_retryable()
            }
            _ => false,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation() {
            write!(f, "{operation}: ")?;
        }
        match self {
            Self::Api(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Timeout(failure)
            | Self::Connect(failure)
            | Self::Transport(failure)
            | Self::InvalidRequest(failure)
            | Self::Config(failure) => failure.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Api(_) => None,
            Self::Decode(error) => error.source(),
            Self::Timeout(failure)
            | Self::Connect(failure)
            | Self::Transport(failure)
            | Self::InvalidRequest(failure)
            | Self::Config(failure) => failure.source(),
        }
    }
}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::error::Error as _;

    #[test]
    fn error_is_send_sync_and_small() {
        fn assert_bounds<T: std::error::Error + Send + Sync + Unpin + 'static>() {}
        assert_bounds::<Error>();
        assert!(size_of::<Error>() <= 128);
    }

    #[test]
    fn display_names_operation_and_not_the_cause() {
        let root = std::io::Error::other("the root");
        let middle = std::io::Error::other(Failure::new("in between").with_source(root));
        let error = Error::Transport(Failure::new("it failed").with_source(middle));
        assert_eq!(
            (error.to_string().as_str(), error.operation()),
            ("it failed", None)
        );
        let error = error.in_operation("getThing");
        assert_eq!(error.to_string(), "getThing: it failed");
        assert_eq!(error.operation(), Some("getThing"));
        assert_eq!(error.source().unwrap().to_string(), "in between");
        assert_eq!(Error::config("no").to_string(), "no");
        assert!(Error::config("no").source().is_none());
    }

    #[test]
    fn unsent_request_error_has_no_response() {
        let error = Error::invalid_request("no");
        assert_eq!(
            (error.status(), error.code(), error.message()),
            (None, None, None)
        );
        assert_eq!(
            (error.doc_url(), error.retry_after(), error.request_id()),
            (None, None, None)
        );
        assert!(!error.is_not_found() && !error.is_rate_limited());
        assert!(!error.is_timeout() && !error.is_retryable());
        assert!(Error::Timeout(Failure::retryable("late")).is_timeout());
        assert!(Error::Timeout(Failure::retryable("late")).is_retryable());
    }
}
