//! Credentials that authorize requests. Neither `Debug` nor an error shows them.

use super::encoding;
use super::error::Error;
use super::secret::Secret;
use super::token::{Provider, Token, TokenKind};
use super::token_cache::TokenCache;
use reqwest::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue};

/// A credential that authorizes requests under one security scheme.
///
/// `Debug` shows its kind but never the secret.
#[derive(Clone, Debug)]
pub struct Credential(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Authorization {
        scheme: &'static str,
        secret: Secret,
        /// The password that `secret` contains in an encoded form.
        password: Option<Secret>,
    },
    /// Tokens that are sent as `Authorization: Bearer <token>`.
    Provider(Provider),
    Header {
        name: &'static str,
        secret: Secret,
    },
    Query {
        name: &'static str,
        secret: Secret,
    },
    Cookie {
        name: &'static str,
        secret: Secret,
    },
}

impl Credential {
    /// Creates a token that is sent as `Authorization: Bearer <token>`.
    pub(crate) fn bearer(token: impl Into<Token>) -> Self {
        Self(match token.into().0 {
            TokenKind::Fixed(secret) => Kind::Authorization {
                scheme: "Bearer",
                secret,
                password: None,
            },
            TokenKind::Provided(provider) => Kind::Provider(provider),
        })
    }

    /// Creates a login that is sent as `Authorization: Basic <base64 of user:password>`.
    pub(crate) fn basic(user: impl AsRef<str>, password: impl AsRef<str>) -> Self {
        let (user, password) = (user.as_ref(), password.as_ref());
        let pair = format!("{user}:{password}");
        // Some services expect a key in place of the user, and no password.
        let password = if password.is_empty() { user } else { password };
        Self(Kind::Authorization {
            scheme: "Basic",
            secret: Secret(encoding::base64(pair.as_bytes())),
            password: Some(Secret(password.to_owned())),
        })
    }

    /// Creates a credential that is sent as `Authorization: <scheme> <credential>`.
    pub(crate) fn authorization(scheme: &'static str, credential: impl Into<String>) -> Self {
        Self(Kind::Authorization {
            scheme,
            secret: Secret(credential.into()),
            password: None,
        })
    }

    /// Creates a key that is sent in the header `name`.
    pub(crate) fn api_key_in_header(name: &'static str, key: impl Into<String>) -> Self {
        Self(Kind::Header {
            name,
            secret: Secret(key.into()),
        })
    }

    /// Creates a key that is sent in the query. It is then part of the URL, which proxies and
    /// servers often log.
    pub(crate) fn api_key_in_query(name: &'static str, key: impl Into<String>) -> Self {
        Self(Kind::Query {
            name,
            secret: Secret(key.into()),
        })
    }

    /// Creates a key that is sent in the cookie `name`.
    pub(crate) fn api_key_in_cookie(name: &'static str, key: impl Into<String>) -> Self {
        Self(Kind::Cookie {
            name,
            secret: Secret(key.into()),
        })
    }

    /// Converts the credential to the form in which requests carry it.
    pub(super) fn prepare(self, scheme: &'static str) -> Result<PreparedCredential, Error> {
        let secrets = self.0.secrets();
        reject_empty(scheme, &secrets)?;
        let place = match self.0 {
            Kind::Provider(provider) => Location::Provider(Box::new(TokenCache::new(provider))),
            Kind::Authorization {
                scheme: prefix,
                secret,
                ..
            } => Location::Header(AUTHORIZATION, header_value(scheme, prefix, &secret)?),
            Kind::Header { name, secret } => {
                let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
                    Error::config(format!(
                        "invalid header name `{name}` for the security scheme `{scheme}`"
                    ))
                })?;
                Location::Header(name, header_value(scheme, "", &secret)?)
            }
            Kind::Query { name, secret } => {
                let mut pair = encoding::percent_encoded(name);
                pair.push('=');
                pair.push_str(&encoding::percent_encoded(&secret.0));
                Location::Query(Secret(pair))
            }
            Kind::Cookie { name, secret } => {
                // Percent-encoded, because a semicolon would start another cookie.
                Location::Cookie(Secret(format!(
                    "{name}={}",
                    encoding::percent_encoded(&secret.0)
                )))
            }
        };
        Ok(PreparedCredential {
            scheme,
            place,
            secrets,
        })
    }
}

