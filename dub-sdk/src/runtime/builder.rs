//! The builder of a client.

use super::client::{Client, Settings, Shared};
use super::credential::{Credential, PreparedCredential};
use super::error::Error;
use super::failure::Failure;
use super::operation::Service;
use super::retry::RetryPolicy;
use super::retry_budget::UsedBudget;
use super::secrets::Secrets;
use super::server::Server;
use super::server_url::{self, ServerUrl};
use hyper_util::client::proxy::matcher::Matcher;
use reqwest::header::HeaderValue;
use reqwest::redirect::Policy;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

/// A client that a [`ClientBuilder`] can build.
pub trait BuildClient: Sized {
    #[doc(hidden)]
    fn from_client(client: Client) -> Result<Self, Error>;
}

/// A builder for a client.
///
/// The documentation of each method states the default of its setting.
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder<T> {
    /// The servers of the document: that of the API, then those of single operations.
    servers: &'static [ServerUrl],
    server_url: Option<String>,
    server_variables: Vec<(&'static str, String)>,
    allow_plain_http: bool,
    user_agent: Option<String>,
    http: Option<reqwest::Client>,
    credentials: Vec<(&'static str, Credential)>,
    settings: Settings,
    client: PhantomData<fn() -> T>,
}

impl<T: BuildClient> ClientBuilder<T> {
    /// Creates a builder with default settings for a service. The first server is that of the API,
    /// and the others are those of single operations.
    pub(crate) fn new(_service: &'static Service, servers: &'static [ServerUrl]) -> Self {
        Self {
            servers,
            server_url: None,
            server_variables: Vec::new(),
            allow_plain_http: false,
            user_agent: None,
            http: None,
            credentials: Vec::new(),
            settings: Settings::default(),
            client: PhantomData,
        }
    }

    /// Sets the credential of a security scheme, replacing an earlier one.
    pub(crate) fn credential(mut self, scheme: &'static str, credential: Credential) -> Self {
        self.credentials.retain(|(earlier, _)| *earlier != scheme);
        self.credentials.push((scheme, credential));
        self
    }

    /// Sets the variables of the server URLs with this setter, replacing an earlier value.
    pub(crate) fn server_variable(
        mut self,
        setter: &'static str,
        value: impl Into<String>,
    ) -> Self {
        let variables = &mut self.server_variables;
        variables.retain(|(earlier, _)| *earlier != setter);
        variables.push((setter, value.into()));
        self
    }

    /// Sets the URL of the server, such as `http://127.0.0.1:4010` or `https://proxy.example/api`.
    /// The paths of operations are appended to it. The default is the API's own URL.
    ///
    /// All operations use this server, also those that have a server of their own. If the API
    /// declares only a path as its server, such as `/api/v2`, that path is appended to the URL first.
    ///
    /// Plain HTTP is allowed only to loopback; see [`ClientBuilder::allow_plain_http`]. Requests to
    /// loopback never use a proxy, unless you pass your own client to
    /// [`ClientBuilder::http_client`].
    pub fn server_url(mut self, url: impl Into<String>) -> Self {
        self.server_url = Some(url.into());
        self
    }

    /// Sets whether plain HTTP is allowed to hosts other than loopback. Everyone on the network
    /// path can then read the credentials. The default is `false`.
    pub fn allow_plain_http(mut self, allow: bool) -> Self {
        self.allow_plain_http = allow;
        self
    }

    /// Sets the timeout of each attempt, from connecting to the end of the response. The default is
    /// 30 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = Some(timeout);
        self
    }

    /// Sets the timeout for connecting to the server. The default is 10 seconds. It has no effect
    /// on a client passed to [`ClientBuilder::http_client`].
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.connect_timeout = timeout;
        self
    }

    /// Sets the time limit of a whole call, including all attempts and the delays between them. The
    /// default is no limit.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.settings.deadline = Some(deadline);
        self
    }

    /// Sets the policy for retrying failed calls. The default is [`RetryPolicy::default`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    /// Sets the name of your program, such as `my-app/1.0`. In the `User-Agent` header, the name
    /// and version of this crate follow it. By default, the header names only this crate.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// Sets the maximum size of a response body in bytes, after decompression. A larger response is
    /// an [`Error::Transport`]. The default is 32 MiB.
    ///
    /// Error responses are not affected: of their body, at most 64 KiB are kept.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.settings.max_response_size = bytes;
        self
    }

    /// Sets the HTTP client that sends the requests, for example to use a proxy, custom
    /// certificates or shared connections.
    ///
    /// Connections are made with the settings of that client. Build it with
    /// `redirect(reqwest::redirect::Policy::none())`; this crate still follows redirects within the
    /// API's origin. With any other policy, reqwest also follows redirects to other origins. It
    /// then removes the headers `Authorization` and `Cookie`, but no other header that may contain
    /// a key.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Some(client);
        self
    }

    /// Builds the client. No request is sent.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Config`] if:
    ///
    /// - the server URL is invalid, or is plain HTTP to a host other than loopback;
    /// - a credential is empty or contains a control character;
    /// - the user agent is not a valid header value;
    /// - TLS cannot be set up. Without the features `rustls` and `native-tls`, this applies to
    ///   every `https` URL, unless you pass your own client to [`ClientBuilder::http_client`];
    /// - the background thread of a blocking client cannot be started.
    pub fn build(self) -> Result<T, Error> {
        T::from_client(self.client()?)
    }

    fn client(self) -> Result<Client, Error> {
        let (mut server, operation_servers) = servers(
            server_url::resolve(
                self.servers,
                self.server_url.as_deref(),
                &self.server_variables,
            )?,
            self.allow_plain_http,
            self.http.is_some(),
        )?;
        let user_agent = user_agent(self.user_agent.as_deref())?;
        let credentials = self.credentials.into_iter();
        let credentials = credentials
            .map(|(scheme, credential)| credential.prepare(scheme))
            .collect::<Result<Vec<_>, _>>()?;
        let secrets = credentials.iter().flat_map(PreparedCredential::secrets);
        let secrets = Secrets::new(secrets.map(|secret| secret.0.as_str()));
        let (http, http_timeout) = match self.http {
            Some(http) => (http, None),
            None => {
                require_tls(&server)?;
                server.proxy = proxy(&server);
                let others = operation_servers.iter().flatten();
                let http = http_client(&self.settings, std::iter::once(&server).chain(others))?;
                (http, self.settings.timeout)
            }
        };
        Ok(Client {
            shared: Arc::new(Shared {
                http,
                server,
                operation_servers,
                user_agent,
                http_timeout,
                credentials,
                secrets,
                settings: self.settings,
                used_budget: UsedBudget::default(),
            }),
        })
    }
}

