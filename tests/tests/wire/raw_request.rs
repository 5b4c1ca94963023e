//! Tests the complete requests, byte for byte, of the smallest call of each operation, and the
//! length of a request without a body.

use crate::operations::Operation;
use crate::support::TOKEN;
use dub_sdk::{Dub, Method, RetryPolicy};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

#[tokio::test]
async fn sends_only_required_headers_and_body() {
    let cases = [
        (Operation::List, "GET /customers HTTP/1.1", None),
        (
            Operation::Create,
            "POST /customers HTTP/1.1",
            Some(r#"{"externalId":"user-42"}"#),
        ),
        (Operation::Get, "GET /customers/cus_1 HTTP/1.1", None),
        (
            Operation::Update,
            "PATCH /customers/cus_1 HTTP/1.1",
            Some("{}"),
        ),
        (Operation::Delete, "DELETE /customers/cus_1 HTTP/1.1", None),
    ];
    for (operation, line, body) in cases {
        let raw = raw_request(operation).await;
        assert_eq!(raw.line, line);
        assert_eq!(raw.body, body.unwrap_or_default(), "{operation:?}");
        let mut headers = vec![
            "accept: application/json".to_owned(),
            format!("authorization: Bearer {TOKEN}"),
            format!("host: {}", raw.host),
            format!("user-agent: {}", user_agent_of_crate(&raw.headers)),
        ];
        if let Some(body) = body {
            headers.push("content-type: application/json".to_owned());
            headers.push(format!("content-length: {}", body.len()));
        }
        headers.sort();
        assert_eq!(raw.headers, headers, "{operation:?}");
    }
}

/// A server may wait for a body, or reject the request, if a method that defines a meaning for a body
/// comes without a length (RFC 9110, section 8.6).
#[tokio::test]
async fn announces_that_there_is_no_body() {
    for (method, announces) in [
        (Method::POST, true),
        (Method::PUT, true),
        (Method::PATCH, true),
        (Method::GET, false),
        (Method::DELETE, false),
    ] {
        for body in [None, Some("")] {
            let raw = raw_call(200, "null", async |dub| {
                let mut request = dub.request(method.clone(), "/links");
                if let Some(body) = body {
                    request = request.body(body);
                }
                request.send::<()>().await.unwrap();
            });
            let headers = raw.await.headers;
            let length = headers
                .iter()
                .find(|name| name.starts_with("content-length"));
            let expected = announces.then_some("content-length: 0");
            assert_eq!(length.map(String::as_str), expected, "{method}");
        }
    }
}

/// A response to HEAD announces the length of a body that it does not have.
#[tokio::test]
async fn head_reads_no_body() {
    let length = 100_000_000;
    for (status, succeeds) in [(200, true), (404, false)] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let dub = client(&listener);
        let server = std::thread::spawn(move || {
            let mut stream = receive(&listener).1;
            write!(
                stream,
                "HTTP/1.1 {status} \r\ncontent-length: {length}\r\ncontent-type: application/json\r\n\r\n"
            )
            .unwrap();
            stream
        });
        let call = dub.request(Method::HEAD, "/links/1");
        let result = call.send_with_response::<()>().await;
        drop(server.join().unwrap());
        if succeeds {
            let response = result.unwrap();
            assert_eq!(response.headers["content-length"], "100000000");
        } else {
            let error = result.unwrap_err();
            assert!(error.is_not_found(), "{error}");
        }
    }
}

/// Returns the user agent, and panics if it is not `dub-sdk/` and a version.
fn user_agent_of_crate(headers: &[String]) -> &str {
    let name = |header: &&String| header.starts_with("user-agent: ");
    let (_, value) = headers.iter().find(name).unwrap().split_once(' ').unwrap();
    let version = value.strip_prefix("dub-sdk/").expect(value);
    let numbers: Vec<_> = version.split('.').collect();
    assert_eq!(numbers.len(), 3, "{version}");
    assert!(numbers.iter().all(|number| number.parse::<u32>().is_ok()));
    value
}

/// A request as it was received.
struct Raw {
    host: String,
    line: String,
    /// The headers, sorted, with names in lower case.
    headers: Vec<String>,
    body: String,
}

async fn raw_request(operation: Operation) -> Raw {
    let (status, response) = operation.success();
    raw_call(status, &response, async |dub| {
        operation.call(&dub).await.unwrap();
    })
    .await
}

/// Makes a call, and returns the request that the server received.
async fn raw_call(status: u16, response: &str, call: impl AsyncFnOnce(Dub)) -> Raw {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let dub = client(&listener);
    let response = response.to_owned();
    let server = std::thread::spawn(move || serve_once(&listener, status, &response));
    call(dub).await;
    let (mut head, body) = server.join().unwrap();
    let line = head.remove(0);
    let mut headers: Vec<_> = head
        .iter()
        .map(|header| with_lowercase_name(header))
        .collect();
    // The value of `accept-encoding` depends on the enabled features of reqwest.
    headers.retain(|header| !header.starts_with("accept-encoding: "));
    headers.sort();
    Raw {
        host,
        line,
        headers,
        body,
    }
}

/// Returns a client of the server that listens, which does not retry.
fn client(listener: &TcpListener) -> Dub {
    Dub::builder(TOKEN)
        .server_url(format!("http://{}", listener.local_addr().unwrap()))
        .retry(RetryPolicy::none())
        .build()
        .unwrap()
}

fn with_lowercase_name(header: &str) -> String {
    let (name, value) = header.split_once(": ").unwrap();
    format!("{}: {value}", name.to_lowercase())
}

/// Receives one request, sends the response, and returns the lines of the head and the body.
fn serve_once(listener: &TcpListener, status: u16, response: &str) -> (Vec<String>, String) {
    let (request, mut stream) = receive(listener);
    let length = response.len();
    write!(
        stream,
        "HTTP/1.1 {status} \r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{response}"
    )
    .unwrap();
    request
}

/// Receives one request: the lines of the head and the body. Returns the connection as well.
fn receive(listener: &TcpListener) -> ((Vec<String>, String), TcpStream) {
    let mut stream = BufReader::new(listener.accept().unwrap().0);
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).unwrap();
        match line.trim_end() {
            "" => break,
            line => head.push(line.to_owned()),
        }
    }
    let length = head.iter().find_map(|header| {
        let (name, value) = header.split_once(": ")?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.parse().unwrap())
    });
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).unwrap();
    (
        (head, String::from_utf8(body).unwrap()),
        stream.into_inner(),
    )
}
