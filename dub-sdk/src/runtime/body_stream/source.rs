//! Reads a response body and splits it into frames. It is not generic, so that a stream is cheap to
//! compile.

use crate::runtime::{Call, Client, Error, Failure, OpenResponse, RawResponse, Request};
use bytes::Bytes;
use http_body::Body as _;
use reqwest::StatusCode;
use serde::de::DeserializeOwned;
use std::collections::VecDeque;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::Sleep;

/// The default of the longest time to wait for the next bytes.
const IDLE_TIMEOUT: Duration = Duration::from_secs(300);

/// The delay before a reconnection, unless the server sets it.
const RECONNECTION_DELAY: Duration = Duration::from_secs(3);

/// The shortest delay before a reconnection, even if the server asks for none.
const MIN_RECONNECTION_DELAY: Duration = Duration::from_millis(100);

/// A part of a body: a chunk, an item or an event.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) data: Bytes,
    /// The id of an event.
    pub(crate) id: Option<String>,
    /// The type of an event; otherwise empty.
    pub(crate) event: String,
    /// The reconnection delay that an event sets.
    pub(crate) retry: Option<Duration>,
}

/// A function that decodes a frame. The body of the response is the data of the frame.
pub(crate) type Read<T> = fn(&RawResponse, Frame) -> Result<T, Error>;

impl From<Bytes> for Frame {
    fn from(data: Bytes) -> Self {
        Self {
            data,
            id: None,
            event: String::new(),
            retry: None,
        }
    }
}

impl Frame {
    /// Returns the data as it is.
    pub(crate) fn bytes(_: &RawResponse, frame: Self) -> Result<Bytes, Error> {
        Ok(frame.data)
    }

    /// Decodes the data as JSON.
    pub(crate) fn json<T: DeserializeOwned>(response: &RawResponse, _: Self) -> Result<T, Error> {
        response.decode_part(0..response.body.len())
    }
}

/// A frame is larger than the limit.
pub(crate) struct TooLarge;

/// The format of a body that consists of frames.
pub(crate) trait Framing: Send + Sync {
    /// Begins the body of a response. Returns an error if the response is not in this format.
    fn begin(&mut self, _: &RawResponse) -> Result<(), Error> {
        Ok(())
    }

    /// Parses a chunk and appends the frames that it completes.
    fn feed(&mut self, chunk: Bytes, frames: &mut VecDeque<Frame>) -> Result<(), TooLarge>;

    /// Ends the body, and appends the frame that its end completes.
    fn finish(&mut self, _: &mut VecDeque<Frame>) {}

    /// Returns the id of the last event.
    fn last_id(&self) -> Option<&str> {
        None
    }

    /// Returns the reconnection delay that the server asks for.
    fn retry(&self) -> Option<Duration> {
        None
    }
}

/// A response body, and the call that requests it.
pub(crate) struct Source {
    request: Request<Client>,
    framing: Box<dyn Framing>,
    /// The frames that were received and not returned yet.
    frames: VecDeque<Frame>,
    state: State,
    /// The head of the last response. Its body is the data of a frame.
    head: Option<RawResponse>,
    pub(crate) idle_timeout: Duration,
    pub(crate) reconnects: bool,
    /// The data of the event that ends the stream.
    pub(crate) end_data: Option<String>,
    /// The number of connections in a row that delivered nothing.
    idle_connections: u32,
}

/// The place where a call leaves its response.
#[derive(Default)]
struct Slot(Mutex<Option<reqwest::Response>>);

impl Slot {
    fn take(&self) -> Option<reqwest::Response> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl OpenResponse for Slot {
    fn put(&self, response: reqwest::Response) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(response);
    }
}

enum State {
    Start,
    Opening(Call, Arc<Slot>),
    Open(Call, Open),
    /// The delay before a reconnection.
    Waiting(Pin<Box<Sleep>>),
    /// The end, with the error that the caller has not received yet.
    Ended(Option<Error>),
}

