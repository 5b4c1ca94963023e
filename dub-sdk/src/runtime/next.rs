//! The futures of the methods `next` and `try_next` of streams. Named types compile faster than the
//! futures of async functions.

use futures_core::Stream;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The future of the next item of a stream.
#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Next<'a, S>(pub(crate) &'a mut S);

impl<S: Stream + Unpin> Future for Next<'_, S> {
    type Output = Option<S::Item>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut *self.0).poll_next(context)
    }
}

/// The future of the next item of a stream, with the error in place of the item.
#[derive(Debug)]
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct TryNext<'a, S>(pub(crate) &'a mut S);

impl<T, E, S: Stream<Item = Result<T, E>> + Unpin> Future for TryNext<'_, S> {
    type Output = Result<Option<T>, E>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let next = Pin::new(&mut *self.0).poll_next(context);
        next.map(Option::transpose)
    }
}
