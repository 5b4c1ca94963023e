//! A response body as it arrives, read only up to a limit.

use super::client::Shared;
use super::decode_error::MAX_ERROR_BODY;
use super::error::Error;
use super::failure::Failure;
use super::operation::Operation;
use super::send_error;
use super::server::Server;
use super::time_limit::TimeLimit;
use bytes::{Bytes, BytesMut};
use reqwest::Response;

/// A response body that is being received.
///
/// It does not wait for chunks itself. The caller awaits them, which keeps the async code small and
/// quick to compile.
pub(super) struct IncomingBody {
    /// The maximum size in bytes. Reading stops when the body is larger.
    limit: usize,
    /// The length that the server announced.
    expected: Option<usize>,
    /// The first chunk. Most bodies arrive in a single chunk, which is not copied.
    first: Bytes,
    /// All chunks joined, if there are at least two.
    all: BytesMut,
    /// The end of the body or the error that interrupted it; `None` while the body is incomplete.
    end: Option<Result<(), reqwest::Error>>,
}

impl IncomingBody {
    /// Starts to receive the body of a response.
    ///
    /// A success body may be as large as the client's settings allow. Of an error body, only the
    /// part that an error keeps is read.
    ///
    /// If the caller reads a success body, nothing is received here.
    pub(super) fn new(
        response: &Response,
        operation: &Operation,
        shared: &Shared,
        time: &TimeLimit<'_>,
    ) -> Self {
        if time.open.is_some() && operation.is_success(response.status()) {
            let mut body = Self::begin(0, None);
            body.end = Some(Ok(()));
            return body;
        }
        if !operation.is_success(response.status()) {
            return Self::begin(MAX_ERROR_BODY - 1, None);
        }
        let expected = response.content_length();
        // A length that does not fit in a `usize` exceeds every limit.
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

    /// Returns true if the received length or the announced length exceeds the limit.
    fn exceeds_limit(&self) -> bool {
        let have = self.first.len().max(self.all.len());
        have.max(self.expected.unwrap_or(0)) > self.limit
    }

    /// Returns true if the caller must wait for another chunk.
    pub(super) fn needs_more(&self) -> bool {
        self.end.is_none() && !self.exceeds_limit()
    }

    /// Receives the next chunk, the end of the body (`None`), or the error that interrupted it.
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

    /// Returns true if the whole body was received.
    pub(super) fn is_complete(&self) -> bool {
        matches!(self.end, Some(Ok(())))
    }

    /// Returns the complete body of a success response, or an error if the body is too large or was
    /// interrupted.
    pub(super) fn into_complete_bytes(
        self,
        server: &Server,
        time: &TimeLimit<'_>,
    ) -> Result<Bytes, Error> {
        if self.exceeds_limit() {
            return Err(Error::Transport(Failure::new(format!(
                "response body exceeds the limit of {} bytes",
                self.limit
            ))));
        }
        match self.end {
            Some(Err(error)) => Err(send_error::convert(error, server, true, time)),
            _ => Ok(self.into_bytes()),
        }
    }

    /// Returns the bytes received so far, for an error response. Even if the body was interrupted,
    /// the status identifies the error.
    pub(super) fn into_bytes(self) -> Bytes {
        match self.all.is_empty() {
            true => self.first,
            false => self.all.freeze(),
        }
    }
}

/// Returns the number of bytes to allocate for a body of which `have` bytes have arrived. The
/// announced length is trusted only up to `MAX_PREALLOCATED` further bytes.
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
            // A single HTTP/2 frame can be larger than the preallocation limit.
            (None, 16 << 20, 16 << 20),
            (Some(1), 16 << 20, 16 << 20),
            (Some(HUGE), 20, 20 + (1 << 20)),
            (Some(HUGE), HUGE, HUGE),
        ] {
            assert_eq!(super::capacity(expected, have), capacity);
        }
    }
}
