//! Whatever can go wrong with a call.

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

/// Whatever can go wrong with a call.
///
/// `Display` is one line, with the cause. Neither it nor `Debug` shows a credential, a header or a query.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The API answered with an error. Its variants tell which.
    Api(ApiError),
    /// The API answered with success, and its response does not fit the type it is declared to have. The server may have
    /// done what was asked.
    Decode(DecodeError),
    /// An attempt, or the whole call, took longer than allowed. The server may have done what was asked.
    Timeout(Failure),
    /// No connection could be made. Nothing was sent.
    Connect(Failure),
    /// The connection broke, or what came was not HTTP or too much. The server may have done what was asked.
    Transport(Failure),
    /// The request cannot be right, as with an empty id. Nothing was sent.
    InvalidRequest(Failure),
    /// The client's settings cannot be right, as with a server URL that is no URL, or it has no runtime to work in.
    /// Nothing was sent.
    Config(Failure),
}

impl Error {
    pub(crate) fn config(text: impl Into<Cow<'static, str>>) -> Self {
        Self::Config(Failure::new(text))
    }

    pub(crate) fn invalid_request(text: impl Into<Cow<'static, str>>) -> Self {
        Self::InvalidRequest(Failure::new(text))
    }

    /// Sorts an error of the HTTP library. Its URL is taken off: it may carry a credential or personal data.
    pub(super) fn from_reqwest(error: reqwest::Error, host: &str) -> Self {
        let error = error.without_url();
        if error.is_connect() {
            let text = format!("could not connect to {host}");
            Self::Connect(Failure::retryable(text).with_source(error))
        } else if error.is_timeout() {
            let text = format!("no response of {host} within the time-out");
            Self::Timeout(Failure::retryable(text).with_source(error))
        } else if error.is_builder() {
            Self::InvalidRequest(Failure::new("the request cannot be sent").with_source(error))
        } else {
            let text = format!("the exchange with {host} failed");
            Self::Transport(Failure::retryable(text).with_source(error))
        }
    }

    /// Which of the kinds it is, in one word that says nothing of the request.
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

    /// The response's status; `None` when there was no response.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(error) => Some(error.status()),
            Self::Decode(error) => Some(error.status()),
            _ => None,
        }
    }

    /// The API's own code for what went wrong, such as `not_found`.
    pub fn code(&self) -> Option<&str> {
        self.api()?.code()
    }

    /// The API's explanation, meant for a developer.
    pub fn message(&self) -> Option<&str> {
        self.api()?.message()
    }

    /// Where the API's documentation tells more.
    pub fn doc_url(&self) -> Option<&str> {
        self.api()?.doc_url()
    }

    /// How long the server asks to wait, counted from now; `None` when it does not say.
    pub fn retry_after(&self) -> Option<Duration> {
        let text = self.api()?.headers().get(RETRY_AFTER)?.to_str().ok()?;
        retry_after::delay(text, SystemTime::now())
    }

    /// How much the service still allows, as [`Response::rate_limit`](crate::Response::rate_limit) tells of a success.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::read(self.headers()?)
    }

    /// The id under which the service knows this request, for questions to its support.
    pub fn request_id(&self) -> Option<&str> {
        response::request_id(self.headers()?)
    }

    /// Whether the API answered 404.
    pub fn is_not_found(&self) -> bool {
        self.api()
            .is_some_and(|error| error.status() == StatusCode::NOT_FOUND)
    }

    /// Whether the API answered 429; [`Error::retry_after`] may tell how long to wait.
    pub fn is_rate_limited(&self) -> bool {
        self.api()
            .is_some_and(|error| error.status() == StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether time ran out: that of an attempt, of the whole call, or of making the connection.
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Timeout(_) => true,
            Self::Connect(failure) => failure.is_timeout(),
            _ => false,
        }
    }

    /// Whether the same request may do better later: 429, 500, 502, 503, 504, a time-out, a broken connection or none.
    ///
    /// It says nothing on whether the request may be sent twice: that depends on its method, see
    /// [`RetryPolicy`](crate::RetryPolicy), which has been applied before you get the error.
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

/// What failed, and why.
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

    /// A failure that may pass.
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
        // The layers between only repeat that something failed; the innermost knows what.
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
