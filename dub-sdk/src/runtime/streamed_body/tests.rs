use super::Body;
use super::test_server::{Received, Server, block_on};
use crate::runtime::{Bytes, CustomRequest, Error};
use futures_core::Stream;
use std::collections::VecDeque;
use std::io::{self, Read};
use std::net::TcpListener;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

const DONE: &str = "HTTP/1.1 204 Done\r\nConnection: close\r\n\r\n";

/// A stream of these chunks. It waits forever at its end if `is_endless`.
struct Parts {
    parts: VecDeque<Result<&'static str, &'static str>>,
    is_endless: bool,
    _alive: Arc<()>,
}

impl Stream for Parts {
    type Item = Result<&'static str, &'static str>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.parts.pop_front() {
            None if self.is_endless => Poll::Pending,
            part => Poll::Ready(part),
        }
    }
}

fn stream(parts: &[Result<&'static str, &'static str>]) -> Body {
    Body::stream(Parts {
        parts: parts.iter().copied().collect(),
        is_endless: false,
        _alive: Arc::default(),
    })
}

fn abc() -> Body {
    stream(&[Ok("a"), Ok(""), Ok("bc")])
}

async fn send(request: CustomRequest, body: impl Into<Body>) -> Result<(), Error> {
    request.stream_body(body).send().await
}

/// Sends the body and returns the request that arrives.
fn sent(body: impl Into<Body>) -> Received {
    let server = Server::start(&[DONE]);
    block_on(send(server.post(), body)).unwrap();
    server.received().unwrap()
}

/// Sends a body that fails, and returns the message of the cause.
fn failure(body: Body) -> String {
    let server = Server::start(&[DONE, DONE]);
    let error = block_on(send(server.post(), body)).unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert!(!error.is_retryable());
    let message = "POST request: the stream of the request body failed";
    assert_eq!(error.to_string(), message);
    let cause = std::error::Error::source(&error).unwrap().to_string();
    let received = server.received().unwrap();
    assert!(!received.is_complete, "{received:?}");
    cause
}

#[test]
fn bytes_are_sent_with_their_length() {
    for body in [
        Body::from("abc"),
        vec![b'a', b'b', b'c'].into(),
        Bytes::from("abc").into(),
    ] {
        let received = sent(body);
        assert_eq!(received.header("content-length"), Some("3"));
        assert_eq!(received.body, "abc");
    }
}

#[test]
fn stream_is_sent_in_chunks_unless_its_length_is_known() {
    let received = sent(abc());
    assert_eq!(received.header("transfer-encoding"), Some("chunked"));
    assert_eq!(received.header("content-length"), None);
    assert_eq!(
        received.header("content-type"),
        Some("application/octet-stream")
    );
    assert_eq!((&*received.body, received.is_complete), ("abc", true));
    let received = sent(abc().length(3));
    assert_eq!(received.header("transfer-encoding"), None);
    assert_eq!(received.header("content-length"), Some("3"));
    assert_eq!(received.body, "abc");
}

#[test]
fn empty_stream_is_an_empty_body() {
    let received = sent(stream(&[]).length(0));
    assert_eq!(received.header("content-length"), Some("0"));
    assert!(received.is_complete);
    assert_eq!(sent(stream(&[])).body, "");
}

#[test]
fn reader_is_sent_to_its_end() {
    let received = sent(Body::reader(io::repeat(b'x').take(200_000)).length(200_000));
    assert_eq!(received.header("content-length"), Some("200000"));
    assert_eq!(received.body, "x".repeat(200_000));
}

#[test]
fn error_of_the_stream_aborts_the_request() {
    let cause = failure(stream(&[Ok("ab"), Err("disk on fire")]));
    assert_eq!(cause, "disk on fire");
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("no such disk"))
        }
    }
    assert_eq!(failure(Body::reader(Broken)), "no such disk");
}

#[test]
fn other_length_aborts_the_request() {
    let cause = failure(abc().length(5));
    assert_eq!(cause, "the stream ended 2 bytes before its length");
    let cause = failure(abc().length(2));
    assert_eq!(cause, "the stream is longer than its length");
}

