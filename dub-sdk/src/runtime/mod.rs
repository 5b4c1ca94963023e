//! The runtime that all operations share: the client and its settings, writing, sending and
//! retrying requests, reading responses, and the types that generated code builds on.
//!
//! The runtime does not depend on a particular API: generated code passes the API and its
//! operations in as data ([`Operation`], [`Service`]). The only generated item that the runtime
//! uses is `ApiError`, which every generated crate has.

// A crate uses only the parts that its document needs: without pagination, it does not use `page`.
#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "which parts are used depends on the document that the crate is generated from"
)]

mod api_operation;
mod attempt;
pub(crate) mod backoff;
#[cfg(feature = "blocking")]
pub mod blocking;
mod body;
mod builder;
mod call;
mod client;
mod credential;
mod custom_request;
mod decode_error;
pub(crate) mod encoding;
mod error;
mod error_response;
mod error_value;
mod failure;
mod integer;
pub(crate) mod javascript;
pub(crate) mod json;
pub(crate) mod list;
mod match_budget;
mod multipart;
mod named_buffer;
mod next;
pub(crate) mod number;
mod numbers;
pub(crate) mod object;
mod open_response;
mod operation;
mod outgoing_body;
mod output;
mod page;
mod pager;
mod parameter;
mod position;
mod properties;
mod raw_response;
mod received;
mod redirect;
mod request;
mod request_builder;
mod request_parts;
mod response;
mod retry;
pub(crate) mod retry_after;
mod retry_budget;
mod rfc3339;
pub(crate) mod scalar_enum;
mod secret;
mod secrets;
mod send_error;
mod send_future;
mod server;
mod server_url;
pub(crate) mod string_enum;
pub(crate) mod text;
mod time_limit;
mod timestamp;
mod token;
mod token_cache;
mod trace;
pub(crate) mod union;
pub(crate) mod union_match;
pub(crate) mod unmatched;

pub use api_operation::{ApiOperation, PaginatedOperation};
pub use builder::{BuildClient, ClientBuilder};
pub use bytes::Bytes;
pub use client::Client;
pub use credential::Credential;
pub use custom_request::{AnyEndpoint, CustomRequest, path_segment};
pub use decode_error::DecodeError;
pub use error::Error;
pub use error_response::ErrorResponse;
pub use error_value::ErrorValue;
pub use failure::Failure;
pub use integer::Integer;
pub use multipart::FilePart;
pub use next::{Next, TryNext};
pub use page::{Items, Pages};
pub use request_builder::RequestBuilder;
pub use reqwest::header::HeaderMap;
pub use reqwest::{Method, StatusCode};
pub use response::{RateLimit, Response};
pub use retry::RetryPolicy;
pub use send_future::SendFuture;
pub use string_enum::ParseEnumError;
pub use timestamp::{InvalidTimestamp, Timestamp};
pub use token::{AccessToken, Token};

pub(crate) use call::Call;
pub(crate) use error_response::{AttachedResponse, ErrorBody};
pub(crate) use multipart::PartEncoding;
pub(crate) use object::object;
pub(crate) use open_response::OpenResponse;
pub(crate) use operation::{
    BodyKind, Conflict, NextCursor, Operation, PageInputs, Pagination, RejectedPrefix, Service,
};
pub(crate) use outgoing_body::{
    Chunks, OutgoingStream, RequestBody, SendProbe, StreamError, StreamPart,
};
pub(crate) use parameter::{In, Style};
pub(crate) use received::RawResponse;
pub(crate) use request::Request;
pub(crate) use scalar_enum::{integer_enum, mixed_enum};
pub(crate) use server_url::{ServerUrl, ServerVariable};
pub(crate) use string_enum::string_enum;
