//! A response's body as it comes, never more of it than is wanted.

use super::client::Shared;
use super::decode::KEPT_BODY;
use super::error::{Error, Failure};
use bytes::{Bytes, BytesMut};
use reqwest::Response;

/// A body of which some has come. It waits for nothing itself: that is one line of the call, and quick to compile there.
pub(super) struct Incoming {
    /// Reading goes on until there are more bytes than this.
    most: usize,
    /// The length that was announced.
    expected: Option<usize>,
    /// The first part. Most bodies come in one, and are not copied then.
    first: Bytes,
    /// All parts, once there are two.
    all: BytesMut,
    /// How it ended, once it has.
    end: Option<Result<(), reqwest::Error>>,
}

impl Incoming {
    /// The body of a response: of a success until it is known to be larger than the client allows, of an error as much as
    /// is kept of it.
    pub(super) fn new(response: &Response, shared: &Shared) -> Self {
        if !response.status().is_success() {
            return Self::begin(KEPT_BODY - 1, None);
        }
        let expected = response.content_length();
        // What does not fit a `usize` is more than any bound.
        let expected = expected.map(|length| usize::try_from(length).unwrap_or(usize::MAX));
        Self::begin(shared.settings.max_response_size, expected)
    }

    fn begin(most: usize, expected: Option<usize>) -> Self {
        Self {
            most,
            expected,
            first: Bytes::new(),
            all: BytesMut::new(),
            end: None,
        }
    }

    /// Whether there are more bytes than wanted, or were announced.
    fn is_more(&self) -> bool {
        let have = self.first.len().max(self.all.len());
        have.max(self.expected.unwrap_or(0)) > self.most
    }

    /// Whether to wait for what comes next.
    pub(super) fn goes_on(&self) -> bool {
        self.end.is_none() && !self.is_more()
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
        if self.is_more() {
            return Err(Error::Transport(Failure::new(format!(
                "the response's body is larger than the {} bytes allowed",
                self.most
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

    fn received(most: usize, expected: Option<usize>, parts: &[Bytes]) -> Incoming {
        let mut incoming = Incoming::begin(most, expected);
        for part in parts {
            assert!(incoming.goes_on());
            incoming.receive(Ok(Some(part.clone())));
        }
        incoming
    }

    #[test]
    fn parts_are_put_together_and_a_single_one_is_not_copied() {
        let part = Bytes::from(vec![b'a'; 40]);
        let body = received(100, None, std::slice::from_ref(&part)).beginning();
        assert_eq!(body.as_ptr(), part.as_ptr());
        let parts = ["ab", "c", "def"].map(Bytes::from);
        for expected in [None, Some(6)] {
            assert_eq!(received(6, expected, &parts).beginning(), "abcdef");
        }
        assert_eq!(received(6, None, &[]).beginning(), "");
    }

    #[test]
    fn nothing_is_waited_for_once_there_is_more_than_wanted_or_announced_or_the_end() {
        let parts = ["ab", "c"].map(Bytes::from);
        assert!(received(3, Some(3), &parts).goes_on());
        assert!(!received(2, None, &parts).goes_on());
        assert!(!Incoming::begin(3, Some(4)).goes_on());
        let mut ended = received(3, None, &parts);
        ended.receive(Ok(None));
        assert!(!ended.goes_on());
    }

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
