//! The time limit of an attempt.

use std::time::Duration;
use tokio::time::Instant;

/// The time limit of an attempt, including its redirects.
#[cfg_attr(test, derive(Debug))]
pub(super) struct TimeLimit {
    begin: Instant,
    limit: Option<Duration>,
    /// True if the deadline of the call ends the attempt before its own timeout.
    is_deadline: bool,
}

impl TimeLimit {
    /// Creates a time limit that starts now: the shorter one of the timeout of an attempt and the
    /// time left until the deadline. `None` means no limit.
    pub(super) fn new(timeout: Option<Duration>, deadline: Option<Duration>) -> Self {
        let is_deadline = deadline.is_some_and(|deadline| timeout.is_none_or(|it| deadline < it));
        Self {
            begin: Instant::now(),
            limit: if is_deadline { deadline } else { timeout },
            is_deadline,
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

    /// Returns the time left.
    pub(super) fn remaining(&self) -> Option<Duration> {
        self.limit
            .map(|limit| limit.saturating_sub(self.begin.elapsed()))
    }
}
