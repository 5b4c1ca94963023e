//! Streams over the parts of a response body, which is read as it arrives.
//!
//! Generated code declares this module only if an operation can have such a stream.

#![allow(
    dead_code,
    unused_imports,
    reason = "which parts are used depends on the document that the crate is generated from"
)]

#[cfg(feature = "blocking")]
pub mod blocking;
mod source;
#[cfg(test)]
pub(crate) mod test_server;
#[cfg(test)]
mod tests;

pub(crate) use source::{Frame, Framing, Read, Source, TooLarge};

use crate::runtime::{ApiOperation, Client, Error, Next, Request, RequestBuilder, TryNext};
use bytes::Bytes;
use futures_core::{FusedStream, Stream};
use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// A stream over the parts of a response body: chunks of bytes, items or events.
///
/// The request is sent with the first poll. Dropping the stream cancels the request and closes the
/// connection.
///
/// # Time limits
///
/// The timeout and the deadline of the request end with the head of the response: its status and
/// its headers. The stream itself may take any time, as long as the server sends something within
/// the [`idle_timeout`](Self::idle_timeout).
///
/// # Errors
///
/// - Until the head of the response has arrived, the request is retried like any other, and its
///   errors are the same. The stream ends after such an error.
/// - An item or an event whose data does not match its type is an [`Error::Decode`]. The stream
///   continues with the next one.
/// - If the connection is interrupted, the stream returns an [`Error::Transport`] and ends. If
///   nothing arrives for too long, it returns an [`Error::Timeout`] and ends. Everything that was
///   complete before comes first.
/// - An item or an event that is larger than the client's limit for responses
///   (`ClientBuilder::max_response_size`) is an [`Error::Transport`], and ends the stream. There is
///   no limit for the whole body.
#[must_use = "streams do nothing unless polled"]
pub struct BodyStream<T> {
    pub(crate) source: Source,
    read: Read<T>,
}

impl<T> BodyStream<T> {
    pub(crate) fn new(source: Source, read: Read<T>) -> Self {
        Self { source, read }
    }

    /// Sets the longest time to wait for the next bytes of the body. The default is 5 minutes;
    /// `Duration::MAX` means no limit.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.source.idle_timeout = timeout;
        self
    }

    /// Returns the next part; `None` at the end.
    ///
    /// # Errors
    ///
    /// Returns the error in place of the part. The stream may go on after it.
    pub fn try_next(&mut self) -> TryNext<'_, Self> {
        TryNext(self)
    }

    /// Returns the next part or an error; `None` at the end.
    #[allow(
        clippy::should_implement_trait,
        reason = "an async iterator has this method"
    )]
    pub fn next(&mut self) -> Next<'_, Self> {
        Next(self)
    }

    /// Returns all parts in a collection, such as a `Vec`.
    ///
    /// # Errors
    ///
    /// Returns the first error. The parts before it are lost.
    pub async fn try_collect<C: Default + Extend<T>>(mut self) -> Result<C, Error> {
        let mut all = C::default();
        while let Some(part) = self.try_next().await? {
            all.extend([part]);
        }
        Ok(all)
    }
}

impl<T> Stream for BodyStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let frame = ready!(self.source.poll_frame(context));
        let read = self.read;
        Poll::Ready(frame.map(|frame| self.source.read(frame?, read)))
    }
}

impl<T> FusedStream for BodyStream<T> {
    fn is_terminated(&self) -> bool {
        self.source.has_ended()
    }
}

impl<T> fmt::Debug for BodyStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyStream")
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

impl<O: ApiOperation<Output = Bytes>> RequestBuilder<O> {
    /// Sends the request and returns the response body in chunks, as they arrive. The body may be
    /// larger than the memory.
    pub fn chunks(self) -> BodyStream<Bytes> {
        BodyStream::new(chunks(self.request), Frame::bytes)
    }
}

/// Returns the chunks of the body of a response to `request`.
pub(crate) fn chunks(request: Request<Client>) -> Source {
    Source::new(request, Box::new(Chunks))
}

/// The framing of a body whose chunks are not parsed.
struct Chunks;

impl Framing for Chunks {
    fn feed(&mut self, chunk: Bytes, frames: &mut VecDeque<Frame>) -> Result<(), TooLarge> {
        if !chunk.is_empty() {
            frames.push_back(Frame::from(chunk));
        }
        Ok(())
    }
}