impl Source {
    pub(crate) fn new(request: Request<Client>, framing: Box<dyn Framing>) -> Self {
        Self {
            request,
            framing,
            frames: VecDeque::new(),
            state: State::Start,
            head: None,
            idle_timeout: IDLE_TIMEOUT,
            reconnects: false,
            end_data: None,
            idle_connections: 0,
        }
    }

    /// Returns true after the last frame and the last error.
    pub(crate) fn has_ended(&self) -> bool {
        self.frames.is_empty() && matches!(self.state, State::Ended(None))
    }

    /// Returns the id of the last event.
    pub(crate) fn last_id(&self) -> Option<&str> {
        self.framing.last_id()
    }

    /// Decodes a frame.
    pub(crate) fn read<T>(&mut self, frame: Frame, read: Read<T>) -> Result<T, Error> {
        match &mut self.head {
            Some(head) => {
                head.body = frame.data.clone();
                read(head, frame)
            }
            None => Err(Error::config("the stream has no response")),
        }
    }

    /// Creates the call, with its span as a child of the current one. The first poll does so, too.
    pub(crate) fn start(&mut self) {
        if !matches!(self.state, State::Start) {
            return;
        }
        let mut request = self.request.clone();
        if let Some(id) = self.framing.last_id() {
            request.header("Last-Event-ID", id);
        }
        let slot = Arc::<Slot>::default();
        let mut call = request.open(slot.clone());
        call.start();
        self.state = State::Opening(call, slot);
    }

    /// Returns a frame that was already received.
    pub(crate) fn received(&mut self) -> Option<Frame> {
        let frame = self.frames.pop_front()?;
        let end = self.end_data.as_ref();
        if end.is_some_and(|end| frame.data == end.as_bytes()) {
            self.frames.clear();
            self.reconnects = false;
            self.end(Ok(()));
            return None;
        }
        Some(frame)
    }

