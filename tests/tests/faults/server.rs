//! A server of plain sockets and threads, whose responses are written as raw bytes.

use dub_sdk::{ClientBuilder, Dub, RetryPolicy};
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The API key of all tests. No other test data contains parts of it, so a leak is easy to find.
pub const TOKEN: &str = "dub_zQ7xW9vK3";

/// The smallest customer that the API can return.
pub const CUSTOMER: &str =
    r#"{"id":"cus_1","externalId":"user-42","createdAt":"2025-10-30T18:18:27.000Z"}"#;

/// A server that runs until the test process ends.
pub struct Server {
    pub url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts a server that calls `serve` for each connection, on a new thread. The second argument
    /// of `serve` is the number of the connection, from 0.
    pub fn start(serve: impl Fn(&mut Connection, usize) + Send + Sync + 'static) -> Self {
        Self::start_on(TcpListener::bind("127.0.0.1:0").unwrap(), serve)
    }

    /// Like `start`, with a listener that is already bound.
    pub fn start_on(
        listener: TcpListener,
        serve: impl Fn(&mut Connection, usize) + Send + Sync + 'static,
    ) -> Self {
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::<Mutex<Vec<String>>>::default();
        let (serve, seen) = (Arc::new(serve), requests.clone());
        std::thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                let mut connection = Connection {
                    stream: stream.unwrap(),
                    requests: seen.clone(),
                };
                let serve = serve.clone();
                std::thread::spawn(move || serve(&mut connection, number));
            }
        });
        Self { url, requests }
    }

    /// Starts a server that sends the first of `responses` to the first connection, and so on. The
    /// last response is repeated. The connection closes after each response.
    pub fn responding(responses: impl IntoIterator<Item = impl Into<Vec<u8>>>) -> Self {
        let responses: Vec<Vec<u8>> = responses.into_iter().map(Into::into).collect();
        Self::start(move |connection, number| {
            if connection.request().is_some() {
                connection.write(&responses[number.min(responses.len() - 1)]);
            }
        })
    }

    /// Returns the builder of a client of this server, with a timeout and delays that are short
    /// enough for tests.
    pub fn builder(&self) -> ClientBuilder<Dub> {
        Dub::builder(TOKEN)
            .server_url(&self.url)
            .timeout(Duration::from_secs(5))
            .retry(quick_retries())
    }

    pub fn dub(&self) -> Dub {
        self.builder().build().unwrap()
    }

    /// Returns a client that does not retry.
    pub fn dub_without_retries(&self) -> Dub {
        let builder = self.builder().retry(RetryPolicy::none());
        builder.build().unwrap()
    }

    /// Returns all requests so far as raw strings.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// Returns the method and the target of all requests so far.
    pub fn request_lines(&self) -> Vec<String> {
        let first_line = |request: String| {
            let line = request.lines().next().unwrap_or_default();
            line.trim_end_matches(" HTTP/1.1").to_owned()
        };
        self.requests().into_iter().map(first_line).collect()
    }
}

/// The default policy with delays that are short enough for tests.
pub fn quick_retries() -> RetryPolicy {
    RetryPolicy::default().base_delay(Duration::from_millis(5))
}

/// The server's end of a connection.
pub struct Connection {
    pub stream: TcpStream,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Connection {
    /// Reads a request including its body. Returns `None` if the client closed the connection.
    pub fn request(&mut self) -> Option<String> {
        let mut bytes = Vec::new();
        let mut buffer = [0; 4096];
        while !is_complete(&String::from_utf8_lossy(&bytes)) {
            let length = self.stream.read(&mut buffer).unwrap_or(0);
            if length == 0 {
                return None;
            }
            bytes.extend_from_slice(&buffer[..length]);
        }
        let request = String::from_utf8(bytes).unwrap();
        self.requests.lock().unwrap().push(request.clone());
        Some(request)
    }

    /// Writes the bytes and ignores errors, because the client may close the connection first.
    pub fn write(&mut self, bytes: &[u8]) {
        let _ = self.try_write(bytes);
    }

    pub fn try_write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes)?;
        self.stream.flush()
    }

    /// Waits until the client closes the connection.
    pub fn wait_for_close(&mut self) {
        let mut buffer = [0; 4096];
        while self.stream.read(&mut buffer).unwrap_or(0) > 0 {}
    }
}

fn is_complete(request: &str) -> bool {
    let Some((head, body)) = request.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.lines().find_map(|line| {
        let line = line.to_lowercase();
        line.strip_prefix("content-length: ")?.parse().ok()
    });
    body.len() >= length.unwrap_or(0)
}

/// Formats a JSON response that closes the connection.
pub fn response(status: u16, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} Whatever\r\ncontent-type: application/json\r\nconnection: close\r\n{headers}\
         content-length: {length}\r\n\r\n{body}"
    )
}

/// Formats a JSON response that keeps the connection open.
pub fn keep_alive_response(body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

pub fn customer(id: &str) -> String {
    CUSTOMER.replace("cus_1", id)
}

/// Returns the URL of a loopback port that nothing listens on.
pub fn closed_port() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}
