//! The base of the request builders of generated code: a thin generic wrapper around
//! [`RequestParts`].

use super::call::call;
use super::client::Client;
use super::encoding::Scalar;
use super::error::Error;
use super::multipart::FilePart;
use super::operation::Operation;
use super::page::{Items, Pages};
use super::parameter::{In, Style};
use super::received::RawResponse;
use super::request_parts::RequestParts;
use super::response::Response;
use super::retry::RetryPolicy;
use super::send_future::SendFuture;
use bytes::Bytes;
use reqwest::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt;
use std::time::Duration;

/// A request of an operation, with the client that will send it.
#[derive(Clone)]
pub(crate) struct Request<C> {
    pub(super) client: C,
    pub(super) parts: RequestParts,
}

impl<C> Request<C> {
    pub(crate) fn new(client: C, operation: &'static Operation) -> Self {
        Self {
            client,
            parts: RequestParts::new(operation),
        }
    }

    /// Sets a path argument, which is one path segment.
    pub(crate) fn path(&mut self, name: &'static str, value: impl Scalar) {
        self.parts.path(name, &value);
    }

    /// Sets a path argument to a string.
    pub(crate) fn path_str(&mut self, name: &'static str, value: impl AsRef<str>) {
        self.parts.path(name, &value.as_ref());
    }

    /// Sets a query parameter to a string.
    pub(crate) fn query_str(&mut self, name: &'static str, value: impl AsRef<str>) {
        self.parts.query(name, &value.as_ref());
    }

    /// Sets a query parameter to a string, a number or a boolean.
    pub(crate) fn query(&mut self, name: &'static str, value: impl Scalar) {
        self.parts.query(name, &value);
    }

    /// Sets a parameter of any location and type. Headers, cookies, form fields, lists and objects
    /// are always set with this method.
    pub(crate) fn parameter(
        &mut self,
        location: In,
        name: &'static str,
        value: &(impl Serialize + ?Sized),
        style: Style,
    ) {
        let value = self.parts.value(name, to_value(value));
        self.parts.parameter(&location, name, &value, &style);
    }

    /// Sets a parameter whose value is written as JSON.
    pub(crate) fn json_parameter(
        &mut self,
        location: In,
        name: &'static str,
        value: &(impl Serialize + ?Sized),
    ) {
        let value = self.parts.value(name, to_value(value));
        self.parts.json_parameter(&location, name, &value);
    }

    /// Sets the whole JSON body.
    pub(crate) fn json_body(&mut self, value: &(impl Serialize + ?Sized)) {
        self.parts.json_body(value);
    }

    /// Sets the whole body to a string or bytes.
    pub(crate) fn raw_body(&mut self, content: impl Into<Bytes>) {
        self.parts.raw_body(content.into());
    }

    /// Sets the method and the path, which replace those of the operation.
    pub(super) fn endpoint(&mut self, method: Method, path: &str) {
        self.parts.endpoint(method, path);
    }

    /// Sets the media type of a body that is set as a whole.
    pub(super) fn custom_body(&mut self, content_type: &'static str) {
        self.parts.extra().content_type = Some(content_type);
    }

    /// Adds a query parameter that the document does not describe.
    pub(crate) fn extra_query(&mut self, name: &str, value: String) {
        self.parts.extra_query(name, &value);
    }

    /// Adds a field of the JSON body that the document does not describe.
    pub(crate) fn extra_field(&mut self, name: &str, value: &(impl Serialize + ?Sized)) {
        self.parts.extra_field(name, value);
    }

    /// Adds a part to the multipart body: a list or an object as JSON, any other value as a string.
    pub(crate) fn part(&mut self, name: &'static str, value: &(impl Serialize + ?Sized)) {
        let value = self.parts.value(name, to_value(value));
        self.parts.part(name, &value);
    }

    /// Adds a file to the multipart body.
    pub(crate) fn file(&mut self, name: &'static str, file: &FilePart) {
        self.parts.file(name, file);
    }

    /// Sets a field of the JSON body.
    pub(crate) fn field(&mut self, name: &'static str, value: impl Serialize) {
        self.parts.field(name, &value);
    }

    /// Sets a field of the JSON body to a string.
    pub(crate) fn field_str(&mut self, name: &'static str, value: impl AsRef<str>) {
        self.parts.field(name, value.as_ref());
    }

    /// Sets a field of the JSON body to `null`.
    pub(crate) fn clear(&mut self, name: &'static str) {
        self.parts.field(name, &());
    }

    pub(crate) fn header(&mut self, name: impl AsRef<str>, value: impl AsRef<str>) {
        self.parts.header(name.as_ref(), value.as_ref());
    }

    pub(crate) fn validate(&self) -> Result<(), Error> {
        self.parts.check(None)
    }

    /// Formats the request builder `name` for debugging.
    pub(crate) fn debug(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(name).field("request", &self.parts).finish()
    }

    pub(crate) fn timeout(&mut self, timeout: Duration) {
        self.parts.limits.timeout = Some(timeout);
    }

    pub(crate) fn deadline(&mut self, deadline: Duration) {
        self.parts.limits.deadline = Some(deadline);
    }

