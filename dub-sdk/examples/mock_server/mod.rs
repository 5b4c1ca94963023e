//! A mock of Dub's server: it has three customers, and those that track operations create. It
//! supports only the calls of the examples, ignores filters and keeps no updates.

mod tracked;

use std::io;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tracked::Tracked;

/// Starts the server on a free local port and returns its URL. The server stops when the program
/// ends.
pub async fn start() -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let tracked = Arc::new(Tracked::default());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, Arc::clone(&tracked)));
        }
    });
    Ok(url)
}

/// Responds to one request and closes the connection.
async fn serve(mut stream: TcpStream, tracked: Arc<Tracked>) -> io::Result<()> {
    let request = read_request(&mut stream).await?;
    let mut words = request.split(' ');
    let method = words.next().unwrap_or_default();
    let target = words.next().unwrap_or_default();
    let (status, body) = match tracked.respond(method, target, body(&request)) {
        Some(body) => ("200 OK", body),
        None => respond(method, target, &tracked),
    };
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    );
    stream.write_all((head + &body).as_bytes()).await
}

/// Reads the head of a request, and its body if it has one.
async fn read_request(stream: &mut TcpStream) -> io::Result<String> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                line.to_lowercase()
                    .strip_prefix("content-length: ")?
                    .parse()
                    .ok()
            });
            if body.len() >= length.unwrap_or(0) {
                return Ok(text);
            }
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(text);
        }
    }
}

fn body(request: &str) -> &str {
    let parts = request.split_once("\r\n\r\n");
    parts.map_or("", |(_, body)| body)
}

fn respond(method: &str, target: &str, tracked: &Tracked) -> (&'static str, String) {
    let ada = customer(1, "Ada Lovelace", r#""ada@example.com""#);
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    match (method, path) {
        ("GET", "/customers") if query.contains("startingAfter=cus_1") => ("200 OK", "[]".into()),
        // The second page of a list that is paged by number.
        ("GET", "/customers") if query.contains("page=2") => ("200 OK", "[]".into()),
        ("GET", "/customers") if query.contains("startingAfter=cus_2") => {
            ("200 OK", format!("[{ada}]"))
        }
        ("GET", "/customers") => {
            let grace = customer(3, "Grace Hopper", r#""grace@example.com""#);
            let emmy = customer(2, "Emmy Noether", "null");
            let mut page = tracked.customers();
            page.extend([grace, emmy]);
            ("200 OK", format!("[{}]", page.join(",")))
        }
        ("GET", "/customers/cus_3") => (
            "200 OK",
            customer(3, "Grace Hopper", r#""grace@example.com""#),
        ),
        ("DELETE", "/customers/cus_2") => ("200 OK", r#"{"id":"cus_2"}"#.into()),
        ("PATCH", "/customers/ext_user-1") => ("200 OK", customer(1, "Ada King", "null")),
        _ => {
            let error = r#"{"error":{"code":"not_found","message":"Customer not found."}}"#;
            ("404 Not Found", error.into())
        }
    }
}

fn customer(number: u32, name: &str, email: &str) -> String {
    format!(
        r#"{{"id":"cus_{number}","externalId":"user-{number}","name":"{name}","email":{email},
            "createdAt":"2025-10-0{number}T18:18:27.000Z","link":{{"id":"link_1","domain":"dub.sh","key":"try",
            "shortLink":"https://dub.sh/try","url":"https://example.com","programId":null}}}}"#
    )
}
