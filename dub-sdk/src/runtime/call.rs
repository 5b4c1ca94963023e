//! One call: it makes attempts until one succeeds or no further attempt is allowed.

use super::attempt::attempt;
use super::backoff::{RetriedCall, SystemChance};
use super::client::{Client, Shared};
use super::error::Error;
use super::failure::Failure;
use super::open_response::OpenResponse;
use super::outgoing_body::is_spent;
use super::pager::{PageItems, Pager};
use super::received::RawResponse;
use super::request::Request;
use super::request_parts::RequestParts;
use super::retry::RetryPolicy;
use super::send_error;
use super::time_limit::TimeLimit;
use super::trace::{Ending, Progress, Trace};
use reqwest::StatusCode;
use serde::de::DeserializeOwned;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::time::Instant;

/// A call, which starts with its first poll. Dropping it cancels it.
///
/// The caller polls the response, and passes the outcome to [`Call::finish`].
pub(crate) struct Call {
    /// The attempts; `None` after the end of the call. The future is boxed so that the futures of
    /// generated code, which hold it, stay small and compile quickly.
    ///
    /// The mutex is never locked. It makes the call `Sync`, and therefore also the futures and
    /// streams that hold it.
    response: Option<Mutex<Boxed>>,
    trace: Trace,
}

type Boxed = Pin<Box<dyn Future<Output = Result<RawResponse, Error>> + Send>>;

impl Call {
    /// Opens the span of the call as a child of the current span. The first poll does so, too.
    pub(crate) fn start(&mut self) {
        self.trace.start();
    }

    /// Makes the attempts.
    pub(crate) fn poll_response(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<RawResponse, Error>> {
        let Some(response) = &mut self.response else {
            return Poll::Ready(Err(Error::config("the call was polled after its end")));
        };
        self.trace.start();
        let _scope = self.trace.enter();
        let response = response.get_mut().unwrap_or_else(PoisonError::into_inner);
        response.as_mut().poll(context)
    }

    /// Decodes the response with `read` and ends the call. Both happen in the span of the call, so
    /// that the span includes the time and the errors of decoding.
    pub(crate) fn finish<T>(
        &mut self,
        response: Result<RawResponse, Error>,
        read: impl FnOnce(RawResponse) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let ending = self.ending(&response);
        let outcome = response.and_then(read);
        ending.end(outcome.as_ref().err().map(Error::kind));
        outcome
    }

    /// Like [`Call::finish`], for a page. The trace treats a page with unreadable items as one that
    /// cannot be decoded, because the caller receives their errors.
    pub(super) fn finish_page<T: DeserializeOwned>(
        &mut self,
        response: Result<RawResponse, Error>,
        pager: &mut Pager,
    ) -> Result<Option<PageItems<T>>, Error> {
        let ending = self.ending(&response);
        let page = response.and_then(|response| pager.accept(&response));
        ending.end(match &page {
            Ok(Some(items)) if items.has_unreadable() => Some("decode"),
            Ok(_) => None,
            Err(error) => Some(error.kind()),
        });
        page
    }

    fn ending(&mut self, response: &Result<RawResponse, Error>) -> Ending {
        self.response = None;
        self.trace.ending(match response {
            Ok(response) => Some(response.status()),
            Err(error) => error.status(),
        })
    }
}

/// Creates a call. Nothing is sent before the call is polled.
pub(super) fn call(client: Client, parts: RequestParts) -> Call {
    begin(client, parts, None)
}

fn begin(client: Client, parts: RequestParts, open: Option<Arc<dyn OpenResponse>>) -> Call {
    let trace = Trace::new(&client, &parts);
    let response = run(client, parts, trace.progress(), open);
    Call {
        response: Some(Mutex::new(Box::pin(response))),
        trace,
    }
}

impl Request<Client> {
    /// Creates a call that ends with the head of a success response. `open` receives the response,
    /// whose body the caller reads.
    pub(crate) fn open(self, open: Arc<dyn OpenResponse>) -> Call {
        begin(self.client, self.parts, Some(open))
    }

