//! The tokens that a provider returns, kept until they expire.

use super::error::Error;
use super::failure::Failure;
use super::secret::Secret;
use super::secrets::Secrets;
use super::token::{AccessToken, Provided, Provider};
use reqwest::header::HeaderValue;
use std::collections::VecDeque;
use std::error::Error as StdError;
use std::fmt;
use std::future::{Future as _, poll_fn};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::{Duration, SystemTime};
use tokio::sync::watch;

/// The longest time before its expiry at which a token is replaced. A token that expires while the
/// request is on its way would be rejected.
const MAX_MARGIN: Duration = Duration::from_secs(10);
/// The number of earlier tokens that are remembered, so that they are still hidden.
const REMEMBERED: usize = 16;

/// The current token of a provider. The clones of a client share it.
#[derive(Debug)]
pub(super) struct TokenCache {
    provider: Provider,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    current: Option<Current>,
    /// The tokens that were provided, the newest last.
    provided: VecDeque<Secret>,
    /// These tokens, prepared for masking.
    secrets: Secrets,
    /// The question to the provider that has no answer yet.
    question: Option<Question>,
}

#[derive(Debug)]
struct Current {
    /// The value of the header `Authorization`.
    header: HeaderValue,
    /// The time from which on the next token is used.
    stale_at: Option<SystemTime>,
}

/// A question to the provider. All calls that need the token wait for the same answer.
#[derive(Clone, Debug, Default)]
struct Question(Arc<watch::Sender<Option<Answer>>>);

type Answer = Result<HeaderValue, SharedError>;

/// The task that asks a question. If it ends without an answer, for example because the provider
/// panics, that is the answer.
struct Asking {
    state: Arc<Mutex<State>>,
    question: Question,
}

impl Asking {
    fn answer(&self, provided: Provided) {
        let mut state = lock(&self.state);
        let answer = provided
            .map_err(|error| SharedError(error.into()))
            .and_then(|token| state.accept(token));
        state.forget(&self.question);
        self.question.0.send_replace(Some(answer));
    }

    /// Returns true if no call waits for the answer, and forgets the question.
    fn is_abandoned(&self) -> bool {
        let mut state = lock(&self.state);
        let is_abandoned = self.question.0.receiver_count() == 0;
        if is_abandoned {
            state.forget(&self.question);
        }
        is_abandoned
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        let mut state = lock(&self.state);
        state.forget(&self.question);
        let failure = || {
            Some(Err(SharedError::new(
                "it panicked, or its runtime has ended",
            )))
        };
        self.question.0.send_if_modified(|answer| {
            let is_open = answer.is_none();
            if is_open {
                *answer = failure();
            }
            is_open
        });
    }
}

impl TokenCache {
    pub(super) fn new(provider: Provider) -> Self {
        Self {
            provider,
            state: Arc::default(),
        }
    }

    /// Returns the value of the header `Authorization`, and asks the provider if there is no current
    /// token. It is asked for at most `limit`.
    pub(super) async fn header(&self, limit: Option<Duration>) -> Result<HeaderValue, Error> {
        let (question, answers, is_new) = {
            let mut state = lock(&self.state);
            if let Some(header) = state.header() {
                return Ok(header);
            }
            let is_new = state.question.is_none();
            let question = state.question.get_or_insert_default().clone();
            // Subscribed while the state is locked, so that the question is not abandoned first.
            let answers = question.0.subscribe();
            (question, answers, is_new)
        };
        if is_new {
            self.ask(&question);
        }
        let answer = wait(answers);
        let Some(limit) = limit else {
            return answer.await.map_err(SharedError::into_error);
        };
        match tokio::time::timeout(limit, answer).await {
            Ok(answer) => answer.map_err(SharedError::into_error),
            Err(_) => {
                // The next call asks again, in case this question is never answered.
                lock(&self.state).forget(&question);
                Err(Error::config(
                    "the token provider returned no token within the timeout",
                ))
            }
        }
    }

    /// Asks the provider in a task of its own, so that the answer does not depend on a call that may
    /// not be polled. The task ends when no call waits for it any more.
    fn ask(&self, question: &Question) {
        let provider = self.provider.clone();
        let asking = Asking {
            state: self.state.clone(),
            question: question.clone(),
        };
        tokio::spawn(async move {
            let mut provided = provider.provide();
            loop {
                let mut abandoned = pin!(asking.question.0.closed());
                let provided = poll_fn(|context| match provided.as_mut().poll(context) {
                    Poll::Ready(provided) => Poll::Ready(Some(provided)),
                    Poll::Pending => abandoned.as_mut().poll(context).map(|()| None),
                });
                match provided.await {
                    Some(provided) => return asking.answer(provided),
                    None if asking.is_abandoned() => return,
                    None => {}
                }
            }
        });
    }

    /// Forgets the current token if it is the one that the server rejected.
    pub(super) fn reject(&self, header: &HeaderValue) {
        let mut state = lock(&self.state);
        let current = state.current.as_ref();
        if current.is_some_and(|current| current.header == *header) {
            state.current = None;
        }
    }

    /// Returns the current and the earlier tokens, which must not be shown.
    pub(super) fn secrets(&self) -> Secrets {
        lock(&self.state).secrets.clone()
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn wait(mut answers: watch::Receiver<Option<Answer>>) -> Answer {
    let answer = answers.wait_for(Option::is_some).await;
    let answer = answer.ok().and_then(|answer| answer.clone());
    answer.unwrap_or_else(|| Err(SharedError::new("it returned nothing")))
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

    /// Forgets a question that is answered or will not be.
    fn forget(&mut self, question: &Question) {
        let is_same = |other: &Question| Arc::ptr_eq(&other.0, &question.0);
        if self.question.as_ref().is_some_and(is_same) {
            self.question = None;
        }
    }

    fn accept(&mut self, token: AccessToken) -> Answer {
        let AccessToken { secret, expires_at } = token;
        if secret.0.trim().is_empty() {
            return Err(SharedError::new("it returned an empty token"));
        }
        let header = secret
            .header_value("Bearer ")
            .ok_or_else(|| SharedError::new("it returned a token with a control character"))?;
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
    fn new(message: &'static str) -> Self {
        let error: Box<dyn StdError + Send + Sync> = message.into();
        Self(error.into())
    }

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
