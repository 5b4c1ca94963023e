//! The body of a request on its way to the HTTP library.

use super::error::Error;
use bytes::Bytes;
use futures_core::Stream;
use http_body::{Frame, SizeHint};
use reqwest::Body;
use reqwest::header::HeaderValue;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

/// The body of a request, as it is sent. It is kept for retries and is cheap to clone.
pub(crate) struct RequestBody {
    pub(super) content_type: HeaderValue,
    pub(crate) bytes: Bytes,
    /// The streams in the body, each with the number of the bytes before it.
    pub(crate) streams: Vec<(usize, StreamPart)>,
}

impl RequestBody {
    pub(super) fn is_empty(&self) -> bool {
        self.bytes.is_empty() && self.streams.is_empty()
    }

    /// Returns the error of the call, if a stream in the body failed.
    pub(super) fn failure(&self) -> Option<Error> {
        let (_, stream) = self.streams.first()?;
        stream.0.failure()
    }
}

/// Returns true if a stream was read, so that the body cannot be sent again.
pub(super) fn is_spent(streams: &[(usize, StreamPart)]) -> bool {
    for (_, stream) in streams {
        if stream.0.is_taken() {
            return true;
        }
    }
    false
}

/// The chunks of a stream.
pub(crate) type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, StreamError>> + Send>>;

/// An error of a stream.
pub(crate) type StreamError = Box<dyn std::error::Error + Send + Sync>;

/// A stream in the body of a request, which is read while the body is sent. The trait keeps the
/// code of streams out of crates without them.
pub(crate) trait OutgoingStream: Send + Sync {
    /// Returns true if the stream was read, which is possible only once.
    fn is_taken(&self) -> bool;

    /// Returns the chunks, or `None` if the stream was read.
    fn take(&self) -> Option<Chunks>;

    /// Returns the length in bytes, if it is known.
    fn length(&self) -> Option<u64>;

    /// Returns a body that contains this stream, for the HTTP library.
    fn body(&self, body: &RequestBody, probe: SendProbe) -> Body;

    /// Returns the error of the call, if the body could not be read.
    fn failure(&self) -> Option<Error>;
}

/// A stream in the body of a request. Clones are the same stream.
#[derive(Clone)]
pub(crate) struct StreamPart(pub(crate) Arc<dyn OutgoingStream>);

impl PartialEq for StreamPart {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for StreamPart {}

/// Tells whether a request was sent. The HTTP library itself does not tell whether a request timed
/// out before or after it was connected.
#[derive(Clone, Default)]
pub(crate) struct SendProbe(Arc<AtomicBool>);

impl SendProbe {
    /// Returns true if at least a part of the request may have been sent.
    pub(super) fn was_sent(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    /// Records that the HTTP library reads the body.
    pub(crate) fn begin(&self) {
        self.0.store(true, Ordering::Release);
    }
}

/// Returns the body for the HTTP library; `None` for a request without a body.
pub(super) fn outgoing(body: Option<&RequestBody>) -> (Body, SendProbe) {
    let probe = SendProbe::default();
    let mut bytes = None;
    if let Some(body) = body {
        if let Some((_, stream)) = body.streams.first() {
            return (stream.0.body(body, probe.clone()), probe);
        }
        if !body.bytes.is_empty() {
            bytes = Some(body.bytes.clone());
        }
    }
    let outgoing = OutgoingBody {
        bytes,
        probe: probe.clone(),
    };
    (Body::wrap(outgoing), probe)
}

/// The body of a request; `None` for a request without a body. It records that the HTTP library
/// read it, which happens only once there is a connection to send it on.
struct OutgoingBody {
    bytes: Option<Bytes>,
    probe: SendProbe,
}

impl http_body::Body for OutgoingBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.probe.begin();
        Poll::Ready(self.bytes.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    /// An empty body is not read any further, so that this is the only sign that it is sent.
    fn is_end_stream(&self) -> bool {
        let is_end = self.bytes.is_none();
        if is_end {
            self.probe.begin();
        }
        is_end
    }

    fn size_hint(&self) -> SizeHint {
        let length = self.bytes.as_ref().map_or(0, Bytes::len);
        SizeHint::with_exact(u64::try_from(length).unwrap_or(u64::MAX))
    }
}
