//! Request bodies and files that are streams.
//!
//! Generated code declares this module only if an operation sends bytes.

#![allow(
    dead_code,
    reason = "which parts are used depends on the document that the crate is generated from"
)]

mod outgoing;
mod reader;
#[cfg(test)]
mod test_server;
#[cfg(test)]
mod tests;

use crate::runtime::{Chunks, CustomRequest, FilePart, Request, StreamError, StreamPart};
use bytes::Bytes;
use futures_core::Stream;
use outgoing::OneTimeStream;
use std::fmt;
use std::io::Read;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// A request body, or the content of a file in a form: bytes, or a stream.
///
/// Bytes, a `Vec<u8>` and strings convert into a body. A [stream](Self::stream) or a
/// [reader](Self::reader) is sent as it is read, so that it may be larger than the memory.
///
/// ```ignore
/// let file = std::fs::File::open("backup.tar")?;
/// let length = file.metadata()?.len();
/// let upload = client.files().upload(Body::reader(file).length(length));
/// upload.timeout(Duration::from_secs(600)).send().await?;
/// ```
///
/// # Streams
///
/// A stream can be read only once. This affects the call:
///
/// - It is retried only until a connection is established. As soon as a part of the request may
///   have been sent, the call returns the first error, even one such as 429 and even if the request
///   is idempotent. A redirect is returned as an error response.
/// - If the request builder is cloned, only one of the clones can be sent. The others return
///   [`Error::InvalidRequest`](crate::Error::InvalidRequest).
/// - The timeout of an attempt includes the time in which the body is sent. Increase it for large
///   bodies.
/// - If the stream returns an error, the request is aborted. The call returns
///   [`Error::Transport`](crate::Error::Transport), whose source is that error. The server may have
///   received a part of the body.
/// - Dropping the call drops the stream and closes the connection.
/// - If the response arrives before the end of the stream, the call does not wait for that end. The
///   rest is sent as long as the server keeps the connection open.
///
/// If the [length](Self::length) is known, the request has the header `Content-Length`. Otherwise,
/// HTTP/1.1 requests have `Transfer-Encoding: chunked`, which some servers reject.
pub struct Body(Content);

enum Content {
    Bytes(Bytes),
    Stream(Chunks, Option<u64>),
}

impl Body {
    /// Creates a body from a stream of chunks.
    ///
    /// The stream is polled on the runtime of the client, also in the blocking client.
    pub fn stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes> + 'static,
        E: Into<StreamError> + 'static,
    {
        let chunks = Box::pin(Converted(Box::pin(stream)));
        Self(Content::Stream(chunks, None))
    }

    /// Creates a body from a blocking reader, such as a `std::fs::File`.
    ///
    /// It is read on the threads of the runtime for blocking work, so that it does not block other
    /// calls. A thread that reads is not interrupted if the call is dropped.
    pub fn reader(reader: impl Read + Send + 'static) -> Self {
        Self(Content::Stream(reader::chunks(Box::new(reader)), None))
    }

    /// Sets the length of a stream, in bytes. The call fails if the stream turns out to have another
    /// length. Has no effect on bytes, whose length is known.
    #[must_use]
    pub fn length(mut self, bytes: u64) -> Self {
        if let Content::Stream(_, length) = &mut self.0 {
            *length = Some(bytes);
        }
        self
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self(Content::Bytes(bytes.into()))
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut output = f.debug_struct("Body");
        match &self.0 {
            Content::Bytes(bytes) => output.field("bytes", &bytes.len()),
            Content::Stream(_, length) => output.field("stream", length),
        };
        output.finish_non_exhaustive()
    }
}

impl FilePart {
    /// Creates a file whose content is a [`Body`], which may be a stream.
    pub fn stream(name: impl Into<String>, content: impl Into<Body>) -> Self {
        match content.into().0 {
            Content::Bytes(bytes) => Self::new(name, bytes),
            Content::Stream(chunks, length) => {
                let mut file = Self::new(name, Bytes::new());
                file.stream = Some(part(chunks, length));
                file
            }
        }
    }
}

impl<C> CustomRequest<C> {
    /// Sets the body to a [`Body`], which may be a stream. The header `Content-Type` is
    /// `application/octet-stream` unless you set it with [`header`](Self::header).
    pub fn stream_body(mut self, body: impl Into<Body>) -> Self {
        self.request.custom_body("application/octet-stream");
        self.request.body(body);
        self
    }
}

impl<C> Request<C> {
    /// Sets the whole body to bytes or a stream.
    pub(crate) fn body(&mut self, body: impl Into<Body>) {
        match body.into().0 {
            Content::Bytes(bytes) => self.raw_body(bytes),
            Content::Stream(chunks, length) => self.raw_stream(part(chunks, length)),
        }
    }
}

fn part(chunks: Chunks, length: Option<u64>) -> StreamPart {
    StreamPart(Arc::new(OneTimeStream::new(chunks, length)))
}

/// A stream whose chunks and errors are converted.
struct Converted<S>(Pin<Box<S>>);

impl<S, B, E> Stream for Converted<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<StreamError>,
{
    type Item = Result<Bytes, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.0.as_mut().poll_next(context);
        next.map(|next| next.map(|chunk| chunk.map(Into::into).map_err(Into::into)))
    }
}
