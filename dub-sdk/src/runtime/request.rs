//! What the request builders of generated code are made of: a thin face over [`Draft`].

use super::call::call;
use super::client::Client;
use super::draft::Draft;
use super::encoding::QueryValue;
use super::error::Error;
use super::operation::Operation;
use super::page::{Items, Pages};
use super::reply::{RawReply, Reply};
use super::retry::RetryPolicy;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::time::Duration;

/// A request of one operation, with the client that is going to send it.
#[derive(Clone, Debug)]
pub(crate) struct Request<C> {
    pub(super) client: C,
    pub(super) draft: Draft,
}

impl<C> Request<C> {
    pub(crate) fn new(client: C, operation: &'static Operation) -> Self {
        Self {
            client,
            draft: Draft::new(operation),
        }
    }

    /// Sets a path argument, one segment.
    pub(crate) fn path(&mut self, name: &'static str, value: &str) {
        self.draft.path(name, value);
    }

    /// Sets a query parameter.
    pub(crate) fn query(&mut self, name: &'static str, value: impl QueryValue) {
        self.draft.query(name, &value);
    }

    /// Sets a field of the JSON body.
    pub(crate) fn field(&mut self, name: &'static str, value: impl Serialize) {
        self.draft.field(name, &value);
    }

    /// Sets a field of the JSON body to `null`.
    pub(crate) fn clear(&mut self, name: &'static str) {
        self.draft.field(name, &());
    }

    pub(crate) fn header(&mut self, name: &str, value: &str) {
        self.draft.header(name, value);
    }

    pub(crate) fn timeout(&mut self, timeout: Duration) {
        self.draft.limits.timeout = Some(timeout);
    }

    pub(crate) fn deadline(&mut self, deadline: Duration) {
        self.draft.limits.deadline = Some(deadline);
    }

    pub(crate) fn retry(&mut self, policy: RetryPolicy) {
        self.draft.limits.retry = Some(policy);
    }
}

impl Request<Client> {
    pub(crate) async fn send<T: DeserializeOwned>(self) -> Result<T, Error> {
        Ok(self.send_with_response().await?.body)
    }

    pub(crate) async fn send_with_response<T: DeserializeOwned>(self) -> Result<Reply<T>, Error> {
        call(self.client, self.draft).await?.decode()
    }

    /// As `send`, for an operation that is declared to answer nothing: whatever comes is not looked at.
    pub(crate) async fn send_empty(self) -> Result<(), Error> {
        call(self.client, self.draft).await.map(drop)
    }

    pub(crate) async fn send_empty_with_response(self) -> Result<Reply<()>, Error> {
        call(self.client, self.draft)
            .await
            .map(RawReply::without_body)
    }

    pub(crate) fn pages<T>(self) -> Pages<T> {
        Pages::new(self.client, self.draft)
    }

    pub(crate) fn items<T>(self) -> Items<T> {
        Items::new(self.pages())
    }
}
