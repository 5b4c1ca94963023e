//! One call: attempts, each a request and its reply, until one succeeds or no more are allowed.

use super::client::{Client, Shared};
use super::decode::KEPT_BODY;
use super::draft::Draft;
use super::error::{Error, Failure};
use super::error_reply::ErrorReply;
use super::reply::RawReply;
use super::retry::RetryPolicy;
use crate::generated::errors::ApiError;
use bytes::{Bytes, BytesMut};
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use reqwest::{Response, Url};
use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, Instant};

/// A call under way. It is boxed so that the futures of generated code, which hold it, stay small and quick to compile.
pub(super) type Call = Pin<Box<dyn Future<Output = Result<RawReply, Error>> + Send>>;

/// Makes a call. Nothing happens before it is polled; dropping it ends it.
pub(super) fn call(client: Client, draft: Draft) -> Call {
    Box::pin(run(client, draft))
}

async fn run(client: Client, mut draft: Draft) -> Result<RawReply, Error> {
    draft.check(None)?;
    let body = draft.take_body();
    let budget = Budget::new(&client.shared, &draft);
    let mut attempts = 0_u32;
    loop {
        let request = build(&client, &draft, body.clone(), budget.attempt()?)?;
        let error = match attempt(&client.shared, &draft, request).await {
            Ok(reply) => return Ok(reply),
            Err(error) => error,
        };
        attempts = attempts.saturating_add(1);
        match budget
            .retry
            .pause(&draft.operation.method, attempts, &error)
        {
            Some(pause) if budget.allows(pause) => tokio::time::sleep(pause).await,
            _ => return Err(error),
        }
    }
}

/// The time and the attempts that a call has.
struct Budget {
    timeout: Option<Duration>,
    end: Option<Instant>,
    retry: RetryPolicy,
}

impl Budget {
    fn new(shared: &Shared, draft: &Draft) -> Self {
        let (settings, limits) = (&shared.settings, &draft.limits);
        let deadline = limits.deadline.or(settings.deadline);
        Self {
            timeout: limits.timeout.or(settings.timeout),
            // A deadline too far off for the clock to name is none.
            end: deadline.and_then(|deadline| Instant::now().checked_add(deadline)),
            retry: limits
                .retry
                .clone()
                .unwrap_or_else(|| settings.retry.clone()),
        }
    }

    /// The time that is left of the call.
    fn left(&self) -> Option<Duration> {
        self.end
            .map(|end| end.saturating_duration_since(Instant::now()))
    }

    /// The time that the next attempt has.
    fn attempt(&self) -> Result<Option<Duration>, Error> {
        let left = self.left();
        if left.is_some_and(|left| left.is_zero()) {
            return Err(Error::Timeout(Failure::new(
                "the call's deadline has passed",
            )));
        }
        Ok([self.timeout, left].into_iter().flatten().min())
    }

    /// Whether there is time for a pause and an attempt after it.
    fn allows(&self, pause: Duration) -> bool {
        self.left().is_none_or(|left| pause < left)
    }
}

fn build(
    client: &Client,
    draft: &Draft,
    body: Option<Bytes>,
    timeout: Option<Duration>,
) -> Result<reqwest::Request, Error> {
    let shared = &client.shared;
    let mut headers = shared.headers.clone();
    let mut query = Vec::new();
    client.authorize(draft.operation, &mut headers, &mut query)?;
    if body.is_some() {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    for (name, value) in &draft.headers {
        headers.insert(name.clone(), value.clone());
    }
    let mut request =
        reqwest::Request::new(draft.operation.method.clone(), url(shared, draft, &query)?);
    *request.headers_mut() = headers;
    *request.body_mut() = body.map(Into::into);
    *request.timeout_mut() = timeout;
    Ok(request)
}

/// The URL of a request: the server's, the path, the query of the draft and that of the credentials.
fn url(shared: &Shared, draft: &Draft, credentials: &[u8]) -> Result<Url, Error> {
    let base = shared.server.base.as_bytes();
    let mut text =
        Vec::with_capacity(base.len() + draft.operation.path.len() + draft.query_text().len() + 64);
    text.extend_from_slice(base);
    draft.write_path(&mut text)?;
    let mut separator = b'?';
    for part in [draft.query_text(), credentials] {
        if !part.is_empty() {
            text.push(separator);
            text.extend_from_slice(part);
            separator = b'&';
        }
    }
    std::str::from_utf8(&text)
        .ok()
        .and_then(|text| Url::parse(text).ok())
        .ok_or_else(|| Error::invalid_request("the server's URL and the path do not make a URL"))
}

async fn attempt(
    shared: &Shared,
    draft: &Draft,
    request: reqwest::Request,
) -> Result<RawReply, Error> {
    let sort = |error| Error::from_reqwest(error, &shared.server.host);
    let mut response = shared.http.execute(request).await.map_err(sort)?;
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    if status.is_success() {
        let body = read_body(&mut response, shared).await?;
        return Ok(RawReply {
            status,
            headers,
            body,
        });
    }
    let body = read_beginning(&mut response).await;
    Err(Error::Api(ApiError::from_reply(
        draft.operation,
        ErrorReply::new(status, headers, body),
    )))
}

/// Reads a body, up to the bound of the client.
async fn read_body(response: &mut Response, shared: &Shared) -> Result<Bytes, Error> {
    let bound = shared.settings.max_reply_size;
    let sort = |error| Error::from_reqwest(error, &shared.server.host);
    let too_large = || {
        Error::Transport(Failure::new(format!(
            "the reply's body is larger than the {bound} bytes allowed"
        )))
    };
    let expected = response
        .content_length()
        .and_then(|length| usize::try_from(length).ok());
    if expected.is_some_and(|length| length > bound) {
        return Err(too_large());
    }
    let Some(first) = response.chunk().await.map_err(sort)? else {
        return Ok(Bytes::new());
    };
    if first.len() > bound {
        return Err(too_large());
    }
    // Most bodies come in one piece, and are not copied then.
    let Some(mut next) = response.chunk().await.map_err(sort)? else {
        return Ok(first);
    };
    // The length that was announced is believed only so far: memory is taken for what has come.
    let mut body = BytesMut::with_capacity(
        expected
            .unwrap_or(0)
            .clamp(first.len() + next.len(), first.len() + (1 << 20)),
    );
    body.extend_from_slice(&first);
    loop {
        if body.len() + next.len() > bound {
            return Err(too_large());
        }
        body.extend_from_slice(&next);
        match response.chunk().await.map_err(sort)? {
            Some(chunk) => next = chunk,
            None => return Ok(body.freeze()),
        }
    }
}

/// Reads as much of an error reply's body as is kept. When it breaks off the error is still known by its status.
async fn read_beginning(response: &mut Response) -> Bytes {
    let Ok(Some(first)) = response.chunk().await else {
        return Bytes::new();
    };
    let mut body = BytesMut::from(&*first);
    while body.len() < KEPT_BODY {
        let Ok(Some(chunk)) = response.chunk().await else {
            break;
        };
        body.extend_from_slice(&chunk);
    }
    body.freeze()
}
