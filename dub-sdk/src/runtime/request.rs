//! The request inside a request builder: the methods with which generated code fills it in.

use super::encoding::Scalar;
use super::error::Error;
use super::multipart::{FilePart, PartEncoding};
use super::operation::Operation;
use super::outgoing_body::StreamPart;
use super::parameter::{In, Style};
use super::request_parts::RequestParts;
use super::retry::RetryPolicy;
use bytes::Bytes;
use reqwest::Method;
use serde::Serialize;
use serde_json::Value;
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

    /// Sets the whole body to a stream.
    pub(crate) fn raw_stream(&mut self, stream: StreamPart) {
        self.parts.raw_stream(stream);
    }

    /// Sets the method and the path, which replace those of the operation.
    pub(super) fn endpoint(&mut self, method: Method, path: &str) {
        self.parts.endpoint(method, path);
    }

    /// Sets the media type of a body that is set as a whole.
    pub(crate) fn custom_body(&mut self, content_type: &'static str) {
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

    /// Adds a field to the multipart body.
    pub(crate) fn part(
        &mut self,
        name: &'static str,
        value: &(impl Serialize + ?Sized),
        encoding: &PartEncoding,
    ) {
        let value = self.parts.value(name, to_value(value));
        self.parts.part(name, &value, encoding);
    }

    /// Adds files to the multipart body.
    pub(crate) fn files(
        &mut self,
        name: &'static str,
        files: impl IntoIterator<Item = FilePart>,
        encoding: &PartEncoding,
    ) {
        for file in files {
            self.parts.file(name, &file, encoding);
        }
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

/// Converts a value to a JSON value, from which parameters are written. The conversion goes through
/// a JSON string, so that an `f32` keeps its shortest digits and a type such as
/// [`Float`](super::number::Float) can reject a number that is not finite.
fn to_value(value: &(impl Serialize + ?Sized)) -> Result<Value, serde_json::Error> {
    serde_json::from_slice(&serde_json::to_vec(value)?)
}
