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
    time: &TimeLimit<'_>,
) -> Error {
    let error = error.without_url();
    let host = &server.host;
    if error.is_connect() || (error.is_timeout() && !was_sent) {
        let causes = Causes::of(&error);
        let text = connect_message(&error, &causes, host, server.proxy.as_deref());
        let failure = match may_connect_later(&error, &causes) {
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

/// Returns the error for a response whose head did not arrive within the limit.
pub(super) fn no_head(time: &TimeLimit<'_>) -> Error {
    let text = format!("no response {}", time.description());
    Error::Timeout(Failure::retryable(text))
}

/// A summary of the causes of a failed connection.
#[derive(Default)]
struct Causes {
    has_io_error: bool,
    is_tls_error: bool,
    is_refused: bool,
    /// True if a proxy answered the `CONNECT` request with an error. The type of that error is
    /// private, so that only its message identifies it.
    is_tunnel_error: bool,
    is_about_certificate: bool,
}

impl Causes {
    fn of(error: &reqwest::Error) -> Self {
        let mut causes = Self::default();
        let mut next = error.source();
        while let Some(error) = next {
            let message = error.to_string();
            causes.is_tunnel_error |= message.starts_with("tunnel error");
            causes.is_about_certificate |= message.contains("certificate");
            next = match error.downcast_ref::<io::Error>() {
                None => error.source(),
                Some(error) => {
                    causes.has_io_error = true;
                    causes.is_tls_error |= error.kind() == INVALID_DATA;
                    causes.is_refused |= error.kind() == io::ErrorKind::ConnectionRefused;
                    // Its source is not the error that it wraps, but the source of that error.
                    error.get_ref().map(|inner| inner as _)
                }
            };
        }
        causes
    }
}

/// Returns true if the same connection may be possible later. The failure is permanent if a proxy
/// refuses the connection, or if TLS fails for a reason other than the network, such as a
/// certificate that is not trusted.
fn may_connect_later(error: &reqwest::Error, causes: &Causes) -> bool {
    // Errors of a proxy and of other TLS libraries have no I/O error among their causes.
    error.is_timeout() || (causes.has_io_error && !causes.is_tls_error)
}

/// Describes a connection that could not be established.
fn connect_message(
    error: &reqwest::Error,
    causes: &Causes,
    host: &str,
    proxy: Option<&str>,
) -> String {
    if causes.is_about_certificate {
        return format!("certificate of {host} rejected");
    }
    if causes.is_tunnel_error && !causes.has_io_error {
        return match proxy {
            Some(proxy) => format!("proxy {proxy} refused to connect to {host}"),
            None => format!("the proxy of the HTTP client refused to connect to {host}"),
        };
    }
    if !may_connect_later(error, causes) {
        return format!("TLS handshake with {host} failed");
    }
    let outcome = if error.is_timeout() {
        "timed out"
    } else if causes.is_refused {
        "was refused"
    } else {
        "failed"
    };
    match proxy {
        Some(proxy) => format!("connection to {host} through the proxy {proxy} {outcome}"),
        None => format!("connection to {host} {outcome}"),
    }
}
