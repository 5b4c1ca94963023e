//! Decides whether a failed attempt is retried, and after what delay.

use super::error::Error;
use super::retry::RetryPolicy;
use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, SystemTime};

/// The default of [`RetryPolicy::max_rate_limit_delay`] for a call.
const MAX_RATE_LIMIT_DELAY: Duration = Duration::from_secs(8);
/// The default of [`RetryPolicy::max_rate_limit_delay`] for a page of a stream.
const MAX_RATE_LIMIT_DELAY_OF_STREAM: Duration = Duration::from_secs(60);

impl RetryPolicy {
    /// Returns the delay before the next attempt, after `failed` attempts have failed, the last one
    /// with `error`. `None` means that the call is not retried.
    pub(crate) fn delay(
        &self,
        call: RetriedCall,
        failed: u32,
        error: &Error,
        chance: &mut dyn Chance,
    ) -> Option<Duration> {
        if failed >= self.max_attempts || !may_retry(&self.statuses, call.is_idempotent, error) {
            return None;
        }
        let doublings = failed.saturating_sub(1).min(31);
        let ceiling = self
            .base_delay
            .saturating_mul(2_u32.saturating_pow(doublings))
            .min(self.max_delay);
        let half = ceiling / 2;
        let backoff = half.saturating_add(half.mul_f32(chance.fraction()));
        let Some(requested) = error.retry_after_at(chance.now()) else {
            return Some(backoff);
        };
        if requested > self.max_requested_delay(call, error) {
            return None;
        }
        let jitter = ceiling.mul_f32(chance.fraction());
        Some(requested.max(backoff).saturating_add(jitter))
    }

    /// Returns the longest delay that the server may request with this error.
    fn max_requested_delay(&self, call: RetriedCall, error: &Error) -> Duration {
        if !error.is_rate_limited() {
            return self.max_delay;
        }
        self.max_rate_limit_delay.unwrap_or(match call.is_stream {
            true => MAX_RATE_LIMIT_DELAY_OF_STREAM,
            false => MAX_RATE_LIMIT_DELAY,
        })
    }
}

/// The properties of a call that determine whether it is retried.
#[derive(Clone, Copy)]
pub(crate) struct RetriedCall {
    /// True if the request may be sent again after the server may have performed it.
    pub(crate) is_idempotent: bool,
    /// True if the call requests a page of a stream.
    pub(crate) is_stream: bool,
}

/// The inputs of a delay that are not the same in each run: randomness and the clock. Tests replace
/// them.
pub(crate) trait Chance {
    /// Returns a random number from 0 to less than 1.
    fn fraction(&mut self) -> f32;

    /// Returns the time of the clock of this machine.
    fn now(&self) -> SystemTime;
}

/// The randomness of the standard library, and the system clock.
pub(crate) struct SystemChance;

impl Chance for SystemChance {
    fn fraction(&mut self) -> f32 {
        // The standard library seeds each `RandomState` differently, which is random enough for
        // jitter.
        const PARTS: u64 = 16_777_216;
        let parts = RandomState::new().hash_one(0_u8) % PARTS;
        #[expect(clippy::cast_precision_loss, reason = "an f32 has 24 bits")]
        let fraction = parts as f32 / PARTS as f32;
        fraction
    }

    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}

/// Implements the table in the documentation of [`RetryPolicy`].
fn may_retry(statuses: &[u16], is_idempotent: bool, error: &Error) -> bool {
    match error {
        Error::Api(response) => {
            let status = response.status().as_u16();
            statuses.contains(&status) && (is_idempotent || status == 429)
        }
        Error::Connect(failure) => failure.is_retryable(),
        Error::Timeout(_) | Error::Transport(_) => is_idempotent && error.is_retryable(),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
