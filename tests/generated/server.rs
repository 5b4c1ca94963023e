//! A server on loopback that records requests and answers all of them alike.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A server that records each request. Its thread ends with the test program.
pub struct Server {
    url: String,
    requests: Arc<Mutex<Vec<Request>>>,
}

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Request {
    /// The method and the target, such as `GET /customers?page=2`.
    pub line: String,
    /// The names, in lower case, and the values of the header.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Server {
    /// Starts a server that answers every request with the same response.
    pub fn answering(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Self {
        let length = body.len().to_string();
        let length = [("Content-Length", &*length)];
        match status {
            204 | 205 | 304 => Self::responding(status, headers, body),
            _ => Self::responding(status, &[headers, &length].concat(), body),
        }
    }

    fn responding(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Self {
        let mut head = format!("HTTP/1.1 {status} Status\r\nConnection: close\r\n");
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        let response = [format!("{head}\r\n").as_bytes(), body].concat();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::<Mutex<Vec<Request>>>::default();
        let recorded = Arc::clone(&requests);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let request = read_request(&mut stream);
                let is_head = request.line.starts_with("HEAD ");
                recorded.lock().unwrap().push(request);
                let length = response.len() - if is_head { body_length(&response) } else { 0 };
                // The client may close the connection before the end.
                let _ = stream.write_all(&response[..length]);
            }
        });
        Self { url, requests }
    }

    /// Starts a server that answers every request with the same body, in chunks of one byte.
    pub fn dripping(headers: &[(&str, &str)], body: &[u8]) -> Self {
        let chunks = body
            .iter()
            .map(|byte| [b"1\r\n", &[*byte][..], b"\r\n"].concat());
        let chunked = [chunks.collect::<Vec<_>>().concat(), b"0\r\n\r\n".to_vec()].concat();
        let headers = [headers, &[("Transfer-Encoding", "chunked")]].concat();
        Self::responding(200, &headers, &chunked)
    }

    /// Starts a server that answers every request with JSON and the status 200.
    pub fn answering_json(body: &str) -> Self {
        Self::answering(
            200,
            &[("Content-Type", "application/json")],
            body.as_bytes(),
        )
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the only request that arrived.
    pub fn request(&self) -> Request {
        match self.requests().as_slice() {
            [request] => request.clone(),
            requests => panic!("expected one request: {requests:#?}"),
        }
    }

    /// Returns the requests in the order in which they arrived.
    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

impl Request {
    /// Returns the value of a field of the header. The name is in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(field, _)| field == name);
        let value = values.next().map(|(_, value)| value.as_str());
        assert!(
            values.next().is_none(),
            "several fields `{name}`: {self:#?}"
        );
        value
    }

    /// Returns the body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

fn body_length(response: &[u8]) -> usize {
    let end = response.windows(4).position(|bytes| bytes == b"\r\n\r\n");
    response.len() - (end.unwrap() + 4)
}

fn read_request(stream: &mut TcpStream) -> Request {
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    let mut received = Vec::new();
    let head_end = loop {
        if let Some(end) = received.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            break end;
        }
        read_more(stream, &mut received);
    };
    let head = String::from_utf8(received[..head_end].to_vec()).unwrap();
    let mut lines = head.split("\r\n");
    let line = lines
        .next()
        .unwrap()
        .trim_end_matches(" HTTP/1.1")
        .to_owned();
    let headers: Vec<_> = lines
        .map(|line| line.split_once(": ").unwrap())
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let value = |wanted: &str| headers.iter().find(|(name, _)| name == wanted);
    let rest = received[head_end + 4..].to_vec();
    let body = match value("transfer-encoding") {
        Some((_, coding)) => {
            assert_eq!(coding, "chunked");
            assert!(value("content-length").is_none(), "two lengths: {head}");
            read_chunks(stream, rest)
        }
        None => {
            let length = value("content-length");
            read_length(
                stream,
                rest,
                length.map_or(0, |(_, value)| value.parse().unwrap()),
            )
        }
    };
    Request {
        line,
        headers,
        body,
    }
}

/// Reads a body of a known length, of which a part has arrived.
fn read_length(stream: &mut TcpStream, mut body: Vec<u8>, length: usize) -> Vec<u8> {
    while body.len() < length {
        read_more(stream, &mut body);
    }
    body
}

/// Reads a body in chunks, of which a part has arrived, up to the empty one. Returns their content.
fn read_chunks(stream: &mut TcpStream, mut rest: Vec<u8>) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let line_end = loop {
            match rest.windows(2).position(|bytes| bytes == b"\r\n") {
                Some(end) => break end,
                None => read_more(stream, &mut rest),
            }
        };
        let length = std::str::from_utf8(&rest[..line_end]).unwrap();
        let length = usize::from_str_radix(length, 16).unwrap();
        let (begin, end) = (line_end + 2, line_end + 2 + length);
        rest = read_length(stream, rest, end + 2);
        assert_eq!(&rest[end..end + 2], b"\r\n");
        body.extend_from_slice(&rest[begin..end]);
        rest.drain(..end + 2);
        if length == 0 {
            return body;
        }
    }
}

/// Reads what has arrived, and at least one byte.
fn read_more(stream: &mut TcpStream, to: &mut Vec<u8>) {
    let mut buffer = [0; 4096];
    let count = stream.read(&mut buffer).unwrap();
    assert!(
        count > 0,
        "the request ended early: {:?}",
        String::from_utf8_lossy(to)
    );
    to.extend_from_slice(&buffer[..count]);
}