/// Statuses after which any other idempotent request is sent again.
#[test]
fn stream_is_never_sent_again() {
    for (status, response) in [
        (503, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"),
        (429, "HTTP/1.1 429 Slow\r\nContent-Length: 0\r\n\r\n"),
        (401, "HTTP/1.1 401 Who\r\nContent-Length: 0\r\n\r\n"),
        (
            307,
            "HTTP/1.1 307 There\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n",
        ),
    ] {
        let server = Server::start(&[response, DONE]);
        let error = block_on(send(server.post(), abc())).unwrap_err();
        assert_eq!(error.status().unwrap(), status, "{error:?}");
        assert_eq!(server.received().unwrap().body, "abc");
        // Bytes are sent again.
        let server = Server::start(&[response, DONE]);
        block_on(send(server.post(), "abc")).unwrap();
    }
    let server = Server::start(&["", DONE]);
    let error = block_on(send(server.post(), abc())).unwrap_err();
    assert!(matches!(error, Error::Transport(_)) && error.is_retryable());
}

#[test]
fn stream_is_not_read_before_a_connection_is_established() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = Server::start_on(listener, &[]);
    let request = server.post().stream_body(abc());
    server.wait_until_closed();
    let error = block_on(request.clone().send::<()>()).unwrap_err();
    assert!(matches!(error, Error::Connect(_)), "{error:?}");
    let server = Server::start_on(TcpListener::bind(address).unwrap(), &[DONE]);
    block_on(request.send::<()>()).unwrap();
    assert_eq!(server.received().unwrap().body, "abc");
}

#[test]
fn only_one_clone_of_a_request_is_sent() {
    let server = Server::start(&[DONE, DONE]);
    let request = server.post().stream_body(abc());
    block_on(request.clone().send::<()>()).unwrap();
    let error = request.validate().unwrap_err();
    assert!(error.to_string().contains("already sent"), "{error}");
    let error = block_on(request.clone().send::<()>()).unwrap_err();
    assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
    // Another body replaces the stream.
    block_on(request.body("abc").send::<()>()).unwrap();
}

/// Returns a stream that waits forever after a part, and a value that is shared as long as the
/// stream exists.
fn waiting() -> (Body, Arc<()>) {
    let alive = Arc::<()>::default();
    let body = Body::stream(Parts {
        parts: [Ok("a")].into(),
        is_endless: true,
        _alive: alive.clone(),
    });
    (body, alive)
}

#[test]
fn timeout_and_cancellation_drop_the_stream() {
    let server = Server::start(&[DONE, DONE]);
    block_on(async {
        let (body, alive) = waiting();
        let request = server.post().timeout(Duration::from_millis(50));
        let error = send(request, body).await.unwrap_err();
        assert!(matches!(error, Error::Timeout(_)), "{error:?}");
        until_dropped(&alive).await;

        let (body, alive) = waiting();
        let sending = send(server.post(), body);
        let outcome = tokio::time::timeout(Duration::from_millis(50), sending).await;
        assert!(outcome.is_err(), "{outcome:?}");
        until_dropped(&alive).await;
    });
    for _ in 0..2 {
        // The connection closes in the middle of the body.
        let received = server.received().unwrap();
        assert_eq!((&*received.body, received.is_complete), ("a", false));
    }
}

/// Servers reject a body that is too large before they have read it.
#[test]
fn response_may_arrive_before_the_end_of_the_stream() {
    let server = Server::start_early("HTTP/1.1 413 Large\r\nContent-Length: 3\r\n\r\n1MB");
    match block_on(send(server.post(), waiting().0)) {
        Err(Error::Api(error)) => assert_eq!(error.body(), b"1MB"),
        other => panic!("{other:?}"),
    }
}

/// Waits until the stream that shares the value is dropped.
async fn until_dropped(alive: &Arc<()>) {
    let wait = async {
        while Arc::strong_count(alive) > 1 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), wait)
        .await
        .unwrap();
}

#[test]
fn debug_shows_no_content() {
    let server = Server::start(&[]);
    let bodies = [Body::from("secret"), stream(&[Ok("secret")]).length(6)];
    let shown = bodies.map(|body| {
        let shown = format!("{body:?}");
        let request = server.post().stream_body(body);
        shown + &format!("{request:?}")
    });
    assert!(!shown.concat().contains("secret"), "{shown:?}");
}