impl Kind {
    /// Returns the secret as it is sent, except that a header, a query or a cookie may encode it,
    /// and then the password in it.
    fn secrets(&self) -> Vec<Secret> {
        match self {
            Self::Provider(_) => Vec::new(),
            Self::Authorization {
                secret,
                password: Some(password),
                ..
            } => vec![secret.clone(), password.clone()],
            Self::Authorization { secret, .. }
            | Self::Header { secret, .. }
            | Self::Query { secret, .. }
            | Self::Cookie { secret, .. } => vec![secret.clone()],
        }
    }
}

fn reject_empty(scheme: &str, secrets: &[Secret]) -> Result<(), Error> {
    let secret = secrets.first();
    if secret.is_some_and(|secret| secret.0.trim().is_empty()) {
        return Err(Error::config(format!(
            "the credential for the security scheme `{scheme}` is empty"
        )));
    }
    Ok(())
}

/// Returns the value of a header: the secret, after the name of the scheme if it is not empty.
fn header_value(scheme: &str, prefix: &str, secret: &Secret) -> Result<HeaderValue, Error> {
    let prefix = match prefix {
        "" => String::new(),
        prefix => format!("{prefix} "),
    };
    secret.header_value(&prefix).ok_or_else(|| {
        Error::config(format!(
            "the credential for the security scheme `{scheme}` contains a control character, such as a \
             line break, which is not allowed in a header"
        ))
    })
}

/// A credential in the form in which requests carry it.
#[cfg_attr(test, derive(Debug))]
pub(super) struct PreparedCredential {
    pub(super) scheme: &'static str,
    place: Location,
    secrets: Vec<Secret>,
}

#[cfg_attr(test, derive(Debug))]
enum Location {
    /// The value is marked as sensitive, so that `Debug` does not show it.
    Header(HeaderName, HeaderValue),
    Query(Secret),
    Cookie(Secret),
    /// The tokens of a provider, which are sent in the header `Authorization`.
    Provider(Box<TokenCache>),
}

impl PreparedCredential {
    /// Returns the tokens of a provider, if there is one.
    pub(super) fn tokens(&self) -> Option<&TokenCache> {
        match &self.place {
            Location::Provider(tokens) => Some(tokens),
            _ => None,
        }
    }

    /// Returns the secrets that are masked in errors.
    pub(super) fn secrets(&self) -> &[Secret] {
        &self.secrets
    }

    /// Returns true if the credential is sent in the header `name`.
    pub(super) fn is_header(&self, name: &HeaderName) -> bool {
        matches!(&self.place, Location::Header(own, _) if own == name)
    }

