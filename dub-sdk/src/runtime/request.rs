//! What the request builders of generated code are made of: a thin face over [`RequestParts`].

use super::call::call;
use super::client::Client;
use super::encoding::Scalar;
use super::error::Error;
use super::multipart::FilePart;
use super::operation::Operation;
use super::page::{Items, Pages};
use super::parameter::{In, Style};
use super::request_parts::RequestParts;
use super::response::{RawResponse, Response};
use super::retry::RetryPolicy;
use super::send_future::SendFuture;
use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt;
use std::time::Duration;

/// A request of one operation, with the client that is going to send it.
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

    /// Sets a path argument, one segment.
    pub(crate) fn path(&mut self, name: &'static str, value: impl Scalar) {
        self.parts.path(name, &value);
    }

    /// Sets a path argument that is a text.
    pub(crate) fn path_str(&mut self, name: &'static str, value: impl AsRef<str>) {
        self.parts.path(name, &value.as_ref());
    }

    /// Sets a query parameter that is a text.
    pub(crate) fn query_str(&mut self, name: &'static str, value: impl AsRef<str>) {
        self.parts.query(name, &value.as_ref());
    }

    /// Sets a query parameter that is one text, number or truth value.
    pub(crate) fn query(&mut self, name: &'static str, value: impl Scalar) {
        self.parts.query(name, &value);
    }

    /// Sets a parameter of any place and shape: lists and objects, and all of headers, cookies and forms.
    pub(crate) fn parameter(
        &mut self,
        place: In,
        name: &'static str,
        value: &(impl Serialize + ?Sized),
        style: Style,
    ) {
        let value = self.parts.value(name, to_value(value));
        self.parts.parameter(&place, name, &value, &style);
    }

    /// Sets a parameter that is written as JSON.
    pub(crate) fn json_parameter(
        &mut self,
        place: In,
        name: &'static str,
        value: &(impl Serialize + ?Sized),
    ) {
        let value = self.parts.value(name, to_value(value));
        self.parts.json_parameter(&place, name, &value);
    }

    /// Sets the JSON body as a whole.
    pub(crate) fn json_body(&mut self, value: &(impl Serialize + ?Sized)) {
        self.parts.json_body(value);
    }

    /// Sets the body as a whole, a text or bytes.
    pub(crate) fn raw_body(&mut self, content: impl Into<Bytes>) {
        self.parts.raw_body(content.into());
    }

    /// Adds a part to the multipart body: a text where the value is one, else JSON.
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

    /// Sets a field of the JSON body that is a text.
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

    /// Shows the request of the builder `name`.
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
}

/// Gives a request builder what all of them have: what can be set of any request, and a `Debug` that shows no more than
/// what is going to be sent.
macro_rules! request {
    ($name:ident) => {
        impl<C> $name<C> {
            /// How long each attempt may take, in place of the client's setting.
            pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
                self.request.timeout(timeout);
                self
            }

            /// How long the whole call may take, further attempts and the pauses between them included.
            pub fn deadline(mut self, deadline: std::time::Duration) -> Self {
                self.request.deadline(deadline);
                self
            }

            /// When and how often to try again, in place of the client's policy.
            pub fn retry(mut self, policy: $crate::RetryPolicy) -> Self {
                self.request.retry(policy);
                self
            }

            /// Adds a header to this request alone.
            pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
                self.request.header(name, value);
                self
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

    /// As `send`, for an operation whose response is read by `read`: one of [`RawResponse`]'s own, or a function that
    /// chooses by the status.
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

    /// As `send`, for an operation that is declared to answer nothing: whatever comes is not looked at.
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

/// Brings a value into a form that parameters are written from. It goes through text, so that numbers of 32 bits keep
/// their own digits and what is not finite is refused where its type says so.
fn to_value(value: &(impl Serialize + ?Sized)) -> Result<Value, serde_json::Error> {
    serde_json::from_slice(&serde_json::to_vec(value)?)
}
