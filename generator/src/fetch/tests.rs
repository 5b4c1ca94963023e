//! Tests that fetch documents from loopback with the installed curl.

use super::{Fetched, Limits, Url, fetch};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A server that answers each request with the bytes that a function returns for its head. It stops
/// with the test program.
struct Server {
    address: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start(answer: impl Fn(&str, &mut TcpStream) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let requests: Arc<Mutex<Vec<String>>> = Arc::default();
        let seen = Arc::clone(&requests);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let head = lines
                    .map_while(Result::ok)
                    .take_while(|line| !line.is_empty());
                let head: String = head.map(|line| line + "\n").collect();
                seen.lock().unwrap().push(head.clone());
                answer(&head, &mut stream);
            }
        });
        Self { address, requests }
    }

    /// Starts a server that sends the same response to every request.
    fn fixed(response: &'static str) -> Self {
        Self::start(move |_, stream| stream.write_all(response.as_bytes()).unwrap())
    }

    fn url(&self, path: &str) -> Url {
        Url::parse(&format!("http://{}{path}", self.address)).unwrap()
    }

    /// Fetches a document, and returns the document or the first line of the error.
    fn fetch(&self, path: &str) -> Result<String, String> {
        get(&self.url(path), &Limits::default())
    }

    fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

fn get(url: &Url, limits: &Limits) -> Result<String, String> {
    match fetch(url, None, limits) {
        Ok(Fetched::Document { bytes, .. }) => Ok(String::from_utf8(bytes).unwrap()),
        Ok(Fetched::Unchanged) => panic!("304 without a condition"),
        Err(message) => {
            let (message, help) = message.split_once('\n').unwrap();
            assert!(help.contains("pass the path of the file"), "{help}");
            Err(message.to_owned())
        }
    }
}

/// Returns true if curl is installed. It must be if the variable `CI` is set.
fn has_curl() -> bool {
    let found = std::process::Command::new("curl")
        .arg("--version")
        .output()
        .is_ok();
    assert!(
        found || std::env::var_os("CI").is_none(),
        "curl is not installed"
    );
    if !found {
        println!("skipped: curl is not installed");
    }
    found
}

/// 2,000 times `a`, as gzip.
const COMPRESSED: [u8; 35] = [
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4b, 0x4c, 0x1c, 0x05, 0xa3, 0x60,
    0x14, 0x8c, 0x82, 0x51, 0x30, 0x0a, 0x46, 0xc1, 0x50, 0x07, 0x00, 0x39, 0x3e, 0x13, 0xa8, 0xd0,
    0x07, 0x00, 0x00,
];

#[test]
fn body_is_returned_unchanged() {
    if !has_curl() {
        return;
    }
    let server = Server::fixed("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nopenapi: 3.0.3\n\n");
    assert_eq!(server.fetch("/a.yaml").unwrap(), "openapi: 3.0.3\n\n");
    assert!(server.requests()[0].starts_with("GET /a.yaml HTTP/1.1\n"));
}

#[test]
fn unchanged_document_is_not_sent_again() {
    if !has_curl() {
        return;
    }
    let server = Server::start(|head, stream| {
        let response = match head.contains("If-None-Match: \"1\"\n") {
            true => "HTTP/1.1 304 Not Modified\r\n\r\n",
            false => "HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 2\r\n\r\n{}",
        };
        stream.write_all(response.as_bytes()).unwrap();
    });
    let url = server.url("/");
    let Fetched::Document { bytes, etag } = fetch(&url, None, &Limits::default()).unwrap() else {
        panic!("304 without a condition");
    };
    assert_eq!(bytes, b"{}");
    let Some(etag) = etag else {
        return println!("skipped: curl before 7.84 does not return the ETag");
    };
    let again = fetch(&url, Some(&etag), &Limits::default()).unwrap();
    assert_eq!(again, Fetched::Unchanged);
    let other = fetch(&url, Some("\"2\""), &Limits::default()).unwrap();
    assert_ne!(other, Fetched::Unchanged);
}

#[test]
fn statuses_other_than_200_are_errors() {
    if !has_curl() {
        return;
    }
    let table = [
        (
            "HTTP/1.1 404 Not Found\r\n\r\nno such\x1b[31m page\nmore",
            "unexpected status 404: no such[31m page",
        ),
        (
            "HTTP/1.1 503 Unavailable\r\n\r\n<html>",
            "unexpected status 503",
        ),
        (
            "HTTP/1.1 500 Error\r\nContent-Length: 0\r\n\r\n",
            "unexpected status 500",
        ),
        ("HTTP/1.1 204 No Content\r\n\r\n", "unexpected status 204"),
        ("HTTP/1.1 304 Not Modified\r\n\r\n", "unexpected status 304"),
        ("HTTP/1.1 302 Found\r\n\r\n", "unexpected status 302"),
        (
            "HTTP/1.1 200 OK\r\n\r\n \n<!DOCTYPE html>",
            "expected an OpenAPI document, found HTML or XML",
        ),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}",
            "transfer closed",
        ),
    ];
    for (response, expected) in table {
        let server = Server::fixed(response);
        let error = server.fetch("/a").unwrap_err();
        let message = error.strip_prefix(&format!("http://{}/a: ", server.address));
        assert!(
            message.is_some_and(|message| message.starts_with(expected)),
            "{error}"
        );
    }
}

