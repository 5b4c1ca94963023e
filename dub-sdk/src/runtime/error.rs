//! The error type of calls.

use super::decode_error::DecodeError;
use super::response::{self, RateLimit};
use super::retry_after;
use crate::generated::errors::ApiError;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use std::borrow::Cow;
use std::fmt;
use std::time::{Duration, SystemTime};

type Source = Box<dyn std::error::Error + Send + Sync>;

/// An error returned by a call.
///
/// `Display` writes one line that includes the root cause. Neither `Display` nor `Debug` shows a
/// credential, a header or a query.
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

    /// Converts an error of the HTTP library. The URL is removed, because it may contain a
    /// credential or personal data.
    pub(super) fn from_reqwest(error: reqwest::Error, host: &str) -> Self {
        let error = error.without_url();
        if error.is_connect() {
            let text = format!("connection to {host} failed");
            Self::Connect(Failure::retryable(text).with_source(error))
        } else if error.is_timeout() {
            let text = format!("no response from {host} within the timeout");
            Self::Timeout(Failure::retryable(text).with_source(error))
        } else if error.is_builder() {
            Self::InvalidRequest(Failure::new("failed to build the request").with_source(error))
        } else {
            let text = format!("connection to {host} closed before the response was complete");
            Self::Transport(Failure::retryable(text).with_source(error))
        }
    }

    /// Returns the name of the variant in snake case, which reveals nothing about the request.
    pub(super) fn kind(&self) -> &'static str {
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

    /// Returns the time to wait, counted from now, that the server requests in the header
    /// `Retry-After`; `None` if the header is absent or invalid.
    ///
    /// The header counts only with the statuses 429 (RFC 6585, section 4) and 503 (RFC 9110,
    /// section 10.2.3). Some servers send it with every error.
    pub fn retry_after(&self) -> Option<Duration> {
        let error = self.api()?;
        if !matches!(error.status().as_u16(), 429 | 503) {
            return None;
        }
        let text = error.headers().get(RETRY_AFTER)?.to_str().ok()?;
        retry_after::delay(text, SystemTime::now())
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
                failure.retryable
            }
            _ => false,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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

/// The message and the cause of an error that is not an error response of the API.
#[derive(Debug)]
pub struct Failure {
    text: Cow<'static, str>,
    retryable: bool,
    source: Option<Source>,
}

impl Failure {
    pub(super) fn new(text: impl Into<Cow<'static, str>>) -> Self {
        Self {
            text: text.into(),
            retryable: false,
            source: None,
        }
    }

    /// Creates a failure that may not occur on a later attempt.
    pub(super) fn retryable(text: impl Into<Cow<'static, str>>) -> Self {
        Self {
            retryable: true,
            ..Self::new(text)
        }
    }

    pub(super) fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.source = Some(source.into());
        self
    }

    fn is_timeout(&self) -> bool {
        let error = self
            .source
            .as_ref()
            .and_then(|source| source.downcast_ref::<reqwest::Error>());
        error.is_some_and(reqwest::Error::is_timeout)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)?;
        let Some(source) = std::error::Error::source(self) else {
            return Ok(());
        };
        // The errors in between only repeat that something failed. The innermost one is the cause.
        let innermost = std::iter::successors(Some(source), |error| error.source())
            .last()
            .unwrap_or(source);
        write!(f, ": {innermost}")
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source.as_ref() as _)
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
    fn display_includes_root_cause() {
        let root = std::io::Error::other("the root");
        let middle = std::io::Error::other(Failure::new("in between").with_source(root));
        let error = Error::Transport(Failure::new("it failed").with_source(middle));
        assert_eq!(error.to_string(), "it failed: the root");
        assert!(error.source().is_some());
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
