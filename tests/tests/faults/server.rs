//! A server of plain sockets and threads, whose responses are written byte by byte.

use dub_sdk::{ClientBuilder, Dub, RetryPolicy};
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The API key of all tests. It has no letters in common with anything else, so that it is found where it leaks.
pub const TOKEN: &str = "dub_zQ7xW9vK3";

/// The smallest customer that the API may answer with.
pub const CUSTOMER: &str =
    r#"{"id":"cus_1","externalId":"user-42","createdAt":"2025-10-30T18:18:27.000Z"}"#;

/// A server that stays for as long as the test runs.
pub struct Server {
    pub url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Has `serve` deal with each connection, on a thread of its own. Its second argument counts them from 0.
    pub fn start(serve: impl Fn(&mut Connection, usize) + Send + Sync + 'static) -> Self {
        Self::on(TcpListener::bind("127.0.0.1:0").unwrap(), serve)
    }

    pub fn on(
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

    /// Answers the first request with the first of `responses`, and so on; the last answers all that follow. Each response
    /// ends its connection.
    pub fn responding(responses: impl IntoIterator<Item = impl Into<Vec<u8>>>) -> Self {
        let responses: Vec<Vec<u8>> = responses.into_iter().map(Into::into).collect();
        Self::start(move |connection, number| {
            if connection.request().is_some() {
                connection.write(&responses[number.min(responses.len() - 1)]);
            }
        })
    }

    /// A client of this server, with time-outs that a test has time for.
    pub fn builder(&self) -> ClientBuilder<Dub> {
        Dub::builder(TOKEN)
            .server_url(&self.url)
            .timeout(Duration::from_secs(5))
            .retry(quick())
    }

    pub fn dub(&self) -> Dub {
        self.builder().build().unwrap()
    }

    /// A client that makes one attempt.
    pub fn dub_once(&self) -> Dub {
        let builder = self.builder().retry(RetryPolicy::none());
        builder.build().unwrap()
    }

    /// All requests so far, each as text.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// What the requests so far begin with: the method and the target.
    pub fn lines(&self) -> Vec<String> {
        let first_line = |request: String| {
            let line = request.lines().next().unwrap_or_default();
            line.trim_end_matches(" HTTP/1.1").to_owned()
        };
        self.requests().into_iter().map(first_line).collect()
    }
}

/// The usual policy, with pauses that a test has time for.
pub fn quick() -> RetryPolicy {
    RetryPolicy::default().base_delay(Duration::from_millis(5))
}

/// The server's end of a connection.
pub struct Connection {
    pub stream: TcpStream,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Connection {
    /// Reads a request, with its body; `None` when the client has gone.
    pub fn request(&mut self) -> Option<String> {
        let mut bytes = Vec::new();
        let mut piece = [0; 4096];
        while !is_whole(&String::from_utf8_lossy(&bytes)) {
            let length = self.stream.read(&mut piece).unwrap_or(0);
            if length == 0 {
                return None;
            }
            bytes.extend_from_slice(&piece[..length]);
        }
        let text = String::from_utf8(bytes).unwrap();
        self.requests.lock().unwrap().push(text.clone());
        Some(text)
    }

    /// Writes as much as the client takes.
    pub fn write(&mut self, bytes: &[u8]) {
        let _ = self.try_write(bytes);
    }

    pub fn try_write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes)?;
        self.stream.flush()
    }

    /// Waits until the client closes its end.
    pub fn wait_for_end(&mut self) {
        let mut piece = [0; 4096];
        while self.stream.read(&mut piece).unwrap_or(0) > 0 {}
    }
}

fn is_whole(request: &str) -> bool {
    let Some((head, body)) = request.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.lines().find_map(|line| {
        let line = line.to_lowercase();
        line.strip_prefix("content-length: ")?.parse().ok()
    });
    body.len() >= length.unwrap_or(0)
}

/// A response in JSON after which the connection is closed.
pub fn response(status: u16, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} Whatever\r\ncontent-type: application/json\r\nconnection: close\r\n{headers}\
         content-length: {length}\r\n\r\n{body}"
    )
}

/// A response that keeps the connection open.
pub fn kept_response(body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

pub fn customer(id: &str) -> String {
    CUSTOMER.replace("cus_1", id)
}

/// A port of loopback that nothing listens on.
pub fn closed_port() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}
