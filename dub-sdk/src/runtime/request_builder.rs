//! The type of all request builders.

use super::api_operation::{ApiOperation, PaginatedOperation};
use super::call::call;
use super::client::Client;
use super::error::Error;
use super::page::{Items, Pages};
use super::request::Request;
use super::response::Response;
use super::retry::RetryPolicy;
use super::send_future::SendFuture;
use serde::Serialize;
use std::fmt::{self, Display};
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::time::Duration;

/// A request of the operation `O`. Its methods set parameters, and [`send`](Self::send) sends it.
///
/// Each operation has a type alias for its request builder, with the methods that set its
/// parameters. Awaiting a builder sends the request too.
#[must_use = "a request does nothing until it is sent"]
pub struct RequestBuilder<O, C = Client> {
    pub(crate) request: Request<C>,
    operation: PhantomData<fn() -> O>,
}

impl<O, C> RequestBuilder<O, C> {
    pub(crate) fn new(request: Request<C>) -> Self {
        Self {
            request,
            operation: PhantomData,
        }
    }

    /// Requests the response body as one media type, which the operation `P` reads.
    pub(crate) fn accepting<P>(mut self, media_type: &'static str) -> RequestBuilder<P, C> {
        self.request.header("Accept", media_type);
        RequestBuilder::new(self.request)
    }

    /// Sets the timeout of each attempt, from connecting to the end of the response. Overrides the
    /// timeout of the client.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.request.timeout(timeout);
        self
    }

    /// Sets the time limit of the whole call, including all attempts and the delays between them.
    /// Overrides the limit of the client.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.request.deadline(deadline);
        self
    }

    /// Sets the policy for retrying the call. Overrides the policy of the client.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.request.retry(policy);
        self
    }

    /// Sets whether the request may be sent again after an attempt that the server may have
    /// performed: one that timed out or returned a status such as 500. By default, this depends on
    /// the method; see [`RetryPolicy`].
    pub fn idempotent(mut self, idempotent: bool) -> Self {
        self.request.idempotent(idempotent);
        self
    }

    /// Calls a method of this builder if there is a value:
    /// `.maybe(name, |request, name| request.name(name))`.
    pub fn maybe<T>(self, value: Option<T>, set: impl FnOnce(Self, T) -> Self) -> Self {
        match value {
            Some(value) => set(self, value),
            None => self,
        }
    }

    /// Sets a header of this request. Overrides a header of the same name, including those that the
    /// client sets, such as `Authorization`.
    ///
    /// Sending the request returns [`Error::InvalidRequest`] if the name or the value is not valid
    /// in a header, or if the name is `Content-Length` or `Transfer-Encoding`.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.request.header(name, value);
        self
    }

    /// Adds a query parameter that this crate has no method for. The name and the value are
    /// percent-encoded. If you add several parameters with the same name, all of them are sent.
    ///
    /// The checks of other parameters apply. Sending the request returns [`Error::InvalidRequest`]
    /// if another method has set this parameter.
    pub fn extra_query(mut self, name: impl AsRef<str>, value: impl Display) -> Self {
        self.request.extra_query(name.as_ref(), value.to_string());
        self
    }

    /// Adds a field to the JSON body that this crate has no method for. Overrides an extra field of
    /// the same name.
    ///
    /// Sending the request returns [`Error::InvalidRequest`] if another method has set this field,
    /// or if the body of the operation is not a JSON object.
    pub fn extra_body_field(mut self, name: impl AsRef<str>, value: impl Serialize) -> Self {
        self.request.extra_field(name.as_ref(), &value);
        self
    }

    /// Returns the [`Error::InvalidRequest`] that sending the request would return instead of
    /// sending it, if any. Sends nothing.
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidRequest`] if the request is invalid.
    pub fn validate(&self) -> Result<(), Error> {
        self.request.validate()
    }
}

impl<O: ApiOperation> RequestBuilder<O> {
    /// Sends the request and returns the response body.
    ///
    /// The request is sent when the future is polled for the first time.
    #[inline]
    pub fn send(self) -> SendFuture<O::Output> {
        SendFuture::body(call(self.request.client, self.request.parts), O::read)
    }

    /// Like [`send`](Self::send), but returns the full [`Response`]: status, headers and body.
    #[inline]
    pub fn send_with_response(self) -> SendFuture<O::Output, Response<O::Output>> {
        SendFuture::response(call(self.request.client, self.request.parts), O::read)
    }
}

impl<O: PaginatedOperation> RequestBuilder<O> {
    /// Returns the items of this page and of all following pages. Each page is requested when its
    /// first item is needed.
    #[inline]
    pub fn stream(self) -> Items<O::Item> {
        Items::new(self.pages())
    }

    /// Returns this page and all following pages. Each page is requested when it is needed.
    #[inline]
    pub fn pages(self) -> Pages<O::Item> {
        Pages::new(self.request.client, self.request.parts)
    }
}

impl<O: ApiOperation> IntoFuture for RequestBuilder<O> {
    type Output = Result<O::Output, Error>;
    type IntoFuture = SendFuture<O::Output>;

    /// Sends the request and returns the response body.
    #[inline]
    fn into_future(self) -> SendFuture<O::Output> {
        self.send()
    }
}

impl<O, C: Clone> Clone for RequestBuilder<O, C> {
    fn clone(&self) -> Self {
        Self::new(self.request.clone())
    }
}

impl<O, C> fmt::Debug for RequestBuilder<O, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("RequestBuilder");
        shown.field("request", &self.request.parts).finish()
    }
}
