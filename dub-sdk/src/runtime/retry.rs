//! The policy for retrying failed calls.

use std::time::Duration;

/// The policy for retrying failed calls: in which cases, how often and after what delay.
///
/// | failure | retried methods |
/// |---|---|
/// | 429 | all |
/// | 500, 502, 503, 504 | GET, HEAD, OPTIONS, PUT, DELETE |
/// | the attempt timed out, or the connection was interrupted | GET, HEAD, OPTIONS, PUT, DELETE |
/// | the connection could not be established | all, because nothing was sent |
/// | a certificate that is not trusted, or a proxy that refuses the connection | none |
/// | anything else | none |
///
/// A POST or PATCH request is therefore never sent again if the server may have performed it. A
/// DELETE request that is retried may return 404: the first attempt succeeded, but its response was
/// lost.
///
/// # Delays
///
/// The backoff before attempt `n + 1` is a random duration between half of `base_delay * 2^(n - 1)`
/// and all of it, and never longer than `max_delay`. If a response with the status 429 or 503 has a
/// `Retry-After` header, the client waits for at least the requested time. It adds a random
/// duration of up to `base_delay * 2^(n - 1)`, so that clients that were rejected together do not
/// return together. A time in the past therefore never removes the backoff.
///
/// If the requested time is longer than [`max_rate_limit_delay`](Self::max_rate_limit_delay) (429)
/// or [`max_delay`](Self::max_delay) (503), the error is returned immediately, and
/// [`Error::retry_after`](crate::Error::retry_after) returns the requested time.
///
/// # The longest call
///
/// With default settings, a call takes at most 108 seconds: three attempts of 30 seconds each, and
/// two delays of 8 seconds with up to 0.5 and 1 second added. For a page of a stream, the delays
/// after a 429 are up to 60 seconds each, so a page takes at most 212 seconds. In a web handler,
/// set a deadline that is shorter than the timeout of the handler's own caller, such as
/// `.deadline(Duration::from_secs(10))`: delays that would go beyond it are not started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    pub(super) max_attempts: u32,
    pub(super) base_delay: Duration,
    pub(super) max_delay: Duration,
    /// `None` means the default, which is longer for a stream than for a call.
    pub(super) max_rate_limit_delay: Option<Duration>,
}

impl Default for RetryPolicy {
    /// Returns the default policy: 3 attempts, a base delay of 0.5 seconds and a maximum delay of 8
    /// seconds, or 60 seconds for a rate limit in a stream.
    fn default() -> Self {
        Self {
            max_attempts: 3,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(8),
            max_rate_limit_delay: None,
        }
    }
}

impl RetryPolicy {
    /// Returns a policy that never retries.
    pub fn none() -> Self {
        Self {
            max_attempts: 1,
            ..Self::default()
        }
    }

    /// Sets the maximum number of attempts, including the first one. Zero is treated as one. The
    /// default is 3.
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Sets the upper limit of the first backoff. The limit doubles for each further attempt, up to
    /// [`max_delay`](Self::max_delay). The default is 0.5 seconds.
    #[must_use]
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Sets the upper limit of every backoff. If the server requests a longer delay with the status
    /// 503 and `Retry-After`, the call is not retried. The default is 8 seconds.
    #[must_use]
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Sets the longest delay that a server may request with the status 429 and `Retry-After`. If
    /// it requests a longer one, the call is not retried. The default is 8 seconds for a call, and
    /// 60 seconds for each page of a stream, because the time windows of rate limits are often a
    /// minute long.
    #[must_use]
    pub fn max_rate_limit_delay(mut self, delay: Duration) -> Self {
        self.max_rate_limit_delay = Some(delay);
        self
    }
}
