//! What `send` gives: a future with a name, which compiles faster than an `async fn` of each operation's own.

use super::call::Call;
use super::error::Error;
use super::response::{RawResponse, Response};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A call that is made as it is awaited: the future of a request's `send` and `send_with_response`.
///
/// It gives an `O`, or an [`Error`]. Nothing is sent before it is first polled, and dropping it ends the call.
#[must_use = "nothing is sent before the call is awaited"]
pub struct SendFuture<T, O = T> {
    call: Call,
    read: fn(RawResponse) -> Result<Response<T>, Error>,
    into_output: fn(Response<T>) -> O,
}

impl<T> SendFuture<T> {
    /// Gives the body alone.
    pub(super) fn body(call: Call, read: fn(RawResponse) -> Result<Response<T>, Error>) -> Self {
        Self {
            call,
            read,
            into_output: |response| response.body,
        }
    }
}

impl<T> SendFuture<T, Response<T>> {
    /// Gives the whole response.
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
        Pin::new(&mut self.call)
            .poll(context)
            .map(|response| (self.read)(response?).map(self.into_output))
    }
}

impl<T, O> fmt::Debug for SendFuture<T, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendFuture").finish_non_exhaustive()
    }
}
