//! The policy for retrying failed calls.

use std::borrow::Cow;
use std::time::Duration;

/// The policy for retrying failed calls: in which cases, how often and after what delay.
///
/// | failure | retried requests | takes from the [budget](Self::budget) |
/// |---|---|---|
/// | 429 | all | no |
/// | 500, 502, 503, 504 | idempotent | yes |
/// | the attempt timed out, or the connection was interrupted | idempotent | yes |
/// | the connection could not be established | all, because nothing was sent | yes |
/// | 401, and a [provider](crate::Token::provider) returned the token | all, once, with another token | no |
/// | a certificate that is not trusted, or a proxy that refuses the connection | none | |
/// | a status that the operation excludes | none | |
/// | anything else | none | |
///
/// Idempotent are GET, HEAD, OPTIONS, PUT and DELETE requests (RFC 9110, section 9.2.2). Others are
/// idempotent if the operation says so for the fields that are set, such as an id by which the
/// server recognizes a repeated request, or if you declare with the request's method `idempotent`
/// that sending it again does no harm. All other requests are never sent again if the server may
/// have performed them. An operation can also exclude statuses after which its requests are never
/// sent again, even if they are idempotent. The docs of such operations have a paragraph "Retries".
///
/// A DELETE request that is retried may return 404: the first attempt succeeded, but its response
/// was lost. The method [`retry_statuses`](Self::retry_statuses) changes the statuses.
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
    pub(super) statuses: Cow<'static, [u16]>,
    pub(super) budget: u32,
}

/// The statuses that are retried by default.
pub(super) const RETRY_STATUSES: &[u16] = &[429, 500, 502, 503, 504];

impl Default for RetryPolicy {
    /// Returns the default policy: 3 attempts, a base delay of 0.5 seconds, a maximum delay of 8
    /// seconds, or 60 seconds for a rate limit in a stream, and a budget of 100 retries.
    fn default() -> Self {
        Self {
            max_attempts: 3,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(8),
            max_rate_limit_delay: None,
            statuses: Cow::Borrowed(RETRY_STATUSES),
            budget: 100,
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

    /// Sets the statuses that are retried, in place of 429, 500, 502, 503 and 504. After 429, every
    /// request is retried, and after another status only an idempotent one.
    #[must_use]
    pub fn retry_statuses(mut self, statuses: impl IntoIterator<Item = u16>) -> Self {
        self.statuses = statuses.into_iter().collect();
        self
    }

    /// Sets the retry budget: the number of retries that a client and its clones may make in all
    /// while their calls keep failing. It protects a server that is overloaded: when the budget is
    /// used up, failed calls return their error at once. The default is 100.
    ///
    /// Each retry takes one from the budget. A call that succeeds returns one retry if it has taken
    /// any, or else a tenth of a retry. Retries after a 429 take nothing, because the server itself asks
    /// for them. `u32::MAX` means no limit.
    #[must_use]
    pub fn budget(mut self, retries: u32) -> Self {
        self.budget = retries;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_setter_changes_one_value() {
        let seconds = Duration::from_secs;
        let first = RetryPolicy::none()
            .budget(1)
            .retry_statuses([418])
            .max_rate_limit_delay(seconds(2))
            .max_delay(seconds(3))
            .base_delay(seconds(4))
            .max_attempts(5);
        // The other order, because a later setter could undo an earlier one.
        let second = RetryPolicy::default()
            .max_attempts(5)
            .base_delay(seconds(4))
            .max_delay(seconds(3))
            .max_rate_limit_delay(seconds(2))
            .retry_statuses([418])
            .budget(1);
        for policy in [first, second] {
            assert_eq!((policy.max_attempts, policy.budget), (5, 1));
            assert_eq!(policy.base_delay, seconds(4));
            assert_eq!(policy.max_delay, seconds(3));
            assert_eq!(policy.max_rate_limit_delay, Some(seconds(2)));
            assert_eq!(*policy.statuses, [418]);
        }
    }
}
