//! Searches for the token in the output of failing calls: errors, their sources, panics and traces.

use crate::capture::Captured;
use crate::server::{Server, TOKEN, closed_port, quick_retries, response};
use dub_sdk::{Dub, Error, blocking};
use std::error::Error as _;
use std::fmt::Write;
use std::sync::Mutex;
use std::time::Duration;

/// Starts one server for each kind of failure. Two of them return the token in their response.
fn failing_servers() -> Vec<Server> {
    let big = format!("HTTP/1.1 200 OK\r\nx-big: {}\r\n\r\n", "a".repeat(1 << 20));
    let location = "location: http://localhost:1/customers\r\n";
    let responses = [
        String::new(),
        "HTTP/1.1 200 OK\r\ncontent-le".to_owned(),
        "no HTTP\r\n\r\n".to_owned(),
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n".to_owned(),
        big,
        response(200, "", "[1]"),
        response(302, location, ""),
        response(
            401,
            "",
            r#"{"error":{"code":"unauthorized","message":"Invalid key."}}"#,
        ),
        response(429, "retry-after: 3600\r\n", ""),
        response(502, "", "<html>Bad gateway</html>"),
        response(400, "", &format!("authorization: Bearer {TOKEN}")),
        response(
            401,
            "",
            &format!(r#"{{"error":{{"code":"{TOKEN}","message":"Invalid key {TOKEN}."}}}}"#),
        ),
    ];
    let mut servers: Vec<_> = responses
        .into_iter()
        .map(|response| Server::responding([response]))
        .collect();
    servers.push(Server::start(|connection, _| connection.wait_for_close()));
    servers
}

/// Appends the error and its sources, as `Display` and `Debug` output.
fn write_error(shown: &mut String, error: &Error) {
    write!(shown, "{error} {error:?} {error:#?}").unwrap();
    let mut cause = error.source();
    while let Some(error) = cause {
        write!(shown, " {error} {error:?}").unwrap();
        cause = error.source();
    }
}

/// Returns the message of a panic that unwraps this error.
fn panic_message(error: Error) -> String {
    // The panic hook is shared by the whole process, so only one thread may replace it at a time.
    static PANICS: Mutex<()> = Mutex::new(());
    let _guard = PANICS.lock();
    let previous_hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let unwrap = || std::result::Result::<(), Error>::unwrap(Err(error));
    let payload = std::panic::catch_unwind(std::panic::AssertUnwindSafe(unwrap));
    std::panic::set_hook(previous_hook);
    *payload.unwrap_err().downcast::<String>().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn token_never_appears_in_any_output() {
    let captured = Captured::default();
    let _guard = tracing::subscriber::set_default(captured.clone());
    let servers = failing_servers();
    let urls = servers.iter().map(|server| server.url.clone());
    let mut shown = String::new();
    let timeout = Duration::from_millis(200);
    for url in urls.chain([closed_port()]) {
        let builder = Dub::builder(TOKEN).server_url(&url).timeout(timeout);
        let dub = builder
            .retry(quick_retries().max_attempts(2))
            .build()
            .unwrap();
        let mut stream = dub.customers().list().stream();
        write!(shown, "{dub:?} {stream:?}").unwrap();
        write_error(&mut shown, &stream.next().await.unwrap().unwrap_err());
        write!(shown, "{stream:?}").unwrap();
        let update = dub.customers().update("cus_1").name("Ada");
        let error = update.send().await.unwrap_err();
        write_error(&mut shown, &error);
        shown += &panic_message(error);

        let builder = blocking::Dub::builder(TOKEN)
            .server_url(&url)
            .timeout(timeout);
        let dub = builder
            .retry(quick_retries().max_attempts(2))
            .build()
            .unwrap();
        let error = dub.customers().get("cus_1").send().unwrap_err();
        write!(shown, "{dub:?}").unwrap();
        write_error(&mut shown, &error);
    }
    shown += &captured.lines().join("\n");
    assert!(shown.contains("getCustomer") && shown.contains("called `Result::unwrap()`"));
    assert_token_hidden(&shown);
    // The token was still sent.
    let sent = servers.iter().flat_map(Server::requests);
    assert!(sent.filter(|request| request.contains(TOKEN)).count() > 20);
}

fn assert_token_hidden(shown: &str) {
    // The token, a part of it, its bytes as numbers, and its base64 encoding at each of the three
    // offsets.
    for form in [
        TOKEN,
        "zQ7x",
        "122, 81, 55",
        "ZHViX3pRN3",
        "R1Yl96UTd4",
        "HViX3pRN3hXO",
    ] {
        if let Some(at) = shown.find(form) {
            let around = shown.get(at.saturating_sub(80)..at + 40);
            panic!("output contains {form}: {around:?}");
        }
    }
}
