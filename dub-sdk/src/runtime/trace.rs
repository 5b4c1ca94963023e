//! The span of a call and its events, for the feature `tracing`. Without the feature, the types of
//! this module do nothing.
//!
//! Spans and events identify the operation, but contain no data of the request: no query, no path
//! arguments, no headers and no body. They also contain no error messages, because these may quote
//! a body.

#[cfg(feature = "tracing")]
pub(super) use enabled::{Ending, Progress, Trace};

#[cfg(not(feature = "tracing"))]
pub(super) use disabled::{Ending, Progress, Trace};

#[cfg(feature = "tracing")]
mod enabled {
    use crate::runtime::client::Client;
    use crate::runtime::error::Error;
    use crate::runtime::operation::Operation;
    use crate::runtime::request_parts::RequestParts;
    use reqwest::{Method, StatusCode};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::time::{Duration, Instant};
    use tracing::dispatcher::{self, DefaultGuard, Dispatch};
    use tracing::field::Empty;
    use tracing::span::{Entered, EnteredSpan};
    use tracing::{Span, debug, info_span, warn};

    /// The target of spans and events, by which subscribers filter them: the name of this crate.
    const TARGET: &str = env!("CARGO_CRATE_NAME");

    /// The value of the field `error` for a call that was dropped before its end.
    const CANCELLED: &str = "cancelled";

    /// The trace of a call: a span from its first poll to its end, and an event at its end. A call
    /// that is dropped in between is recorded as cancelled.
    pub(in crate::runtime) struct Trace {
        client: Client,
        operation: &'static Operation,
        method: Method,
        progress: Progress,
        open: Option<Open>,
    }

    /// The attempts of a call that is in progress.
    #[derive(Clone, Default)]
    pub(in crate::runtime) struct Progress(Arc<AtomicU32>);

    /// A span that has not ended.
    struct Open {
        span: Span,
        /// The subscriber of the caller. It is set explicitly, because the calls of a blocking
        /// client are polled on another thread.
        subscriber: Dispatch,
        begin: Instant,
        progress: Progress,
    }

