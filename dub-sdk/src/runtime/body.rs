//! A reply's body as it comes, never more of it than is wanted.

use super::client::Shared;
use super::decode::KEPT_BODY;
use super::error::{Error, Failure};
use bytes::{Bytes, BytesMut};
use reqwest::Response;

/// A body of which some has come. It waits for nothing itself: that is one line of the call, and quick to compile there.
pub(super) struct Incoming {
    /// How many bytes are wanted. Reading goes on until there are more, so that a body too large is known for one.
    bound: usize,
    /// The length that was announced.
    expected: Option<usize>,
    /// The first part. Most bodies come in one, and are not copied then.
    first: Bytes,
    /// All parts, once there are two.
    all: BytesMut,
    end: Option<Result<(), reqwest::Error>>,
}

impl Incoming {
    /// The body of a reply: of a success as much as the client allows, of an error as much as is kept of it.
    pub(super) fn new(response: &Response, shared: &Shared) -> Self {
        let is_success = response.status().is_success();
        let expected = response.content_length().filter(|_| is_success);
        Self {
            bound: match is_success {
                true => shared.settings.max_reply_size,
                false => KEPT_BODY,
            },
            // What does not fit a `usize` is more than any bound.
            expected: expected.map(|length| usize::try_from(length).unwrap_or(usize::MAX)),
            first: Bytes::new(),
            all: BytesMut::new(),
            end: None,
        }
    }

    fn is_too_large(&self) -> bool {
        let have = self.first.len().max(self.all.len());
        have.max(self.expected.unwrap_or(0)) > self.bound
    }

    /// Whether to wait for what comes next.
    pub(super) fn goes_on(&self) -> bool {
        self.end.is_none() && !self.is_too_large()
    }

    /// Takes what has come: a part, the end, or that the connection broke off.
    pub(super) fn receive(&mut self, part: Result<Option<Bytes>, reqwest::Error>) {
        match part {
            Ok(Some(part)) if self.first.is_empty() => self.first = part,
            Ok(Some(part)) => self.append(&part),
            Ok(None) => self.end = Some(Ok(())),
            Err(error) => self.end = Some(Err(error)),
        }
    }

    fn append(&mut self, part: &[u8]) {
        if self.all.is_empty() {
            let have = self.first.len() + part.len();
            self.all = BytesMut::with_capacity(room(self.expected, have));
            self.all.extend_from_slice(&self.first);
        }
        self.all.extend_from_slice(part);
    }

    /// The whole body, for a success.
    pub(super) fn whole(self, shared: &Shared) -> Result<Bytes, Error> {
        if self.is_too_large() {
            return Err(Error::Transport(Failure::new(format!(
                "the reply's body is larger than the {} bytes allowed",
                self.bound
            ))));
        }
        match self.end {
            Some(Err(error)) => Err(Error::from_reqwest(error, &shared.server.host)),
            _ => Ok(self.beginning()),
        }
    }

    /// What has come, for an error: when it breaks off the error is still known by its status.
    pub(super) fn beginning(self) -> Bytes {
        match self.all.is_empty() {
            true => self.first,
            false => self.all.freeze(),
        }
    }
}

/// How much memory to take for a body of which `have` bytes have come. The length that was announced is believed only so
/// far.
fn room(expected: Option<usize>, have: usize) -> usize {
    const AHEAD: usize = 1_048_576;
    expected
        .unwrap_or(0)
        .clamp(have, have.saturating_add(AHEAD))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_made_for_what_has_come_and_not_for_all_that_is_announced() {
        const HUGE: usize = usize::MAX;
        for (expected, have, room) in [
            (None, 20, 20),
            (Some(100), 20, 100),
            // A frame of HTTP/2 can be larger than what is believed ahead.
            (None, 16 << 20, 16 << 20),
            (Some(1), 16 << 20, 16 << 20),
            (Some(HUGE), 20, 20 + (1 << 20)),
            (Some(HUGE), HUGE, HUGE),
        ] {
            assert_eq!(super::room(expected, have), room);
        }
    }
}
