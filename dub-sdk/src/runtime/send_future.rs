//! The future that `send` returns. A named type compiles faster than an `async fn` for each
//! operation.

use super::call::Call;
use super::error::Error;
use super::received::RawResponse;
use super::response::Response;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The future of a call, returned by the methods `send` and `send_with_response` of a request.
///
/// It resolves to an `O` or an [`Error`]. Nothing is sent before the first poll. Dropping the
/// future cancels the call.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct SendFuture<T, O = T> {
    call: Call,
    read: fn(RawResponse) -> Result<Response<T>, Error>,
    into_output: fn(Response<T>) -> O,
}

impl<T> SendFuture<T> {
    /// Creates a future that resolves to the body.
    pub(super) fn body(call: Call, read: fn(RawResponse) -> Result<Response<T>, Error>) -> Self {
        Self {
            call,
            read,
            into_output: |response| response.body,
        }
    }
}

impl<T> SendFuture<T, Response<T>> {
    /// Creates a future that resolves to the whole response.
    pub(super) fn response(
        call: Call,
        read: fn(RawResponse) -> Result<Response<T>, Error>,
    ) -> Self {
        Self {
            call,
            read,
            into_output: |response| response,
        }
    }
}

impl<T, O> Future for SendFuture<T, O> {
    type Output = Result<O, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let response = ready!(this.call.poll_response(context));
        Poll::Ready(this.call.finish(response, this.read).map(this.into_output))
    }
}

impl<T, O> fmt::Debug for SendFuture<T, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendFuture").finish_non_exhaustive()
    }
}
