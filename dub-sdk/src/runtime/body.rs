//! A response's body as it comes, never more of it than is wanted.

use super::client::Shared;
use super::decode::MAX_ERROR_BODY;
use super::error::{Error, Failure};
use bytes::{Bytes, BytesMut};
use reqwest::Response;

/// A body of which some has come. It waits for nothing itself: that is one line of the call, and quick to compile there.
pub(super) struct IncomingBody {
    /// Reading goes on until there are more bytes than this.
    limit: usize,
    /// The length that was announced.
    expected: Option<usize>,
    /// The first part. Most bodies come in one, and are not copied then.
    first: Bytes,
    /// All parts, once there are two.
    all: BytesMut,
    /// How it ended, once it has.
    end: Option<Result<(), reqwest::Error>>,
}

impl IncomingBody {
    /// The body of a response: of a success until it is known to be larger than the client allows, of an error as much as
    /// is kept of it.
    pub(super) fn new(response: &Response, shared: &Shared) -> Self {
        if !response.status().is_success() {
            return Self::begin(MAX_ERROR_BODY - 1, None);
        }
        let expected = response.content_length();
        // What does not fit a `usize` is more than any bound.
        let expected = expected.map(|length| usize::try_from(length).unwrap_or(usize::MAX));
        Self::begin(shared.settings.max_response_size, expected)
    }

    fn begin(limit: usize, expected: Option<usize>) -> Self {
        Self {
            limit,
            expected,
            first: Bytes::new(),
            all: BytesMut::new(),
            end: None,
        }
    }

    /// Whether there are more bytes than wanted, or were announced.
    fn exceeds_limit(&self) -> bool {
        let have = self.first.len().max(self.all.len());
        have.max(self.expected.unwrap_or(0)) > self.limit
    }

    /// Whether to wait for what comes next.
    pub(super) fn needs_more(&self) -> bool {
        self.end.is_none() && !self.exceeds_limit()
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
            self.all = BytesMut::with_capacity(capacity(self.expected, have));
            self.all.extend_from_slice(&self.first);
        }
        self.all.extend_from_slice(part);
    }

    /// The whole body, for a success.
    pub(super) fn into_complete_bytes(self, shared: &Shared) -> Result<Bytes, Error> {
        if self.exceeds_limit() {
            return Err(Error::Transport(Failure::new(format!(
                "the response's body is larger than the {} bytes allowed",
                self.limit
            ))));
        }
        match self.end {
            Some(Err(error)) => Err(Error::from_reqwest(error, &shared.server.host)),
            _ => Ok(self.into_bytes()),
        }
    }

    /// What has come, for an error: when it breaks off the error is still known by its status.
    pub(super) fn into_bytes(self) -> Bytes {
        match self.all.is_empty() {
            true => self.first,
            false => self.all.freeze(),
        }
    }
}

/// How much memory to take for a body of which `have` bytes have come. The length that was announced is believed only so
/// far.
fn capacity(expected: Option<usize>, have: usize) -> usize {
    const MAX_PREALLOCATED: usize = 1_048_576;
    expected
        .unwrap_or(0)
        .clamp(have, have.saturating_add(MAX_PREALLOCATED))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn received(limit: usize, expected: Option<usize>, parts: &[Bytes]) -> IncomingBody {
        let mut incoming = IncomingBody::begin(limit, expected);
        for part in parts {
            assert!(incoming.needs_more());
            incoming.receive(Ok(Some(part.clone())));
        }
        incoming
    }

    #[test]
    fn joins_chunks_without_copying_single_chunk() {
        let part = Bytes::from(vec![b'a'; 40]);
        let body = received(100, None, std::slice::from_ref(&part)).into_bytes();
        assert_eq!(body.as_ptr(), part.as_ptr());
        let parts = ["ab", "c", "def"].map(Bytes::from);
        for expected in [None, Some(6)] {
            assert_eq!(received(6, expected, &parts).into_bytes(), "abcdef");
        }
        assert_eq!(received(6, None, &[]).into_bytes(), "");
    }

    #[test]
    fn stops_reading_at_limit_or_end() {
        let parts = ["ab", "c"].map(Bytes::from);
        assert!(received(3, Some(3), &parts).needs_more());
        assert!(!received(2, None, &parts).needs_more());
        assert!(!IncomingBody::begin(3, Some(4)).needs_more());
        let mut ended = received(3, None, &parts);
        ended.receive(Ok(None));
        assert!(!ended.needs_more());
    }

    #[test]
    fn preallocation_is_bounded() {
        const HUGE: usize = usize::MAX;
        for (expected, have, capacity) in [
            (None, 20, 20),
            (Some(100), 20, 100),
            // A frame of HTTP/2 can be larger than what is believed ahead.
            (None, 16 << 20, 16 << 20),
            (Some(1), 16 << 20, 16 << 20),
            (Some(HUGE), 20, 20 + (1 << 20)),
            (Some(HUGE), HUGE, HUGE),
        ] {
            assert_eq!(super::capacity(expected, have), capacity);
        }
    }
}
