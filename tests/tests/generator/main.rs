//! What the generator makes of documents: the committed crate, edits of its document, and refusals.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod accepted;
mod committed;
mod edits;
mod limits;
mod links;
mod mutations;
mod rejected;
mod skipped;
mod stability;
mod support;
mod upstream_parity;
