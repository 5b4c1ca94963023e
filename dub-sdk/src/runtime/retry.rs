//! Whether a failed attempt is made again, and after how long.

use super::error::Error;
use reqwest::Method;
use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

/// When, how often and after how long a failed call is made again.
///
/// | what happened | which methods are tried again |
/// |---|---|
/// | 429 | all |
/// | 500, 502, 503, 504 | GET, HEAD, OPTIONS, PUT, DELETE |
/// | the attempt ran out of time, the connection broke | GET, HEAD, OPTIONS, PUT, DELETE |
/// | no connection could be made | all: nothing was sent |
/// | anything else | none |
///
/// POST and PATCH are thus never sent again once the server may have acted on them. A DELETE that is tried again can
/// end in 404, when the first attempt did its work and only the response was lost.
///
/// The delay before the attempt `n + 1` is a random time up to `base_delay * 2^(n - 1)`, and at most `max_delay`. A
/// `Retry-After` of the server takes the place of that; when it asks for more than `max_delay` the error is given back
/// at once, and [`Error::retry_after`] tells how long to wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    max_attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
}

impl Default for RetryPolicy {
    /// Three attempts, delays from 0.5 s, none longer than 8 s.
    fn default() -> Self {
        Self {
            max_attempts: 3,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(8),
        }
    }
}

impl RetryPolicy {
    /// One attempt, whatever comes of it.
    pub fn none() -> Self {
        Self {
            max_attempts: 1,
            ..Self::default()
        }
    }

    /// How many attempts are made at most, the first included. Zero counts as one. The default is 3.
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// The most that the first delay can be; it doubles from delay to delay. The default is 0.5 s.
    #[must_use]
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// The most that any delay can be, also where the server asks for more. The default is 8 s.
    #[must_use]
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// The delay before the next attempt, after `attempts` have failed, the last with `error`; `None` to give up.
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

/// The table in the documentation of [`RetryPolicy`].
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

/// A time between zero and `ceiling`, so that clients that failed together do not come back together.
fn jitter(ceiling: Duration) -> Duration {
    // The standard library seeds each `RandomState` differently, which is all the randomness that is needed here.
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
}
