//! The URL of the server. It is checked once, when a client is built.

use super::error::Error;
use reqwest::Url;
use std::net::IpAddr;

/// The URL of a server, prepared for appending paths.
#[cfg_attr(test, derive(Debug))]
pub(super) struct Server {
    pub(super) url: Url,
    /// The path of the URL, without a trailing slash. It precedes the path of each operation.
    pub(super) path: String,
    /// The host, for messages. It includes the port unless that is the default of the scheme.
    pub(super) host: String,
    /// True if the server is on this machine.
    pub(super) is_loopback: bool,
    /// The host and port of the proxy that the environment sets for the server, for messages.
    /// `None` if there is none, or if the caller supplied the HTTP client.
    pub(super) proxy: Option<String>,
}

impl Server {
    /// Parses and checks the URL of a server. Plain HTTP is rejected except to loopback, unless
    /// `allow_plain_http` is true, because credentials must not cross a network unencrypted.
    pub(super) fn parse(text: &str, allow_plain_http: bool) -> Result<Self, Error> {
        if text.is_empty() {
            return Err(Error::config(
                "missing server URL: set it with `ClientBuilder::server_url`",
            ));
        }
        // The messages do not quote the URL, because it may contain a password.
        let url = Url::parse(text)
            .map_err(|error| Error::config(format!("invalid server URL: {error}")))?;
        let host = match url.host_str() {
            Some(host) if matches!(url.scheme(), "http" | "https") => host,
            _ => {
                return Err(Error::config(
                    "the server URL must begin with `https://` or `http://` and contain a host",
                ));
            }
        };
        if url.query().is_some() || url.fragment().is_some() {
            return Err(Error::config(
                "the server URL must not contain a query or a fragment",
            ));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Error::config(
                "the server URL must not contain a user name or a password",
            ));
        }
        let is_loopback = is_loopback(host);
        if url.scheme() == "http" && !allow_plain_http && !is_loopback {
            return Err(Error::config(format!(
                "plain HTTP to {host} would expose the credentials to the network: use `https`, \
                 or set `allow_plain_http(true)` if the network is trusted"
            )));
        }
        let host = match url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        };
        Ok(Self {
            path: url.path().trim_end_matches('/').to_owned(),
            url,
            host,
            is_loopback,
            proxy: None,
        })
    }
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    // Subdomains of `localhost` are not included, because not every resolver maps them to loopback.
    host == "localhost"
        || bare
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strips_trailing_slash_and_keeps_path() {
        for (text, base) in [
            ("https://api.example.com", ("https://api.example.com", "")),
            ("https://api.example.com/", ("https://api.example.com", "")),
            (
                "https://proxy.example/api//",
                ("https://proxy.example", "/api"),
            ),
            ("HTTP://LOCALHOST:4010", ("http://localhost:4010", "")),
            ("http://127.0.0.1:1/x", ("http://127.0.0.1:1", "/x")),
            ("http://[::1]:80", ("http://[::1]", "")),
        ] {
            let server = Server::parse(text, false).unwrap();
            let origin = server.url.origin().ascii_serialization();
            assert_eq!((origin.as_str(), server.path.as_str()), base);
        }
        assert!(Server::parse("http://10.0.0.1", true).is_ok());
    }

    #[test]
    fn rejects_invalid_server_urls() {
        for text in [
            "",
            "api.example.com",
            "ftp://api.example.com",
            "file:///x",
            "https://",
            "https://a.example?x=1",
            "https://a.example#x",
            "https://user:pass@a.example",
            "http://api.example.com",
            "http://127.0.0.1.example",
            "http://api.localhost",
            "mailto:a@b.c",
        ] {
            let error = Server::parse(text, false).unwrap_err();
            assert!(matches!(error, Error::Config(_)), "{text}");
            assert!(!error.to_string().contains("pass@"));
        }
    }
}
