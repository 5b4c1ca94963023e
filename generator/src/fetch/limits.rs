//! The limits of a fetched document.

use std::time::Duration;

/// The limits of one fetched document.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The size of the document, before and after it is decompressed.
    pub bytes: u64,
    /// The time to connect to a server.
    pub connect: Duration,
    /// The time for everything, redirects included.
    pub total: Duration,
    pub redirects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // Larger documents are rejected anyway.
            bytes: 64 * 1024 * 1024,
            connect: Duration::from_secs(10),
            total: Duration::from_secs(60),
            redirects: 5,
        }
    }
}
