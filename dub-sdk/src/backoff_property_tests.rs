//! Property tests of the delay between attempts.

use super::runtime::backoff::{Chance, RetriedCall};
use super::runtime::{Error, ErrorResponse, HeaderMap, RetryPolicy, StatusCode};
use proptest::prelude::*;
use std::time::{Duration, SystemTime};

/// A random source and a clock that return what a test sets.
struct Fixed {
    fraction: f32,
    now: SystemTime,
}

impl Chance for Fixed {
    fn fraction(&mut self) -> f32 {
        self.fraction
    }

    fn now(&self) -> SystemTime {
        self.now
    }
}

/// Returns an error of the server with these fields in the header of its response.
fn error(status: u16, header: &[(&'static str, &str)]) -> Error {
    let header = header.iter();
    let header: HeaderMap = header
        .map(|(name, text)| (name.parse().unwrap(), text.parse().unwrap()))
        .collect();
    let status = StatusCode::from_u16(status).unwrap();
    Error::Api(ErrorResponse::new(status, header, "").into())
}

proptest! {
    #[test]
    fn delay_is_bounded(
        status in prop_oneof![Just(429_u16), Just(503)],
        seconds in proptest::option::of(any::<u64>()),
        failed in any::<u32>(),
        base in any::<Duration>(),
        cap in any::<Duration>(),
        fraction in 0.0..1.0_f32,
    ) {
        let seconds = seconds.map(|seconds| seconds.to_string());
        let retry_after = seconds.as_deref().map(|text| ("retry-after", text));
        let error = error(status, retry_after.as_slice());
        let policy = RetryPolicy::default()
            .max_attempts(u32::MAX)
            .base_delay(base)
            .max_delay(cap)
            .max_rate_limit_delay(cap);
        let now = SystemTime::UNIX_EPOCH;
        let call = RetriedCall { is_idempotent: true, is_stream: true };
        let delay = policy.delay(call, failed, &error, &mut Fixed { fraction, now });
        let limit = if seconds.is_some() { cap.saturating_mul(2) } else { cap };
        prop_assert!(delay.is_none_or(|delay| delay <= limit));
    }

    #[test]
    fn wrong_clock_changes_no_delay_by_more_than_a_second(
        server in 1_500_000_000..4_000_000_000_u64,
        milliseconds in 0..1000_u64,
        requested in 0..8000_u64,
        form in 0..3_u8,
        fraction in 0.0..1.0_f32,
        failed in 1..9_u32,
    ) {
        let sent = SystemTime::UNIX_EPOCH + Duration::from_millis(server * 1000 + milliseconds);
        let at = sent + Duration::from_millis(requested);
        let since_1970 = at.duration_since(SystemTime::UNIX_EPOCH).unwrap();
        let text = match form {
            0 => since_1970.as_secs().to_string(),
            1 => since_1970.as_millis().to_string(),
            _ => httpdate::fmt_http_date(at),
        };
        let date = httpdate::fmt_http_date(sent);
        let error = error(429, &[("retry-after", &text), ("date", &date)]);
        let policy = RetryPolicy::default()
            .max_attempts(u32::MAX)
            .max_rate_limit_delay(Duration::from_secs(10));
        let hour = Duration::from_secs(3600);
        let delay = |now| {
            let call = RetriedCall { is_idempotent: false, is_stream: false };
            policy.delay(call, failed, &error, &mut Fixed { fraction, now }).unwrap()
        };
        let right = delay(sent);
        for wrong in [sent - hour, sent + hour] {
            let difference = delay(wrong).abs_diff(right);
            prop_assert!(difference <= Duration::from_secs(1), "{difference:?}");
        }
        // Both are cut to whole seconds in some forms.
        let asked = Duration::from_millis(requested.saturating_sub(1000));
        prop_assert!(right >= asked, "{right:?} {asked:?}");
    }
}
