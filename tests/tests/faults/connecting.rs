//! Tests connections that are not established in time.

use crate::server::{CUSTOMER, Server, TOKEN, quick_retries, response};
use dub_sdk::{ClientBuilder, Dub, Error, RetryPolicy};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};
use tokio::net::{TcpListener, TcpSocket};

const SHORT: Duration = Duration::from_millis(250);

/// A server that accepts no connection. Its queue is full, so that new connections stay pending.
struct FullServer {
    listener: TcpListener,
    queue: Vec<TcpStream>,
}

impl FullServer {
    fn start() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let mut server = Self {
            listener: socket.listen(1).unwrap(),
            queue: Vec::new(),
        };
        while let Ok(stream) = TcpStream::connect_timeout(&server.address(), SHORT) {
            server.queue.push(stream);
            assert!(server.queue.len() < 100, "the queue never fills up");
        }
        server
    }

    fn address(&self) -> SocketAddr {
        self.listener.local_addr().unwrap()
    }

    fn builder(&self) -> ClientBuilder<Dub> {
        Dub::builder(TOKEN).server_url(format!("http://{}", self.address()))
    }
}

fn assert_connect_timeout(error: &Error, server: &FullServer) {
    assert!(matches!(error, Error::Connect(_)), "{error:?}");
    assert!(error.is_timeout() && error.is_retryable());
    let expected = format!("connection to {} timed out", server.address());
    assert!(error.to_string().ends_with(&expected), "{error}");
}

#[tokio::test]
async fn timeout_while_connecting_is_connect_error() {
    let server = FullServer::start();
    let builder = server.builder().retry(RetryPolicy::none());
    let connect_timeout = builder.connect_timeout(SHORT).build().unwrap();
    let dub = server.builder().retry(RetryPolicy::none()).build().unwrap();
    let begin = Instant::now();
    let get = connect_timeout.customers().get("cus_1").send();
    let get_with_timeout = dub.customers().get("cus_1").timeout(SHORT).send();
    let update = dub.customers().update("cus_1").name("Ada");
    let update_with_deadline = update.deadline(SHORT).send();
    let (a, b, c) = tokio::join!(get, get_with_timeout, update_with_deadline);
    for error in [a, b, c].map(Result::unwrap_err) {
        assert_connect_timeout(&error, &server);
    }
    assert!(begin.elapsed() >= SHORT && begin.elapsed() < SHORT * 8);
}

/// A PATCH that never left may be sent again.
#[tokio::test]
async fn retries_update_that_was_never_connected() {
    let server = FullServer::start();
    let dub = server.builder().retry(quick_retries()).build().unwrap();
    let begin = Instant::now();
    let update = dub.customers().update("cus_1").name("Ada").timeout(SHORT);
    let error = update.send().await.unwrap_err();
    assert_connect_timeout(&error, &server);
    assert!(begin.elapsed() >= SHORT * 3, "{:?}", begin.elapsed());
}

#[tokio::test]
async fn timeout_after_sending_is_timeout_error() {
    let server = Server::start(|connection, _| {
        connection.request();
        connection.wait_for_close();
    });
    let dub = server.dub_without_retries();
    let get = dub.customers().get("cus_1").timeout(SHORT).send();
    let update = dub.customers().update("cus_1").name("Ada");
    #[expect(deprecated, reason = "create is the only POST operation")]
    let create = dub.customers().create("user-42").timeout(SHORT).send();
    let (a, b, c) = tokio::join!(get, update.timeout(SHORT).send(), create);
    for error in [a, b, c].map(Result::unwrap_err) {
        assert!(matches!(error, Error::Timeout(_)), "{error:?}");
    }
}

/// The request was sent to the first URL, although the second one has no connection yet.
#[tokio::test]
async fn timeout_while_connecting_after_redirect_is_timeout_error() {
    let server = Server::start(|connection, number| {
        connection.request();
        match number {
            0 => connection.write(response(307, "location: /other\r\n", "").as_bytes()),
            _ => connection.wait_for_close(),
        }
    });
    let dub = server.dub_without_retries();
    let update = dub.customers().update("cus_1").name("Ada").timeout(SHORT);
    let error = update.send().await.unwrap_err();
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
}

#[tokio::test]
async fn runtime_without_timers_is_config_error() {
    let server = Server::responding([response(200, "", CUSTOMER)]);
    let dub = server.dub();
    let thread = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .build()
            .unwrap();
        runtime.block_on(dub.customers().get("cus_1").send())
    });
    let error = thread.join().unwrap().unwrap_err();
    assert!(matches!(error, Error::Config(_)), "{error:?}");
    assert!(error.to_string().contains("`enable_time()`"), "{error}");
    assert!(server.requests().is_empty());
}
