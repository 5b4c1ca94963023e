//! The state that all requests of a client share.

use super::credential::PreparedCredential;
use super::error::Error;
use super::operation::Operation;
use super::request_parts::RequestParts;
use super::retry::RetryPolicy;
use super::retry_budget::UsedBudget;
use super::secrets::Secrets;
use super::server::Server;
use super::token_cache::TokenCache;
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
    /// The server of the API.
    pub(super) server: Server,
    /// The further servers, which some operations have, or why their URLs are not usable.
    pub(super) operation_servers: Vec<Result<Server, String>>,
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

impl Shared {
    /// Returns the server to which requests of the operation are sent.
    pub(super) fn server(&self, operation: &Operation) -> Result<&Server, Error> {
        let own = operation.server.checked_sub(1);
        match own.and_then(|index| self.operation_servers.get(index)) {
            None => Ok(&self.server),
            Some(Ok(server)) => Ok(server),
            Some(Err(problem)) => Err(Error::config(problem.clone())),
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
        let mut secrets = self.shared.secrets.clone();
        for credential in credentials {
            if let Some(tokens) = credential.tokens() {
                secrets = secrets.with(&tokens.secrets());
            }
        }
        if let Some(token) = token {
            // The provider may have returned many other tokens since.
            secrets = secrets.with_headers(&[(AUTHORIZATION, token.clone())], |_| false);
        }
        secrets.with_headers(headers, |name| {
            let mut credentials = credentials.iter();
            credentials.any(|credential| credential.is_header(name))
        })
    }

    /// Returns the first security alternative of the operation for which the client has all
    /// credentials. The alternative without credentials is the last resort, wherever the document
    /// lists it: if authorization is optional, a credential of the client is still sent.
    fn alternative(&self, operation: &Operation) -> Result<&'static [&'static str], Error> {
        if operation.security.is_empty() {
            return Ok(&[]);
        }
        let mut last_resort = None;
        for schemes in operation.security {
            if schemes.is_empty() {
                last_resort = Some(*schemes);
            } else if schemes.iter().all(|scheme| self.has_credential(scheme)) {
                return Ok(schemes);
            }
        }
        if let Some(schemes) = last_resort {
            return Ok(schemes);
        }
        let mut names = Vec::new();
        for schemes in operation.security {
            names.push(schemes.join(" and "));
        }
        Err(Error::config(format!(
            "missing credential for this operation: expected {}",
            names.join(", or ")
        )))
    }

    /// Returns the tokens of the provider that authorizes the request; `None` if there is none, or
    /// if the request has its own header.
    pub(super) fn tokens(&self, parts: &RequestParts) -> Result<Option<&TokenCache>, Error> {
        let mut headers = parts.headers.iter();
        if headers.any(|(name, _)| *name == AUTHORIZATION) {
            return Ok(None);
        }
        let schemes = self.alternative(parts.operation)?;
        for credential in &self.shared.credentials {
            if schemes.contains(&credential.scheme) && credential.tokens().is_some() {
                return Ok(credential.tokens());
            }
        }
        Ok(None)
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
        let schemes = self.alternative(operation)?;
        for credential in &self.shared.credentials {
            if schemes.contains(&credential.scheme) {
                credential.apply(token, headers, query)?;
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::{BuildClient, ClientBuilder, Credential};

    struct Api(Client);

    impl BuildClient for Api {
        fn from_client(client: Client) -> Result<Self, Error> {
            Ok(Self(client))
        }
    }

    /// Returns the headers and the query with which a client that has the credentials of these
    /// schemes authorizes the operation.
    fn authorized(
        schemes: &[&'static str],
        security: &'static [&'static [&'static str]],
    ) -> Result<String, Error> {
        let mut builder =
            ClientBuilder::<Api>::new(&crate::SERVICE, &[]).server_url("http://127.0.0.1:1");
        for scheme in schemes {
            let credential = match *scheme {
                "token" => Credential::bearer("t"),
                "key" => Credential::api_key_in_query("key", "k"),
                _ => Credential::basic("u", "p"),
            };
            builder = builder.credential(scheme, credential);
        }
        let Api(client) = builder.build()?;
        let operation = Operation {
            security,
            ..Operation::DEFAULT
        };
        let (mut headers, mut query) = (HeaderMap::new(), Vec::new());
        client.authorize(&operation, None, &mut headers, &mut query)?;
        let header = headers.get(AUTHORIZATION).map(HeaderValue::to_str);
        let header = header.transpose().unwrap().unwrap_or_default();
        Ok(format!("{header}?{}", String::from_utf8(query).unwrap()))
    }

    #[test]
    fn optional_credential_is_sent_if_the_client_has_it() {
        const OPTIONAL: [&[&[&str]]; 2] = [&[&[], &["token"]], &[&["token"], &[]]];
        for security in OPTIONAL {
            assert_eq!(authorized(&["token"], security).unwrap(), "Bearer t?");
            assert_eq!(authorized(&[], security).unwrap(), "?");
            assert_eq!(authorized(&["key"], security).unwrap(), "?");
        }
        const SEVERAL: &[&[&str]] = &[&[], &["basic"], &["token", "key"]];
        assert_eq!(
            authorized(&["token", "key"], SEVERAL).unwrap(),
            "Bearer t?key=k"
        );
        assert_eq!(authorized(&["token"], SEVERAL).unwrap(), "?");
        assert_eq!(
            authorized(&["key", "token", "basic"], SEVERAL).unwrap(),
            "Basic dTpw?"
        );
    }

    #[test]
    fn missing_credential_error_names_the_alternatives() {
        let error = authorized(&["key"], &[&["token", "key"], &["basic"]]).unwrap_err();
        let expected = "missing credential for this operation: expected token and key, or basic";
        assert!(error.to_string().contains(expected), "{error}");
        assert_eq!(authorized(&["key"], &[]).unwrap(), "?");
        assert_eq!(authorized(&["key"], &[&[]]).unwrap(), "?");
    }
}