/// Returns the server of the API, and those of single operations. An unusable
/// URL of one of the latter concerns only the calls of its operations.
fn servers(
    urls: Vec<String>,
    allow_plain_http: bool,
    has_own_client: bool,
) -> Result<(Server, Vec<Result<Server, String>>), Error> {
    let mut urls = urls.into_iter();
    let first = urls.next().unwrap_or_default();
    let server = Server::parse(&first, allow_plain_http)?;
    let own = urls.map(|url| {
        let server = operation_server(&url, allow_plain_http, has_own_client);
        server.map_err(|error| error.to_string())
    });
    Ok((server, own.collect()))
}

fn operation_server(
    url: &str,
    allow_plain_http: bool,
    has_own_client: bool,
) -> Result<Server, Error> {
    let mut server = Server::parse(url, allow_plain_http)?;
    if !has_own_client {
        require_tls(&server)?;
        server.proxy = proxy(&server);
    }
    Ok(server)
}

/// Rejects an `https` URL if this crate was built without TLS. Otherwise every call would fail to
/// connect and be retried in vain.
fn require_tls(server: &Server) -> Result<(), Error> {
    let has_tls = cfg!(any(feature = "rustls", feature = "native-tls"));
    if has_tls || server.url.scheme() != "https" {
        return Ok(());
    }
    Err(Error::config(format!(
        "https://{} needs TLS: enable the feature `rustls` or `native-tls` of this crate, or pass your \
         own client to `http_client`",
        server.host
    )))
}

