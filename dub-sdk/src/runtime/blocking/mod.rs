//! The blocking client: `send` waits for the response, and streams are iterators.

mod pages;

pub use pages::{Items, Pages};

use super::api_operation::ApiOperation;
use super::call::{Call, call};
use super::error::Error;
use super::failure::Failure;
use super::received::RawResponse;
use super::request::Request;
use super::request_builder::RequestBuilder;
use super::request_parts::RequestParts;
use super::response::Response;
use std::fmt;
use std::future::{Future, poll_fn};
use std::sync::{Arc, mpsc};
use std::thread::ThreadId;
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

/// The state that all requests of a blocking client share: connections, settings and credentials.
///
/// You do not create it yourself; building a blocking client creates it. Cheap to clone.
///
/// Calls run on a background thread that belongs to the client. You can make them from any thread,
/// including the threads of an async runtime, which they block like any other blocking call. The
/// background thread ends when the last clone is dropped. A process that was created by `fork` has no
/// such thread, so build a new client there; calls of the old one return [`Error::Config`].
///
/// Do not share an [HTTP client](crate::ClientBuilder::http_client) between a blocking client and
/// async code: while a blocking call blocks the thread of that code, the shared HTTP client may
/// stall too.
#[derive(Clone)]
pub struct Blocking {
    inner: super::Client,
    driver: Arc<Driver>,
}

/// The background thread that runs the calls. It ends when this value, which holds the sender, is
/// dropped.
struct Driver {
    handle: Handle,
    thread: ThreadId,
    /// The id of the process that the thread belongs to.
    process: u32,
    _stop: oneshot::Sender<()>,
}

impl Blocking {
    /// Starts the background thread.
    pub(crate) fn new(inner: super::Client) -> Result<Self, Error> {
        let failed = |error| {
            Error::Config(
                Failure::new("failed to start the thread for blocking calls").with_source(error),
            )
        };
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(failed)?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::Builder::new()
            .name(concat!(env!("CARGO_PKG_NAME"), "-blocking").to_owned());
        let thread = thread
            .spawn(move || {
                // No value is ever sent: the wait ends when the sender is dropped.
                let _ = runtime.block_on(stopped);
            })
            .map_err(failed)?;
        Ok(Self {
            inner,
            driver: Arc::new(Driver {
                handle,
                thread: thread.thread().id(),
                process: std::process::id(),
                _stop: stop,
            }),
        })
    }

    /// Makes a call and decodes its response with `read`, on the current thread.
    fn wait<T>(
        &self,
        parts: RequestParts,
        read: impl FnOnce(RawResponse) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let (mut call, response) = self.run(parts)?;
        call.finish(response, read)
    }

    /// Polls a call on the background thread. Returns it with its response, so that the caller
    /// finishes it.
    fn run(&self, parts: RequestParts) -> Result<(Call, Result<RawResponse, Error>), Error> {
        let operation = parts.operation_name();
        let mut call = call(self.inner.clone(), parts);
        // The current span of this thread is the parent of the call's span.
        call.start();
        if let Err(error) = self.check() {
            return Ok((call, Err(error.in_operation(operation))));
        }
        let polled = self.drive(async move {
            let response = poll_fn(|context| call.poll_response(context)).await;
            (call, response)
        });
        polled.map_err(|error| error.in_operation(operation))
    }

    /// Runs a future on the background thread and waits for its output.
    pub(crate) fn drive<T: Send + 'static>(
        &self,
        future: impl Future<Output = T> + Send + 'static,
    ) -> Result<T, Error> {
        let (sender, receiver) = mpsc::sync_channel(1);
        self.driver.handle.spawn(async move {
            // If the receiver is gone, the result is no longer needed.
            let _ = sender.send(future.await);
        });
        // If the thread has stopped, the task is dropped, and the sender with it.
        receiver.recv().map_err(|_| {
            Error::Transport(Failure::new("the thread for blocking calls has stopped"))
        })
    }

    /// Returns an error if waiting for the background thread would take forever.
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.driver.check()
    }
}

impl Driver {
    /// Returns an error if waiting for the background thread would take forever.
    fn check(&self) -> Result<(), Error> {
        if self.process != std::process::id() {
            return Err(Error::config(
                "the client belongs to another process: build a new client after `fork`, which \
                 does not copy the thread for blocking calls",
            ));
        }
        if std::thread::current().id() == self.thread {
            // For example, a custom DNS resolver of the HTTP client may make a call itself.
            return Err(Error::config(
                "blocking call inside another blocking call of the same client: it would wait for itself \
                 forever",
            ));
        }
        Ok(())
    }
}

impl fmt::Debug for Blocking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

impl Request<Blocking> {
    /// Returns the blocking client, and the request with the async client that it runs.
    pub(crate) fn split(self) -> (Blocking, Request<super::Client>) {
        let client = self.client.inner.clone();
        let parts = self.parts;
        (self.client, Request { client, parts })
    }

