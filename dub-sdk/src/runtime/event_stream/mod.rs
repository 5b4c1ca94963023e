//! Streams of the events of a body of the type `text/event-stream`.
//!
//! Generated code declares this module only if an operation can have such a stream.

#![allow(
    dead_code,
    unused_imports,
    reason = "which parts are used depends on the document that the crate is generated from"
)]

#[cfg(feature = "blocking")]
mod blocking;
pub(crate) mod parser;
#[cfg(test)]
mod tests;

use super::body_stream::{self, BodyStream, Frame, Framing, Source};
use crate::runtime::{ApiOperation, Client, Error, RawResponse, Request, RequestBuilder, Response};
use bytes::Bytes;
use parser::EventParser;
use reqwest::header::CONTENT_TYPE;
use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error as _};
use std::collections::VecDeque;
use std::marker::PhantomData;
use std::time::Duration;

/// An event of a stream.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The id of the event, or of the last event before it that has one; `None` if there is none.
    pub id: Option<String>,
    /// The type of the event. It is `message` unless the server sets it.
    pub event: String,
    /// The data.
    pub data: T,
    /// The delay before a reconnection, if this event sets it.
    pub retry: Option<Duration>,
}

/// An operation whose response can be a stream of events.
pub trait EventOperation: ApiOperation {
    /// The type of the data of an event.
    type Data;

    /// Reads the data of an event, which is the body of `data`.
    #[doc(hidden)]
    fn read_data(data: &RawResponse) -> Result<Self::Data, Error>;
}

/// The operation `O` with a response of events, whose data is a `T`. `send` returns all of them as
/// one string.
pub struct AsEvents<O, T>(PhantomData<(O, T)>);

/// The operation `O` with a response of events, whose data is a string. `send` returns all of them
/// as one string.
pub struct AsTextEvents<O>(PhantomData<O>);

impl<O: ApiOperation, T> ApiOperation for AsEvents<O, T> {
    type Output = String;
    const ID: &'static str = O::ID;

    #[inline]
    fn read(response: RawResponse) -> Result<Response<String>, Error> {
        response.text()
    }
}

impl<O: ApiOperation, T: DeserializeOwned> EventOperation for AsEvents<O, T> {
    type Data = T;

    #[inline]
    fn read_data(data: &RawResponse) -> Result<T, Error> {
        data.json_data()
    }
}

impl<O: ApiOperation> ApiOperation for AsTextEvents<O> {
    type Output = String;
    const ID: &'static str = O::ID;

    #[inline]
    fn read(response: RawResponse) -> Result<Response<String>, Error> {
        response.text()
    }
}

impl<O: ApiOperation> EventOperation for AsTextEvents<O> {
    type Data = String;

    #[inline]
    fn read_data(data: &RawResponse) -> Result<String, Error> {
        data.text_data()
    }
}

impl<O: EventOperation> RequestBuilder<O> {
    /// Sends the request and returns the events of the response, as they arrive.
    ///
    /// Data that does not match its type is an [`Error::Decode`], whose
    /// [`body`](crate::DecodeError::body) is the data; the stream continues with the next event.
    /// Some APIs end a stream with an event such as `[DONE]`, which is not JSON: pass it to
    /// [`end_at`](BodyStream::end_at).
    pub fn events(self) -> BodyStream<Event<O::Data>> {
        BodyStream::new(source(self.request), read::<O>)
    }

    /// Like [`events`](Self::events), but returns the data of each event as a string, without
    /// decoding it.
    pub fn text_events(self) -> BodyStream<Event<String>> {
        BodyStream::new(source(self.request), read_text)
    }
}

impl<T> BodyStream<Event<T>> {
    /// Sets whether the stream sends the request again when the response ends or the connection is
    /// interrupted. The default is false.
    ///
    /// The header `Last-Event-ID` then contains the id of the last event, so that the server
    /// continues after it. Before it connects again, the stream waits as long as the server asks
    /// for with `retry`, or else for 3 seconds, and longer while it receives nothing. It ends if the
    /// server responds with the status 204 or an error, after the retries of the request, or if an
    /// event is larger than the limit.
    pub fn reconnect(mut self, reconnect: bool) -> Self {
        self.source.reconnects = reconnect;
        self
    }

    /// Ends the stream at the first event with this data, such as `[DONE]`, which is not returned.
    pub fn end_at(mut self, data: impl Into<String>) -> Self {
        self.source.end_data = Some(data.into());
        self
    }

    /// Returns the id of the last event that has one. To continue a stream later, send it as the
    /// header `Last-Event-ID`.
    pub fn last_event_id(&self) -> Option<&str> {
        self.source.last_id()
    }
}

impl RawResponse {
    /// Decodes the data of an event as JSON.
    pub(crate) fn json_data<T: DeserializeOwned>(&self) -> Result<T, Error> {
        self.decode_part(0..self.body.len())
    }

    /// Returns the data of an event as a string. Invalid UTF-8 is replaced by U+FFFD.
    pub(crate) fn text_data(&self) -> Result<String, Error> {
        Ok(String::from_utf8_lossy(&self.body).into_owned())
    }
}

fn read<O: EventOperation>(response: &RawResponse, frame: Frame) -> Result<Event<O::Data>, Error> {
    O::read_data(response).map(|data| event(frame, data))
}

fn read_text(response: &RawResponse, frame: Frame) -> Result<Event<String>, Error> {
    response.text_data().map(|data| event(frame, data))
}

fn event<T>(frame: Frame, data: T) -> Event<T> {
    Event {
        id: frame.id,
        event: frame.event,
        data,
        retry: frame.retry,
    }
}

/// Returns the events of the body of a response to `request`.
pub(crate) fn source(request: Request<Client>) -> Source {
    let parser = EventParser::new(request.max_response_size());
    Source::new(request, Box::new(Events(parser)))
}

/// The framing of a body of events.
struct Events(EventParser);

impl Framing for Events {
    fn begin(&mut self, response: &RawResponse) -> Result<(), Error> {
        self.0.restart();
        let media_type = response.headers.get(CONTENT_TYPE);
        let Some(media_type) = media_type.and_then(|value| value.to_str().ok()) else {
            return Ok(());
        };
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        match essence.eq_ignore_ascii_case("text/event-stream") {
            true => Ok(()),
            false => response.decode_part::<Unexpected>(0..0).map(drop),
        }
    }

    fn feed(
        &mut self,
        chunk: Bytes,
        frames: &mut VecDeque<Frame>,
    ) -> Result<(), body_stream::TooLarge> {
        let mut events = VecDeque::new();
        let outcome = self.0.feed(&chunk, &mut events);
        for event in events {
            frames.push_back(Frame {
                data: event.data.into(),
                id: event.id,
                event: event.event,
                retry: event.retry,
            });
        }
        outcome.map_err(|_| body_stream::TooLarge)
    }

    fn last_id(&self) -> Option<&str> {
        self.0.last_id()
    }

    fn retry(&self) -> Option<Duration> {
        self.0.retry()
    }
}

/// The body of a response of another media type, which does not contain events.
struct Unexpected;

impl<'de> Deserialize<'de> for Unexpected {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Err(D::Error::custom(
            "expected the media type `text/event-stream`",
        ))
    }
}
