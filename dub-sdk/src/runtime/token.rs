//! Tokens that authorize requests: fixed ones, and those of a provider, which rotate.

use super::secret::Secret;
use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::SystemTime;

pub(super) type Provided = Result<AccessToken, Box<dyn StdError + Send + Sync>>;
pub(super) type ProvidedFuture = Pin<Box<dyn Future<Output = Provided> + Send>>;

/// A token that authorizes requests: a string, or a function that provides one when it is needed.
///
/// `Debug` never shows the token.
#[derive(Clone)]
pub struct Token(pub(super) TokenKind);

#[derive(Clone)]
pub(super) enum TokenKind {
    Fixed(Secret),
    Provided(Provider),
}

/// A function that provides tokens.
#[derive(Clone)]
pub(super) struct Provider(Arc<dyn Fn() -> ProvidedFuture + Send + Sync>);

impl Provider {
    /// Asks for a token.
    pub(super) fn provide(&self) -> ProvidedFuture {
        (self.0)()
    }
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("provider")
    }
}

impl Token {
    /// Creates a token that `provide` returns when it is needed.
    ///
    /// The client keeps the token until shortly before it expires and then asks for the next one.
    /// If the server rejects a token with the status 401, the client asks for another one and sends
    /// the request once more. Calls that need a token at the same time wait for one and the same.
    ///
    /// If `provide` returns an error, or no token within the timeout of the attempt, the call
    /// returns [`Error::Config`](crate::Error::Config), and nothing is sent.
    ///
    /// ```ignore
    /// let token = Token::provider(move || {
    ///     // Each call of the function gets its own reference.
    ///     let vault = vault.clone();
    ///     async move {
    ///         let expiry = SystemTime::now() + Duration::from_secs(3600);
    ///         Ok(AccessToken::new(vault.key().await?).expires_at(expiry))
    ///     }
    /// });
    /// ```
    pub fn provider<F, P>(provide: F) -> Self
    where
        F: Fn() -> P + Send + Sync + 'static,
        P: Future<Output = Result<AccessToken, Box<dyn StdError + Send + Sync>>> + Send + 'static,
    {
        let provide = move || -> ProvidedFuture { Box::pin(provide()) };
        Self(TokenKind::Provided(Provider(Arc::new(provide))))
    }
}

impl From<String> for Token {
    fn from(token: String) -> Self {
        Self(TokenKind::Fixed(Secret(token)))
    }
}

impl From<&str> for Token {
    fn from(token: &str) -> Self {
        token.to_owned().into()
    }
}

impl From<&String> for Token {
    fn from(token: &String) -> Self {
        token.clone().into()
    }
}

impl From<Cow<'_, str>> for Token {
    fn from(token: Cow<'_, str>) -> Self {
        token.into_owned().into()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown: &dyn fmt::Debug = match &self.0 {
            TokenKind::Fixed(secret) => secret,
            TokenKind::Provided(provider) => provider,
        };
        f.debug_tuple("Token").field(shown).finish()
    }
}

/// A token that a [provider](Token::provider) returns.
///
/// `Debug` never shows the token.
#[derive(Clone, Debug)]
pub struct AccessToken {
    pub(super) secret: Secret,
    pub(super) expires_at: Option<SystemTime>,
}

impl AccessToken {
    /// Creates a token that does not expire. The client asks for another one only if the server
    /// rejects it.
    pub fn new(token: impl Into<String>) -> Self {
        Self {
            secret: Secret(token.into()),
            expires_at: None,
        }
    }

    /// Sets the time at which the token expires. The client asks for the next one up to 10 seconds
    /// earlier.
    #[must_use]
    pub fn expires_at(mut self, time: SystemTime) -> Self {
        self.expires_at = Some(time);
        self
    }
}
