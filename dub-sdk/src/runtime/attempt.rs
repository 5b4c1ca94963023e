//! One attempt of a call: the request, the redirects that it follows, and the response.

use super::body::IncomingBody;
use super::client::Client;
use super::error::Error;
use super::error_response::ErrorResponse;
use super::outgoing_body::{RequestBody, SendProbe, is_spent, outgoing};
use super::received::RawResponse;
use super::redirect;
use super::request_parts::RequestParts;
use super::send_error;
use super::server::Server;
use super::time_limit::TimeLimit;
use crate::generated::errors::ApiError;
use reqwest::header::{
    ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HeaderMap, HeaderValue, USER_AGENT,
};
use reqwest::{Method, Response, Url};
use std::time::Duration;

/// Sends the request, follows redirects within the API's origin, and reads the whole response.
/// `token` is the header for the current token of a provider.
pub(super) async fn attempt(
    client: &Client,
    parts: &RequestParts,
    body: &Option<RequestBody>,
    token: Option<&HeaderValue>,
    time: TimeLimit<'_>,
) -> Result<RawResponse, Error> {
    let shared = &client.shared;
    let server = shared.server(parts.operation)?;
    // It may have taken time to provide the token.
    let limit = match token {
        Some(_) => time.remaining(),
        None => time.whole(),
    };
    let (mut url, mut limit) = (None, limit);
    let mut redirects = 0;
    let mut response = loop {
        let (request, probe) = request(client, parts, body.as_ref(), token, url, limit)?;
        let response = match shared.http.execute(request).await {
            Ok(response) => response,
            Err(error) => {
                if let Some(failure) = body.as_ref().and_then(RequestBody::failure) {
                    return Err(failure);
                }
                // After a redirect, the first request has been sent.
                let was_sent = redirects > 0 || probe.was_sent();
                return Err(send_error::convert(error, server, was_sent, &time));
            }
        };
        let is_final = matches!(body, Some(body) if is_spent(&body.streams));
        let target = match is_final || parts.operation.is_success(response.status()) {
            true => None,
            false => redirect::target(parts.method(), &server.url, &response),
        };
        match target {
            Some(target) if redirects < redirect::MAX_REDIRECTS => url = Some(target),
            _ => break response,
        }
        redirects += 1;
        limit = time.remaining();
    };
    let mut incoming = IncomingBody::new(&response, parts.operation, shared, &time);
    while incoming.needs_more() {
        incoming.receive(response.chunk().await);
    }
    raw_response(client, server, parts, token, response, incoming, &time)
}