    pub(crate) fn poll_frame(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame, Error>>> {
        loop {
            if let Some(frame) = self.received() {
                return Poll::Ready(Some(Ok(frame)));
            }
            match &mut self.state {
                State::Start => self.start(),
                State::Opening(call, slot) => {
                    let head = ready!(call.poll_response(context));
                    let response = slot.take();
                    self.open(head, response);
                }
                State::Open(_, open) => {
                    let chunk = ready!(open.poll_chunk(context, self.idle_timeout));
                    self.receive(chunk);
                }
                State::Waiting(delay) => {
                    ready!(delay.as_mut().poll(context));
                    self.state = State::Start;
                }
                State::Ended(error) => return Poll::Ready(error.take().map(Err)),
            }
        }
    }

    /// Begins to read the body of a response.
    fn open(&mut self, head: Result<RawResponse, Error>, response: Option<reqwest::Response>) {
        let State::Opening(mut call, _) = std::mem::replace(&mut self.state, State::Ended(None))
        else {
            return;
        };
        let (head, response) = match (head, response) {
            (Ok(head), Some(response)) => (head, response),
            (Ok(_), None) => return,
            (Err(error), _) => {
                let failed = call.finish(Err(error), |_| Ok(()));
                self.state = State::Ended(failed.err());
                return;
            }
        };
        // With this status, a server ends a stream that would reconnect.
        self.reconnects &= head.status() != StatusCode::NO_CONTENT;
        let checked = match head.status() {
            StatusCode::NO_CONTENT => Ok(()),
            _ => self.framing.begin(&head),
        };
        let operation = head.operation;
        self.head = Some(head);
        self.state = State::Open(call, Open::new(response, operation));
        if checked.is_err() {
            self.reconnects = false;
            self.end(checked);
        }
    }

    /// Receives a chunk of the body, its end or an error.
    fn receive(&mut self, chunk: Option<Result<Bytes, Error>>) {
        match chunk {
            Some(Ok(chunk)) => {
                if self.framing.feed(chunk, &mut self.frames).is_err() {
                    self.reconnects = false;
                    let error = self.too_large();
                    self.end(Err(error));
                }
                if !self.frames.is_empty() {
                    self.idle_connections = 0;
                }
            }
            Some(Err(error)) => self.end(Err(error)),
            None => {
                self.framing.finish(&mut self.frames);
                self.end(Ok(()));
            }
        }
    }

    /// Ends the call. Then ends the stream, or begins to wait for the reconnection.
    fn end(&mut self, outcome: Result<(), Error>) {
        let state = std::mem::replace(&mut self.state, State::Ended(None));
        let outcome = match (state, &self.head) {
            (State::Open(mut call, _), Some(head)) => call.finish(Ok(head.clone()), |_| outcome),
            _ => outcome,
        };
        self.state = match self.reconnects {
            false => State::Ended(outcome.err()),
            true => State::Waiting(Box::pin(tokio::time::sleep(self.reconnection_delay()))),
        };
        self.idle_connections = self.idle_connections.saturating_add(1);
    }

    /// Returns the delay before a reconnection. It doubles with each connection that delivered
    /// nothing.
    fn reconnection_delay(&self) -> Duration {
        let delay = self.framing.retry().unwrap_or(RECONNECTION_DELAY);
        let factor = 1 << self.idle_connections.min(5);
        delay.max(MIN_RECONNECTION_DELAY).saturating_mul(factor)
    }

    fn too_large(&self) -> Error {
        let operation = self.head.as_ref().map_or("", |head| head.operation);
        let text = format!(
            "a part of the response body exceeds the limit of {} bytes",
            self.request.max_response_size()
        );
        Error::Transport(Failure::new(text)).in_operation(operation)
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source")
            .field("idle_timeout", &self.idle_timeout)
            .field("has_ended", &self.has_ended())
            .finish_non_exhaustive()
    }
}

/// A body that is being received.
struct Open {
    body: reqwest::Body,
    operation: &'static str,
    /// The host of the server, for messages.
    host: String,
    /// Ends the wait for the next chunk.
    idle: Option<Pin<Box<Sleep>>>,
}

impl Open {
    fn new(response: reqwest::Response, operation: &'static str) -> Self {
        let url = response.url();
        let host = url.host_str().unwrap_or_default();
        let port = url.port().map(|port| format!(":{port}"));
        Self {
            host: format!("{host}{}", port.unwrap_or_default()),
            operation,
            body: response.into(),
            idle: None,
        }
    }

    fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
        idle_timeout: Duration,
    ) -> Poll<Option<Result<Bytes, Error>>> {
        loop {
            match Pin::new(&mut self.body).poll_frame(context) {
                Poll::Ready(Some(Ok(frame))) => {
                    self.idle = None;
                    // Trailers are ignored.
                    if let Ok(chunk) = frame.into_data() {
                        return Poll::Ready(Some(Ok(chunk)));
                    }
                }
                Poll::Ready(Some(Err(error))) => {
                    return Poll::Ready(Some(Err(self.interrupted(error))));
                }
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Pending => {
                    let sleep = || Box::pin(tokio::time::sleep(idle_timeout));
                    let idle = self.idle.get_or_insert_with(sleep);
                    ready!(idle.as_mut().poll(context));
                    let text = format!("nothing arrived from {} for {idle_timeout:?}", self.host);
                    let error = Error::Timeout(Failure::retryable(text));
                    return Poll::Ready(Some(Err(error.in_operation(self.operation))));
                }
            }
        }
    }

    fn interrupted(&self, error: reqwest::Error) -> Error {
        // The URL may contain a credential or personal data.
        let error = error.without_url();
        let host = &self.host;
        let failure = |text| Failure::retryable(text);
        let error = match error.is_timeout() {
            true => Error::Timeout(failure(format!("no response from {host}")).with_source(error)),
            false => {
                let text = format!("connection to {host} closed before the response was complete");
                Error::Transport(failure(text).with_source(error))
            }
        };
        error.in_operation(self.operation)
    }
}
