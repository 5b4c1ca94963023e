//! A server for the tests of streams, whose bodies are written step by step.

use crate::runtime::{BuildClient, Client, ClientBuilder, Error, Operation, Request, RetryPolicy};
use std::future::Future;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

pub(crate) static OPERATION: Operation = Operation {
    id: "getFeed",
    path: "/feed",
    ..Operation::DEFAULT
};

struct Api(Client);

impl BuildClient for Api {
    fn from_client(client: Client) -> Result<Self, Error> {
        Ok(Self(client))
    }
}

/// The connections of a server, in order.
pub(crate) struct Server {
    url: String,
    requests: Receiver<String>,
}

impl Server {
    /// Starts a server that calls the functions for its connections, one after another, each with
    /// the connection after the head of its request.
    pub(crate) fn start(serve: &[fn(&mut TcpStream)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (sender, requests) = channel();
        let serve = serve.to_vec();
        std::thread::spawn(move || {
            for serve in serve {
                let (mut stream, _) = listener.accept().unwrap();
                let mut head = Vec::new();
                let mut byte = [0];
                while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) > 0 {
                    head.extend_from_slice(&byte);
                }
                sender.send(String::from_utf8(head).unwrap()).unwrap();
                serve(&mut stream);
            }
        });
        Self { url, requests }
    }

    /// Returns the head of the next request, in lower case.
    pub(crate) fn request(&self) -> Option<String> {
        let request = self.requests.recv_timeout(Duration::from_secs(5)).ok()?;
        Some(request.to_lowercase())
    }

    /// Returns a request of a client with quick retries and a limit of 100 bytes.
    pub(crate) fn to(&self) -> Request<Client> {
        let builder = ClientBuilder::<Api>::new(&crate::SERVICE, &[])
            .server_url(&self.url)
            .max_response_size(100)
            .retry(RetryPolicy::default().base_delay(Duration::from_millis(1)));
        Request::new(builder.build().unwrap().0, &OPERATION)
    }
}

/// Writes the head of a response whose body ends with the connection, and the body.
pub(crate) fn respond(stream: &mut TcpStream, media_type: &str, body: &str) {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\n\r\n");
    write(stream, &head);
    write(stream, body);
}

/// Writes the head of a response that announces more than its body, and the body.
pub(crate) fn respond_in_part(stream: &mut TcpStream, media_type: &str, body: &str) {
    let head =
        format!("HTTP/1.1 200 OK\r\nContent-Length: 999\r\nContent-Type: {media_type}\r\n\r\n");
    write(stream, &head);
    write(stream, body);
}

/// Writes each byte separately.
pub(crate) fn write(stream: &mut TcpStream, text: &str) {
    stream.set_nodelay(true).unwrap();
    for byte in text.as_bytes().chunks(1) {
        // The client may close the connection first.
        let _ = stream.write_all(byte);
    }
}

/// Waits until the client closes the connection.
pub(crate) fn wait_for_close(stream: &mut TcpStream) {
    let mut buffer = [0; 64];
    while stream.read(&mut buffer).unwrap_or(0) > 0 {}
}

pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().unwrap().block_on(future)
}
