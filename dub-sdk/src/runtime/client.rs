//! The state that all requests of a client share.

use super::credential::PreparedCredential;
use super::error::Error;
use super::operation::Operation;
use super::request_parts::RequestParts;
use super::retry::RetryPolicy;
use super::retry_budget::UsedBudget;
use super::secrets::Secrets;
use super::server::Server;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
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
    /// `token` is the header for the token of a provider.
    pub(super) fn secrets(
        &self,
        headers: &[(HeaderName, HeaderValue)],
        token: Option<&HeaderValue>,
    ) -> Secrets {
        let credentials = &self.shared.credentials;
        let provided = credentials.iter().filter_map(PreparedCredential::tokens);
        let secrets = provided.fold(self.shared.secrets.clone(), |secrets, tokens| {
            secrets.with(&tokens.secrets())
        });
        let secrets = match token {
            // The provider may have returned many other tokens since.
            Some(token) => secrets.with_headers(&[(AUTHORIZATION, token.clone())], |_| false),
            None => secrets,
        };
        secrets.with_headers(headers, |name| {
            let mut credentials = credentials.iter();
            credentials.any(|credential| credential.is_header(name))
        })
    }

    /// Returns the first security alternative of the operation for which the client has all
    /// credentials.
    fn alternative(&self, operation: &Operation) -> Result<&'static [&'static str], Error> {
        if operation.security.is_empty() {
            return Ok(&[]);
        }
        let mut alternatives = operation.security.iter();
        let has_all = |schemes: &&&[&str]| schemes.iter().all(|scheme| self.has_credential(scheme));
        if let Some(schemes) = alternatives.find(has_all) {
            return Ok(schemes);
        }
        let alternatives = operation.security.iter();
        let names: Vec<String> = alternatives.map(|schemes| schemes.join(" and ")).collect();
        Err(Error::config(format!(
            "missing credential for this operation: expected {}",
            names.join(", or ")
        )))
    }

    /// Returns the credentials with which requests of the operation are authorized.
    fn credentials(
        &self,
        operation: &Operation,
    ) -> Result<impl Iterator<Item = &PreparedCredential>, Error> {
        let schemes = self.alternative(operation)?;
        let credentials = self.shared.credentials.iter();
        Ok(credentials.filter(move |credential| schemes.contains(&credential.scheme)))
    }

    /// Returns the header for the current token, if a provider authorizes the request. The provider
    /// is asked if there is no current token, for at most `limit`.
    pub(super) async fn token(
        &self,
        parts: &RequestParts,
        limit: Option<Duration>,
    ) -> Result<Option<HeaderValue>, Error> {
        let mut headers = parts.headers.iter();
        if headers.any(|(name, _)| *name == AUTHORIZATION) {
            return Ok(None);
        }
        let mut credentials = self.credentials(parts.operation)?;
        match credentials.find_map(PreparedCredential::tokens) {
            Some(tokens) => tokens.header(limit).await.map(Some),
            None => Ok(None),
        }
    }

    /// Forgets a token that the server rejected.
    pub(super) fn reject_token(&self, token: &HeaderValue) {
        let credentials = self.shared.credentials.iter();
        for tokens in credentials.filter_map(PreparedCredential::tokens) {
            tokens.reject(token);
        }
    }

    /// Adds the credentials of the operation to a request. `token` is the header for the current
    /// token of a provider.
    pub(super) fn authorize(
        &self,
        operation: &Operation,
        token: Option<&HeaderValue>,
        headers: &mut HeaderMap,
        query: &mut Vec<u8>,
    ) -> Result<(), Error> {
        for credential in self.credentials(operation)? {
            credential.apply(token, headers, query)?;
        }
        Ok(())
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
