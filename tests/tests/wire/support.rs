//! A server on loopback that answers one thing and remembers what it was sent.

use dub_sdk::{Dub, HeaderMap, RetryPolicy};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

/// The API key of all tests. It has no letters in common with anything else, so that it is found where it leaks.
pub const TOKEN: &str = "dub_zQ7xW9vK3";

/// The smallest customer that the API may answer with.
pub const CUSTOMER: &str =
    r#"{"id":"cus_1","externalId":"user-42","createdAt":"2025-10-30T18:18:27.000Z"}"#;

pub struct Server {
    mock: MockServer,
}

/// A request as the server got it.
pub struct Sent {
    pub method: String,
    /// The path and the query as they stood in the request line.
    pub target: String,
    pub headers: HeaderMap,
    pub body: String,
}

impl Server {
    /// A server that answers every request with this.
    pub async fn start(response: ResponseTemplate) -> Self {
        let server = Self {
            mock: MockServer::start().await,
        };
        server.answer(response).await;
        server
    }

    /// A server that answers every request with this JSON.
    pub async fn json(status: u16, body: &str) -> Self {
        Self::start(json(status, body)).await
    }

    /// Forgets what was sent, and answers with this from now on.
    pub async fn answer(&self, response: ResponseTemplate) {
        self.mock.reset().await;
        Mock::given(any())
            .respond_with(response)
            .mount(&self.mock)
            .await;
    }

    pub fn url(&self) -> String {
        self.mock.uri()
    }

    /// A client of this server that makes one attempt.
    pub fn dub(&self) -> Dub {
        Dub::builder(TOKEN)
            .server_url(self.url())
            .retry(RetryPolicy::none())
            .build()
            .unwrap()
    }

    /// All requests so far.
    pub async fn requests(&self) -> Vec<Sent> {
        let requests = self.mock.received_requests().await.unwrap();
        requests.into_iter().map(Sent::from).collect()
    }

    /// The only request so far.
    pub async fn request(&self) -> Sent {
        let mut requests = self.requests().await;
        assert_eq!(requests.len(), 1, "requests sent");
        requests.remove(0)
    }
}

impl From<wiremock::Request> for Sent {
    fn from(request: wiremock::Request) -> Self {
        let query = request.url.query().map(|query| format!("?{query}"));
        Self {
            method: request.method.to_string(),
            target: format!("{}{}", request.url.path(), query.unwrap_or_default()),
            headers: request.headers,
            body: String::from_utf8(request.body).unwrap(),
        }
    }
}

impl Sent {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

pub fn json(status: u16, body: &str) -> ResponseTemplate {
    response(status, "application/json", body)
}

pub fn response(status: u16, content_type: &str, body: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(body, content_type)
}
