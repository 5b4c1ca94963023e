//! Iterators over the parts of a response body.

use super::source::{Frame, Read, Source};
use crate::runtime::blocking::Blocking;
use crate::runtime::{ApiOperation, Client, Error, Request, RequestBuilder};
use bytes::Bytes;
use std::fmt;
use std::future::poll_fn;
use std::time::Duration;

/// An iterator over the parts of a response body: chunks of bytes, items or events.
///
/// The request is sent with the first call of `next`. Dropping the iterator cancels the request and
/// closes the connection. Time limits and errors are those of the async stream of the same name.
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct BodyStream<T> {
    client: Blocking,
    /// `None` if the client cannot make the call.
    pub(crate) source: Option<Source>,
    read: Read<T>,
}

impl<T> BodyStream<T> {
    /// Creates an iterator over the frames of the source that `source` makes of the request.
    pub(crate) fn new(
        request: Request<Blocking>,
        source: impl FnOnce(Request<Client>) -> Source,
        read: Read<T>,
    ) -> Self {
        let (client, request) = request.split();
        Self {
            client,
            source: Some(source(request)),
            read,
        }
    }

    /// Sets the longest time to wait for the next bytes of the body. The default is 5 minutes;
    /// `Duration::MAX` means no limit.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        if let Some(source) = &mut self.source {
            source.idle_timeout = timeout;
        }
        self
    }

    fn next_frame(&mut self) -> Option<Result<Frame, Error>> {
        let mut source = self.source.take()?;
        if let Some(frame) = source.received() {
            self.source = Some(source);
            return Some(Ok(frame));
        }
        if let Err(error) = self.client.check() {
            return Some(Err(error));
        }
        // The current span of this thread is the parent of the call's span.
        source.start();
        let polled = self.client.drive(async move {
            let frame = poll_fn(|context| source.poll_frame(context)).await;
            (source, frame)
        });
        match polled {
            Ok((source, frame)) => {
                self.source = Some(source);
                frame
            }
            Err(error) => Some(Err(error)),
        }
    }
}

impl<T> Iterator for BodyStream<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let frame = match self.next_frame()? {
            Ok(frame) => frame,
            Err(error) => return Some(Err(error)),
        };
        let read = self.read;
        self.source.as_mut().map(|source| source.read(frame, read))
    }
}

impl<T> std::iter::FusedIterator for BodyStream<T> {}

impl<T> fmt::Debug for BodyStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyStream")
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

impl<O: ApiOperation<Output = Bytes>> RequestBuilder<O, Blocking> {
    /// Sends the request and returns the response body in chunks, as they arrive. The body may be
    /// larger than the memory.
    pub fn chunks(self) -> BodyStream<Bytes> {
        BodyStream::new(self.request, super::chunks, Frame::bytes)
    }
}