    /// Adds the credential to the headers or the query of a request. The query has no leading `?`.
    /// `token` is the header for the current token of a provider.
    pub(super) fn apply(
        &self,
        token: Option<&HeaderValue>,
        headers: &mut HeaderMap,
        query: &mut Vec<u8>,
    ) -> Result<(), Error> {
        match &self.place {
            Location::Provider(_) => {
                headers.extend(token.map(|token| (AUTHORIZATION, token.clone())));
            }
            Location::Header(name, value) => {
                headers.insert(name.clone(), value.clone());
            }
            Location::Query(pair) => {
                if !query.is_empty() {
                    query.push(b'&');
                }
                query.extend_from_slice(pair.0.as_bytes());
            }
            Location::Cookie(pair) => {
                let before = headers.get(COOKIE).and_then(|value| value.to_str().ok());
                let text =
                    before.map_or_else(|| pair.0.clone(), |before| format!("{before}; {}", pair.0));
                headers.insert(COOKIE, header_value(self.scheme, "", &Secret(text))?);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "s3cr3t/+&;=";

    fn all() -> [Credential; 5] {
        [
            Credential::bearer(SECRET),
            Credential::basic("user", SECRET),
            Credential::api_key_in_header("x-key", SECRET),
            Credential::api_key_in_query("key", SECRET),
            Credential::api_key_in_cookie("sid", SECRET),
        ]
    }

    fn applied(credential: Credential) -> (HeaderMap, String) {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_static("a=b"));
        let mut query = b"q=1".to_vec();
        let prepared = credential.prepare("scheme").unwrap();
        prepared.apply(None, &mut headers, &mut query).unwrap();
        (headers, String::from_utf8(query).unwrap())
    }

    #[test]
    fn applies_each_kind_to_its_location() {
        let [bearer, basic, header, query, cookie] = all().map(applied);
        assert_eq!(bearer.0[AUTHORIZATION], format!("Bearer {SECRET}"));
        assert_eq!(basic.0[AUTHORIZATION], "Basic dXNlcjpzM2NyM3QvKyY7PQ==");
        assert_eq!(header.0["x-key"], SECRET);
        assert_eq!(query.1, "q=1&key=s3cr3t%2F%2B%26%3B%3D");
        assert_eq!(cookie.0[COOKIE], "a=b; sid=s3cr3t%2F%2B%26%3B%3D");
    }

    #[test]
    fn secrets_never_appear_in_debug_output() {
        for credential in all() {
            let mut headers = HeaderMap::new();
            let shown = format!("{credential:?}");
            let prepared = credential.prepare("scheme").unwrap();
            prepared.apply(None, &mut headers, &mut Vec::new()).unwrap();
            let shown = format!("{shown} {prepared:?} {headers:?}");
            // Neither the secret itself nor its base64 form.
            assert!(
                !shown.contains("s3cr3t")
                    && !shown.contains("czNjcjN0")
                    && !shown.contains("M2NyM3"),
                "{shown}"
            );
        }
    }

    #[test]
    fn other_authentication_schemes_are_written_as_given() {
        let credential = |scheme| Credential::authorization(scheme, SECRET);
        let (headers, _) = applied(credential("HOBA"));
        assert_eq!(headers[AUTHORIZATION], format!("HOBA {SECRET}"));
        assert!(headers[AUTHORIZATION].is_sensitive());
        let (headers, _) = applied(Credential::authorization(
            "Digest",
            "username=\"u\", qop=auth",
        ));
        assert_eq!(headers[AUTHORIZATION], "Digest username=\"u\", qop=auth");
        let shown = format!(
            "{:?} {:?}",
            credential("HOBA"),
            credential("HOBA").prepare("s")
        );
        assert!(!shown.contains("s3cr3t"), "{shown}");
        assert!(Credential::authorization("HOBA", " ").prepare("s").is_err());
    }

    #[test]
    fn password_is_a_secret_beside_its_encoded_form() {
        let secrets = |credential: Credential| {
            let prepared = credential.prepare("scheme").unwrap();
            let secrets = prepared.secrets().iter().map(|secret| secret.0.clone());
            secrets.collect::<Vec<_>>()
        };
        assert_eq!(secrets(Credential::bearer("a b")), ["a b"]);
        assert_eq!(secrets(Credential::basic("a", "b")), ["YTpi", "b"]);
        assert_eq!(secrets(Credential::basic("key", "")), ["a2V5Og==", "key"]);
    }

    #[test]
    fn rejects_invalid_secrets_without_showing_them() {
        for secret in ["", "  ", "s3cr3t\n", "s3cr3t\u{7f}"] {
            for credential in [
                Credential::bearer(secret),
                Credential::api_key_in_header("x-key", secret),
            ] {
                let error = credential.prepare("scheme").unwrap_err();
                assert!(matches!(error, Error::Config(_)));
                let shown = format!("{error} {error:?}");
                assert!(
                    shown.contains("scheme") && !shown.contains("s3cr3t"),
                    "{shown}"
                );
            }
        }
        assert!(
            Credential::api_key_in_header("no header", "x")
                .prepare("s")
                .is_err()
        );
    }
}
