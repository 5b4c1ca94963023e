//! Converts the errors of the HTTP library: finds out whether the request was sent, and whether
//! another attempt may succeed.

use super::error::Error;
use super::failure::Failure;
use super::server::Server;
use super::time_limit::TimeLimit;
use std::error::Error as StdError;
use std::io;

/// The kind as which the TLS library rustls reports its own errors.
const INVALID_DATA: io::ErrorKind = io::ErrorKind::InvalidData;

/// Converts an error that occurred while a request was sent or its response was received.
///
/// `was_sent` is false if the request had no connection yet. The URL is removed from the error,
/// because it may contain a credential or personal data.
pub(super) fn convert(
    error: reqwest::Error,
    server: &Server,
    was_sent: bool,
    time: &TimeLimit,
) -> Error {
    let error = error.without_url();
    let host = &server.host;
    if error.is_connect() || (error.is_timeout() && !was_sent) {
        let text = connect_message(&error, host, server.proxy.as_deref());
        let failure = match may_connect_later(&error) {
            true => Failure::retryable(text),
            false => Failure::new(text),
        };
        Error::Connect(failure.with_source(error))
    } else if error.is_timeout() {
        let text = format!("no response from {host} {}", time.description());
        Error::Timeout(Failure::retryable(text).with_source(error))
    } else if error.is_builder() {
        Error::InvalidRequest(Failure::new("failed to build the request").with_source(error))
    } else {
        let text = format!("connection to {host} closed before the response was complete");
        Error::Transport(Failure::retryable(text).with_source(error))
    }
}

/// Returns true if the same connection may be possible later. The failure is permanent if a proxy
/// refuses the connection, or if TLS fails for a reason other than the network, such as a
/// certificate that is not trusted.
fn may_connect_later(error: &reqwest::Error) -> bool {
    // Errors of a proxy and of other TLS libraries have no I/O error among their causes.
    let mut kinds = io_kinds(error).peekable();
    error.is_timeout() || (kinds.peek().is_some() && kinds.all(|kind| kind != INVALID_DATA))
}

/// Describes a connection that could not be established.
fn connect_message(error: &reqwest::Error, host: &str, proxy: Option<&str>) -> String {
    let has_kind = |kind| io_kinds(error).any(|other| other == kind);
    if causes(error).any(|error| error.to_string().contains("certificate")) {
        return format!("certificate of {host} rejected");
    }
    if has_kind(INVALID_DATA) {
        return format!("TLS handshake with {host} failed");
    }
    if io_kinds(error).next().is_none() && causes(error).any(is_tunnel_error) {
        let proxy = match proxy {
            Some(proxy) => format!("proxy {proxy}"),
            None => "the proxy of the HTTP client".to_owned(),
        };
        return format!("{proxy} refused to connect to {host}");
    }
    let outcome = if error.is_timeout() {
        "timed out"
    } else if has_kind(io::ErrorKind::ConnectionRefused) {
        "was refused"
    } else {
        "failed"
    };
    match proxy {
        Some(proxy) => format!("connection to {host} through the proxy {proxy} {outcome}"),
        None => format!("connection to {host} {outcome}"),
    }
}

/// Returns true for the error of the HTTP library about the `CONNECT` request to a proxy. Its type
/// is private, so that only its message identifies it.
fn is_tunnel_error(error: &(dyn StdError + 'static)) -> bool {
    error.to_string().starts_with("tunnel error")
}

/// Returns the kinds of the I/O errors among the causes.
fn io_kinds(error: &reqwest::Error) -> impl Iterator<Item = io::ErrorKind> {
    let causes = causes(error).filter_map(|error| error.downcast_ref::<io::Error>());
    causes.map(io::Error::kind)
}

/// Returns the causes of an error, the innermost last.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    let mut next = error.source();
    std::iter::from_fn(move || {
        let error = next?;
        // The source of an I/O error is not the error that it wraps, but the source of that error.
        next = match error.downcast_ref::<io::Error>() {
            Some(error) => error.get_ref().map(|inner| inner as _),
            None => error.source(),
        };
        Some(error)
    })
}