    /// Returns the maximum size of a response body, in bytes.
    pub(crate) fn max_response_size(&self) -> usize {
        self.client.shared.settings.max_response_size
    }
}

async fn run(
    client: Client,
    mut parts: RequestParts,
    trace: Progress,
    open: Option<Arc<dyn OpenResponse>>,
) -> Result<RawResponse, Error> {
    if let Err(error) = parts.check(None).and_then(|()| require_runtime()) {
        return Err(error.in_operation(parts.operation_name()));
    }
    parts.decide_idempotency();
    let body = parts.take_body();
    let budget = Budget::new(&client.shared, &parts);
    let mut attempts = 0_u32;
    let (mut has_new_token, mut has_taken) = (false, false);
    let outcome = loop {
        let mut time = match budget.attempt() {
            Ok(time) => time,
            Err(error) => break Err(error),
        };
        time.open = open.as_deref();
        trace.attempt(attempts.saturating_add(1));
        let token = match client.tokens(&parts) {
            Ok(None) => Ok(None),
            Ok(Some(tokens)) => tokens.header(time.limit()).await.map(Some),
            Err(error) => Err(error),
        };
        let token = match token {
            Ok(token) => token,
            Err(error) => break Err(error),
        };
        let limit = time.limit().filter(|_| open.is_some());
        let attempt = attempt(&client, &parts, &body, token.as_ref(), time);
        let outcome = match limit {
            None => attempt.await,
            Some(limit) => match tokio::time::timeout(limit, attempt).await {
                Ok(outcome) => outcome,
                Err(_) => Err(send_error::no_head(&time)),
            },
        };
        let is_final = matches!(&body, Some(body) if is_spent(&body.streams));
        if let (Some(token), false, true) = (&token, has_new_token, is_unauthorized(&outcome)) {
            client.reject_token(token);
            has_new_token = true;
            if !is_final {
                continue;
            }
        }
        attempts = attempts.saturating_add(1);
        let Err(error) = &outcome else {
            client.shared.used_budget.release(has_taken);
            break outcome;
        };
        match budget.delay(&client.shared, &parts, attempts, error) {
            Some((delay, takes)) if !is_final => {
                has_taken |= takes;
                trace.retry(attempts, delay, error);
                tokio::time::sleep(delay).await;
            }
            _ => break outcome,
        }
    };
    outcome.map_err(|error| error.in_operation(parts.operation_name()))
}

/// Returns true if the server did not accept the token. It has not performed the request then.
fn is_unauthorized(outcome: &Result<RawResponse, Error>) -> bool {
    matches!(outcome, Err(Error::Api(error)) if error.status() == StatusCode::UNAUTHORIZED)
}

/// Returns an error if the HTTP library would panic: outside of a tokio runtime, and in a runtime
/// without timers.
fn require_runtime() -> Result<(), Error> {
    if Handle::try_current().is_err() {
        return Err(Error::config(
            "no tokio runtime: await the call inside one, or use the blocking client (feature `blocking`)",
        ));
    }
    // Tokio offers no other way to find out whether a runtime has timers.
    let timer = std::panic::catch_unwind(|| drop(tokio::time::sleep(Duration::ZERO)));
    timer.map_err(|_| {
        Error::config(
            "the tokio runtime has no timers: build it with `enable_all()`, or with `enable_io()` and \
             `enable_time()`",
        )
    })
}

/// The time limits and the retry policy of a call.
struct Budget {
    timeout: Option<Duration>,
    end: Option<Instant>,
    retry: RetryPolicy,
}

impl Budget {
    fn new(shared: &Shared, parts: &RequestParts) -> Self {
        let (settings, limits) = (&shared.settings, &parts.limits);
        let deadline = limits.deadline.or(settings.deadline);
        Self {
            timeout: limits.timeout.or(settings.timeout),
            // A deadline beyond the range of `Instant` means no limit.
            end: deadline.and_then(|deadline| Instant::now().checked_add(deadline)),
            retry: limits
                .retry
                .clone()
                .unwrap_or_else(|| settings.retry.clone()),
        }
    }

    /// Returns the time left until the deadline; `None` if there is no deadline.
    fn left(&self) -> Option<Duration> {
        self.end
            .map(|end| end.saturating_duration_since(Instant::now()))
    }

    /// Returns the time limit of the next attempt, or an error if the deadline has passed.
    fn attempt(&self) -> Result<TimeLimit<'_>, Error> {
        let left = self.left();
        if left.is_some_and(|left| left.is_zero()) {
            return Err(Error::Timeout(Failure::retryable(
                "the deadline of the call has passed",
            )));
        }
        Ok(TimeLimit::new(self.timeout, left))
    }

    /// Returns the delay before the next attempt, and true if the attempt takes from the budget;
    /// `None` if there must not be one.
    fn delay(
        &self,
        shared: &Shared,
        parts: &RequestParts,
        attempts: u32,
        error: &Error,
    ) -> Option<(Duration, bool)> {
        if parts.is_final(error) {
            return None;
        }
        let call = RetriedCall {
            is_idempotent: parts.limits.is_idempotent.unwrap_or_default(),
            is_stream: parts.limits.is_stream,
        };
        let delay = self.retry.delay(call, attempts, error, &mut SystemChance)?;
        // The server itself asks for retries after a 429.
        let takes = !error.is_rate_limited();
        let may_take = || !takes || shared.used_budget.take(self.retry.budget);
        (self.allows(delay) && may_take()).then_some((delay, takes))
    }

    /// Returns true if there is time for an attempt after the delay.
    fn allows(&self, delay: Duration) -> bool {
        self.left().is_none_or(|left| delay < left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn call_is_send_sync_and_unpin() {
        fn assert_bounds<T: Send + Sync + Unpin>() {}
        assert_bounds::<Call>();
    }

    fn budget(timeout: Option<u64>, deadline: Option<u64>) -> Budget {
        Budget {
            timeout: timeout.map(Duration::from_secs),
            end: deadline.map(|seconds| Instant::now() + Duration::from_secs(seconds)),
            retry: RetryPolicy::none(),
        }
    }

    #[test]
    fn attempt_timeout_is_capped_by_deadline() {
        let limit = |budget: Budget| budget.attempt().unwrap().limit();
        assert_eq!(limit(budget(None, None)), None);
        assert_eq!(limit(budget(Some(30), None)), Some(Duration::from_secs(30)));
        assert_eq!(
            limit(budget(Some(30), Some(300))),
            Some(Duration::from_secs(30))
        );
        for timeout in [None, Some(30)] {
            let left = limit(budget(timeout, Some(5))).unwrap();
            assert!((Duration::from_secs(4)..=Duration::from_secs(5)).contains(&left));
        }
    }

    #[test]
    fn expired_deadline_allows_no_attempt_or_delay() {
        let budget = budget(Some(30), Some(0));
        let error = budget.attempt().err().unwrap();
        assert!(error.is_timeout() && error.is_retryable());
        assert!(!budget.allows(Duration::ZERO));
        let budget = self::budget(None, Some(60));
        assert!(budget.allows(Duration::from_secs(50)));
        assert!(!budget.allows(Duration::from_secs(60)));
        assert!(self::budget(None, None).allows(Duration::MAX));
    }
}
