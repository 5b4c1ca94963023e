//! The state that all requests of a client share.

use super::credential::PreparedCredential;
use super::error::Error;
use super::operation::Operation;
use super::retry::RetryPolicy;
use super::retry_budget::UsedBudget;
use super::secrets::Secrets;
use super::server::Server;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The state that all requests of a client share: connections, settings and credentials.
///
/// You do not create it yourself; building a client creates it. Resources and request builders are
/// generic over this type and its blocking counterpart, `blocking::Blocking`.
///
/// Cheap to clone: clones share their connections.
#[derive(Clone)]
pub struct Client {
    pub(super) shared: Arc<Shared>,
}

pub(super) struct Shared {
    pub(super) http: reqwest::Client,
    pub(super) server: Server,
    /// The host and port of the proxy that the environment sets for the server, for messages.
    /// `None` if there is none, or if the caller supplied the HTTP client.
    pub(super) proxy: Option<String>,
    pub(super) user_agent: HeaderValue,
    /// The timeout that the HTTP client applies by default; `None` if the caller supplied it.
    pub(super) http_timeout: Option<Duration>,
    pub(super) credentials: Vec<PreparedCredential>,
    /// The secrets in the credentials.
    pub(super) secrets: Secrets,
    pub(super) settings: Settings,
    pub(super) used_budget: UsedBudget,
}

/// The settings of a client. A request can override its time limits and retry policy.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    /// The timeout of one attempt, from its start to the end of the response body.
    pub(super) timeout: Option<Duration>,
    /// The timeout for connecting to the server.
    pub(super) connect_timeout: Duration,
    /// The time limit of a whole call.
    pub(super) deadline: Option<Duration>,
    pub(super) retry: RetryPolicy,
    /// The maximum size of a success body, in bytes.
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
    /// Returns the secrets of a request with these headers of its own: they override the client's.
    pub(super) fn secrets(&self, headers: &[(HeaderName, HeaderValue)]) -> Secrets {
        let credentials = &self.shared.credentials;
        self.shared.secrets.with_headers(headers, |name| {
            let mut credentials = credentials.iter();
            credentials.any(|credential| credential.is_header(name))
        })
    }

    /// Authorizes a request with the first security alternative of the operation for which the
    /// client has all credentials.
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
            "missing credential for this operation: expected {}",
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
