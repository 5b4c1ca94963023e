//! The tokens that a provider returns, kept until they expire.

use super::error::Error;
use super::failure::Failure;
use super::secret::Secret;
use super::secrets::Secrets;
use super::token::{AccessToken, Provider};
use reqwest::header::HeaderValue;
use std::collections::VecDeque;
use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

/// The longest time before its expiry at which a token is replaced. A token that expires while the
/// request is on its way would be rejected.
const MAX_MARGIN: Duration = Duration::from_secs(10);
/// The number of earlier tokens that are remembered, so that they are still hidden.
const REMEMBERED: usize = 16;

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
        let provided = self.provider.provide().await;
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