    /// Enters a span until it is dropped. The fields are dropped in this order.
    pub(in crate::runtime) struct Scope<'a> {
        _span: Entered<'a>,
        _subscriber: DefaultGuard,
    }

    /// Enters a span until its end.
    pub(in crate::runtime) struct Ending {
        last: Option<Last>,
        status: Option<StatusCode>,
    }

    /// The fields are dropped in this order.
    struct Last {
        span: EnteredSpan,
        _subscriber: DefaultGuard,
        begin: Instant,
        progress: Progress,
    }

    impl Trace {
        pub(in crate::runtime) fn new(client: &Client, parts: &RequestParts) -> Self {
            Self {
                client: client.clone(),
                operation: parts.operation,
                method: parts.method().clone(),
                progress: Progress::default(),
                open: None,
            }
        }

        /// Returns the record of the attempts, for the code that makes them.
        pub(in crate::runtime) fn progress(&self) -> Progress {
            self.progress.clone()
        }

        /// Opens the span as a child of the current span. Does nothing if it is open.
        pub(in crate::runtime) fn start(&mut self) {
            if self.open.is_some() {
                return;
            }
            let operation = self.operation;
            // A request to any endpoint has no template, and its path may contain personal data.
            let template = (!operation.path.is_empty()).then_some(operation.path);
            let shared = &self.client.shared;
            let server = shared.server(operation).unwrap_or(&shared.server);
            let span = info_span!(
                target: TARGET,
                "call",
                operation = operation.id,
                method = self.method.as_str(),
                path = template,
                server = server.host.as_str(),
                attempts = Empty,
                status = Empty,
                error = Empty,
                elapsed_ms = Empty,
            );
            self.open = Some(Open {
                span,
                subscriber: dispatcher::get_default(Dispatch::clone),
                begin: Instant::now(),
                progress: self.progress.clone(),
            });
        }

        /// Enters the span. The subscriber of the caller receives the events of the current thread.
        pub(in crate::runtime) fn enter(&self) -> Option<Scope<'_>> {
            let open = self.open.as_ref()?;
            Some(Scope {
                _subscriber: dispatcher::set_default(&open.subscriber),
                _span: open.span.enter(),
            })
        }

        /// Enters the span for the last time, with the status of the response.
        pub(in crate::runtime) fn ending(&mut self, status: Option<StatusCode>) -> Ending {
            Ending {
                last: self.open.take().map(Open::into_last),
                status,
            }
        }
    }

    impl Drop for Trace {
        fn drop(&mut self) {
            if let Some(open) = self.open.take() {
                open.into_last().end(None, Some(CANCELLED));
            }
        }
    }

    impl Open {
        fn into_last(self) -> Last {
            Last {
                _subscriber: dispatcher::set_default(&self.subscriber),
                span: self.span.entered(),
                begin: self.begin,
                progress: self.progress,
            }
        }
    }

    impl Ending {
        /// Records the end of the call, with the kind of error of a call that failed.
        pub(in crate::runtime) fn end(self, error: Option<&'static str>) {
            if let Some(last) = self.last {
                last.end(self.status, error);
            }
        }
    }

    impl Last {
        /// Emits the event, and then records the same values on the span: subscribers that print
        /// the fields of the span with each event would otherwise print them twice.
        fn end(self, status: Option<StatusCode>, error: Option<&'static str>) {
            let attempts = self.progress.0.load(Ordering::Relaxed);
            let status = status.map(|status| status.as_u16());
            let elapsed_ms = milliseconds(self.begin.elapsed());
            match error {
                None => {
                    debug!(target: TARGET, attempts, status, elapsed_ms, "call succeeded");
                }
                Some(CANCELLED) => {
                    debug!(target: TARGET, attempts, error, elapsed_ms, "call cancelled");
                }
                Some(error) => {
                    warn!(target: TARGET, attempts, status, error, elapsed_ms, "call failed");
                }
            }
            self.span.record("attempts", attempts);
            if let Some(status) = status {
                self.span.record("status", status);
            }
            if let Some(error) = error {
                self.span.record("error", error);
            }
            self.span.record("elapsed_ms", elapsed_ms);
        }
    }

    impl Progress {
        /// Records the start of an attempt. The first attempt is 1.
        pub(in crate::runtime) fn attempt(&self, attempt: u32) {
            self.0.store(attempt, Ordering::Relaxed);
        }

        /// Emits an event for an attempt that failed and will be retried after `delay`.
        pub(in crate::runtime) fn retry(&self, attempt: u32, delay: Duration, error: &Error) {
            warn!(
                target: TARGET,
                attempt,
                status = error.status().map(|status| status.as_u16()),
                error = error.kind(),
                delay_ms = milliseconds(delay),
                "retrying the call"
            );
        }
    }

    fn milliseconds(duration: Duration) -> u64 {
        u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(not(feature = "tracing"))]
mod disabled {
    use crate::runtime::client::Client;
    use crate::runtime::error::Error;
    use crate::runtime::request_parts::RequestParts;
    use reqwest::StatusCode;
    use std::time::Duration;

    pub(in crate::runtime) struct Trace;

    pub(in crate::runtime) struct Progress;

    pub(in crate::runtime) struct Scope;

    pub(in crate::runtime) struct Ending;

    impl Trace {
        pub(in crate::runtime) fn new(_: &Client, _: &RequestParts) -> Self {
            Self
        }

        pub(in crate::runtime) fn progress(&self) -> Progress {
            Progress
        }

        pub(in crate::runtime) fn start(&mut self) {}

        pub(in crate::runtime) fn enter(&self) -> Option<Scope> {
            None
        }

        pub(in crate::runtime) fn ending(&mut self, _: Option<StatusCode>) -> Ending {
            Ending
        }
    }

    impl Ending {
        pub(in crate::runtime) fn end(self, _: Option<&'static str>) {}
    }

    impl Progress {
        pub(in crate::runtime) fn attempt(&self, _: u32) {}

        pub(in crate::runtime) fn retry(&self, _: u32, _: Duration, _: &Error) {}
    }
}
