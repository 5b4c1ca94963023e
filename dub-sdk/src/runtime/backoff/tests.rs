use super::*;
use crate::runtime::failure::Failure;
use crate::runtime::{ErrorResponse, HeaderMap, Method, StatusCode};

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

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let pairs = pairs.iter();
    pairs
        .map(|(name, text)| (name.parse().unwrap(), text.parse().unwrap()))
        .collect()
}

fn error(status: u16, headers: HeaderMap) -> Error {
    let status = StatusCode::from_u16(status).unwrap();
    let response = ErrorResponse::new(status, headers, "");
    Error::Api(response.into())
}

fn response(status: u16, retry_after: Option<&str>) -> Error {
    let retry_after = retry_after.map(|text| ("retry-after", text));
    error(status, headers(retry_after.as_slice()))
}

fn delay(policy: &RetryPolicy, method: &Method, failed: u32, error: &Error) -> Option<Duration> {
    let call = RetriedCall {
        is_idempotent: method.is_idempotent(),
        is_stream: false,
    };
    policy.delay(call, failed, error, &mut SystemChance)
}

#[test]
fn retries_match_the_documented_table() {
    let policy = RetryPolicy::default();
    let is_retried = |method: &Method, error: &Error| delay(&policy, method, 1, error).is_some();
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
        assert!(is_retried(method, &Error::connect("refused")));
        let permanent = Error::Connect(Failure::new("certificate rejected"));
        assert!(!is_retried(method, &permanent));
        assert!(!is_retried(method, &Error::invalid_request("never sent")));
        assert_eq!(is_retried(method, &Error::timeout("lost")), is_idempotent);
        assert_eq!(is_retried(method, &Error::transport("lost")), is_idempotent);
        let too_large = Error::Transport(Failure::new("too large"));
        assert!(!is_retried(method, &too_large));
    }
}

#[test]
fn policy_sets_the_retried_statuses() {
    let policy = RetryPolicy::default().retry_statuses([408, 429]);
    for (status, is_retried) in [(408, true), (429, true), (503, false), (500, false)] {
        let delay = |method| delay(&policy, &method, 1, &response(status, None));
        assert_eq!(delay(Method::GET).is_some(), is_retried, "{status}");
        assert_eq!(delay(Method::PATCH).is_some(), status == 429, "{status}");
    }
}

#[test]
fn max_attempts_limits_attempts() {
    let error = response(503, None);
    let attempts = |policy: &RetryPolicy| {
        (1..20)
            .take_while(|failed| delay(policy, &Method::GET, *failed, &error).is_some())
            .count()
            + 1
    };
    assert_eq!(attempts(&RetryPolicy::default()), 3);
    assert_eq!(attempts(&RetryPolicy::none()), 1);
    assert_eq!(attempts(&RetryPolicy::default().max_attempts(0)), 1);
    assert_eq!(attempts(&RetryPolicy::default().max_attempts(5)), 5);
}

#[test]
fn backoff_is_random_between_half_and_all_of_doubling_ceiling() {
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
            .filter_map(|_| delay(&policy, &Method::GET, failed, &error))
            .collect();
        let ceiling = Duration::from_millis(ceiling);
        let expected = ceiling / 2..=ceiling;
        assert!(delays.iter().all(|delay| expected.contains(delay)));
        assert!(delays.iter().any(|delay| *delay > ceiling * 7 / 8));
        assert!(delays.iter().any(|delay| *delay < ceiling * 5 / 8));
    }
}

#[test]
fn requested_time_at_or_before_now_keeps_backoff() {
    let policy = RetryPolicy::default();
    for requested in [
        "0",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "1761848307",
        "1761848307000",
    ] {
        for (failed, least) in [(1, 250), (2, 500)] {
            let error = response(429, Some(requested));
            let delay = delay(&policy, &Method::POST, failed, &error).unwrap();
            let expected = Duration::from_millis(least)..=Duration::from_millis(least * 4);
            assert!(expected.contains(&delay), "{requested}: {delay:?}");
        }
    }
}

#[test]
fn heeds_retry_after_up_to_the_limit() {
    let call = |is_stream| RetriedCall {
        is_idempotent: false,
        is_stream,
    };
    let default = RetryPolicy::default();
    let custom = RetryPolicy::default().max_rate_limit_delay(Duration::from_secs(20));
    for (policy, is_stream, status, limit) in [
        (&default, false, 429, 8),
        (&default, true, 429, 60),
        (&custom, false, 429, 20),
        (&custom, true, 429, 20),
    ] {
        let delay = |seconds: u64| {
            let error = response(status, Some(&seconds.to_string()));
            assert_eq!(error.retry_after(), Some(Duration::from_secs(seconds)));
            policy.delay(call(is_stream), 1, &error, &mut SystemChance)
        };
        let waited = delay(limit).unwrap();
        let expected = Duration::from_secs(limit)..=Duration::from_millis(limit * 1000 + 500);
        assert!(expected.contains(&waited), "{waited:?}");
        assert_eq!(delay(limit + 1), None);
    }
    let get = RetriedCall {
        is_idempotent: true,
        is_stream: true,
    };
    // The limit for a 503 is the limit of every backoff, also in a stream.
    for (seconds, is_retried) in [("8", true), ("9", false)] {
        let delay = custom.delay(get, 1, &response(503, Some(seconds)), &mut SystemChance);
        assert_eq!(delay.is_some(), is_retried);
    }
    let endless = "9999999999999999999999999999999999999999";
    assert_eq!(
        delay(&default, &Method::GET, 1, &response(429, Some(endless))),
        None
    );
    assert!(delay(&default, &Method::GET, 1, &response(429, Some("whenever"))).is_some());
}

/// Some servers send the header with every error, where it does not say when to retry.
#[test]
fn heeds_retry_after_only_with_429_and_503() {
    let policy = RetryPolicy::default();
    for status in [429, 503] {
        let error = response(status, Some("3600"));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
        assert_eq!(delay(&policy, &Method::GET, 1, &error), None);
    }
    for status in [500, 502, 504] {
        let error = response(status, Some("3600"));
        assert_eq!(error.retry_after(), None);
        let delay = delay(&policy, &Method::GET, 1, &error).unwrap();
        assert!(delay <= Duration::from_millis(500));
    }
    assert_eq!(response(404, Some("3600")).retry_after(), None);
}

#[test]
fn twenty_clients_with_equal_retry_after_spread_out() {
    let policy = RetryPolicy::default();
    let error = response(429, Some("3"));
    let delays: Vec<_> = (0..20)
        .filter_map(|_| delay(&policy, &Method::GET, 1, &error))
        .collect();
    assert_eq!(delays.len(), 20);
    let spread = *delays.iter().max().unwrap() - *delays.iter().min().unwrap();
    // Half of the first backoff. A narrower spread has a probability of 1 in 50,000.
    assert!(spread >= Duration::from_millis(250), "{spread:?}");
}
