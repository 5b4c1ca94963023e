//! Tests what a subscriber prints for calls, and that the README shows the same.

use crate::capture::Printed;
use crate::server::{CUSTOMER, Server, TOKEN, quick_retries, response};
use dub_sdk::{Error, Method, blocking};
use serde::de::{Deserialize, Deserializer, IgnoredAny};
use std::thread::ThreadId;
use tracing::Instrument;

const README: &str = include_str!("../../../dub-sdk/README.md");
const THIS_FILE: &str = include_str!("tracing_output.rs");

/// Starts a server that returns a customer with its second response and no customer after that.
fn server() -> Server {
    let detail = r#"{"error":{"code":"not_found","message":"Customer not found."}}"#;
    Server::responding([
        response(503, "", ""),
        response(200, "", CUSTOMER),
        response(404, "", detail),
    ])
}

/// Returns the content of the README's code block that begins with `fence`, in the section about
/// tracing.
fn readme_block(fence: &str) -> &'static str {
    let (_, section) = README.split_once("\n## Tracing\n").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let (_, block) = section.split_once(&format!("```{fence}\n")).unwrap();
    block.split_once("```").unwrap().0
}

/// Returns the lines of this file that the README repeats, between two comments.
fn lines_in_readme(name: &str) -> &'static str {
    let (_, lines) = THIS_FILE
        .split_once(&format!("    // README: {name}\n"))
        .unwrap();
    lines.split_once("    // End\n").unwrap().0
}

/// Replaces the durations by a letter and removes the spaces that align the levels.
fn without_durations(printed: &str) -> String {
    let mut parts = printed.split("_ms=");
    let mut text = parts.next().unwrap().to_owned();
    for part in parts {
        text.push_str("_ms=N");
        text.push_str(part.trim_start_matches(|char: char| char.is_ascii_digit()));
    }
    text.lines()
        .map(|line| format!("{}\n", line.trim()))
        .collect()
}

#[tokio::test]
async fn readme_shows_what_its_example_prints() -> Result<(), Error> {
    let server = server();
    let dub = server.dub();
    let printed = Printed::default();
    // README: subscriber
    let subscriber = tracing_subscriber::fmt().with_env_filter("info,dub_sdk=debug");
    // End
    let subscriber = subscriber.without_time().with_ansi(false);
    let subscriber = subscriber.with_writer(printed.clone()).finish();
    let guard = tracing::subscriber::set_default(subscriber);
    // README: calls
    let customers = dub.customers();

    // The span `sign_up` becomes the parent of the call's span.
    let sign_up = tracing::info_span!("sign_up");
    let get = customers.get("ext_user-42").send();
    get.instrument(sign_up).await?;

    // No customer has this id.
    let missing = customers.get("ext_nobody").send().await;
    assert!(missing.is_err());
    // End
    drop(guard);
    let host = server.url.trim_start_matches("http://");
    let printed = printed.text().replace(host, "api.dub.co");
    assert_eq!(
        without_durations(&printed),
        without_durations(readme_block("text"))
    );
    Ok(())
}

#[test]
fn readme_contains_the_code_of_the_test() {
    let subscriber = lines_in_readme("subscriber");
    let calls = lines_in_readme("calls");
    let example = format!(
        "use dub_sdk::{{Dub, Error}};\nuse tracing::Instrument;\n\n#[tokio::main]\nasync fn main() -> Result<(), Error> {{\n\
         {subscriber}    subscriber.with_writer(std::io::stderr).init();\n\n    let dub = Dub::from_env()?;\n{calls}    Ok(())\n}}\n"
    );
    assert_eq!(readme_block("rust,no_run"), example);
}

/// Prints the events of this thread with the default format until the guard is dropped. The level
/// is that of `fmt()`: no debug events.
fn start_printing() -> (Printed, tracing::subscriber::DefaultGuard) {
    let printed = Printed::default();
    let subscriber = tracing_subscriber::fmt().without_time().with_ansi(false);
    let subscriber = subscriber.with_writer(printed.clone()).finish();
    (printed, tracing::subscriber::set_default(subscriber))
}

/// Returns the names of the spans of each line, such as `a:call`, and the message.
fn spans_and_messages(printed: &Printed) -> Vec<String> {
    let text = printed.text();
    let lines = text.lines().map(|line| {
        let (_, line) = line.trim().split_once(' ').unwrap();
        let (spans, rest) = line.split_once('{').unwrap_or(("", line));
        let (_, message) = rest.split_once("dub_sdk: ").unwrap();
        let message = message.split(" attempt").next().unwrap();
        format!("{spans} {message}")
    });
    lines.collect()
}

#[tokio::test]
async fn span_at_first_poll_is_parent_of_call() {
    let server = Server::responding([response(404, "", "")]);
    let dub = server.dub();
    let (printed, _guard) = start_printing();
    let (early, late) = (tracing::info_span!("early"), tracing::info_span!("late"));
    let call = early.in_scope(|| dub.customers().get("cus_1").send());
    call.instrument(late.clone()).await.unwrap_err();
    let mut stream = early.in_scope(|| dub.customers().list().stream());
    let next = stream.next().instrument(late).await;
    assert!(next.unwrap().is_err());
    assert_eq!(spans_and_messages(&printed), ["late:call call failed"; 2]);
}

#[test]
fn span_of_caller_is_parent_of_blocking_call() {
    let server = Server::responding([response(503, "", ""), response(404, "", "")]);
    let builder = blocking::Dub::builder(TOKEN).server_url(&server.url);
    let dub = builder.retry(quick_retries()).build().unwrap();
    let (printed, _guard) = start_printing();
    let span = tracing::info_span!("caller");
    span.in_scope(|| dub.customers().get("cus_1").send().unwrap_err());
    span.in_scope(|| dub.customers().list().stream().next().unwrap().unwrap_err());
    assert_eq!(
        spans_and_messages(&printed),
        [
            "caller:call retrying the call",
            "caller:call call failed",
            "caller:call call failed"
        ]
    );
}

/// A body that emits an event when it is decoded, and keeps the thread that decodes it.
struct Body(ThreadId);

impl<'de> Deserialize<'de> for Body {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        tracing::info!(target: "dub_sdk", "decoding");
        IgnoredAny::deserialize(deserializer)?;
        Ok(Self(std::thread::current().id()))
    }
}

#[tokio::test]
async fn decodes_in_span_on_thread_of_caller() {
    let server = Server::responding([response(200, "", "{}")]);
    let blocking = blocking::Dub::builder(TOKEN).server_url(&server.url);
    let (dub, blocking) = (server.dub(), blocking.build().unwrap());
    let (printed, _guard) = start_printing();
    let bodies: [Body; 2] = [
        dub.request(Method::GET, "/links").send().await.unwrap(),
        blocking.request(Method::GET, "/links").send().unwrap(),
    ];
    assert_eq!(spans_and_messages(&printed), ["call decoding"; 2]);
    let here = std::thread::current().id();
    assert!(bodies.iter().all(|body| body.0 == here));
}
