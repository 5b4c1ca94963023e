//! Calls against a server on loopback that sends the response that a check chooses.

use dub_sdk::{Dub, Error, RetryPolicy};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// The API key of the client. No error may contain it.
pub const TOKEN: &str = "dub_zQ7xW9vK3";

thread_local! {
    static SERVER: Server = Server::start();
}

/// A server, and a client that is connected to it.
struct Server {
    response: Arc<Mutex<Vec<u8>>>,
    dub: Dub,
    runtime: tokio::runtime::Runtime,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let response = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&response);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let response = Arc::clone(&shared);
                std::thread::spawn(move || serve(&stream, &response));
            }
        });
        let dub = Dub::builder(TOKEN)
            .server_url(url)
            .retry(RetryPolicy::none())
            .build()
            .unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        Self {
            response,
            dub,
            runtime: runtime.unwrap(),
        }
    }
}

/// Sends the response to each request of a connection.
fn serve(stream: &TcpStream, response: &Mutex<Vec<u8>>) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    let mut reader = BufReader::new(stream);
    loop {
        let mut length = 0;
        let mut line = String::new();
        while reader.read_line(&mut line).ok()? > 2 {
            let header = line.to_ascii_lowercase();
            if let Some(value) = header.strip_prefix("content-length:") {
                length = value.trim().parse().ok()?;
            }
            line.clear();
        }
        if line.is_empty() {
            return None;
        }
        reader.read_exact(&mut vec![0; length]).ok()?;
        let response = response.lock().ok()?.clone();
        let mut stream = stream;
        stream.write_all(&response).ok()?;
    }
}

/// Runs calls of a client while the server sends this status and body.
pub fn run<T>(status: u16, body: &[u8], calls: impl AsyncFnOnce(&Dub) -> T) -> T {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status} Any\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n"
    );
    SERVER.with(|server| {
        let response = [head.as_bytes(), body].concat();
        *server.response.lock().unwrap() = response;
        server.runtime.block_on(calls(&server.dub))
    })
}

/// Checks what an error shows: no credential, and no character that could change a terminal.
pub fn check_error(error: &Error) {
    let message = error.to_string();
    let debug = format!("{error:?} {error:#?}");
    assert!(!message.is_empty());
    assert!(
        !message.contains(TOKEN) && !debug.contains(TOKEN),
        "{debug}"
    );
    assert!(!message.chars().any(char::is_control), "{message:?}");
    let shown = [
        error.code(),
        error.message(),
        error.doc_url(),
        error.request_id(),
    ];
    for text in shown.into_iter().flatten() {
        assert!(!text.contains(TOKEN), "{text}");
    }
    if let Error::Decode(error) = error {
        assert!(!error.path().contains(TOKEN), "{}", error.path());
        assert!(!error.body_text().contains(TOKEN), "{}", error.body_text());
    }
}
