use super::super::body_stream::BodyStream;
use super::super::body_stream::test_server::{Server, block_on, respond, respond_in_part, write};
use super::{AsEvents, AsTextEvents, Event, EventOperation, read, source};
use crate::runtime::{ApiOperation, Client, Error, RawResponse, Request, Response};
use std::collections::BTreeMap;

type Data = BTreeMap<String, i64>;

/// An operation whose responses are not read.
enum Feed {}

impl ApiOperation for Feed {
    type Output = ();
    const ID: &'static str = "getFeed";

    fn read(response: RawResponse) -> Result<Response<()>, Error> {
        response.empty_as(())
    }
}

fn events<O: EventOperation>(request: Request<Client>) -> BodyStream<Event<O::Data>> {
    BodyStream::new(source(request), read::<O>)
}

fn strings(request: Request<Client>) -> BodyStream<Event<String>> {
    events::<AsTextEvents<Feed>>(request)
}

/// Returns the data of all events, and a word for each error.
async fn all<T: std::fmt::Debug>(mut stream: BodyStream<Event<T>>) -> Vec<String> {
    let mut all = Vec::new();
    while let Some(event) = stream.next().await {
        all.push(match event {
            Ok(event) => format!("{:?}", event.data),
            Err(error) => error.kind().to_owned(),
        });
    }
    all
}

#[test]
fn data_is_decoded_and_errors_do_not_end_the_stream() {
    let server = Server::start(&[|stream: &mut _| {
        let body = "id: 1\nevent: add\ndata: {\"a\":\ndata: 1}\n\ndata: x\n\ndata: {}\n\n";
        respond(stream, "text/event-stream; charset=utf-8", body);
    }]);
    block_on(async {
        let mut stream = events::<AsEvents<Feed, Data>>(server.to());
        let event = stream.try_next().await.unwrap().unwrap();
        assert_eq!((event.id.as_deref(), &*event.event), (Some("1"), "add"));
        assert_eq!(event.data, [("a".to_owned(), 1)].into());
        match stream.next().await {
            Some(Err(Error::Decode(error))) => assert_eq!(error.body(), b"x"),
            other => panic!("{other:?}"),
        }
        let event = stream.try_next().await.unwrap().unwrap();
        assert_eq!((event.data, &*event.event), (Data::new(), "message"));
        assert_eq!(stream.last_event_id(), Some("1"));
        assert!(stream.next().await.is_none());
    });
}

#[test]
fn stream_ends_at_the_given_data() {
    let server = Server::start(&[|stream: &mut _| {
        respond(
            stream,
            "text/event-stream",
            "data: a\n\ndata: [DONE]\n\ndata: b\n\n",
        );
    }]);
    let stream = strings(server.to()).end_at("[DONE]").reconnect(true);
    assert_eq!(block_on(all(stream)), ["\"a\""]);
}

#[test]
fn event_beyond_the_limit_ends_the_stream() {
    let server = Server::start(&[|stream: &mut _| {
        let long = format!("data: a\n\ndata: {}\n\ndata: b\n\n", "x".repeat(200));
        respond(stream, "text/event-stream", &long);
    }]);
    let stream = strings(server.to()).reconnect(true);
    assert_eq!(block_on(all(stream)), ["\"a\"", "transport"]);
}

#[test]
fn other_media_type_is_an_error() {
    let server = Server::start(&[|stream: &mut _| respond(stream, "text/html", "<p>data: a</p>")]);
    block_on(async {
        let mut stream = strings(server.to());
        let error = stream.next().await.unwrap().unwrap_err();
        assert!(error.to_string().contains("text/html"), "{error}");
        assert!(stream.next().await.is_none());
    });
}

#[test]
fn interrupted_event_is_not_returned() {
    let server = Server::start(&[|stream: &mut _| {
        respond_in_part(stream, "text/event-stream", "data: a\n\ndata: b\n");
    }]);
    assert_eq!(block_on(all(strings(server.to()))), ["\"a\"", "transport"]);
}

#[test]
fn reconnection_continues_after_the_last_event() {
    let server = Server::start(&[
        |stream: &mut _| {
            let body = "retry: 1\n\nid: 1\ndata: a\n\nid: 2\ndata: b\n";
            respond_in_part(stream, "text/event-stream", body);
        },
        |stream: &mut _| respond(stream, "text/event-stream", "data: b\n\nid: 3\n\n"),
        |stream: &mut _| write(stream, "HTTP/1.1 204 Done\r\n\r\n"),
    ]);
    let stream = strings(server.to()).reconnect(true);
    assert_eq!(block_on(all(stream)), ["\"a\"", "\"b\""]);
    assert!(!server.request().unwrap().contains("last-event-id"));
    assert!(server.request().unwrap().contains("last-event-id: 1\r\n"));
    assert!(server.request().unwrap().contains("last-event-id: 3\r\n"));
}

#[test]
fn error_response_to_a_reconnection_ends_the_stream() {
    let server = Server::start(&[
        |stream: &mut _| respond(stream, "text/event-stream", "retry: 1\ndata: a\n\n"),
        |stream: &mut _| write(stream, "HTTP/1.1 418 No\r\nContent-Length: 0\r\n\r\n"),
    ]);
    let stream = strings(server.to()).reconnect(true);
    assert_eq!(block_on(all(stream)), ["\"a\"", "api"]);
}
