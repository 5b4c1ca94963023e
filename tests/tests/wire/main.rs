//! Tests the requests that the client sends and the responses that it decodes, against HTTP servers
//! on loopback.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "this whole program is a test, including its helpers"
)]

mod accepted_uses;
mod compression;
mod configuration;
mod constructed_errors;
mod contract;
mod custom_requests;
mod declared_errors;
mod environment;
mod formats;
mod generic_requests;
mod list_query;
mod operations;
mod path_ids;
mod raw_request;
mod redirects;
mod rejected_requests;
mod request_bodies;
mod response_envelope;
mod secrets;
mod streams_and_blocking;
mod success_responses;
mod support;
mod track;
mod track_responses;
mod transport_errors;
mod undecodable_responses;
mod unexpected_errors;
mod webhooks;
