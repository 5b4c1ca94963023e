use super::test_server::{Server, block_on, respond, respond_in_part, wait_for_close, write};
use super::{BodyStream, Frame, chunks};
use crate::runtime::{Client, Error, Request};
use bytes::Bytes;
use futures_core::FusedStream;
use std::time::{Duration, Instant};

fn stream(request: Request<Client>) -> BodyStream<Bytes> {
    BodyStream::new(chunks(request), Frame::bytes)
}

/// Returns the joined chunks, and the error that ended the stream, if any.
async fn all(mut stream: BodyStream<Bytes>) -> (String, Option<Error>) {
    let mut text = String::new();
    while let Some(chunk) = stream.next().await {
        match chunk {
            Ok(chunk) => text += std::str::from_utf8(&chunk).unwrap(),
            Err(error) => {
                assert!(stream.is_terminated() && stream.next().await.is_none());
                return (text, Some(error));
            }
        }
    }
    assert!(stream.is_terminated());
    (text, None)
}

#[test]
fn stream_is_send_sync_and_unpin() {
    fn assert_bounds<T: Send + Sync + Unpin>() {}
    assert_bounds::<BodyStream<Bytes>>();
}

#[test]
fn chunks_are_returned_beyond_the_limit_of_a_response() {
    let server =
        Server::start(&[|stream: &mut _| respond(stream, "a/b", &"0123456789".repeat(20))]);
    let (text, error) = block_on(all(stream(server.to())));
    assert!(error.is_none(), "{error:?}");
    assert_eq!(text, "0123456789".repeat(20));
}

#[test]
fn interruption_is_the_last_item() {
    let server = Server::start(&[|stream: &mut _| respond_in_part(stream, "a/b", "abc")]);
    let (text, error) = block_on(all(stream(server.to())));
    assert_eq!(text, "abc");
    let error = error.unwrap();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert_eq!(error.operation(), Some("getFeed"));
    assert!(server.request().is_some());
    // A body that has begun is not requested again.
    assert!(server.request().is_none());
}

#[test]
fn request_is_retried_until_the_response_begins() {
    let server = Server::start(&[
        |stream: &mut _| write(stream, "HTTP/1.1 503 Busy\r\nContent-Length: 1\r\n\r\n!"),
        |_: &mut _| (),
        |stream: &mut _| respond(stream, "a/b", "abc"),
    ]);
    let (text, error) = block_on(all(stream(server.to())));
    assert!(error.is_none(), "{error:?}");
    assert_eq!(text, "abc");
}

#[test]
fn error_response_is_an_api_error() {
    let server = Server::start(&[|stream: &mut _| {
        write(
            stream,
            "HTTP/1.1 418 Teapot\r\nContent-Length: 3\r\n\r\ntea",
        );
    }]);
    let (_, error) = block_on(all(stream(server.to())));
    match error {
        Some(Error::Api(error)) => assert_eq!(error.body(), b"tea"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn timeout_of_the_request_ends_with_the_head() {
    let server = Server::start(&[|stream: &mut _| {
        respond(stream, "a/b", "a");
        std::thread::sleep(Duration::from_millis(300));
        write(stream, "b");
    }]);
    let mut request = server.to();
    request.timeout(Duration::from_millis(200));
    request.deadline(Duration::from_millis(250));
    let (text, error) = block_on(all(stream(request)));
    assert!(error.is_none(), "{error:?}");
    assert_eq!(text, "ab");
}

#[test]
fn head_that_does_not_arrive_is_a_timeout() {
    let server = Server::start(&[wait_for_close, wait_for_close, wait_for_close]);
    let mut request = server.to();
    request.timeout(Duration::from_millis(30));
    let (_, error) = block_on(all(stream(request)));
    let error = error.unwrap();
    assert!(error.is_timeout(), "{error:?}");
    assert!(error.to_string().contains("within 30ms"), "{error}");
    assert_eq!([(); 3].map(|()| server.request().is_some()), [true; 3]);
}

#[test]
fn silence_is_a_timeout() {
    let server = Server::start(&[|stream: &mut _| {
        respond(stream, "a/b", "a");
        wait_for_close(stream);
    }]);
    let stream = stream(server.to()).idle_timeout(Duration::from_millis(50));
    let (text, error) = block_on(all(stream));
    assert_eq!(text, "a");
    assert!(error.unwrap().is_timeout());
}

/// A consumer that is slow does not count as a server that is silent.
#[test]
fn time_between_polls_is_not_silence() {
    let server = Server::start(&[|stream: &mut _| respond(stream, "a/b", "ab")]);
    block_on(async {
        let mut stream = stream(server.to()).idle_timeout(Duration::from_millis(50));
        assert!(stream.try_next().await.unwrap().is_some());
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert!(all(stream).await.1.is_none());
    });
}

#[test]
fn dropping_the_stream_closes_the_connection() {
    let server = Server::start(&[
        |stream: &mut _| {
            respond(stream, "a/b", "a");
            wait_for_close(stream);
        },
        // The server gets here only after the first connection is closed.
        |stream: &mut _| respond(stream, "a/b", "b"),
    ]);
    let request = server.to();
    block_on(async {
        let mut first = stream(request.clone());
        assert_eq!(first.try_next().await.unwrap().unwrap(), "a");
        drop(first);
        let begin = Instant::now();
        assert_eq!(all(stream(request)).await.0, "b");
        assert!(begin.elapsed() < Duration::from_secs(3));
    });
}
