//! The span of a call and its events, for the feature `tracing`. Without the feature, [`Trace`]
//! does nothing.
//!
//! Spans and events identify the operation, but contain no data of the request: no query, no path
//! arguments, no headers and no body. They also contain no error messages, because these may quote
//! a body.

#[cfg(feature = "tracing")]
pub(super) use enabled::Trace;

#[cfg(not(feature = "tracing"))]
pub(super) use disabled::Trace;

#[cfg(feature = "tracing")]
mod enabled {
    use crate::runtime::error::Error;
    use crate::runtime::operation::Operation;
    use crate::runtime::raw_response::RawResponse;
    use std::future::Future;
    use std::time::{Duration, Instant};
    use tracing::field::Empty;
    use tracing::instrument::{Instrument, WithSubscriber};

    /// The target of spans and events, by which subscribers filter them: the name of this crate.
    const TARGET: &str = env!("CARGO_CRATE_NAME");

    /// The span of a call.
    #[derive(Clone)]
    pub(in crate::runtime) struct Trace {
        span: tracing::Span,
        begin: Instant,
    }

    impl Trace {
        /// Creates the span as a child of the current span.
        pub(in crate::runtime) fn new(operation: &Operation, server: &str) -> Self {
            let span = tracing::info_span!(
                target: TARGET,
                "call",
                operation = operation.id,
                method = operation.method.as_str(),
                path = operation.path,
                server,
                attempt = Empty,
                status = Empty,
                error = Empty,
                elapsed_ms = Empty,
            );
            Self {
                span,
                begin: Instant::now(),
            }
        }

        /// Polls `call` in the span, with the subscriber of the current thread. The subscriber is
        /// set explicitly, because the calls of a blocking client are polled on another thread.
        pub(in crate::runtime) fn in_span<F: Future>(
            &self,
            call: F,
        ) -> impl Future<Output = F::Output> + use<F> {
            call.instrument(self.span.clone()).with_current_subscriber()
        }

        /// Records the start of an attempt. The first attempt is 1.
        pub(in crate::runtime) fn attempt(&self, attempt: u32) {
            self.span.record("attempt", attempt);
        }

        /// Emits an event for an attempt that failed and will be retried after `delay`.
        pub(in crate::runtime) fn retry(&self, attempt: u32, delay: Duration, error: &Error) {
            tracing::warn!(
                target: TARGET,
                attempt,
                status = error.status().map(|status| status.as_u16()),
                error = error.kind(),
                delay_ms = milliseconds(delay),
                "retrying the call"
            );
        }

        /// Records the outcome and the duration of the call.
        pub(in crate::runtime) fn end(&self, outcome: &Result<RawResponse, Error>) {
            let status = match outcome {
                Ok(response) => Some(response.status),
                Err(error) => error.status(),
            };
            if let Some(status) = status {
                self.span.record("status", status.as_u16());
            }
            if let Err(error) = outcome {
                self.span.record("error", error.kind());
            }
            self.span
                .record("elapsed_ms", milliseconds(self.begin.elapsed()));
        }
    }

    fn milliseconds(duration: Duration) -> u64 {
        u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(not(feature = "tracing"))]
mod disabled {
    use crate::runtime::error::Error;
    use crate::runtime::operation::Operation;
    use crate::runtime::raw_response::RawResponse;
    use std::time::Duration;

    #[derive(Clone)]
    pub(in crate::runtime) struct Trace;

    impl Trace {
        pub(in crate::runtime) fn new(_: &Operation, _: &str) -> Self {
            Self
        }

        pub(in crate::runtime) fn in_span<F: Future>(&self, call: F) -> F {
            call
        }

        pub(in crate::runtime) fn attempt(&self, _: u32) {}

        pub(in crate::runtime) fn retry(&self, _: u32, _: Duration, _: &Error) {}

        pub(in crate::runtime) fn end(&self, _: &Result<RawResponse, Error>) {}
    }
}
