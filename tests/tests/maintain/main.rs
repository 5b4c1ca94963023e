//! Tests of the maintainers' tools: the comparison of documents, the overlay, and the programs.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a panic fails the test"
)]

mod diff;
mod edits;
mod overlay;
mod programs;
mod support;
