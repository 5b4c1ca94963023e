//! One attempt of a call: the request, the redirects that it follows, and the response.

use super::body::IncomingBody;
use super::client::{Client, Shared};
use super::error::Error;
use super::error_response::ErrorResponse;
use super::outgoing_body::{OutgoingBody, SendProbe};
use super::received::RawResponse;
use super::redirect;
use super::request_parts::RequestParts;
use super::send_error;
use super::time_limit::TimeLimit;
use crate::generated::errors::ApiError;
use bytes::Bytes;
use reqwest::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderMap, HeaderValue, USER_AGENT};
use reqwest::{Body, Response, Url};
use std::time::Duration;

/// The body of a request, as it is sent. It is kept for retries and is cheap to clone.
pub(super) struct RequestBody {
    pub(super) content_type: HeaderValue,
    pub(super) bytes: Bytes,
}

/// Sends the request, follows redirects within the API's origin, and reads the whole response.
/// `token` is the header for the current token of a provider.
pub(super) async fn attempt(
    client: &Client,
    parts: &RequestParts,
    body: &Option<RequestBody>,
    token: Option<&HeaderValue>,
    time: TimeLimit,
) -> Result<RawResponse, Error> {
    let shared = &client.shared;
    // It may have taken time to provide the token.
    let limit = match token {
        Some(_) => time.remaining(),
        None => time.limit(),
    };
    let (mut url, mut limit) = (None, limit);
    let mut redirects = 0;
    let mut response = loop {
        let (request, probe) = request(client, parts, body.as_ref(), token, url, limit)?;
        let response = match shared.http.execute(request).await {
            Ok(response) => response,
            Err(error) => {
                // After a redirect, the first request has been sent.
                let was_sent = redirects > 0 || probe.was_sent();
                return Err(send_error::convert(error, shared, was_sent, &time));
            }
        };
        let method = parts.method();
        match redirect::target(method, &shared.server.url, &response) {
            Some(target) if redirects < redirect::MAX_REDIRECTS => url = Some(target),
            _ => break response,
        }
        redirects += 1;
        limit = time.remaining();
    };
    let mut incoming = IncomingBody::new(&response, shared);
    while incoming.needs_more() {
        incoming.receive(response.chunk().await);
    }
    raw_response(client, parts, token, &mut response, incoming, &time)
}

/// Converts a response whose body has been received: a success status becomes a [`RawResponse`],
/// any other status an error.
fn raw_response(
    client: &Client,
    parts: &RequestParts,
    token: Option<&HeaderValue>,
    response: &mut Response,
    incoming: IncomingBody,
    time: &TimeLimit,
) -> Result<RawResponse, Error> {
    let status = response.status();
    let mut headers = std::mem::take(response.headers_mut());
    let secrets = client.secrets(&parts.headers, token);
    if status.is_success() {
        let body = incoming.into_complete_bytes(&client.shared, time)?;
        return Ok(RawResponse {
            operation: parts.operation_name(),
            status,
            headers,
            body,
            secrets,
        });
    }
    // Before anything is read from the response, so that no part of the error contains a secret.
    secrets.mask_headers(&mut headers);
    let is_cut = !incoming.is_complete();
    let body = secrets.mask(incoming.into_bytes(), is_cut);
    Err(Error::Api(ApiError::from_response(
        parts.operation,
        ErrorResponse::received(parts.operation_name(), status, headers, body),
    )))
}

/// Builds a request to `url`, or to the operation's URL if `url` is `None`.
fn request(
    client: &Client,
    parts: &RequestParts,
    body: Option<&RequestBody>,
    token: Option<&HeaderValue>,
    url: Option<Url>,
    limit: Option<Duration>,
) -> Result<(reqwest::Request, SendProbe), Error> {
    let shared = &client.shared;
    let operation = parts.operation;
    // Allocates once: the capacity includes the headers that the HTTP library adds.
    let mut headers = HeaderMap::with_capacity(6 + parts.headers.len());
    headers.insert(USER_AGENT, shared.user_agent.clone());
    headers.insert(ACCEPT, HeaderValue::from_static(operation.accept));
    if let Some(body) = body {
        headers.insert(CONTENT_TYPE, body.content_type.clone());
    }
    if let Some(cookies) = parts.cookies() {
        headers.insert(COOKIE, cookies);
    }
    let mut query = Vec::new();
    client.authorize(operation, token, &mut headers, &mut query)?;
    for (name, value) in &parts.headers {
        headers.insert(name.clone(), value.clone());
    }
    let url = match url {
        Some(url) => url,
        None => self::url(shared, parts, &query)?,
    };
    let mut request = reqwest::Request::new(parts.method().clone(), url);
    *request.headers_mut() = headers;
    let (body, probe) = OutgoingBody::new(body.map(|body| body.bytes.clone()));
    *request.body_mut() = Some(Body::wrap(body));
    // The HTTP client applies its own timeout by default, so an equal one is not set again.
    if limit != shared.http_timeout {
        *request.timeout_mut() = limit;
    }
    Ok((request, probe))
}

/// Returns the URL of a request: the server URL, the path, the query parameters of `parts`, and the
/// query parameters of the credentials.
fn url(shared: &Shared, parts: &RequestParts, credentials: &[u8]) -> Result<Url, Error> {
    let server = &shared.server;
    // The server URL was parsed when the client was built. Only the path and the query are added.
    let mut url = server.url.clone();
    let mut path = Vec::with_capacity(96);
    path.extend_from_slice(server.path.as_bytes());
    parts.write_path(&mut path)?;
    url.set_path(text(&path)?);
    let mut query = parts.query_str().to_vec();
    parts.append_extra_query(&mut query);
    if !credentials.is_empty() {
        if !query.is_empty() {
            query.push(b'&');
        }
        query.extend_from_slice(credentials);
    }
    if !query.is_empty() {
        url.set_query(Some(text(&query)?));
    }
    Ok(url)
}

/// Converts an encoded path or query to a string. It is ASCII, so this does not fail.
fn text(bytes: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(bytes)
        .map_err(|_| Error::invalid_request("the path and the query do not form a valid URL"))
}
