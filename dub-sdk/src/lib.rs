//! A client for the customers and track operations of the [Dub](https://dub.co) API: list, get, update
//! and delete customers, and record leads and sales.
//!
//! ```no_run
//! use dub_sdk::Dub;
//!
//! # async fn run() -> Result<(), dub_sdk::Error> {
//! let dub = Dub::from_env()?; // reads the API key from DUB_API_KEY
//! let mut customers = dub.customers().list().stream();
//! while let Some(customer) = customers.next().await {
//!     println!("{}", customer?.id);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Each operation returns a request builder: required parameters are arguments, optional ones are
//! methods. Call `send` to run it.
//!
//! Calls must run inside a [tokio](https://docs.rs/tokio) runtime with its time and I/O drivers
//! enabled. Outside of a runtime, they return [`Error::Config`]. The blocking client (feature
//! `blocking`) needs no runtime.
//!
//! # Errors
//!
//! Every call returns a value or an [`Error`]. If the API returned an error response, the variant is
//! [`Error::Api`]. It contains an [`ApiError`], which has one variant for each documented status:
//!
//! ```no_run
//! use dub_sdk::{ApiError, Dub, Error};
//!
//! # async fn run(dub: Dub) -> Result<(), Error> {
//! match dub.customers().get("cus_1").send().await {
//!     Ok(customer) => println!("{}", customer.id),
//!     Err(Error::Api(ApiError::NotFound(detail))) => println!("{}", detail.message),
//!     Err(error) if error.is_timeout() => println!("try later"),
//!     Err(error) => return Err(error),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Failed calls are retried where that is safe: see [`RetryPolicy`].
//!
//! # Examples
//!
//! The repository contains [small programs](https://github.com/dub-sdk/dub-sdk-rust/tree/main/dub-sdk/examples/apps)
//! with tests: a web service with axum, a command line program, leads and sales, webhooks, the tests
//! of an app, logs, pages, and a token that expires.
//!
//! # Features
//!
//! | feature | provides | default |
//! |---|---|---|
//! | `rustls` | TLS implemented by rustls | yes |
//! | `native-tls` | TLS implemented by the operating system | |
//! | `http2` | HTTP/2, if the server offers it during the TLS handshake | yes |
//! | `blocking` | `dub_sdk::blocking`, a client for programs without async | |
//! | `tracing` | a span for each call, events for its end and its retries | |
//! | `webhooks` | `dub_sdk::Webhook`, which verifies and reads events that Dub sends to your server | |
//! | `jiff`, `chrono`, `time` | conversions between [`Timestamp`] and the types of these crates | |
//!
//! All features are additive. With neither TLS feature, `https` URLs are rejected unless you pass
//! your own HTTP client to [`ClientBuilder::http_client`].

#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![deny(missing_docs)]

#[cfg(test)]
mod backoff_property_tests;
mod dub;
#[rustfmt::skip]
mod generated;
#[cfg(test)]
mod optional_runtime;
#[cfg(test)]
mod property_tests;
mod recorded;
mod runtime;
#[cfg(test)]
mod stream_property_tests;
#[cfg(test)]
#[cfg(feature = "tracing")]
mod stream_trace_tests;
#[cfg(feature = "webhooks")]
mod webhook;
#[cfg(feature = "webhooks")]
mod webhook_data;

use dub::SERVICE;

pub use dub::CustomerId;
pub use generated::client::Dub;
pub use generated::errors::ApiError;
pub use generated::models::{ErrorCode, ErrorDetail};
#[cfg(feature = "webhooks")]
pub use generated::webhooks;
pub use generated::{customers, errors, models, track};
pub use reqwest;
pub use runtime::{
    AccessToken, AnyEndpoint, ApiOperation, BuildClient, Bytes, Client, ClientBuilder,
    CustomRequest, DecodeError, Error, ErrorResponse, Failure, HeaderMap, Integer,
    InvalidTimestamp, Items, Method, Pages, PaginatedOperation, ParseEnumError, RateLimit,
    RequestBuilder, Response, RetryPolicy, SendFuture, StatusCode, Timestamp, Token, path_segment,
};
#[cfg(feature = "webhooks")]
pub use webhook::{Webhook, WebhookError, WebhookEvent};
#[cfg(feature = "webhooks")]
pub use webhook_data::WebhookData;

/// The blocking client, for programs without async: `send` waits for the response, and streams are
/// iterators.
#[cfg(feature = "blocking")]
pub mod blocking {
    pub use crate::generated::client::blocking::Dub;
    pub use crate::runtime::blocking::{Blocking, Items, Pages};
}

/// Compiles the examples of the README as doctests. Some examples need the features `blocking`,
/// `tracing` and `webhooks`, which the tests of the workspace enable.
#[cfg(all(
    doctest,
    feature = "blocking",
    feature = "tracing",
    feature = "webhooks"
))]
#[doc = include_str!("../README.md")]
struct ReadmeExamples;