    /// Sends the request, waits for the response and reads it.
    pub(super) fn wait<T>(
        self,
        read: fn(RawResponse) -> Result<Response<T>, Error>,
    ) -> Result<Response<T>, Error> {
        self.client.wait(self.parts, read)
    }
}

impl<O: ApiOperation> RequestBuilder<O, Blocking> {
    /// Sends the request, waits for the response and returns its body.
    ///
    /// # Errors
    ///
    /// Returns an [`Error`] if the request is invalid or cannot be sent, or if the API returns an
    /// error response or an invalid response.
    #[inline]
    pub fn send(self) -> Result<O::Output, Error> {
        Ok(self.send_with_response()?.body)
    }

    /// Like [`send`](Self::send), but returns the full [`Response`]: status, headers and body.
    ///
    /// # Errors
    ///
    /// Returns an [`Error`] in the same cases.
    #[inline]
    pub fn send_with_response(self) -> Result<Response<O::Output>, Error> {
        self.request.wait(O::read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::{BuildClient, ClientBuilder, Operation};
    use std::io::{Read, Write};
    use std::net::TcpListener;

    static OPERATION: Operation = Operation {
        path: "/numbers",
        ..Operation::DEFAULT
    };

    impl BuildClient for Blocking {
        fn from_client(client: super::super::Client) -> Result<Self, Error> {
            Self::new(client)
        }
    }

    /// Returns a client for a server that accepts this number of connections and responds to each
    /// with `[1,2]`.
    fn client(connections: usize) -> Blocking {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for connection in listener.incoming().take(connections) {
                let mut connection = connection.unwrap();
                let _ = connection.read(&mut [0; 4096]);
                let response =
                    b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\n[1,2]";
                connection.write_all(response).unwrap();
            }
        });
        ClientBuilder::new(&crate::SERVICE, &[])
            .server_url(url)
            .build()
            .unwrap()
    }

    fn numbers(client: &Blocking) -> Vec<i64> {
        let request = Request::new(client.clone(), &OPERATION);
        request.wait(RawResponse::decode).unwrap().body
    }

    #[test]
    fn calls_work_on_any_thread() {
        let client = client(4);
        assert_eq!(numbers(&client), [1, 2]);
        for mut runtime in [Builder::new_current_thread(), Builder::new_current_thread()] {
            let runtime = runtime.enable_all().build().unwrap();
            assert_eq!(runtime.block_on(async { numbers(&client) }), [1, 2]);
        }
        // The last clone may also be dropped inside a runtime.
        let runtime = Builder::new_current_thread().build().unwrap();
        runtime.block_on(async move { drop(client) });
    }

    #[test]
    fn rejects_nested_blocking_calls() {
        let outer = client(0);
        let inner = Request::new(outer.clone(), &OPERATION);
        let (sender, receiver) = mpsc::channel();
        let call = async move { sender.send(inner.wait(RawResponse::decode::<Vec<i64>>)) };
        outer.driver.handle.spawn(call);
        let outcome = receiver.recv_timeout(std::time::Duration::from_secs(5));
        assert!(matches!(outcome.unwrap(), Err(Error::Config(_))));
    }

    /// Returns the outcome of a call, or panics if it does not return.
    fn outcome(client: Blocking) -> Result<Vec<i64>, Error> {
        let (sender, receiver) = mpsc::channel();
        let request = Request::new(client, &OPERATION);
        std::thread::spawn(move || {
            let outcome = request.wait(RawResponse::decode);
            sender.send(outcome.map(|response| response.body)).unwrap();
        });
        let limit = std::time::Duration::from_secs(5);
        receiver.recv_timeout(limit).unwrap()
    }

    #[test]
    fn rejects_calls_of_client_of_another_process() {
        let mut client = client(0);
        Arc::get_mut(&mut client.driver).unwrap().process ^= 1;
        match outcome(client) {
            Err(error @ Error::Config(_)) => assert!(error.to_string().contains("`fork`")),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn call_fails_if_thread_has_stopped() {
        let mut client = client(0);
        let driver = Arc::get_mut(&mut client.driver).unwrap();
        driver._stop = oneshot::channel().0;
        assert!(matches!(outcome(client), Err(Error::Transport(_))));
    }

    #[test]
    fn unreachable_server_is_connect_error() {
        let client: Blocking = ClientBuilder::new(&crate::SERVICE, &[])
            .server_url("http://127.0.0.1:1")
            .retry(crate::runtime::RetryPolicy::none())
            .build()
            .unwrap();
        let request = Request::new(client, &OPERATION);
        assert!(matches!(
            request.wait(RawResponse::decode::<Vec<i64>>),
            Err(Error::Connect(_))
        ));
    }
}
