//! The checks of the fuzz targets. Each takes any bytes and panics if the code under test panics or
//! breaks a rule that holds for every input.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a panic is a finding"
)]

mod call;
mod decode;
mod diff;
mod generate;
mod names;
mod report;
mod retry_after;
mod timestamp;
mod tree;
mod webhook;

pub use decode::decode;
pub use diff::{SEPARATOR, diff};
pub use generate::generate;
pub use retry_after::retry_after;
pub use timestamp::timestamp;
pub use tree::tree;
pub use webhook::webhook;

/// A fuzz target: its name, and its check.
pub type Target = (&'static str, fn(&[u8]));

/// All fuzz targets.
pub const TARGETS: [Target; 7] = [
    ("tree", tree),
    ("generate", generate),
    ("diff", diff),
    ("decode", decode),
    ("retry_after", retry_after),
    ("timestamp", timestamp),
    ("webhook", webhook),
];

/// The maximum size of a document. Larger ones only make a run slow.
const MAX_DOCUMENT: usize = 64 * 1024;
