//! Requests to endpoints that the document does not describe.

use super::call::{Call, call};
use super::client::Client;
use super::error::Error;
use super::operation::Operation;
use super::received::RawResponse;
use super::request::Request;
use super::request_builder::RequestBuilder;
use super::response::Response;
use super::send_future::SendFuture;
use super::{encoding, request_parts};
use bytes::Bytes;
use reqwest::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Display;

/// Any endpoint of the API, which a [`CustomRequest`] requests.
pub enum AnyEndpoint {}

/// A request to any endpoint of the API, returned by the method `request` of a client.
///
/// It has the authorization, retries, limits, errors and tracing of the other requests. Whether it
/// is retried depends on its method; see [`RetryPolicy`](crate::RetryPolicy).
/// [`Error::operation`] names the method: for example, `POST request`.
pub type CustomRequest<C = Client> = RequestBuilder<AnyEndpoint, C>;

impl<C> CustomRequest<C> {
    /// Creates a request to `path`, with the security requirements of `operation`.
    pub(crate) fn to_endpoint(
        client: C,
        operation: &'static Operation,
        method: Method,
        path: &str,
    ) -> Self {
        let mut request = Request::new(client, operation);
        request.endpoint(method, path);
        Self::new(request)
    }

    /// Adds a query parameter. The name and the value are percent-encoded. If you add several
    /// parameters with the same name, all of them are sent.
    pub fn query(mut self, name: impl AsRef<str>, value: impl Display) -> Self {
        self.request.extra_query(name.as_ref(), value.to_string());
        self
    }

    /// Sets the body to a value as JSON.
    pub fn json(mut self, body: &(impl Serialize + ?Sized)) -> Self {
        self.request.custom_body("application/json");
        self.request.json_body(body);
        self
    }

    /// Sets the body to a string or bytes. The header `Content-Type` is `application/octet-stream`
    /// unless you set it with [`header`](Self::header).
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.request.custom_body("application/octet-stream");
        self.request.raw_body(body);
        self
    }
}

impl CustomRequest {
    /// Sends the request and decodes the body of the response as JSON. `T` is the type of the body,
    /// such as `serde_json::Value`, or `()` for a response without a body. If the compiler cannot
    /// infer it, name it: `send::<Link>()`.
    pub fn send<T: DeserializeOwned>(self) -> SendFuture<T> {
        SendFuture::body(self.call(), RawResponse::decode)
    }

    /// Like [`send`](Self::send), but returns the full [`Response`].
    pub fn send_with_response<T: DeserializeOwned>(self) -> SendFuture<T, Response<T>> {
        SendFuture::response(self.call(), RawResponse::decode)
    }

    /// Sends the request and returns the body of the response exactly as received.
    pub fn bytes(self) -> SendFuture<Bytes> {
        SendFuture::body(self.call(), RawResponse::bytes)
    }

    fn call(self) -> Call {
        call(self.request.client, self.request.parts)
    }
}

#[cfg(feature = "blocking")]
impl CustomRequest<super::blocking::Blocking> {
    /// Sends the request and decodes the body of the response as JSON. `T` is the type of the body,
    /// such as `serde_json::Value`, or `()` for a response without a body.
    ///
    /// # Errors
    ///
    /// Returns an [`Error`] as an operation does.
    pub fn send<T: DeserializeOwned>(self) -> Result<T, Error> {
        Ok(self.send_with_response()?.body)
    }

    /// Like [`send`](Self::send), but returns the full [`Response`].
    ///
    /// # Errors
    ///
    /// Returns an [`Error`] as an operation does.
    pub fn send_with_response<T: DeserializeOwned>(self) -> Result<Response<T>, Error> {
        self.request.wait(RawResponse::decode)
    }

    /// Sends the request and returns the body of the response exactly as received.
    ///
    /// # Errors
    ///
    /// Returns an [`Error`] as an operation does.
    pub fn bytes(self) -> Result<Bytes, Error> {
        Ok(self.request.wait(RawResponse::bytes)?.body)
    }
}

/// Percent-encodes one segment of a path for the method `request` of a client.
///
/// # Errors
///
/// Returns [`Error::InvalidRequest`] if the segment is empty, `.` or `..`, because the path would
/// then lead to another endpoint.
pub fn path_segment(text: impl AsRef<str>) -> Result<String, Error> {
    let text = text.as_ref();
    match request_parts::is_dot_or_empty(text.as_bytes()) {
        true => Err(Error::invalid_request(format!(
            "a path segment must not be {text:?}"
        ))),
        false => Ok(encoding::percent_encoded(text)),
    }
}
