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
/// end in 404, when the first attempt did its work and only the reply was lost.
///
/// The pause before the attempt `n + 1` is a random time up to `base_delay * 2^(n - 1)`, and at most `max_delay`. A
/// `Retry-After` of the server takes the place of that; when it asks for more than `max_delay` the error is given back
/// at once, and [`Error::retry_after`] tells how long to wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    max_attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
}

impl Default for RetryPolicy {
    /// Three attempts, pauses from 0.5 s, none longer than 8 s.
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

    /// The most that the first pause can be; it doubles from pause to pause. The default is 0.5 s.
    #[must_use]
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// The most that any pause can be, also where the server asks for more. The default is 8 s.
    #[must_use]
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// The pause before the next attempt, after `attempts` have failed, the last with `error`; `None` to give up.
    pub(super) fn pause(&self, method: &Method, attempts: u32, error: &Error) -> Option<Duration> {
        if attempts >= self.max_attempts || !may_repeat(method, error) {
            return None;
        }
        if let Some(asked) = error.retry_after() {
            return (asked <= self.max_delay).then_some(asked);
        }
        let doublings = attempts.saturating_sub(1).min(31);
        let ceiling = self
            .base_delay
            .saturating_mul(1 << doublings)
            .min(self.max_delay);
        Some(random_part(ceiling))
    }
}

/// The table in the documentation of [`RetryPolicy`].
fn may_repeat(method: &Method, error: &Error) -> bool {
    let idempotent = method.is_idempotent();
    match error {
        Error::Api(reply) => match reply.status().as_u16() {
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
fn random_part(ceiling: Duration) -> Duration {
    // The standard library seeds each `RandomState` differently, which is all the randomness that is needed here.
    let bits = RandomState::new().hash_one(0_u8) >> 40;
    #[expect(clippy::cast_precision_loss, reason = "24 bits fit an f32")]
    ceiling.mul_f32(bits as f32 / (1_u32 << 24) as f32)
}
