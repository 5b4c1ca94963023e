//! The retry budget that a client shares with its clones: a token bucket.

use std::sync::atomic::{AtomicU64, Ordering};

/// The parts of one retry in which the budget is counted.
const RETRY: u64 = 10;
/// The parts that a call returns to the budget if its first attempt succeeds.
const SUCCESS: u64 = 1;

/// The part of a retry budget that has been used. It starts at zero.
///
/// The capacity is not stored here, because each request may have its own policy.
#[derive(Debug, Default)]
pub(super) struct UsedBudget(AtomicU64);

impl UsedBudget {
    /// Takes one retry from a budget of `capacity` retries. Returns false if none is left.
    pub(super) fn take(&self, capacity: u32) -> bool {
        let capacity = u64::from(capacity).saturating_mul(RETRY);
        self.update(|used| Some(used + RETRY).filter(|used| *used <= capacity))
    }

    /// Returns a part to the budget after a call has succeeded: one retry if the call has taken
    /// one, or else a tenth of a retry.
    pub(super) fn release(&self, has_taken: bool) {
        if self.0.load(Ordering::Relaxed) == 0 {
            return;
        }
        let parts = if has_taken { RETRY } else { SUCCESS };
        self.update(|used| Some(used.saturating_sub(parts)));
    }

    /// Replaces the used part by the next one. Returns false if there is none.
    ///
    /// `AtomicU64::fetch_update` does the same, but newer versions of Rust deprecate it in favour of a
    /// method that older ones do not have.
    fn update(&self, next: impl Fn(u64) -> Option<u64>) -> bool {
        let mut used = self.0.load(Ordering::Relaxed);
        while let Some(next) = next(used) {
            let (success, failure) = (Ordering::Relaxed, Ordering::Relaxed);
            match self.0.compare_exchange_weak(used, next, success, failure) {
                Ok(_) => return true,
                Err(now) => used = now,
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn successes_return_what_retries_took() {
        let used = UsedBudget::default();
        used.release(true);
        assert!(!used.take(0));
        assert!(used.take(2) && used.take(2) && !used.take(2));
        used.release(true);
        assert!(used.take(2) && !used.take(2));
        for _ in 0..9 {
            used.release(false);
            assert!(!used.take(2));
        }
        used.release(false);
        assert!(used.take(2) && !used.take(2));
        assert!(used.take(3) && used.take(u32::MAX));
    }
}
