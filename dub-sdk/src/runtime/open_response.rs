//! Success responses whose bodies the caller reads as they arrive.

/// Receives a success response whose body the caller reads. The trait keeps the type of the receiver
/// out of the code that all calls share.
pub(crate) trait OpenResponse: Send + Sync {
    /// Receives the response. Its headers are in the `RawResponse` of the call.
    fn put(&self, response: reqwest::Response);
}
