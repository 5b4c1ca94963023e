//! Tests of the generator: the committed crate, edits of its document, fixtures, and rejected
//! documents.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a panic fails the test"
)]

mod accepted;
mod committed;
mod crates;
mod edits;
mod features;
mod index;
mod limits;
mod links;
mod mutations;
mod package;
mod rejected;
mod rejected_uses;
mod several_files;
mod skipped;
mod stability;
mod support;
mod versions;
mod warned;
