//! The URLs from which documents may be fetched.

#[cfg(test)]
mod tests;

use std::net::{Ipv4Addr, Ipv6Addr};

/// Stands for a credential in messages.
const HIDDEN: &str = "***";
/// Shorter strings are too common to be looked for in messages.
const MIN_SECRET: usize = 4;

/// A URL with HTTPS, or with plain HTTP and a loopback host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
    text: String,
    is_plain_http: bool,
}

/// The parts of a URL.
#[derive(Clone, Copy)]
struct Parts<'a> {
    scheme: &'a str,
    /// The user name and password, if there are any.
    user: Option<&'a str>,
    host: &'a str,
    port: Option<&'a str>,
    /// The path, the query and the fragment.
    rest: &'a str,
}

impl Url {
    /// Parses an argument that names a document. Returns `None` if it is a path.
    ///
    /// # Errors
    ///
    /// Returns an error if documents are not fetched from such a URL.
    pub fn of_argument(argument: &str) -> Option<Result<Self, String>> {
        let (scheme, _) = argument.split_once("://")?;
        let mut characters = scheme.chars();
        let is_scheme = characters
            .next()
            .is_some_and(|first| first.is_ascii_alphabetic())
            && characters.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
        is_scheme.then(|| Self::parse(argument))
    }

    /// Parses a URL.
    ///
    /// # Errors
    ///
    /// Returns an error if the URL is invalid, or if documents are not fetched from it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let error = |message: &str| Err(format!("{}: {message}", hide_user(text)));
        // curl reads the URL from a quoted string, and accepts `\` as `/`.
        if !text
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !b"\"\\<>".contains(&byte))
        {
            return error("invalid character in the URL: percent-encode it");
        }
        let scheme = text
            .split_once("://")
            .map(|(scheme, _)| scheme.to_ascii_lowercase());
        let is_plain_http = match scheme.as_deref() {
            Some("https") => false,
            Some("http") => true,
            Some("file") => return error("unsupported scheme: pass the path of the file instead"),
            _ => return error("unsupported scheme: expected `https`"),
        };
        let Some(parts) = Parts::of(text) else {
            return error("invalid URL: expected `https://host/path`");
        };
        if is_plain_http && !is_loopback(parts.host) {
            return error("refuses to fetch over plain HTTP, except from loopback: use `https`");
        }
        Ok(Self {
            text: text.to_owned(),
            is_plain_http,
        })
    }

    /// Returns the URL with its credentials.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns true if the URL has the scheme `http` and a loopback host.
    pub(super) fn is_plain_http(&self) -> bool {
        self.is_plain_http
    }

    /// Returns true if the URL has neither credentials nor a query, which can contain a credential.
    pub fn is_public(&self) -> bool {
        !self.text.contains('?') && self.parts().is_some_and(|parts| parts.user.is_none())
    }

    /// Returns the URL for messages: without credentials, and without the values of its query.
    pub fn shown(&self) -> String {
        let Some(parts) = self.parts() else {
            return HIDDEN.to_owned();
        };
        let port = parts.port.map(|port| format!(":{port}"));
        let (path, query) = parts.path_and_query();
        let pairs: Vec<String> = query
            .into_iter()
            .flat_map(|query| query.split('&'))
            .map(|pair| match pair.split_once('=') {
                Some((name, _)) => format!("{name}={HIDDEN}"),
                None => HIDDEN.to_owned(),
            })
            .collect();
        let mark = if query.is_some() { "?" } else { "" };
        format!(
            "{}://{}{}{path}{mark}{}",
            parts.scheme,
            parts.host,
            port.unwrap_or_default(),
            pairs.join("&")
        )
    }

    /// Hides the credentials of the URL in a text from curl or from a server.
    pub(super) fn hide_in(&self, text: &str) -> String {
        let Some(parts) = self.parts() else {
            return text.to_owned();
        };
        let user = parts.user.into_iter().flat_map(|user| {
            let password = user.split_once(':').map(|(_, password)| password);
            std::iter::once(user).chain(password)
        });
        let (_, query) = parts.path_and_query();
        let values = query
            .into_iter()
            .flat_map(|query| query.split('&'))
            .map(|pair| pair.split_once('=').map_or(pair, |(_, value)| value));
        let secrets = user
            .chain(values)
            .filter(|secret| secret.len() >= MIN_SECRET);
        secrets.fold(text.to_owned(), |text, secret| text.replace(secret, HIDDEN))
    }

    fn parts(&self) -> Option<Parts<'_>> {
        Parts::of(&self.text)
    }
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at_checked(end)?;
        let (user, address) = match authority.split_once('@') {
            Some((user, address)) => (Some(user), address),
            None => (None, authority),
        };
        // The port follows the last colon that is not part of an IPv6 address.
        let (host, port) = match address.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, Some(port)),
            _ => (address, None),
        };
        let is_number = |port: &str| port.parse::<u16>().is_ok() && !port.starts_with('+');
        let is_valid = is_host(host) && port.is_none_or(is_number);
        is_valid.then_some(Self {
            scheme,
            user,
            host,
            port,
            rest,
        })
    }

    /// Returns the path and the query, without the fragment.
    fn path_and_query(self) -> (&'a str, Option<&'a str>) {
        let rest = self.rest.split('#').next().unwrap_or_default();
        match rest.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (rest, None),
        }
    }
}

/// Returns true for a name, an IPv4 address, or an IPv6 address in brackets.
fn is_host(host: &str) -> bool {
    match host.strip_prefix('[') {
        Some(address) => address.strip_suffix(']').is_some_and(is_ipv6),
        None => {
            let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
            !host.is_empty() && host.bytes().all(is_allowed)
        }
    }
}

fn is_ipv6(address: &str) -> bool {
    address.parse::<Ipv6Addr>().is_ok()
}

/// Returns true for `localhost`, 127.0.0.0/8 and `[::1]`.
fn is_loopback(host: &str) -> bool {
    let address = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    match address {
        Some(address) => address
            .parse()
            .is_ok_and(|address: Ipv6Addr| address.is_loopback()),
        None => {
            host.eq_ignore_ascii_case("localhost")
                || host
                    .parse()
                    .is_ok_and(|address: Ipv4Addr| address.is_loopback())
        }
    }
}

/// Hides what can be a credential in an invalid URL: everything before the last `@`, and the query.
fn hide_user(text: &str) -> String {
    let (before, query) = match text.split_once('?') {
        Some((before, _)) => (before, "?***"),
        None => (text, ""),
    };
    let shown = match (before.split_once("://"), before.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, address))) => format!("{scheme}://{HIDDEN}@{address}"),
        _ => before.to_owned(),
    };
    let shown: String = shown.chars().filter(|c| !c.is_control()).collect();
    shown + query
}
