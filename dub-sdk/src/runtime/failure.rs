//! The message and the cause of an error.

use std::borrow::Cow;
use std::fmt;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// The message and the cause of an error that is not an error response of the API.
#[derive(Debug)]
pub struct Failure {
    text: Cow<'static, str>,
    retryable: bool,
    /// The `operationId`; empty if the failure did not occur in a call.
    operation: &'static str,
    source: Option<Source>,
}

impl Failure {
    pub(crate) fn new(text: impl Into<Cow<'static, str>>) -> Self {
        Self {
            text: text.into(),
            retryable: false,
            operation: "",
            source: None,
        }
    }

    /// Creates a failure that may not occur on a later attempt.
    pub(crate) fn retryable(text: impl Into<Cow<'static, str>>) -> Self {
        Self {
            retryable: true,
            ..Self::new(text)
        }
    }

    /// Returns true if a later attempt may succeed.
    pub(super) fn is_retryable(&self) -> bool {
        self.retryable
    }

    pub(crate) fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Records the operation whose call failed.
    pub(super) fn in_operation(&mut self, operation: &'static str) {
        self.operation = operation;
    }

    pub(super) fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns true if the cause is a timeout of the HTTP library.
    pub(super) fn is_timeout(&self) -> bool {
        let error = self
            .source
            .as_ref()
            .and_then(|source| source.downcast_ref::<reqwest::Error>());
        error.is_some_and(reqwest::Error::is_timeout)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source.as_ref() as _)
    }
}
