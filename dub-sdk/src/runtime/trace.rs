//! The span of a call and the events within it, for the feature `tracing`; without it all of this is nothing.
//!
//! What is recorded is the operation, never what is asked of it: no query, no path arguments, no header, no body, and
//! no text of an error, which may quote a body.

#[cfg(feature = "tracing")]
pub(super) use enabled::Trace;

#[cfg(not(feature = "tracing"))]
pub(super) use disabled::Trace;

#[cfg(feature = "tracing")]
mod enabled {
    use crate::runtime::error::Error;
    use crate::runtime::operation::Operation;
    use crate::runtime::response::RawResponse;
    use std::future::Future;
    use std::time::{Duration, Instant};
    use tracing::field::Empty;
    use tracing::instrument::{Instrument, WithSubscriber};

    /// What spans and events are filtered by: the name of this crate.
    const TARGET: &str = env!("CARGO_CRATE_NAME");

    /// The span of a call.
    #[derive(Clone)]
    pub(in crate::runtime) struct Trace {
        span: tracing::Span,
        begin: Instant,
    }

    impl Trace {
        /// Opens the span, as a child of the one that the thread is in.
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

        /// Polls `call` within the span, and with the subscriber of this thread wherever it is polled: calls of a
        /// blocking client run on a thread of their own.
        pub(in crate::runtime) fn in_span<F: Future>(
            &self,
            call: F,
        ) -> impl Future<Output = F::Output> + use<F> {
            call.instrument(self.span.clone()).with_current_subscriber()
        }

        /// An attempt begins; the first is 1.
        pub(in crate::runtime) fn attempt(&self, attempt: u32) {
            self.span.record("attempt", attempt);
        }

        /// An attempt has failed and another will follow.
        pub(in crate::runtime) fn retry(&self, attempt: u32, delay: Duration, error: &Error) {
            tracing::warn!(
                target: TARGET,
                attempt,
                status = error.status().map(|status| status.as_u16()),
                error = error.kind(),
                delay_ms = milliseconds(delay),
                "the call is tried again"
            );
        }

        /// The call is over.
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
    use crate::runtime::response::RawResponse;
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
