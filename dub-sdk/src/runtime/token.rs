//! Tokens that authorize requests: fixed ones, and those of a provider, which rotate.

use super::error::{Error, Failure};
use super::secret::Secret;
use super::secrets::Secrets;
use reqwest::header::HeaderValue;
use std::borrow::Cow;
use std::collections::VecDeque;
use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

/// The longest time before its expiry at which a token is replaced. A token that expires while the
/// request is on its way would be rejected.
const MAX_MARGIN: Duration = Duration::from_secs(10);
/// The number of earlier tokens that are remembered, so that they are still hidden.
const REMEMBERED: usize = 16;

type Provided = Result<AccessToken, Box<dyn StdError + Send + Sync>>;
type ProvidedFuture = Pin<Box<dyn Future<Output = Provided> + Send>>;

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
    /// returns [`Error::Config`], and nothing is sent.
    ///
    /// ```
    /// use dub_sdk::{AccessToken, Token};
    /// use std::time::{Duration, SystemTime};
    ///
    /// async fn fetch() -> Result<String, std::io::Error> {
    ///     Ok("the current token".to_owned())
    /// }
    ///
    /// let token = Token::provider(|| async {
    ///     let expiry = SystemTime::now() + Duration::from_secs(3600);
    ///     Ok(AccessToken::new(fetch().await?).expires_at(expiry))
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
    secret: Secret,
    expires_at: Option<SystemTime>,
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

/// The current token of a provider. The clones of a client share it.
#[derive(Debug)]
pub(super) struct TokenCache {
    provider: Provider,
    state: Mutex<State>,
    /// Locked while the provider is asked, so that it is asked only once at a time.
    asking: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct State {
    current: Option<Current>,
    /// The tokens that were provided, the newest last.
    provided: VecDeque<Secret>,
    /// The same tokens, prepared for masking.
    secrets: Secrets,
    /// The number of times that the provider was asked.
    asked: u64,
    /// The failure of the provider when it was last asked.
    failure: Option<SharedError>,
}

#[derive(Debug)]
struct Current {
    /// The value of the header `Authorization`.
    header: HeaderValue,
    /// The time from which on the next token is used.
    stale_at: Option<SystemTime>,
}

impl TokenCache {
    pub(super) fn new(provider: Provider) -> Self {
        Self {
            provider,
            state: Mutex::default(),
            asking: tokio::sync::Mutex::default(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the value of the header `Authorization`, and asks the provider if there is no current
    /// token. It is asked for at most `limit`.
    pub(super) async fn header(&self, limit: Option<Duration>) -> Result<HeaderValue, Error> {
        let asked = {
            let state = self.state();
            if let Some(header) = state.header() {
                return Ok(header);
            }
            state.asked
        };
        let Some(limit) = limit else {
            return self.ask(asked).await;
        };
        match tokio::time::timeout(limit, self.ask(asked)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Error::config(
                "the token provider returned no token within the timeout",
            )),
        }
    }

    /// Asks the provider, unless another call has done so since it was asked `asked` times.
    async fn ask(&self, asked: u64) -> Result<HeaderValue, Error> {
        let _asking = self.asking.lock().await;
        {
            let state = self.state();
            if let Some(header) = state.header() {
                return Ok(header);
            }
            if let (Some(failure), true) = (&state.failure, state.asked != asked) {
                return Err(failure.clone().into_error());
            }
        }
        let provided = (self.provider.0)().await;
        let mut state = self.state();
        state.asked = state.asked.wrapping_add(1);
        match provided {
            Ok(token) => state.accept(token),
            Err(error) => {
                let failure = SharedError(error.into());
                state.failure = Some(failure.clone());
                Err(failure.into_error())
            }
        }
    }

    /// Forgets the current token if it is the one that the server rejected.
    pub(super) fn reject(&self, header: &HeaderValue) {
        let mut state = self.state();
        if state
            .current
            .as_ref()
            .is_some_and(|current| current.header == *header)
        {
            state.current = None;
        }
    }

    /// Returns the current and the earlier tokens, which must not be shown.
    pub(super) fn secrets(&self) -> Secrets {
        self.state().secrets.clone()
    }
}

impl State {
    /// Returns the header for the current token, unless it is about to expire.
    fn header(&self) -> Option<HeaderValue> {
        let current = self.current.as_ref()?;
        let is_stale = current
            .stale_at
            .is_some_and(|time| time <= SystemTime::now());
        (!is_stale).then(|| current.header.clone())
    }

    fn accept(&mut self, token: AccessToken) -> Result<HeaderValue, Error> {
        let AccessToken { secret, expires_at } = token;
        if secret.0.trim().is_empty() {
            return Err(Error::config("the token provider returned an empty token"));
        }
        let header = secret.header_value("Bearer ").ok_or_else(|| {
            Error::config("the token provider returned a token with a control character")
        })?;
        if !self.provided.contains(&secret) {
            if self.provided.len() == REMEMBERED {
                self.provided.pop_front();
            }
            self.provided.push_back(secret);
            self.secrets = Secrets::new(self.provided.iter().map(|secret| secret.0.as_str()));
        }
        let stale_at = expires_at.map(|time| {
            let lifetime = time.duration_since(SystemTime::now()).unwrap_or_default();
            time.checked_sub(MAX_MARGIN.min(lifetime / 10))
                .unwrap_or(time)
        });
        self.failure = None;
        self.current = Some(Current {
            header: header.clone(),
            stale_at,
        });
        Ok(header)
    }
}

/// An error of a provider, which all calls return that waited for the token.
#[derive(Clone)]
struct SharedError(Arc<dyn StdError + Send + Sync>);

impl SharedError {
    fn into_error(self) -> Error {
        Error::Config(Failure::new("the token provider failed").with_source(self))
    }
}

impl fmt::Debug for SharedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for SharedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl StdError for SharedError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}
