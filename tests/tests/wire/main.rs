//! What goes over the wire and what comes back, against HTTP servers on loopback.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "this whole program is a test, its helpers included"
)]

mod bodies;
mod compression;
mod configuration;
mod contract;
mod environment;
mod error_table;
mod faces;
mod failures;
mod list_query;
mod operations;
mod path_ids;
mod raw_request;
mod redirects;
mod refusals;
mod response_envelope;
mod responses;
mod secrets;
mod support;
mod undecodable_responses;
mod unexpected_errors;