fn user_agent(name: Option<&str>) -> Result<HeaderValue, Error> {
    const CRATE_USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
    let Some(name) = name else {
        return Ok(HeaderValue::from_static(CRATE_USER_AGENT));
    };
    HeaderValue::from_str(&format!("{name} {CRATE_USER_AGENT}")).map_err(|error| {
        Error::Config(Failure::new("the user agent is not a valid header value").with_source(error))
    })
}

/// Builds the HTTP client for these servers.
fn http_client<'a>(
    settings: &Settings,
    servers: impl Iterator<Item = &'a Server> + Clone,
) -> Result<reqwest::Client, Error> {
    let mut builder = reqwest::Client::builder()
        .connect_timeout(settings.connect_timeout)
        // The call follows redirects itself, because it knows where credentials may be sent.
        .redirect(Policy::none())
        // No `Referer` header after a redirect: the query of the URL may contain personal data.
        .referer(false);
    if let Some(timeout) = settings.timeout {
        builder = builder.timeout(timeout);
    }
    #[cfg(feature = "http2")]
    {
        // All calls share one connection. Pings find out whether it still works while calls wait
        // for it. Otherwise every call would time out until the system closes it.
        builder = builder
            .http2_keep_alive_interval(Duration::from_secs(15))
            .http2_keep_alive_timeout(Duration::from_secs(10));
    }
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    if servers.clone().all(|server| server.url.scheme() == "http") {
        // Without a list of certificates, the HTTP library loads those of the system. It fails if
        // there are none, as in a minimal container image. Redirects to `https` are not followed, so
        // no certificate is needed.
        builder = builder.tls_certs_only([]);
    }
    if servers.clone().any(|server| server.is_loopback) {
        // A proxy set by environment variables would receive requests that are meant for this
        // machine, with the credentials in plain text, and would look for the server on its own
        // host.
        builder = builder.no_proxy();
    }
    builder.build().map_err(|error| {
        Error::Config(Failure::new("failed to build the HTTP client").with_source(error))
    })
}

/// Returns the host and port of the proxy that the environment sets for the server.
fn proxy(server: &Server) -> Option<String> {
    if server.is_loopback {
        return None;
    }
    let url = server.url.as_str().parse().ok()?;
    let proxy = Matcher::from_system().intercept(&url)?;
    // The authority without the user name and the password.
    let (host, port) = (proxy.uri().host()?, proxy.uri().port_u16());
    Some(port.map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

impl<T> Clone for ClientBuilder<T> {
    fn clone(&self) -> Self {
        Self {
            servers: self.servers,
            server_url: self.server_url.clone(),
            server_variables: self.server_variables.clone(),
            allow_plain_http: self.allow_plain_http,
            user_agent: self.user_agent.clone(),
            http: self.http.clone(),
            credentials: self.credentials.clone(),
            settings: self.settings.clone(),
            client: PhantomData,
        }
    }
}

impl<T> fmt::Debug for ClientBuilder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("allow_plain_http", &self.allow_plain_http)
            .field("user_agent", &self.user_agent)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_without_tls_error_names_features() {
        let check = |url| require_tls(&Server::parse(url, false)?);
        assert!(check("http://127.0.0.1:4010").is_ok());
        let checked = check("https://api.example");
        let has_tls = cfg!(any(feature = "rustls", feature = "native-tls"));
        assert_eq!(checked.is_ok(), has_tls);
        if let Err(error) = checked {
            assert!(matches!(error, Error::Config(_)), "{error:?}");
            let text = error.to_string();
            for part in [
                "https://api.example",
                "`rustls`",
                "`native-tls`",
                "`http_client`",
            ] {
                assert!(text.contains(part), "{text}");
            }
        }
    }
}
