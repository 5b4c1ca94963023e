//! A server on loopback that sends one response to every request and records the requests.

use dub_sdk::{Dub, HeaderMap, RetryPolicy};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

/// The API key of all tests. No other test data contains parts of it, so a leak is easy to find.
pub const TOKEN: &str = "dub_zQ7xW9vK3";

/// The smallest customer that the API can return.
pub const CUSTOMER: &str =
    r#"{"id":"cus_1","externalId":"user-42","createdAt":"2025-10-30T18:18:27.000Z"}"#;

/// A customer with a value for every field.
pub const FULL: &str = r#"{
  "id": "cus_1", "name": "Ada \"Zoë\" 名🦀", "email": "ada@example.com", "avatar": "https://example.com/a.png",
  "externalId": "user-42", "stripeCustomerId": "cus_Nffr", "country": "GB", "sales": 3, "saleAmount": 9900,
  "createdAt": "2025-10-30T18:18:27.000Z", "firstSaleAt": "2025-11-01T00:00:00.000Z",
  "subscriptionCanceledAt": "2025-12-01T00:00:00.000Z", "programId": "prog_1",
  "link": {"id": "link_1", "domain": "dub.sh", "key": "try", "shortLink": "https://dub.sh/try",
           "url": "https://example.com", "programId": "prog_1"},
  "partner": {"id": "pn_1", "name": "Bob", "email": "bob@example.com", "image": "https://example.com/b.png"},
  "discount": {"id": "disc_1", "amount": 20, "type": "percentage", "maxDuration": 12, "couponId": "c1",
               "couponTestId": "c2", "description": "Welcome", "partnersCount": 4}
}"#;

pub struct Server {
    mock: MockServer,
}

/// A request as the server received it.
pub struct Sent {
    pub method: String,
    /// The path and the query of the request line, still percent-encoded.
    pub target: String,
    pub headers: HeaderMap,
    pub body: String,
}

impl Server {
    /// Starts a server that sends `response` to every request.
    pub async fn start(response: ResponseTemplate) -> Self {
        let server = Self {
            mock: MockServer::start().await,
        };
        server.respond_with(response).await;
        server
    }

    /// Starts a server that sends this JSON response to every request.
    pub async fn json(status: u16, body: &str) -> Self {
        Self::start(json(status, body)).await
    }

    /// Discards the recorded requests and sends `response` from now on.
    pub async fn respond_with(&self, response: ResponseTemplate) {
        self.mock.reset().await;
        Mock::given(any())
            .respond_with(response)
            .mount(&self.mock)
            .await;
    }

    pub fn url(&self) -> String {
        self.mock.uri()
    }

    /// Returns a client of this server that does not retry.
    pub fn dub(&self) -> Dub {
        Dub::builder(TOKEN)
            .server_url(self.url())
            .retry(RetryPolicy::none())
            .build()
            .unwrap()
    }

    /// Returns all requests since the last call of `respond_with`.
    pub async fn requests(&self) -> Vec<Sent> {
        let requests = self.mock.received_requests().await.unwrap();
        requests.into_iter().map(Sent::from).collect()
    }

    /// Returns the request, and panics if there is not exactly one.
    pub async fn request(&self) -> Sent {
        let mut requests = self.requests().await;
        assert_eq!(requests.len(), 1, "number of requests");
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
