//! The body of a request on its way to the HTTP library.

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

/// The body of a request; `None` for a request without a body. It records that the HTTP library
/// read it, which happens only once there is a connection to send it on.
pub(super) struct OutgoingBody {
    bytes: Option<Bytes>,
    was_read: Arc<AtomicBool>,
}

/// Tells whether a request was sent. The HTTP library itself does not tell whether a request timed
/// out before or after it was connected.
pub(super) struct SendProbe(Arc<AtomicBool>);

impl SendProbe {
    /// Returns true if at least a part of the request may have been sent.
    pub(super) fn was_sent(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

impl OutgoingBody {
    pub(super) fn new(bytes: Option<Bytes>) -> (Self, SendProbe) {
        let was_read = Arc::<AtomicBool>::default();
        let probe = SendProbe(was_read.clone());
        let bytes = bytes.filter(|bytes| !bytes.is_empty());
        (Self { bytes, was_read }, probe)
    }
}

impl http_body::Body for OutgoingBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.was_read.store(true, Ordering::Release);
        Poll::Ready(self.bytes.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    /// An empty body is not read any further, so that this is the only sign that it is sent.
    fn is_end_stream(&self) -> bool {
        let is_end = self.bytes.is_none();
        if is_end {
            self.was_read.store(true, Ordering::Release);
        }
        is_end
    }

    fn size_hint(&self) -> SizeHint {
        let length = self.bytes.as_ref().map_or(0, Bytes::len);
        SizeHint::with_exact(u64::try_from(length).unwrap_or(u64::MAX))
    }
}
