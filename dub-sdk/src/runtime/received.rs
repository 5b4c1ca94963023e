//! A success response as it was received.

use super::secrets::Secrets;
use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

/// A success response whose body is not decoded yet.
#[derive(Clone)]
#[cfg_attr(test, derive(Debug))]
pub struct RawResponse {
    /// The `operationId` of the operation that the server responded to.
    pub(crate) operation: &'static str,
    pub(super) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The secrets of the call. An error about this response masks them.
    pub(super) secrets: Secrets,
}
