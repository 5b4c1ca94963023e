//! Responses that are streams of events, items or chunks.

use crate::server::Server;
use responses_of_streams::blocking::ResponsesOfStreams;
use responses_of_streams::{ApiError, Error};

const EVENTS: (&str, &str) = ("Content-Type", "text/event-stream");

fn client(server: &Server) -> ResponsesOfStreams {
    ResponsesOfStreams::builder("secret-of-the-tests")
        .server_url(server.url())
        .build()
        .unwrap()
}

#[test]
fn events_arrive_whatever_the_chunks() {
    let body = "\u{feff}: hello\r\n\r\nid: 7\r\nevent: add\r\nretry: 5\r\ndata: {\"id\":\r\n\
                data:  \"\u{e4}\"}\r\n\r\ndata: [DONE]\r\n\r\ndata: {\"id\": \"b\"}\n\ndata: {}";
    let server = Server::dripping(&[EVENTS], body.as_bytes());
    let client = client(&server);
    let mut events = client
        .feed()
        .watch_events()
        .events_query("x")
        .items("y")
        .events();
    let first = events.next().unwrap().unwrap();
    assert_eq!((first.id.as_deref(), &*first.event), (Some("7"), "add"));
    assert_eq!(first.data.id, "\u{e4}");
    assert_eq!(first.retry.unwrap().as_millis(), 5);
    let error = events.next().unwrap().unwrap_err();
    assert_eq!(error.operation(), Some("watchEvents"));
    assert_eq!(events.next().unwrap().unwrap().data.id, "b");
    assert_eq!(events.last_event_id(), Some("7"));
    assert!(events.next().is_none());

    let request = server.request();
    assert_eq!(request.line, "GET /events?events=x&items=y");
    assert_eq!(request.header("accept"), Some("text/event-stream"));
    assert_eq!(
        request.header("authorization"),
        Some("Bearer secret-of-the-tests")
    );

    let strings = client.feed().watch_events().text_events();
    let strings: Vec<_> = strings.map(|event| event.unwrap().data).collect();
    assert_eq!(
        strings,
        ["{\"id\":\n \"\u{e4}\"}", "[DONE]", "{\"id\": \"b\"}"]
    );
    let ended = client.feed().watch_events().events().end_at("[DONE]");
    assert_eq!(ended.map(Result::unwrap).count(), 1);
    let strings = client.feed().watch_texts().events();
    assert_eq!(
        strings.map(|event| event.unwrap().data).last().unwrap(),
        "{\"id\": \"b\"}"
    );
    // The buffered form is the whole body.
    assert_eq!(client.feed().watch_texts().send().unwrap(), body);
}

#[test]
fn items_arrive_whatever_the_chunks() {
    let body = b"{\"id\": \"a\"}\r\n\r\n{\"id\": 1}\n{\"id\": \"b\"}";
    let server = Server::dripping(&[("Content-Type", "application/x-ndjson")], body);
    let client = client(&server);
    let items: Vec<_> = client.feed().export_lines().items().collect();
    let [Ok(first), Err(Error::Decode(error)), Ok(last)] = items.as_slice() else {
        panic!("{items:?}");
    };
    assert_eq!((&*first.id, &*last.id), ("a", "b"));
    assert_eq!((error.path(), &*error.body_text()), ("id", "{\"id\": 1}"));
    assert_eq!(
        server.request().header("accept"),
        Some("application/x-ndjson")
    );

    let body = b"\x1e{\"id\":\n1}\n\x1e2\n";
    let server = Server::dripping(&[("Content-Type", "application/geo+json-seq")], body);
    let client = self::client(&server);
    let items = client.feed().export_sequence().items_query("x").items();
    let items: Vec<_> = items.map(Result::unwrap).collect();
    assert_eq!(items, [serde_json::json!({"id": 1}), serde_json::json!(2)]);
}

#[test]
fn each_media_type_can_be_streamed() {
    let server = Server::dripping(&[EVENTS], b"data: {\"text\": \"a\"}\n\n");
    let client = client(&server);
    let render = || client.feed().render("x").chunks(1);
    let events: Vec<_> = render().as_event_stream().events().collect();
    let data = &events[0].as_ref().unwrap().data;
    assert_eq!(
        serde_json::to_value(data).unwrap(),
        serde_json::json!({"text": "a"})
    );
    let text = render().as_event_stream().send().unwrap();
    assert_eq!(text, "data: {\"text\": \"a\"}\n\n");
    assert!(render().as_jsonl().items().next().unwrap().is_err());
    let chunks: Vec<_> = render().as_bytes().chunks().map(Result::unwrap).collect();
    assert_eq!(chunks.concat(), text.as_bytes());
    let archive = client.feed().get_archive().chunks_query(true).chunks();
    assert_eq!(
        archive.map(Result::unwrap).collect::<Vec<_>>().concat(),
        text.as_bytes()
    );
    let requests = server.requests();
    let accepted: Vec<_> = requests
        .iter()
        .map(|one| one.header("accept").unwrap())
        .collect();
    let (events, lines) = ("text/event-stream", "application/jsonl");
    let bytes = "application/octet-stream";
    assert_eq!(accepted, [events, events, lines, bytes, "application/zip"]);
    assert_eq!(requests[0].text(), r#"{"prompt":"x","chunks":1}"#);
}

#[test]
fn error_statuses_are_typed_errors() {
    let json = [("Content-Type", "application/json")];
    let server = Server::answering(409, &json, br#"{"text": "later"}"#);
    let client = client(&server);
    let mut events = client.feed().render("x").as_event_stream().events();
    match events.next() {
        Some(Err(Error::Api(ApiError::Conflict(answer)))) => assert_eq!(answer.text, "later"),
        other => panic!("{other:?}"),
    }
    assert!(events.next().is_none());
}

#[test]
fn errors_hide_the_token() {
    let server = Server::dripping(&[EVENTS], b"data: secret-of-the-tests\n\n");
    let error = client(&server).feed().watch_events().events().next();
    let Some(Err(Error::Decode(error))) = error else {
        panic!("{error:?}");
    };
    assert_eq!(error.body_text(), "[hidden]");
}
