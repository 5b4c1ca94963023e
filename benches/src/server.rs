//! A mock server on loopback. It sends prepared responses, so that it hardly affects the
//! measurements.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

struct Responses {
    customer: Vec<u8>,
    page: Vec<u8>,
}

/// Starts the server on threads of this process and returns its URL.
pub fn start() -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    let customers: Vec<_> = (0..100).map(|number| customer(number, true)).collect();
    let responses = Arc::new(Responses {
        customer: response(&customer(0, false)),
        page: response(&format!("[{}]", customers.join(","))),
    });
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let responses = responses.clone();
            // Ignore the result: if a connection breaks, the client reports the error.
            std::thread::spawn(move || serve(stream, &responses));
        }
    });
    Ok(url)
}

fn serve(mut stream: TcpStream, responses: &Responses) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut request = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let length = stream.read(&mut chunk)?;
        if length == 0 {
            return Ok(());
        }
        request.extend_from_slice(chunk.get(..length).unwrap_or_default());
        // Requests have no body and are not pipelined, so an empty line ends the request.
        if request.ends_with(b"\r\n\r\n") {
            let is_get = request.starts_with(b"GET /customers/");
            stream.write_all(if is_get {
                &responses.customer
            } else {
                &responses.page
            })?;
            request.clear();
        }
    }
}

fn response(body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-vercel-id: fra1::abc\r\nx-ratelimit-limit: 600\r\n\
         content-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

fn customer(number: u32, expanded: bool) -> String {
    let expansion = r#","link":{"id":"link_1","domain":"d.example","key":"k","shortLink":"https://d.example/k",
        "url":"https://e.example","programId":"prog_1"},"programId":"prog_1","partner":{"id":"pn_1","name":"Grace",
        "email":"grace@e.example","image":"https://e.example/i.png"},"discount":{"id":"disc_1","amount":20,
        "type":"percentage","maxDuration":12,"couponId":null,"couponTestId":null}"#;
    let expansion: String = if expanded {
        expansion.lines().map(str::trim_start).collect()
    } else {
        String::new()
    };
    format!(
        r#"{{"id":"cus_{number:026}","externalId":"user-{number}","name":"Ada Lovelace","email":"ada{number}@example.com","avatar":"https://e.example/a.png","country":"GB","stripeCustomerId":null,"sales":3,"saleAmount":9900,"createdAt":"2025-10-30T18:18:27.000Z","firstSaleAt":"2025-10-30T18:18:27.000Z","subscriptionCanceledAt":null{expansion}}}"#
    )
}
