//! Traits of the request builders, for code that is generic over operations.

use super::error::Error;
use super::page::{Items, Pages};
use super::response::Response;
use super::send_future::SendFuture;

/// Keeps other crates from implementing the traits, so that methods can be added to them.
pub trait Sealed {}

/// A request of an operation: what all request builders have in common.
///
/// ```
/// use dub_sdk::{Error, OperationRequest};
///
/// async fn timed<R: OperationRequest>(request: R) -> Result<R::Output, Error> {
///     let begin = std::time::Instant::now();
///     let outcome = request.send().await;
///     println!("{} took {:?}", R::OPERATION_ID, begin.elapsed());
///     outcome
/// }
/// ```
///
/// The trait is sealed: other crates cannot implement it.
pub trait OperationRequest: Sealed + Sized {
    /// The type of the response body.
    type Output;

    /// The `operationId` of the operation, such as `getCustomer`.
    const OPERATION_ID: &'static str;

    /// Sends the request and returns the response body.
    fn send(self) -> SendFuture<Self::Output>;

    /// Like [`send`](Self::send), but returns the full [`Response`].
    fn send_with_response(self) -> SendFuture<Self::Output, Response<Self::Output>>;

    /// Returns the error that sending the request would return before anything is sent.
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidRequest`] if the request is invalid.
    fn validate(&self) -> Result<(), Error>;
}

/// A request of an operation that returns its items in pages.
///
/// The trait is sealed: other crates cannot implement it.
pub trait PaginatedRequest: OperationRequest {
    /// The type of the items.
    type Item;

    /// Returns the items of this page and of all following pages.
    fn stream(self) -> Items<Self::Item>;

    /// Returns this page and all following pages.
    fn pages(self) -> Pages<Self::Item>;
}

/// Implements what all request builders have in common. For a builder, implements `IntoFuture`. Inside
/// an `impl` block, `methods` writes the methods of [`OperationRequest`], and `pages` those of
/// [`PaginatedRequest`].
macro_rules! operation_request {
    (methods) => {
        #[inline]
        fn send(self) -> $crate::SendFuture<Self::Output> {
            self.send()
        }

        #[inline]
        fn send_with_response(
            self,
        ) -> $crate::SendFuture<Self::Output, $crate::Response<Self::Output>> {
            self.send_with_response()
        }

        fn validate(&self) -> Result<(), $crate::Error> {
            self.request.validate()
        }
    };
    (pages) => {
        #[inline]
        fn stream(self) -> $crate::Items<Self::Item> {
            self.request.items()
        }

        #[inline]
        fn pages(self) -> $crate::Pages<Self::Item> {
            self.request.pages()
        }
    };
    ($name:ident) => {
        impl $crate::runtime::operation_request::Sealed for $name {}

        impl std::future::IntoFuture for $name {
            type Output = Result<<Self as $crate::OperationRequest>::Output, $crate::Error>;
            type IntoFuture = $crate::SendFuture<<Self as $crate::OperationRequest>::Output>;

            /// Sends the request and returns the response body.
            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                self.send()
            }
        }
    };
}

pub(crate) use operation_request;
