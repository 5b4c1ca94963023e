//! What becomes of calls when the server, or the way to it, fails: against hand-written responses on real sockets.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "this whole program is a test, its helpers included"
)]

mod blocking;
mod bounds;
mod broken;
mod capture;
mod dropped;
mod keep_alive;
mod limits;
mod paging;
mod redirects;
mod retries;
mod retry_after;
mod server;
mod storm;
mod streams;
mod token;
mod tracing;
