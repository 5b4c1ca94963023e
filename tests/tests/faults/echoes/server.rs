//! A server that repeats the request in its responses.

use super::encodings::{self, encode};
use super::random::Random;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::sync::{Arc, Mutex};

use crate::server::{Connection, Server};

/// The header of a request that seeds its response.
pub const SEED: &str = "x-seed";

/// The end of that header if the response is to be a list.
pub const LIST: &str = "-list";

/// The expected outcome of a response.
#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// A customer with this name.
    Name(String),
    /// An error with a message.
    Message,
    /// Any error.
    Error,
}

/// Starts the server. The second value is what is expected of the last response.
pub fn start() -> (Server, Arc<Mutex<Option<Expected>>>) {
    let expected = Arc::<Mutex<Option<Expected>>>::default();
    let last = expected.clone();
    let server = Server::start(move |connection, _| {
        connection.stream.set_nodelay(true).unwrap();
        while let Some(request) = connection.request() {
            let seed = header(&request, SEED).unwrap();
            let seed = seed.trim_end_matches(LIST).parse().unwrap();
            let mut random = Random::new(seed);
            let response = response(&request, &mut random);
            *last.lock().unwrap() = Some(response.expected.clone());
            write(connection, response, &mut random);
        }
    });
    (server, expected)
}

fn header<'a>(request: &'a str, name: &str) -> Option<&'a str> {
    let value = |line: &'a str| {
        let (found, value) = line.split_once(": ")?;
        found.eq_ignore_ascii_case(name).then_some(value)
    };
    request.lines().skip(1).find_map(value)
}

struct Response {
    status: u16,
    content_type: &'static str,
    headers: String,
    body: String,
    expected: Expected,
}

fn response(request: &str, random: &mut Random) -> Response {
    let name = match header(request, "proxy-authorization") {
        Some(_) if random.below(2) == 0 => "proxy-authorization",
        _ => "authorization",
    };
    let credential = header(request, name).unwrap();
    let echo = match random.below(24) {
        // Without the header that contains the port, which differs in each run.
        0 => encode(request.split("host: ").next().unwrap(), random),
        1..4 => encode(&format!("invalid header `{name}: {credential}`"), random),
        4..20 => encode(credential.split_once(' ').unwrap().1, random),
        _ => format!("{0} {0}", encode(credential, random)),
    };
    let is_list = header(request, SEED).unwrap().ends_with(LIST);
    let mut response = match random.below(10) {
        0..3 => decodable(&echo, is_list, random),
        3..6 => undecodable(&echo, is_list, random),
        6..9 => error(&echo, random),
        _ => html(&echo, random),
    };
    for name in [
        "location",
        "x-echo",
        "retry-after",
        "x-request-id",
        "x-ratelimit-limit",
    ] {
        if random.below(12) == 0 {
            let value = encode(credential, random);
            response.headers += &format!("{name}: {value}\r\n");
        }
    }
    response
}

fn customer(fields: &str, is_list: bool) -> String {
    let customer = format!(
        r#"{{"id":"cus_1","externalId":"1","createdAt":"2025-10-30T18:18:27.000Z"{fields}}}"#
    );
    match is_list {
        true => format!("[{customer}]"),
        false => customer,
    }
}

fn decodable(echo: &str, is_list: bool, random: &mut Random) -> Response {
    let string = encodings::json(echo, random);
    Response {
        status: 200,
        content_type: "application/json",
        headers: String::new(),
        body: customer(&format!(r#","name":"{string}","{string}":"x""#), is_list),
        expected: Expected::Name(echo.to_owned()),
    }
}

fn undecodable(echo: &str, is_list: bool, random: &mut Random) -> Response {
    let string = match random.below(3) {
        // Not escaped at all: often not valid JSON.
        0 => echo.to_owned(),
        _ => encodings::json(echo, random),
    };
    let body = match random.below(5) {
        0 => customer(&format!(r#","sales":"{string}""#), is_list),
        1 => customer(&format!(r#","country":{{"{string}":1}}"#), is_list),
        2 => customer(&format!(r#","{string}":{{"{string}":@}}"#), is_list),
        3 => customer(&format!(r#","name":"{string}","email":7"#), is_list),
        _ => echo.to_owned(),
    };
    Response {
        status: 200,
        content_type: random.pick(&["application/json", "text/html", "text/plain"]),
        headers: String::new(),
        body,
        expected: Expected::Error,
    }
}

fn error(echo: &str, random: &mut Random) -> Response {
    let is_valid = random.below(3) > 0;
    let string = match is_valid {
        true => encodings::json(echo, random),
        false => echo.to_owned(),
    };
    let [code, url, key] = match random.below(6) {
        0 => [string.as_str(), "/", "x"],
        1 => ["code", string.as_str(), "x"],
        2 => ["code", "/", string.as_str()],
        _ => ["code", "/", "x"],
    };
    Response {
        status: [400, 401, 403, 404, 409, 422, 429, 500][random.below(8)],
        content_type: "application/json",
        headers: String::new(),
        body: format!(
            r#"{{"error":{{"code":"{code}","message":"No: {string}","doc_url":"{url}","{key}":1}}}}"#
        ),
        expected: match is_valid {
            true => Expected::Message,
            false => Expected::Error,
        },
    }
}

fn html(echo: &str, random: &mut Random) -> Response {
    // The end of what an error keeps may be within the echo.
    let before = match random.below(40) {
        0 => 65_536 - random.below(100),
        _ => random.below(250),
    };
    Response {
        status: [302, 400, 404, 502][random.below(4)],
        content_type: "text/html",
        headers: String::new(),
        body: format!("{}<p>{echo}</p>", "-".repeat(before)),
        expected: Expected::Error,
    }
}

fn write(connection: &mut Connection, response: Response, random: &mut Random) {
    let mut body = response.body.into_bytes();
    let mut head = format!(
        "HTTP/1.1 {} X\r\ncontent-type: {}\r\n{}",
        response.status, response.content_type, response.headers
    );
    if random.below(4) == 0 {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&body).unwrap();
        body = encoder.finish().unwrap();
        head += "content-encoding: gzip\r\n";
    }
    if random.below(3) > 0 {
        head += &format!("content-length: {}\r\n\r\n", body.len());
        connection.write(&[head.as_bytes(), &body].concat());
        return;
    }
    head += "transfer-encoding: chunked\r\n\r\n";
    let mut rest = body.as_slice();
    let mut all = head.into_bytes();
    while !rest.is_empty() {
        let limit = rest
            .len()
            .min(random.pick(&[&1_usize, &20, &30_000]).to_owned() * 2);
        let (chunk, after) = rest.split_at(1 + random.below(limit));
        all.extend(format!("{:x}\r\n", chunk.len()).bytes());
        all.extend([chunk, b"\r\n"].concat());
        rest = after;
        // Some chunks arrive alone.
        if random.below(8) == 0 {
            connection.write(&std::mem::take(&mut all));
        }
    }
    all.extend(b"0\r\n\r\n");
    connection.write(&all);
}
