//! Streams of the items of a body of JSON lines or of a JSON sequence.
//!
//! Generated code declares this module only if an operation can have such a stream.

#![allow(
    dead_code,
    unused_imports,
    reason = "which parts are used depends on the document that the crate is generated from"
)]

pub(crate) mod parser;

use super::body_stream::{self, BodyStream, Frame, Framing, Source};
use crate::runtime::{ApiOperation, Client, Error, RawResponse, Request, RequestBuilder, Response};
use bytes::Bytes;
use parser::{RecordParser, Separator};
use reqwest::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;
use std::collections::VecDeque;
use std::marker::PhantomData;

/// An operation whose response can be a stream of JSON values.
pub trait ItemOperation: ApiOperation {
    /// The type of the items.
    type Item: DeserializeOwned;
}

/// The operation `O` with a response of JSON values of the type `T`. `send` returns all of them as
/// one string.
pub struct AsItems<O, T>(PhantomData<(O, T)>);

impl<O: ApiOperation, T> ApiOperation for AsItems<O, T> {
    type Output = String;
    const ID: &'static str = O::ID;

    #[inline]
    fn read(response: RawResponse) -> Result<Response<String>, Error> {
        response.text()
    }
}

impl<O: ApiOperation, T: DeserializeOwned> ItemOperation for AsItems<O, T> {
    type Item = T;
}

impl<O: ItemOperation> RequestBuilder<O> {
    /// Sends the request and returns the items of the response, as they arrive.
    ///
    /// An item that does not match its type is an [`Error::Decode`], whose
    /// [`body`](crate::DecodeError::body) is the item; the stream continues with the next one.
    pub fn items(self) -> BodyStream<O::Item> {
        BodyStream::new(source(self.request), Frame::json)
    }
}

#[cfg(feature = "blocking")]
impl<O: ItemOperation> RequestBuilder<O, crate::runtime::blocking::Blocking> {
    /// Sends the request and returns the items of the response, as they arrive. An item that does
    /// not match its type is an error in its position.
    pub fn items(self) -> super::body_stream::blocking::BodyStream<O::Item> {
        super::body_stream::blocking::BodyStream::new(self.request, source, Frame::json)
    }
}

/// Returns the items of the body of a response to `request`.
pub(crate) fn source(request: Request<Client>) -> Source {
    let records = Records {
        limit: request.max_response_size(),
        parser: RecordParser::new(Separator::Line, 0),
    };
    Source::new(request, Box::new(records))
}

/// The framing of a body of JSON values.
struct Records {
    limit: usize,
    parser: RecordParser,
}

impl Records {
    /// Moves the values that the parser found to the frames.
    fn parse<E>(
        &mut self,
        frames: &mut VecDeque<Frame>,
        parse: impl FnOnce(&mut RecordParser, &mut VecDeque<Vec<u8>>) -> E,
    ) -> E {
        let mut records = VecDeque::new();
        let outcome = parse(&mut self.parser, &mut records);
        for record in records {
            frames.push_back(Frame::from(Bytes::from(record)));
        }
        outcome
    }
}

impl Framing for Records {
    fn begin(&mut self, response: &RawResponse) -> Result<(), Error> {
        let media_type = response.headers.get(CONTENT_TYPE);
        let media_type = media_type.and_then(|value| value.to_str().ok());
        let is_sequence = media_type.is_some_and(|text| text.contains("json-seq"));
        let separator = match is_sequence {
            true => Separator::Sequence,
            false => Separator::Line,
        };
        self.parser = RecordParser::new(separator, self.limit);
        Ok(())
    }

    fn feed(
        &mut self,
        chunk: Bytes,
        frames: &mut VecDeque<Frame>,
    ) -> Result<(), body_stream::TooLarge> {
        let outcome = self.parse(frames, |parser, records| parser.feed(&chunk, records));
        outcome.map_err(|_| body_stream::TooLarge)
    }

    fn finish(&mut self, frames: &mut VecDeque<Frame>) {
        self.parse(frames, RecordParser::finish);
    }
}
