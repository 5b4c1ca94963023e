//! Traits of operations, for code that is generic over them.

use super::error::Error;
use super::received::RawResponse;
use super::response::Response;
use serde::de::DeserializeOwned;

/// An operation of the API: the type of its response body, and its id. Request builders are generic
/// over it.
///
/// ```ignore
/// async fn timed<O: ApiOperation>(request: RequestBuilder<O>) -> Result<O::Output, Error> {
///     let begin = std::time::Instant::now();
///     let outcome = request.send().await;
///     println!("{} took {:?}", O::ID, begin.elapsed());
///     outcome
/// }
/// ```
///
/// Only this crate implements the trait.
pub trait ApiOperation: Sized {
    /// The type of the response body.
    type Output;

    /// The `operationId` of the operation, such as `getCustomer`.
    const ID: &'static str;

    /// Reads the body of a success response.
    #[doc(hidden)]
    fn read(response: RawResponse) -> Result<Response<Self::Output>, Error>;
}

/// An operation that returns its items in pages.
pub trait PaginatedOperation: ApiOperation {
    /// The type of the items.
    type Item: DeserializeOwned;
}
