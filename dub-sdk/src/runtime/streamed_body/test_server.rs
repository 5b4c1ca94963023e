//! A server for the tests of bodies that are streams.

use crate::runtime::{
    AccessToken, BodyKind, BuildClient, Client, ClientBuilder, Credential, CustomRequest, Error,
    Method, Operation, RetryPolicy, Token,
};
use std::future::Future;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

static OPERATION: Operation = Operation {
    id: "upload",
    path: "",
    body: BodyKind::Raw,
    security: &[&["token"]],
    ..Operation::DEFAULT
};

struct Api(Client);

impl BuildClient for Api {
    fn from_client(client: Client) -> Result<Self, Error> {
        Ok(Self(client))
    }
}

/// A request as it arrived.
#[derive(Debug, Default)]
pub(super) struct Received {
    /// The head, in lower case.
    pub(super) head: String,
    pub(super) body: String,
    /// True if the whole body arrived.
    pub(super) is_complete: bool,
}

impl Received {
    /// Returns the value of a header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines();
        lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// A server that answers one request after another, each on its own connection.
pub(super) struct Server {
    pub(super) url: String,
    requests: Receiver<Received>,
}

impl Server {
    /// Starts a server that sends each of the responses, after it has read the whole request.
    pub(super) fn start(responses: &[&'static str]) -> Self {
        Self::start_on(TcpListener::bind("127.0.0.1:0").unwrap(), responses)
    }

    pub(super) fn start_on(listener: TcpListener, responses: &[&'static str]) -> Self {
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (sender, requests) = channel();
        let responses = responses.to_vec();
        std::thread::spawn(move || {
            let listener = listener;
            for response in responses {
                let (mut stream, _) = listener.accept().unwrap();
                sender.send(receive(&stream)).unwrap();
                // The client may have closed the connection.
                let _ = stream.write_all(response.as_bytes());
            }
        });
        Self { url, requests }
    }

    /// Starts a server that sends a response before it reads the request.
    pub(super) fn start_early(response: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (sender, requests) = channel();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            // The client regards a response that arrives before its request as an error.
            let _ = stream.peek(&mut [0]);
            stream.write_all(response.as_bytes()).unwrap();
            sender.send(receive(&stream))
        });
        Self { url, requests }
    }

    /// Returns the next request; `None` if there is none.
    pub(super) fn received(&self) -> Option<Received> {
        self.requests.recv_timeout(Duration::from_secs(5)).ok()
    }

    /// Waits until the server accepts no more connections.
    pub(super) fn wait_until_closed(&self) {
        assert!(self.requests.recv().is_err());
    }

    /// Returns a request of a client with quick retries, which would repeat any other body.
    pub(super) fn post(&self) -> CustomRequest {
        let token = Token::provider(|| async { Ok(AccessToken::new("token")) });
        let builder = ClientBuilder::<Api>::new(&crate::SERVICE, &[])
            .server_url(&self.url)
            .credential("token", Credential::bearer(token))
            .retry(RetryPolicy::default().base_delay(Duration::from_millis(1)));
        let client = builder.build().unwrap().0;
        CustomRequest::to_endpoint(client, &OPERATION, Method::POST, "/files").idempotent(true)
    }
}

/// Reads a request to its end, or as far as it arrives.
fn receive(stream: &TcpStream) -> Received {
    let mut reader = BufReader::new(stream);
    let mut received = Received::default();
    while !received.head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut received.head).unwrap() == 0 {
            return received;
        }
    }
    received.head = received.head.to_lowercase();
    let length = received.header("content-length");
    let length: Option<u64> = length.map(|length| length.parse().unwrap());
    if let Some(length) = length {
        let body = reader.take(length).read_to_string(&mut received.body);
        received.is_complete = body.unwrap() as u64 == length;
        return received;
    }
    received.is_complete = read_chunks(&mut reader, &mut received.body).is_some();
    received
}

/// Reads chunks up to the last one, which is empty. Returns `None` if they end before.
fn read_chunks(reader: &mut impl BufRead, body: &mut String) -> Option<()> {
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let length = u64::from_str_radix(line.trim_end(), 16).ok()?;
        reader.take(length).read_to_string(body).ok()?;
        reader.read_line(&mut String::new()).ok()?;
        if length == 0 {
            return Some(());
        }
    }
}

pub(super) fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().unwrap().block_on(future)
}
