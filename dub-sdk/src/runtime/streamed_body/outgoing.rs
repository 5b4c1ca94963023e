//! A body with streams, as the HTTP library reads it.

use crate::runtime::{Chunks, Error, Failure, OutgoingStream, RequestBody, SendProbe, StreamError};
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

/// A stream that is read once.
pub(super) struct OneTimeStream {
    chunks: Mutex<Option<Chunks>>,
    length: Option<u64>,
    failure: FailureSlot,
}

/// The place where a body leaves the error of its stream. The HTTP library would wrap it.
type FailureSlot = Arc<Mutex<Option<StreamError>>>;

impl OneTimeStream {
    pub(super) fn new(chunks: Chunks, length: Option<u64>) -> Self {
        Self {
            chunks: Mutex::new(Some(chunks)),
            length,
            failure: FailureSlot::default(),
        }
    }

    fn chunks(&self) -> MutexGuard<'_, Option<Chunks>> {
        self.chunks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl OutgoingStream for OneTimeStream {
    fn is_taken(&self) -> bool {
        self.chunks().is_none()
    }

    fn take(&self) -> Option<Chunks> {
        self.chunks().take()
    }

    fn length(&self) -> Option<u64> {
        self.length
    }

    fn body(&self, body: &RequestBody, probe: SendProbe) -> reqwest::Body {
        reqwest::Body::wrap(Outgoing::new(body, probe, self.failure.clone()))
    }

    fn failure(&self) -> Option<Error> {
        let mut failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
        let failed = Failure::new("the stream of the request body failed");
        Some(Error::Transport(failed.with_source(failure.take()?)))
    }
}

/// A body that consists of bytes and streams. The streams are taken when the HTTP library reads it
/// for the first time, which happens only once there is a connection to send it on.
struct Outgoing {
    segments: VecDeque<Segment>,
    has_begun: bool,
    probe: SendProbe,
    failure: FailureSlot,
}

enum Segment {
    Bytes(Bytes),
    Waiting(Arc<dyn OutgoingStream>),
    /// A stream with the rest of its length. The mutex is never locked; it makes the body `Sync`, as
    /// the HTTP library requires.
    Open(Mutex<Chunks>, Option<u64>),
}

impl Outgoing {
    fn new(body: &RequestBody, probe: SendProbe, failure: FailureSlot) -> Self {
        let mut segments = VecDeque::new();
        let mut rest = body.bytes.clone();
        let mut written = 0;
        for (before, stream) in &body.streams {
            let length = before.saturating_sub(written).min(rest.len());
            written += length;
            segments.push_back(Segment::Bytes(rest.split_to(length)));
            segments.push_back(Segment::Waiting(stream.0.clone()));
        }
        segments.push_back(Segment::Bytes(rest));
        segments.retain(|segment| !matches!(segment, Segment::Bytes(bytes) if bytes.is_empty()));
        Self {
            segments,
            has_begun: false,
            probe,
            failure,
        }
    }

    /// Takes the streams.
    fn begin(&mut self) -> Result<(), StreamError> {
        if self.has_begun {
            return Ok(());
        }
        self.has_begun = true;
        self.probe.begin();
        for segment in &mut self.segments {
            if let Segment::Waiting(stream) = segment {
                // A clone of the request may have been sent at the same time.
                let chunks = stream.take().ok_or("the stream was already sent")?;
                *segment = Segment::Open(Mutex::new(chunks), stream.length());
            }
        }
        Ok(())
    }

    /// Returns the next chunk, which is not empty.
    fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, StreamError>>> {
        if let Err(error) = self.begin() {
            return Poll::Ready(Some(Err(error)));
        }
        loop {
            let chunk = match self.segments.front_mut() {
                None => return Poll::Ready(None),
                Some(Segment::Open(chunks, rest)) => {
                    let chunks = chunks.get_mut().unwrap_or_else(PoisonError::into_inner);
                    check_length(ready!(chunks.as_mut().poll_next(context)), rest)
                }
                Some(Segment::Bytes(bytes)) if !bytes.is_empty() => Some(Ok(std::mem::take(bytes))),
                Some(_) => None,
            };
            match chunk {
                None => drop(self.segments.pop_front()),
                Some(Ok(chunk)) if chunk.is_empty() => {}
                some => return Poll::Ready(some),
            }
        }
    }
}

/// Checks the next chunk of a stream, or its end, against the rest of the stream's length.
fn check_length(
    chunk: Option<Result<Bytes, StreamError>>,
    rest: &mut Option<u64>,
) -> Option<Result<Bytes, StreamError>> {
    let Some(rest) = rest else {
        return chunk;
    };
    match chunk {
        Some(Ok(chunk)) => {
            let length = u64::try_from(chunk.len()).unwrap_or(u64::MAX);
            let Some(left) = rest.checked_sub(length) else {
                return Some(Err("the stream is longer than its length".into()));
            };
            *rest = left;
            Some(Ok(chunk))
        }
        None if *rest > 0 => {
            let message = format!("the stream ended {rest} bytes before its length");
            Some(Err(message.into()))
        }
        other => other,
    }
}

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let chunk = ready!(self.poll_chunk(context));
        Poll::Ready(chunk.map(|chunk| match chunk {
            Ok(chunk) => Ok(Frame::data(chunk)),
            Err(error) => {
                self.segments.clear();
                let mut failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
                *failure = Some(error);
                Err(io::Error::other("the stream of the request body failed"))
            }
        }))
    }

    fn is_end_stream(&self) -> bool {
        let mut segments = self.segments.iter();
        segments.all(|segment| matches!(segment, Segment::Bytes(bytes) if bytes.is_empty()))
    }

    fn size_hint(&self) -> SizeHint {
        let mut lengths = self.segments.iter().map(|segment| match segment {
            Segment::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Segment::Waiting(stream) => stream.length(),
            Segment::Open(_, rest) => *rest,
        });
        let total = lengths.try_fold(0_u64, |total, length| total.checked_add(length?));
        total.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
