//! Fetches documents with the program `curl`, so that no HTTP client has to be built.
//!
//! This module follows redirects itself, because curl cannot restrict plain HTTP to loopback.

mod curl;
mod limits;
#[cfg(test)]
mod tests;
mod url;

use curl::{Failure, Request, Response};
pub use limits::Limits;
use std::time::Instant;
pub use url::Url;

const HELP: &str = "download the document in another way, and pass the path of the file";
/// The number of characters that are shown of the body of an error.
const MAX_SHOWN: usize = 200;

/// The result of a conditional request.
#[derive(Debug, PartialEq, Eq)]
pub enum Fetched {
    Document {
        bytes: Vec<u8>,
        /// The `ETag` of the response, for the next request.
        etag: Option<String>,
    },
    /// The document still has the known `ETag`.
    Unchanged,
}

/// Fetches a document.
///
/// # Errors
///
/// Returns an error for people, with a line of help, if there is no document.
pub fn document(url: &Url) -> Result<Vec<u8>, String> {
    match fetch(url, None, &Limits::default())? {
        Fetched::Document { bytes, .. } => Ok(bytes),
        Fetched::Unchanged => Err(with_help(url, "unexpected status 304")),
    }
}

/// Fetches a document, unless it still has the known `ETag`.
///
/// # Errors
///
/// Returns an error for people, with a line of help, if there is no document.
pub fn fetch(url: &Url, known_etag: Option<&str>, limits: &Limits) -> Result<Fetched, String> {
    let start = Instant::now();
    let mut current = url.clone();
    for _ in 0..=limits.redirects {
        let request = Request {
            url: &current,
            known_etag,
            time: limits.total.saturating_sub(start.elapsed()),
            limits,
        };
        let failed = |failure| with_help(&current, &current.hide_in(&describe(failure, limits)));
        let response = request.send().map_err(failed)?;
        if let (301 | 302 | 303 | 307 | 308, Some(target)) = (response.status, &response.redirect) {
            current = follow(&current, target)?;
            continue;
        }
        return accept(response, known_etag.is_some())
            .map_err(|message| with_help(&current, &current.hide_in(&message)));
    }
    let message = format!("more than {} redirects", limits.redirects);
    Err(with_help(url, &message))
}

/// Checks the target of a redirect. Plain HTTP leads from loopback to loopback only.
fn follow(from: &Url, target: &str) -> Result<Url, String> {
    let rejected = |message: &str| {
        let message = format!("redirect to {message}");
        with_help(from, &message)
    };
    let target = Url::parse(target).map_err(|message| rejected(&message))?;
    match target.is_plain_http() && !from.is_plain_http() {
        true => {
            let shown = target.shown();
            Err(rejected(&format!(
                "{shown}: refuses to change from HTTPS to plain HTTP"
            )))
        }
        false => Ok(target),
    }
}

/// Returns the document in a response.
fn accept(response: Response, is_conditional: bool) -> Result<Fetched, String> {
    match response.status {
        200 => match response.body.trim_ascii_start() {
            // Neither JSON nor YAML of a document begins with `<`.
            [b'<', ..] => Err("expected an OpenAPI document, found HTML or XML".to_owned()),
            _ => Ok(Fetched::Document {
                bytes: response.body,
                etag: response.etag,
            }),
        },
        304 if is_conditional => Ok(Fetched::Unchanged),
        status => Err(match first_line(&response.body) {
            Some(line) => format!("unexpected status {status}: {line}"),
            None => format!("unexpected status {status}"),
        }),
    }
}

/// Returns the first line of a body if it is text for people.
fn first_line(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?;
    let line = text.trim().lines().next()?;
    let shown: String = line
        .chars()
        .filter(|c| !c.is_control())
        .take(MAX_SHOWN)
        .collect();
    (!shown.is_empty() && !shown.starts_with('<')).then_some(shown)
}

fn describe(failure: Failure, limits: &Limits) -> String {
    match failure {
        Failure::Missing => "the program `curl` is not installed".to_owned(),
        Failure::TooLarge => format!("the document has more than {} bytes", limits.bytes),
        Failure::Curl { code, message } => match code {
            Some(5..=7) => format!("no connection: {message}"),
            Some(28) => format!(
                "timeout: {message} (at most {} seconds to connect, {} seconds in total)",
                limits.connect.as_secs(),
                limits.total.as_secs()
            ),
            _ => message,
        },
    }
}

fn with_help(url: &Url, message: &str) -> String {
    format!("{}: {message}\nhelp: {HELP}", url.shown())
}