#[test]
fn large_documents_are_rejected() {
    if !has_curl() {
        return;
    }
    let limits = Limits {
        bytes: 1_000,
        ..Limits::default()
    };
    let exact = Server::start(|_, stream| {
        let _ = write!(stream, "HTTP/1.1 200 OK\r\n\r\n{}", "a".repeat(1_000));
    });
    assert!(get(&exact.url("/"), &limits).is_ok());
    let declared = Server::fixed("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n");
    // This server neither declares a length nor ends the body.
    let endless = Server::start(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        while stream.write_all(&[b'a'; 1 << 14]).is_ok() {}
    });
    let compressed = Server::start(|head, stream| {
        assert!(head.contains("gzip"), "{head}");
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
        let _ = stream.write_all(&COMPRESSED);
    });
    for server in [declared, endless, compressed] {
        let error = get(&server.url("/"), &limits).unwrap_err();
        assert!(
            error.ends_with("the document has more than 1000 bytes"),
            "{error}"
        );
    }
}

#[test]
fn slow_server_ends_in_a_timeout() {
    if !has_curl() {
        return;
    }
    let server = Server::start(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}");
        // The connection stays open until curl closes it.
        let _ = BufReader::new(stream).read_line(&mut String::new());
    });
    let limits = Limits {
        total: Duration::from_secs(1),
        ..Limits::default()
    };
    let error = get(&server.url("/"), &limits).unwrap_err();
    assert!(error.contains("timeout: "), "{error}");
}

#[test]
fn redirects_are_followed_within_loopback() {
    if !has_curl() {
        return;
    }
    let server = Server::start(|head, stream| {
        let path = head.split(' ').nth(1).unwrap();
        let target = match path {
            "/relative" => "/3",
            "/0" => return stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n{}").unwrap(),
            "/plain" => "http://example.com/a?token=secret",
            "/ftp" => "ftp://127.0.0.1/a",
            "/file" => "file:///etc/hosts",
            "/loop" => "/loop",
            path => &format!("/{}", path[1..].parse::<usize>().unwrap() - 1),
        };
        write!(
            stream,
            "HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n"
        )
        .unwrap();
    });
    assert_eq!(server.fetch("/relative").unwrap(), "{}");
    assert_eq!(server.fetch("/5").unwrap(), "{}");
    for (path, expected) in [
        ("/6", "more than 5 redirects"),
        ("/loop", "more than 5 redirects"),
        (
            "/plain",
            "redirect to http://example.com/a?***: refuses to fetch over plain HTTP",
        ),
        ("/ftp", "redirect to ftp://127.0.0.1/a: unsupported scheme"),
        ("/file", "redirect to file:///etc/hosts: unsupported scheme"),
    ] {
        let error = server.fetch(path).unwrap_err();
        assert!(error.contains(expected), "{error}");
        assert!(!error.contains("secret"), "{error}");
    }
}

#[test]
fn https_is_never_left() {
    let https = Url::parse("https://ada:secret@api.dub.co").unwrap();
    let error = super::follow(&https, "http://127.0.0.1:1/a").unwrap_err();
    let expected =
        "https://api.dub.co: redirect to http://127.0.0.1:1/a: refuses to change from HTTPS";
    assert!(error.starts_with(expected), "{error}");
    assert!(super::follow(&https, "http://example.com/").is_err());
    assert!(super::follow(&https, "https://example.com/").is_ok());
    let http = Url::parse("http://localhost:1").unwrap();
    assert!(super::follow(&http, "https://example.com/").is_ok());
    assert!(super::follow(&http, "http://[::1]/").is_ok());
}

#[test]
fn credentials_are_sent_but_not_shown() {
    if !has_curl() {
        return;
    }
    let server = Server::fixed("HTTP/1.1 403 Forbidden\r\n\r\nnot for token-secret");
    let url = format!("http://ada:pa%20ss@{}/a?key=token-secret", server.address);
    let error = get(&Url::parse(&url).unwrap(), &Limits::default()).unwrap_err();
    let address = &server.address;
    assert_eq!(
        error,
        format!("http://{address}/a?key=***: unexpected status 403: not for ***")
    );
    // `ada:pa ss` as Base64
    assert!(server.requests()[0].contains("Authorization: Basic YWRhOnBhIHNz\n"));
}

#[test]
fn redirects_do_not_pass_credentials_on() {
    if !has_curl() {
        return;
    }
    let other = Server::fixed("HTTP/1.1 200 OK\r\n\r\n{}");
    let target = other.url("/a").shown();
    let server = Server::start(move |_, stream| {
        write!(stream, "HTTP/1.1 307 Moved\r\nLocation: {target}\r\n\r\n").unwrap();
    });
    let url = format!("http://ada:secret@{}/", server.address);
    get(&Url::parse(&url).unwrap(), &Limits::default()).unwrap();
    assert!(server.requests()[0].contains("Authorization"));
    assert!(!other.requests()[0].contains("Authorization"));
}

#[test]
fn closed_port_is_no_connection() {
    if !has_curl() {
        return;
    }
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let url = Url::parse(&format!("http://localhost:{port}/")).unwrap();
    let error = get(&url, &Limits::default()).unwrap_err();
    assert!(error.contains("no connection: "), "{error}");
}