    pub(crate) fn retry(&mut self, policy: RetryPolicy) {
        self.parts.limits.retry = Some(policy);
    }

    pub(crate) fn idempotent(&mut self, idempotent: bool) {
        self.parts.limits.is_idempotent = Some(idempotent);
    }
}

/// Implements the common parts of a request builder: the settings of any request, and a `Debug`
/// that shows only the request itself.
macro_rules! request {
    ($name:ident) => {
        impl<C> $name<C> {
            /// Sets the timeout of each attempt, from connecting to the end of the response.
            /// Overrides the timeout of the client.
            pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
                self.request.timeout(timeout);
                self
            }

            /// Sets the time limit of the whole call, including all attempts and the delays between
            /// them. Overrides the limit of the client.
            pub fn deadline(mut self, deadline: std::time::Duration) -> Self {
                self.request.deadline(deadline);
                self
            }

            /// Sets the policy for retrying the call. Overrides the policy of the client.
            pub fn retry(mut self, policy: $crate::RetryPolicy) -> Self {
                self.request.retry(policy);
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

            /// Sets whether the request may be sent again after an attempt that the server may have
            /// performed: one that timed out or returned a status such as 500. By default, this
            /// depends on the method; see [`RetryPolicy`](crate::RetryPolicy).
            pub fn idempotent(mut self, idempotent: bool) -> Self {
                self.request.idempotent(idempotent);
                self
            }

            /// Sets a header of this request. Overrides a header of the same name, including those
            /// that the client sets, such as `Authorization`.
            ///
            /// Sending the request returns [`Error::InvalidRequest`](crate::Error::InvalidRequest)
            /// if the name or the value is not valid in a header, or if the name is
            /// `Content-Length` or `Transfer-Encoding`.
            pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
                self.request.header(name, value);
                self
            }

            /// Adds a query parameter that this crate has no method for. The name and the value are
            /// percent-encoded. If you add several parameters with the same name, all of them are
            /// sent.
            ///
            /// The checks of other parameters apply. Sending the request returns
            /// [`Error::InvalidRequest`](crate::Error::InvalidRequest) if another method has set
            /// this parameter.
            pub fn extra_query(
                mut self,
                name: impl AsRef<str>,
                value: impl std::fmt::Display,
            ) -> Self {
                self.request.extra_query(name.as_ref(), value.to_string());
                self
            }

            /// Adds a field to the JSON body that this crate has no method for. Overrides an extra
            /// field of the same name.
            ///
            /// Sending the request returns
            /// [`Error::InvalidRequest`](crate::Error::InvalidRequest) if another method has set
            /// this field, or if the body of the operation is not a JSON object.
            pub fn extra_body_field(
                mut self,
                name: impl AsRef<str>,
                value: impl serde::Serialize,
            ) -> Self {
                self.request.extra_field(name.as_ref(), &value);
                self
            }

            /// Returns the [`Error::InvalidRequest`](crate::Error::InvalidRequest) that sending the
            /// request would return instead of sending it, if any. Sends nothing.
            pub fn validate(&self) -> Result<(), $crate::Error> {
                self.request.validate()
            }
        }

        impl<C> std::fmt::Debug for $name<C> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.request.debug(stringify!($name), f)
            }
        }
    };
}

pub(crate) use request;

impl Request<Client> {
    pub(crate) fn send<T: DeserializeOwned>(self) -> SendFuture<T> {
        self.send_as(RawResponse::decode)
    }

    pub(crate) fn send_with_response<T: DeserializeOwned>(self) -> SendFuture<T, Response<T>> {
        self.send_as_with_response(RawResponse::decode)
    }

    /// Like `send`, but reads the response with `read`: a method of [`RawResponse`], or a function
    /// that distinguishes responses by their status.
    pub(crate) fn send_as<T>(
        self,
        read: fn(RawResponse) -> Result<Response<T>, Error>,
    ) -> SendFuture<T> {
        SendFuture::body(call(self.client, self.parts), read)
    }

    pub(crate) fn send_as_with_response<T>(
        self,
        read: fn(RawResponse) -> Result<Response<T>, Error>,
    ) -> SendFuture<T, Response<T>> {
        SendFuture::response(call(self.client, self.parts), read)
    }

    /// Like `send`, for an operation whose success response has no body. Ignores any body.
    pub(crate) fn send_empty(self) -> SendFuture<()> {
        self.send_as(|response| response.empty_as(()))
    }

    pub(crate) fn send_empty_with_response(self) -> SendFuture<(), Response<()>> {
        self.send_as_with_response(|response| response.empty_as(()))
    }

    pub(crate) fn pages<T>(self) -> Pages<T> {
        Pages::new(self.client, self.parts)
    }

    pub(crate) fn items<T>(self) -> Items<T> {
        Items::new(self.pages())
    }
}

/// Converts a value to a JSON value, from which parameters are written. The conversion goes through
/// a JSON string, so that an `f32` keeps its shortest digits and a type such as
/// [`Float`](super::number::Float) can reject a number that is not finite.
fn to_value(value: &(impl Serialize + ?Sized)) -> Result<Value, serde_json::Error> {
    serde_json::from_slice(&serde_json::to_vec(value)?)
}
