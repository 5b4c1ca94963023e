//! A client of the [Dub](https://dub.co) API: list, read, change and delete customers.
//!
//! ```no_run
//! use dub_sdk::Dub;
//!
//! # async fn run() -> Result<(), dub_sdk::Error> {
//! let dub = Dub::from_env()?; // the token is in DUB_API_KEY
//! let mut customers = dub.customers().list().stream();
//! while let Some(customer) = customers.next().await {
//!     println!("{}", customer?.id);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Each operation is a builder: what it needs are its arguments, what it can take are its methods, and `send` sends it.
//! Calls need a [tokio](https://docs.rs/tokio) runtime with time and io enabled, and are refused outside of one; the
//! feature `blocking` needs none.
//!
//! # Errors
//!
//! Every call ends in a value or in an [`Error`]. What the API itself answers is [`Error::Api`], whose [`ApiError`] has a
//! variant per status:
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
//! Failed calls are tried again where that is safe: see [`RetryPolicy`].
//!
//! # Features
//!
//! | feature | what it gives | default |
//! |---|---|---|
//! | `rustls` | TLS written in Rust | yes |
//! | `native-tls` | TLS of the operating system | |
//! | `blocking` | `dub_sdk::blocking`, for programs without async | |
//! | `tracing` | a span per call, an event per retry | |
//! | `jiff`, `chrono`, `time` | conversions of [`Timestamp`] | |
//!
//! All are additive. With neither TLS feature only plain http to loopback and a client given to
//! [`ClientBuilder::http_client`] work.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod dub;
#[rustfmt::skip]
mod generated;
#[cfg(test)]
mod property_tests;
mod runtime;

use dub::SERVICE;

pub use generated::client::Dub;
pub use generated::errors::ApiError;
pub use generated::models::{ErrorCode, ErrorDetail};
pub use generated::{customers, errors, models};
pub use reqwest;
pub use runtime::{
    BuildClient, Client, ClientBuilder, DecodeError, Error, ErrorResponse, Failure, HeaderMap,
    Items, Pages, RateLimit, Response, RetryPolicy, SendFuture, StatusCode, Timestamp,
};

/// The same surface for programs without async: `send` waits, and streams are iterators.
#[cfg(feature = "blocking")]
pub mod blocking {
    pub use crate::generated::client::blocking::Dub;
    pub use crate::runtime::blocking::{Blocking, Items, Pages};
}

/// The examples of the README, so that they are compiled: those of features too, which are on in the tests of the
/// workspace.
#[cfg(all(doctest, feature = "blocking", feature = "tracing"))]
#[doc = include_str!("../README.md")]
struct ReadmeExamples;
