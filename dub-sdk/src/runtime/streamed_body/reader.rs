//! The chunks of a blocking reader.

use crate::runtime::{Chunks, StreamError};
use bytes::Bytes;
use futures_core::Stream;
use std::future::Future;
use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

/// The maximum length of a chunk, in bytes.
const CHUNK: usize = 64 * 1024;

type Reader = Box<dyn Read + Send>;

/// Returns the chunks of a reader. Each of them is read on a thread for blocking work.
pub(super) fn chunks(reader: Reader) -> Chunks {
    Box::pin(ReaderChunks::Idle(Some(reader)))
}

enum ReaderChunks {
    /// The reader; `None` after its end.
    Idle(Option<Reader>),
    Reading(JoinHandle<(Reader, io::Result<Bytes>)>),
}

impl Stream for ReaderChunks {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match &mut *self {
                Self::Idle(reader) => {
                    let Some(reader) = reader.take() else {
                        return Poll::Ready(None);
                    };
                    let runtime = Handle::try_current()?;
                    *self = Self::Reading(runtime.spawn_blocking(|| read(reader)));
                }
                Self::Reading(reading) => {
                    let done = ready!(Pin::new(reading).poll(context));
                    *self = Self::Idle(None);
                    let (reader, chunk) = done?;
                    let chunk = chunk?;
                    if chunk.is_empty() {
                        return Poll::Ready(None);
                    }
                    *self = Self::Idle(Some(reader));
                    return Poll::Ready(Some(Ok(chunk)));
                }
            }
        }
    }
}

/// Reads the next chunk, which is empty at the end.
fn read(mut reader: Reader) -> (Reader, io::Result<Bytes>) {
    let mut chunk = vec![0; CHUNK];
    let length = loop {
        match reader.read(&mut chunk) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => break other,
        }
    };
    let chunk = length.map(|length| {
        chunk.truncate(length);
        Bytes::from(chunk)
    });
    (reader, chunk)
}
