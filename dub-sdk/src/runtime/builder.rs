//! The settings of a client before it is one.

use super::client::{Client, Settings, Shared};
use super::credential::Credential;
use super::error::{Error, Failure};
use super::operation::Service;
use super::retry::RetryPolicy;
use super::server::Server;
use reqwest::header::HeaderValue;
use reqwest::redirect::Policy;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

/// A client that a [`ClientBuilder`] can make.
pub trait BuildClient: Sized {
    #[doc(hidden)]
    fn from_client(client: Client) -> Result<Self, Error>;
}

/// Settings for a client: what is not set has the default that its method names.
#[must_use = "settings do nothing until `build`"]
pub struct ClientBuilder<T> {
    server_url: String,
    allow_plain_http: bool,
    user_agent: Option<String>,
    http: Option<reqwest::Client>,
    credentials: Vec<(&'static str, Credential)>,
    settings: Settings,
    client: PhantomData<fn() -> T>,
}

impl<T: BuildClient> ClientBuilder<T> {
    /// Default settings for a service.
    pub(crate) fn new(_service: &'static Service, server_url: &str) -> Self {
        Self {
            server_url: server_url.to_owned(),
            allow_plain_http: false,
            user_agent: None,
            http: None,
            credentials: Vec::new(),
            settings: Settings::default(),
            client: PhantomData,
        }
    }

    /// Sets the credential of a security scheme, in place of one set before.
    pub(crate) fn credential(mut self, scheme: &'static str, credential: Credential) -> Self {
        self.credentials.retain(|(earlier, _)| *earlier != scheme);
        self.credentials.push((scheme, credential));
        self
    }

    /// Where the API is, such as `http://127.0.0.1:4010` or `https://proxy.example/dub`; paths are appended to it. The
    /// default is the service's own address.
    ///
    /// Plain http is allowed to loopback only; see [`ClientBuilder::allow_plain_http`]. Loopback is never reached through
    /// a proxy, unless by a client given to [`ClientBuilder::http_client`].
    pub fn server_url(mut self, url: impl Into<String>) -> Self {
        self.server_url = url.into();
        self
    }

    /// Whether plain http is allowed to other machines than this one, where everyone on the way can read the
    /// credentials. The default is `false`.
    pub fn allow_plain_http(mut self, allow: bool) -> Self {
        self.allow_plain_http = allow;
        self
    }

    /// How long each attempt may take, from making the connection to the end of the response. The default is 30 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = Some(timeout);
        self
    }

    /// How long making a connection may take. The default is 10 seconds. It has no effect on a client that was given to
    /// [`ClientBuilder::http_client`].
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.connect_timeout = timeout;
        self
    }

    /// How long a whole call may take, with all attempts and the pauses between them. The default is no such limit.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.settings.deadline = Some(deadline);
        self
    }

    /// When and how often to try again. The default is [`RetryPolicy::default`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    /// The name of your program, such as `my-app/1.0`. It is put in front of this crate's own in `User-Agent`.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// How large a response may be, in bytes; a larger one is [`Error::Transport`]. The default is 32 MiB.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.settings.max_response_size = bytes;
        self
    }

    /// The HTTP client to send with, for a proxy, certificates of your own or shared connections.
    ///
    /// Its own settings for connecting hold. Build it with `redirect(reqwest::redirect::Policy::none())`: redirects
    /// within the API's origin are followed all the same, by this crate. With another policy reqwest follows redirects
    /// to other origins too; it then takes the headers `Authorization` and `Cookie` off, and no other that may
    /// hold a key.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Some(client);
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] when the server URL is none or is plain http to another machine, when a credential is empty or
    /// has a line break in it, when the user agent cannot be sent in a header, or when TLS cannot be set up. Without the
    /// features `rustls` and `native-tls` that holds for every https URL, unless [`ClientBuilder::http_client`] was
    /// given a client.
    pub fn build(self) -> Result<T, Error> {
        T::from_client(self.client()?)
    }

    fn client(self) -> Result<Client, Error> {
        let server = Server::parse(&self.server_url, self.allow_plain_http)?;
        let user_agent = user_agent(self.user_agent.as_deref())?;
        let credentials = self.credentials.into_iter();
        let credentials = credentials
            .map(|(scheme, credential)| credential.prepare(scheme))
            .collect::<Result<_, _>>()?;
        let (http, http_timeout) = match self.http {
            Some(http) => (http, None),
            None => {
                require_tls(&server)?;
                (http_client(&self.settings, &server)?, self.settings.timeout)
            }
        };
        Ok(Client {
            shared: Arc::new(Shared {
                http,
                server,
                user_agent,
                http_timeout,
                credentials,
                settings: self.settings,
            }),
        })
    }
}

/// Refuses https where this crate was built without TLS: each call would fail to connect, and be tried again in vain.
fn require_tls(server: &Server) -> Result<(), Error> {
    let has_tls = cfg!(any(feature = "rustls", feature = "native-tls"));
    if has_tls || server.url.scheme() != "https" {
        return Ok(());
    }
    Err(Error::config(format!(
        "https://{} needs TLS: turn on one of this crate's features `rustls` and `native-tls`, or give `http_client` a \
         client of your own",
        server.host
    )))
}

fn user_agent(name: Option<&str>) -> Result<HeaderValue, Error> {
    const CRATE_USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
    let Some(name) = name else {
        return Ok(HeaderValue::from_static(CRATE_USER_AGENT));
    };
    HeaderValue::from_str(&format!("{name} {CRATE_USER_AGENT}")).map_err(|error| {
        Error::Config(Failure::new("the user agent cannot be sent in a header").with_source(error))
    })
}

fn http_client(settings: &Settings, server: &Server) -> Result<reqwest::Client, Error> {
    let mut builder = reqwest::Client::builder()
        .connect_timeout(settings.connect_timeout)
        // Redirects are followed by the call itself, which knows where credentials may go.
        .redirect(Policy::none())
        // A redirect has no use for the URL it came from, whose query may be about persons.
        .referer(false);
    if let Some(timeout) = settings.timeout {
        builder = builder.timeout(timeout);
    }
    if server.is_loopback {
        // A proxy that the environment names would get what was meant to stay on this machine, the credentials in the
        // clear, and would look for the server on its own.
        builder = builder.no_proxy();
    }
    builder.build().map_err(|error| {
        Error::Config(Failure::new("the HTTP client cannot be set up").with_source(error))
    })
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
