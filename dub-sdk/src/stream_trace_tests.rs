//! Tests of the span of a stream over a response body.

use crate::optional_runtime::body_stream::test_server::{
    Server, block_on, respond, respond_in_part, wait_for_close, write,
};
use crate::optional_runtime::body_stream::{BodyStream, Frame, chunks};
use crate::runtime::{Bytes, Error};
use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{DefaultGuard, Interest};
use tracing::{Event, Metadata, Subscriber};

/// The recorded lines, one for each span, record and event of this crate.
#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<String>>>);

impl Captured {
    /// Records the spans and events of this thread until the guard is dropped.
    fn start() -> (Self, DefaultGuard) {
        let captured = Self::default();
        let guard = tracing::subscriber::set_default(captured.clone());
        (captured, guard)
    }

    /// Returns the lines without durations and the address of the server, which differ in each run.
    fn lines(&self) -> Vec<String> {
        let lines = self.0.lock().unwrap().clone().into_iter();
        let without_numbers = |line: String| {
            let (line, _) = line.split_once(" server=").unwrap_or((&line, ""));
            let (line, _) = line.split_once("_ms=").unwrap_or((line, ""));
            line.to_owned()
        };
        lines.map(without_numbers).collect()
    }

    fn add(&self, kind: String, record: impl FnOnce(&mut Line)) {
        let mut line = Line(kind);
        record(&mut line);
        self.0.lock().unwrap().push(line.0);
    }
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

impl Subscriber for Captured {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        match self.enabled(metadata) {
            true => Interest::always(),
            false => Interest::never(),
        }
    }

    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == env!("CARGO_CRATE_NAME")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let name = span.metadata().name();
        self.add(format!("span {name}"), |line| span.record(line));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        self.add("record".to_owned(), |line| values.record(line));
    }

    fn event(&self, event: &Event<'_>) {
        let level = event.metadata().level();
        self.add(format!("event {level}"), |line| event.record(line));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

const SPAN: &str = r#"span call operation="getFeed" method="GET" path="/feed""#;

fn stream(server: &Server) -> BodyStream<Bytes> {
    BodyStream::new(chunks(server.to()), Frame::bytes)
}

/// Returns the joined chunks, or the error that ends the stream.
async fn all(mut stream: BodyStream<Bytes>) -> Result<Vec<u8>, Error> {
    let mut all = Vec::new();
    while let Some(chunk) = stream.try_next().await? {
        all.extend_from_slice(&chunk);
    }
    Ok(all)
}

#[test]
fn span_of_stream_is_open_from_first_poll_to_its_end() {
    let server = Server::start(&[
        |stream: &mut _| write(stream, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"),
        |stream: &mut _| respond(stream, "a/b", "abc"),
    ]);
    let (captured, _guard) = Captured::start();
    drop(stream(&server));
    let mut stream = stream(&server);
    assert!(captured.lines().is_empty());
    block_on(async {
        let first = stream.try_next().await.unwrap().unwrap();
        let retry =
            r#"event WARN message=retrying the call attempt=1 status=503 error="api" delay"#;
        assert_eq!(captured.lines(), [SPAN, retry]);
        let rest = all(stream).await.unwrap();
        assert_eq!([&first, &*rest].concat(), b"abc");
    });
    let end = [
        "event DEBUG message=call succeeded attempts=2 status=200 elapsed",
        "record attempts=2",
        "record status=200",
        "record elapsed",
    ];
    assert_eq!(captured.lines().split_off(2), end);
}

#[test]
fn dropped_stream_is_recorded_as_cancelled() {
    let server = Server::start(&[|stream: &mut _| {
        respond(stream, "a/b", "a");
        wait_for_close(stream);
    }]);
    let (captured, _guard) = Captured::start();
    let mut stream = stream(&server);
    block_on(async { stream.try_next().await.unwrap() });
    assert_eq!(captured.lines(), [SPAN]);
    drop(stream);
    let end = [
        SPAN,
        r#"event DEBUG message=call cancelled attempts=1 error="cancelled" elapsed"#,
        "record attempts=1",
        r#"record error="cancelled""#,
        "record elapsed",
    ];
    assert_eq!(captured.lines(), end);
}

#[test]
fn interrupted_stream_is_recorded_as_failed() {
    let server = Server::start(&[|stream: &mut _| respond_in_part(stream, "a/b", "secret")]);
    let (captured, _guard) = Captured::start();
    block_on(all(stream(&server))).unwrap_err();
    let end = [
        SPAN,
        r#"event WARN message=call failed attempts=1 status=200 error="transport" elapsed"#,
        "record attempts=1",
        "record status=200",
        r#"record error="transport""#,
        "record elapsed",
    ];
    assert_eq!(captured.lines(), end);
}
