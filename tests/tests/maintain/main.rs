//! The maintainers' tools: what a new document changes, and what breaks.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod diff;
mod edits;
mod overlay;
mod programs;
mod support;