/// Converts a response whose body has been received, or will be by the caller: a success status
/// becomes a [`RawResponse`], any other status an error.
fn raw_response(
    client: &Client,
    server: &Server,
    parts: &RequestParts,
    token: Option<&HeaderValue>,
    mut response: Response,
    incoming: IncomingBody,
    time: &TimeLimit<'_>,
) -> Result<RawResponse, Error> {
    let status = response.status();
    let mut headers = std::mem::take(response.headers_mut());
    let secrets = client.secrets(&parts.headers, token);
    if parts.operation.is_success(status) {
        let body = incoming.into_complete_bytes(server, time)?;
        if let Some(open) = &time.open {
            open.put(response);
        }
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
    if body.is_none_or(RequestBody::is_empty) && announces_length(parts.method()) {
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
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
        None => self::url(shared.server(operation)?, parts, &query)?,
    };
    let mut request = reqwest::Request::new(parts.method().clone(), url);
    *request.headers_mut() = headers;
    let (body, probe) = outgoing(body);
    *request.body_mut() = Some(body);
    // The HTTP client applies its own timeout by default, so an equal one is not set again.
    if limit != shared.http_timeout {
        *request.timeout_mut() = limit;
    }
    Ok((request, probe))
}

/// Returns true if a request without a body has the header `Content-Length: 0`: the method defines
/// a meaning for a body, so that a server may expect one (RFC 9110, section 8.6). The HTTP library
/// adds the header only for a body that is not empty.
fn announces_length(method: &Method) -> bool {
    matches!(*method, Method::POST | Method::PUT | Method::PATCH)
}

/// Returns the URL of a request: the server URL, the path, the query parameters of `parts`, and the
/// query parameters of the credentials.
fn url(server: &Server, parts: &RequestParts, credentials: &[u8]) -> Result<Url, Error> {
    // The server URL was parsed when the client was built. Only the path and the query are added.
    let mut url = server.url.clone();
    let mut path = Vec::with_capacity(96);
    path.extend_from_slice(server.path.as_bytes());
    parts.write_path(&mut path)?;
    url.set_path(text(&path)?);
    let mut query = parts.operation.fixed_query.as_bytes().to_vec();
    append_query(&mut query, parts.query_str());
    parts.append_extra_query(&mut query);
    append_query(&mut query, credentials);
    if !query.is_empty() {
        url.set_query(Some(text(&query)?));
    }
    Ok(url)
}

fn append_query(query: &mut Vec<u8>, more: &[u8]) {
    if !query.is_empty() && !more.is_empty() {
        query.push(b'&');
    }
    query.extend_from_slice(more);
}

/// Converts an encoded path or query to a string. It is ASCII, so this does not fail.
fn text(bytes: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(bytes)
        .map_err(|_| Error::invalid_request("the path and the query do not form a valid URL"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::operation::Operation;
    use crate::runtime::{BuildClient, ClientBuilder, ServerUrl, ServerVariable};

    struct Api(Client);

    impl BuildClient for Api {
        fn from_client(client: Client) -> Result<Self, Error> {
            Ok(Self(client))
        }
    }

    type Builder = ClientBuilder<Api>;

    const fn operation(server: usize) -> Operation {
        Operation {
            id: "getBox",
            path: "/boxes",
            server,
            ..Operation::DEFAULT
        }
    }

    const fn server(url: &'static str) -> ServerUrl {
        ServerUrl {
            url,
            variables: &[],
        }
    }

    static OPERATIONS: [Operation; 4] = [operation(0), operation(1), operation(2), operation(3)];

    /// Returns the URL to which a client sends a request of each operation.
    fn urls(
        servers: &'static [ServerUrl],
        set: impl FnOnce(Builder) -> Builder,
    ) -> Result<Vec<String>, Error> {
        let http = reqwest::Client::new();
        let builder = Builder::new(&crate::SERVICE, servers).http_client(http);
        let Api(client) = set(builder).build()?;
        let operations = OPERATIONS.iter().take(servers.len());
        let urls = operations.map(|operation| {
            let parts = RequestParts::new(operation);
            match request(&client, &parts, None, None, None, None) {
                Ok((request, _)) => request.url().to_string(),
                Err(error) => error.to_string(),
            }
        });
        Ok(urls.collect())
    }

    #[test]
    fn path_of_the_server_precedes_that_of_the_operation() {
        static SERVERS: &[ServerUrl] = &[server("/api/v2"), server("/api/v1")];
        let error = urls(SERVERS, |builder| builder).unwrap_err();
        assert!(matches!(error, Error::Config(_)), "{error:?}");
        assert!(error.to_string().contains("`ClientBuilder::server_url`"));
        let found = urls(SERVERS, |builder| {
            builder.server_url("http://127.0.0.1:1/proxy/")
        });
        let expected = [
            "http://127.0.0.1:1/proxy/api/v2/boxes",
            "http://127.0.0.1:1/proxy/api/v1/boxes",
        ];
        assert_eq!(found.unwrap(), expected);
    }

    #[test]
    fn operations_use_their_own_servers() {
        static SERVERS: &[ServerUrl] = &[
            server("https://a.example/v1"),
            server("https://files.example"),
            server("/v2"),
            server("http://plain.example"),
        ];
        let [general, own, path, plain] = &*urls(SERVERS, |builder| builder).unwrap() else {
            panic!("expected a URL for each server");
        };
        assert_eq!(general, "https://a.example/v1/boxes");
        assert_eq!(own, "https://files.example/boxes");
        assert_eq!(path, "https://a.example/v2/boxes");
        // Only the calls of the operation with this server fail.
        assert!(plain.contains("allow_plain_http"), "{plain}");
        let overridden = urls(SERVERS, |builder| builder.server_url("http://127.0.0.1:1"));
        let expected = [
            "http://127.0.0.1:1/boxes",
            "http://127.0.0.1:1/boxes",
            "http://127.0.0.1:1/v2/boxes",
            "http://127.0.0.1:1/boxes",
        ];
        assert_eq!(overridden.unwrap(), expected);
    }

    #[test]
    fn variables_of_the_server_url_are_set() {
        static SERVERS: &[ServerUrl] = &[ServerUrl {
            url: "https://{region}.example/{base}",
            variables: &[
                ServerVariable {
                    name: "region",
                    setter: "region",
                    default: "us1",
                    values: &["us1", "eu1"],
                },
                ServerVariable {
                    name: "base",
                    setter: "base",
                    default: "api/3",
                    values: &[],
                },
            ],
        }];
        let found = urls(SERVERS, |builder| builder).unwrap();
        assert_eq!(found, ["https://us1.example/api/3/boxes"]);
        let found = urls(SERVERS, |builder| {
            let builder = builder.server_variable("region", "us1");
            builder
                .server_variable("region", "eu1")
                .server_variable("base", "")
        });
        assert_eq!(found.unwrap(), ["https://eu1.example/boxes"]);
        let error = urls(SERVERS, |builder| builder.server_variable("region", "eu2"));
        let text = error.unwrap_err().to_string();
        assert!(
            text.contains("`region`") && text.contains("`us1` or `eu1`"),
            "{text}"
        );
    }
}
