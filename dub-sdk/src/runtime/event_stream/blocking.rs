//! Iterators over the events of a body.

use super::super::body_stream::blocking::BodyStream;
use super::{Event, EventOperation, read, read_text, source};
use crate::runtime::RequestBuilder;
use crate::runtime::blocking::Blocking;

impl<O: EventOperation> RequestBuilder<O, Blocking> {
    /// Sends the request and returns the events of the response, as they arrive. Data that does not
    /// match its type is an error in the position of its event.
    pub fn events(self) -> BodyStream<Event<O::Data>> {
        BodyStream::new(self.request, source, read::<O>)
    }

    /// Like [`events`](Self::events), but returns the data of each event as a string, without
    /// decoding it.
    pub fn text_events(self) -> BodyStream<Event<String>> {
        BodyStream::new(self.request, source, read_text)
    }
}

impl<T> BodyStream<Event<T>> {
    /// Sets whether the iterator sends the request again when the response ends or the connection
    /// is interrupted. The default is false. The header `Last-Event-ID` then contains the id of the
    /// last event. The iterator ends if the server responds with the status 204 or an error.
    pub fn reconnect(mut self, reconnect: bool) -> Self {
        if let Some(source) = &mut self.source {
            source.reconnects = reconnect;
        }
        self
    }

    /// Ends the iterator at the first event with this data, such as `[DONE]`, which is not returned.
    pub fn end_at(mut self, data: impl Into<String>) -> Self {
        if let Some(source) = &mut self.source {
            source.end_data = Some(data.into());
        }
        self
    }

    /// Returns the id of the last event that has one. To continue a stream later, send it as the
    /// header `Last-Event-ID`.
    pub fn last_event_id(&self) -> Option<&str> {
        self.source.as_ref()?.last_id()
    }
}
