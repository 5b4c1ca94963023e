//! What all requests of a client share.

use super::credential::PreparedCredential;
use super::error::Error;
use super::operation::Operation;
use super::retry::RetryPolicy;
use super::server::Server;
use bytes::Bytes;
use reqwest::header::{HeaderMap, HeaderValue};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// What all requests of a client share: its connections, settings and credentials. It is not made directly; the
/// resources are generic over it and its blocking twin.
///
/// Cheap to clone: clones share their connections.
#[derive(Clone)]
pub struct Client {
    pub(super) shared: Arc<Shared>,
}

pub(super) struct Shared {
    pub(super) http: reqwest::Client,
    pub(super) server: Server,
    pub(super) user_agent: HeaderValue,
    /// The time-out that the HTTP client has of its own accord.
    pub(super) http_timeout: Option<Duration>,
    pub(super) credentials: Vec<PreparedCredential>,
    pub(super) settings: Settings,
}

/// The numbers that a client is built with; a request may bring its own.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    /// For one attempt, from its beginning to the end of the response's body.
    pub(super) timeout: Option<Duration>,
    /// For making a connection.
    pub(super) connect_timeout: Duration,
    /// For the whole call.
    pub(super) deadline: Option<Duration>,
    pub(super) retry: RetryPolicy,
    /// In bytes.
    pub(super) max_response_size: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            timeout: Some(Duration::from_secs(30)),
            connect_timeout: Duration::from_secs(10),
            deadline: None,
            retry: RetryPolicy::default(),
            max_response_size: 32 * 1024 * 1024,
        }
    }
}

impl Client {
    /// The beginning of an error response's body, without the credentials that a server may repeat in it: the error is shown
    /// and logged.
    pub(super) fn redact_credentials(&self, body: Bytes) -> Bytes {
        let credentials = self.shared.credentials.iter();
        credentials.fold(body, |body, credential| credential.redact(body))
    }

    /// Authorises a request with the first alternative of the operation whose credentials are all there.
    pub(super) fn authorize(
        &self,
        operation: &Operation,
        headers: &mut HeaderMap,
        query: &mut Vec<u8>,
    ) -> Result<(), Error> {
        let credentials = &self.shared.credentials;
        if operation.security.is_empty() {
            return Ok(());
        }
        for schemes in operation.security {
            if !schemes.iter().all(|scheme| self.has_credential(scheme)) {
                continue;
            }
            for credential in credentials {
                if schemes.contains(&credential.scheme) {
                    credential.apply(headers, query)?;
                }
            }
            return Ok(());
        }
        let alternatives = operation.security.iter();
        let names: Vec<String> = alternatives.map(|schemes| schemes.join(" and ")).collect();
        Err(Error::config(format!(
            "the client has no credential for this operation: {}",
            names.join(", or ")
        )))
    }

    fn has_credential(&self, scheme: &str) -> bool {
        let credentials = &self.shared.credentials;
        credentials
            .iter()
            .any(|credential| credential.scheme == scheme)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field(
                "server",
                &self.shared.server.url.as_str().trim_end_matches('/'),
            )
            .field("settings", &self.shared.settings)
            .finish_non_exhaustive()
    }
}
