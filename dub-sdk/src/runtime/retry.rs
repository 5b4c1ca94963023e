//! Decides whether a failed attempt is retried, and after what delay.

use super::error::Error;
use reqwest::Method;
use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

/// The policy for retrying failed calls: in which cases, how often and after what delay.
///
/// | failure | retried methods |
/// |---|---|
/// | 429 | all |
/// | 500, 502, 503, 504 | GET, HEAD, OPTIONS, PUT, DELETE |
/// | the attempt timed out, or the connection was interrupted | GET, HEAD, OPTIONS, PUT, DELETE |
/// | the connection could not be established | all, because nothing was sent |
/// | anything else | none |
///
/// A POST or PATCH request is therefore never sent again if the server may have performed it. A
/// DELETE request that is retried may return 404: the first attempt succeeded, but its response was
/// lost.
///
/// The delay before attempt `n + 1` is a random duration of up to `base_delay * 2^(n - 1)`, and
/// never longer than `max_delay`. If a response with the status 429 or 503 has a `Retry-After`
/// header, the client waits for the requested time instead. If that is longer than `max_delay`, the
/// error is returned immediately, and [`Error::retry_after`] returns the requested time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    max_attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
}

impl Default for RetryPolicy {
    /// Returns the default policy: 3 attempts, a base delay of 0.5 seconds and a maximum delay of 8
    /// seconds.
    fn default() -> Self {
        Self {
            max_attempts: 3,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(8),
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

    /// Sets the upper limit of the first delay. The limit doubles for each further delay, up to
    /// [`max_delay`](Self::max_delay). The default is 0.5 seconds.
    #[must_use]
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Sets the upper limit of every delay. If the server requests a longer delay with
    /// `Retry-After`, the call is not retried. The default is 8 seconds.
    #[must_use]
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Returns the delay before the next attempt, after `attempts` attempts have failed, the last
    /// one with `error`. `None` means that the call is not retried.
    pub(crate) fn delay(&self, method: &Method, attempts: u32, error: &Error) -> Option<Duration> {
        if attempts >= self.max_attempts || !may_retry(method, error) {
            return None;
        }
        if let Some(requested) = error.retry_after() {
            return (requested <= self.max_delay).then_some(requested);
        }
        let doublings = attempts.saturating_sub(1).min(31);
        let ceiling = self
            .base_delay
            .saturating_mul(2_u32.saturating_pow(doublings))
            .min(self.max_delay);
        Some(jitter(ceiling))
    }
}

/// Implements the table in the documentation of [`RetryPolicy`].
fn may_retry(method: &Method, error: &Error) -> bool {
    let idempotent = method.is_idempotent();
    match error {
        Error::Api(response) => match response.status().as_u16() {
            429 => true,
            500 | 502 | 503 | 504 => idempotent,
            _ => false,
        },
        Error::Connect(_) => true,
        Error::Timeout(_) | Error::Transport(_) => idempotent && error.is_retryable(),
        _ => false,
    }
}

/// Returns a random duration from zero to `ceiling`, so that clients that failed at the same time
/// do not retry at the same time.
fn jitter(ceiling: Duration) -> Duration {
    // The standard library seeds each `RandomState` differently, which is random enough for jitter.
    const PARTS: u64 = 16_777_216;
    let parts = RandomState::new().hash_one(0_u8) % PARTS;
    #[expect(clippy::cast_precision_loss, reason = "an f32 has 24 bits")]
    ceiling.mul_f32(parts as f32 / PARTS as f32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generated::errors::ApiError;
    use crate::runtime::error::Failure;
    use crate::runtime::{ErrorResponse, HeaderMap, Operation, StatusCode};

    fn response(status: u16, retry_after: Option<&str>) -> Error {
        let mut headers = HeaderMap::new();
        if let Some(text) = retry_after {
            headers.insert("retry-after", text.parse().unwrap());
        }
        let status = StatusCode::from_u16(status).unwrap();
        let response = ErrorResponse::new(status, headers, bytes::Bytes::new());
        Error::Api(ApiError::from_response(&Operation::DEFAULT, response))
    }

    #[test]
    fn retries_match_the_documented_table() {
        let policy = RetryPolicy::default();
        let is_retried = |method: &Method, error: &Error| policy.delay(method, 1, error).is_some();
        let idempotent = [Method::GET, Method::HEAD, Method::PUT, Method::DELETE];
        for method in [Method::POST, Method::PATCH].iter().chain(&idempotent) {
            let is_idempotent = idempotent.contains(method);
            for status in [500, 502, 503, 504] {
                assert_eq!(is_retried(method, &response(status, None)), is_idempotent);
            }
            for status in [302, 400, 401, 404, 408, 409, 422, 501, 505] {
                assert!(
                    !is_retried(method, &response(status, None)),
                    "{method} {status}"
                );
            }
            assert!(is_retried(method, &response(429, None)));
            assert!(is_retried(method, &Error::Connect(Failure::new("refused"))));
            assert!(!is_retried(method, &Error::invalid_request("never sent")));
            let lost = Error::Timeout(Failure::retryable("lost"));
            assert_eq!(is_retried(method, &lost), is_idempotent);
            let lost = Error::Transport(Failure::retryable("lost"));
            assert_eq!(is_retried(method, &lost), is_idempotent);
            assert!(!is_retried(
                method,
                &Error::Transport(Failure::new("too large"))
            ));
        }
    }

    #[test]
    fn max_attempts_limits_attempts() {
        let error = response(503, None);
        let attempts = |policy: &RetryPolicy| {
            (1..20)
                .take_while(|failed| policy.delay(&Method::GET, *failed, &error).is_some())
                .count()
                + 1
        };
        assert_eq!(attempts(&RetryPolicy::default()), 3);
        assert_eq!(attempts(&RetryPolicy::none()), 1);
        assert_eq!(attempts(&RetryPolicy::default().max_attempts(0)), 1);
        assert_eq!(attempts(&RetryPolicy::default().max_attempts(5)), 5);
    }

    #[test]
    fn delays_are_random_below_doubling_ceiling() {
        let policy = RetryPolicy::default().max_attempts(u32::MAX);
        let error = response(503, None);
        for (failed, ceiling) in [
            (1, 500),
            (2, 1_000),
            (4, 4_000),
            (5, 8_000),
            (4_000_000, 8_000),
        ] {
            let delays: Vec<_> = (0..200)
                .filter_map(|_| policy.delay(&Method::GET, failed, &error))
                .collect();
            let ceiling = Duration::from_millis(ceiling);
            assert!(delays.iter().all(|delay| *delay <= ceiling));
            assert!(delays.iter().any(|delay| *delay > ceiling / 2));
            assert!(delays.iter().any(|delay| *delay < ceiling / 2));
        }
    }

    #[test]
    fn honors_retry_after_up_to_max_delay() {
        let policy = RetryPolicy::default();
        let delay = |text| policy.delay(&Method::POST, 1, &response(429, Some(text)));
        assert_eq!(delay("3"), Some(Duration::from_secs(3)));
        assert_eq!(delay("8"), Some(Duration::from_secs(8)));
        assert_eq!(delay("9"), None);
        assert_eq!(
            response(429, Some("9")).retry_after(),
            Some(Duration::from_secs(9))
        );
        assert_eq!(delay("Sun, 06 Nov 1994 08:49:37 GMT"), Some(Duration::ZERO));
        assert_eq!(delay("9999999999999999999999999999999999999999"), None);
        assert!(delay("whenever").is_some());
    }

    /// Some servers send the header with every error, where it does not say when to retry.
    #[test]
    fn heeds_retry_after_only_with_429_and_503() {
        let policy = RetryPolicy::default();
        for status in [429, 503] {
            let error = response(status, Some("3600"));
            assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
            assert_eq!(policy.delay(&Method::GET, 1, &error), None);
        }
        for status in [500, 502, 504] {
            let error = response(status, Some("3600"));
            assert_eq!(error.retry_after(), None);
            let delay = policy.delay(&Method::GET, 1, &error).unwrap();
            assert!(delay <= Duration::from_millis(500));
        }
        assert_eq!(response(404, Some("3600")).retry_after(), None);
    }
}
