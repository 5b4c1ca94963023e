//! Where an API is: the server's URL, checked once.

use super::error::Error;
use reqwest::Url;
use std::net::IpAddr;

/// A server's URL, ready to have a path appended.
#[cfg_attr(test, derive(Debug))]
pub(super) struct Server {
    pub(super) url: Url,
    /// The URL's path without a trailing slash: what comes before every operation's own.
    pub(super) path: String,
    /// The host, and the port where it is not the scheme's own, for messages.
    pub(super) host: String,
    /// Whether it is on this machine.
    pub(super) is_loopback: bool,
}

impl Server {
    /// Checks a server's URL. Plain http is for loopback unless `allow_plain_http`: a token must not cross a network
    /// in the clear.
    pub(super) fn parse(text: &str, allow_plain_http: bool) -> Result<Self, Error> {
        if text.is_empty() {
            return Err(Error::config(
                "the client needs a server URL: its document names none",
            ));
        }
        // The text is not quoted in the messages: it might hold a password.
        let url = Url::parse(text)
            .map_err(|error| Error::config(format!("the server URL is not a URL: {error}")))?;
        let host = match url.host_str() {
            Some(host) if matches!(url.scheme(), "http" | "https") => host,
            _ => {
                return Err(Error::config(
                    "the server URL must begin with https:// or http:// and name a host",
                ));
            }
        };
        if url.query().is_some() || url.fragment().is_some() {
            return Err(Error::config(
                "the server URL must not have a query or a fragment",
            ));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Error::config(
                "the server URL must not hold a user name or a password",
            ));
        }
        let is_loopback = is_loopback(host);
        if url.scheme() == "http" && !allow_plain_http && !is_loopback {
            return Err(Error::config(format!(
                "plain http to {host} would show the credentials to everyone on the way: use https, \
                 or allow_plain_http(true) if you know that the way is safe"
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
        })
    }
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    // Names below `localhost` are not among them: not every system's resolver keeps those on this machine.
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
            ("https://api.dub.co", ("https://api.dub.co", "")),
            ("https://api.dub.co/", ("https://api.dub.co", "")),
            (
                "https://proxy.example/dub//",
                ("https://proxy.example", "/dub"),
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
            "api.dub.co",
            "ftp://api.dub.co",
            "file:///x",
            "https://",
            "https://a.example?x=1",
            "https://a.example#x",
            "https://user:pass@a.example",
            "http://api.dub.co",
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
