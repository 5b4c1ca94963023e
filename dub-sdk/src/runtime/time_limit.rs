//! The time limit of an attempt.

use super::open_response::OpenResponse;
use std::time::Duration;
use tokio::time::Instant;

/// The time limit of an attempt, including its redirects.
#[derive(Clone, Copy)]
pub(super) struct TimeLimit<'a> {
    begin: Instant,
    limit: Option<Duration>,
    /// True if the deadline of the call ends the attempt before its own timeout.
    is_deadline: bool,
    /// Receives a success response if the caller reads its body. The limit ends with its head then.
    pub(super) open: Option<&'a dyn OpenResponse>,
}

impl TimeLimit<'_> {
    /// Creates a time limit that starts now: the shorter one of the timeout of an attempt and the
    /// time left until the deadline. `None` means no limit.
    pub(super) fn new(timeout: Option<Duration>, deadline: Option<Duration>) -> Self {
        let is_deadline = deadline.is_some_and(|deadline| timeout.is_none_or(|it| deadline < it));
        Self {
            begin: Instant::now(),
            limit: if is_deadline { deadline } else { timeout },
            is_deadline,
            open: None,
        }
    }

    /// Describes the limit in a sentence about a response that did not arrive.
    pub(super) fn description(&self) -> String {
        match self.limit {
            Some(_) if self.is_deadline => "before the deadline of the call".to_owned(),
            Some(limit) => format!("within {limit:?}"),
            None => "within the timeout of the HTTP client".to_owned(),
        }
    }

    /// Returns the whole time; `None` if there is no limit.
    pub(super) fn limit(&self) -> Option<Duration> {
        self.limit
    }

    /// Returns the time left for the HTTP library, which includes the time in which the body is
    /// read.
    pub(super) fn remaining(&self) -> Option<Duration> {
        self.for_http(|limit| limit.saturating_sub(self.begin.elapsed()))
    }

    /// Returns the whole time for the HTTP library, like [`remaining`](Self::remaining).
    pub(super) fn whole(&self) -> Option<Duration> {
        self.for_http(|limit| limit)
    }

    fn for_http(&self, time: impl FnOnce(Duration) -> Duration) -> Option<Duration> {
        match self.open {
            None => self.limit.map(time),
            // The HTTP client may have a timeout by default.
            Some(_) => Some(Duration::MAX),
        }
    }
}
