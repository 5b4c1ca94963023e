//! A server on loopback that publishes documents.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// Returns true if curl is installed. It must be if the variable `CI` is set.
pub fn has_curl() -> bool {
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

/// The documents by path, each with the number of its revision.
type Documents = BTreeMap<String, (String, usize)>;

pub struct Server {
    address: String,
    documents: Arc<Mutex<Documents>>,
    /// The requests, each with the status of its response.
    log: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts a server without documents. It stops with the test program.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            address: listener.local_addr().unwrap().to_string(),
            documents: Arc::default(),
            log: Arc::default(),
        };
        let (documents, log) = (Arc::clone(&server.documents), Arc::clone(&server.log));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let line = answer(stream.unwrap(), &documents.lock().unwrap());
                log.lock().unwrap().push(line);
            }
        });
        server
    }

    /// Publishes a document, or a new revision of it.
    pub fn publish(&self, path: &str, text: &str) {
        let mut documents = self.documents.lock().unwrap();
        let revision = documents.get(path).map_or(1, |(_, revision)| revision + 1);
        documents.insert(path.to_owned(), (text.to_owned(), revision));
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Returns the requests since the last call, such as `GET /dub.json 200`.
    pub fn take_log(&self) -> Vec<String> {
        std::mem::take(&mut self.log.lock().unwrap())
    }
}

fn answer(mut stream: TcpStream, documents: &Documents) -> String {
    let lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let head: Vec<String> = lines
        .map_while(Result::ok)
        .take_while(|line| !line.is_empty())
        .collect();
    let mut words = head[0].split(' ');
    let (method, path) = (words.next().unwrap(), words.next().unwrap());
    let (status, etag, body) = match documents.get(path) {
        None => (404, String::new(), "no such document"),
        Some((text, revision)) => {
            let etag = format!("\"{revision}\"");
            match head.contains(&format!("If-None-Match: {etag}")) {
                true => (304, etag, ""),
                false => (200, etag, text.as_str()),
            }
        }
    };
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status} Status\r\nETag: {etag}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
    .unwrap();
    format!("{method} {path} {status}")
}
