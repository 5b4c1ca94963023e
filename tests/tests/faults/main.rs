//! Tests calls whose server or connection fails, against handwritten responses on real sockets.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "this whole program is a test, including its helpers"
)]

mod blocking;
mod broken_responses;
mod capture;
mod concurrent_calls;
mod connecting;
mod dropped_futures;
mod echoes;
mod keep_alive;
mod paging;
mod paused_clock;
mod redirects;
mod response_size;
mod retries;
mod retry_after;
mod retry_budget;
mod server;
mod stream_faults;
mod streams;
mod timeouts;
mod token_provider;
mod token_secrecy;
mod tracing;
mod tracing_output;
