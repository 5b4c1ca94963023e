//! Tests the public API as the documentation shows it.

use crate::support::{CUSTOMER, Server, json};
use dub_sdk::models::{Customer, ListCustomersSortBy, ListCustomersSortOrder};
use dub_sdk::{ApiError, Dub, Error, RetryPolicy};
use std::time::Duration;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const NOT_FOUND: &str = r#"{"error":{"code":"not_found","message":"Customer not found.","doc_url":"https://dub.co/docs"}}"#;

/// Serves the customers that the tests below use.
async fn serve() -> MockServer {
    let server = MockServer::start().await;
    for (verb, target, response) in [
        ("GET", "/customers", json(200, &format!("[{CUSTOMER}]"))),
        ("GET", "/customers/cus_1", json(200, CUSTOMER)),
        ("GET", "/customers/nope", json(404, NOT_FOUND)),
        ("PATCH", "/customers/ext_42", json(200, CUSTOMER)),
        ("DELETE", "/customers/cus_1", json(200, r#"{"id":"cus_1"}"#)),
        ("POST", "/customers", json(201, CUSTOMER)),
    ] {
        let mock = Mock::given(method(verb)).and(path(target));
        mock.respond_with(response).mount(&server).await;
    }
    server
}

fn client(url: &str) -> Result<Dub, Error> {
    Dub::builder("token")
        .server_url(url)
        .timeout(Duration::from_secs(30))
        .retry(RetryPolicy::none())
        .user_agent("my-app/1.0")
        .http_client(dub_sdk::reqwest::Client::new())
        .build()
}

#[tokio::test]
async fn every_operation_works_as_documented() -> Result<(), Error> {
    let server = serve().await;
    let dub = client(&server.uri())?;

    let page: Vec<Customer> = dub.customers().list().page_size(50).send().await?;
    let one: Customer = dub
        .customers()
        .get("cus_1")
        .include_expanded_fields(true)
        .send()
        .await?;
    let updated: Customer = dub
        .customers()
        .update("ext_42")
        .name("Ada")
        .clear_email()
        .send()
        .await?;
    let deleted = dub.customers().delete("cus_1").send().await?;
    let deleted: String = deleted.id;
    #[allow(deprecated)]
    let created: Customer = dub
        .customers()
        .create("user-42")
        .email("a@b.c")
        .send()
        .await?;
    assert_eq!(page, std::slice::from_ref(&one));
    assert_eq!(
        (one.external_id, updated.id, &*deleted, created.id),
        ("user-42".into(), "cus_1".into(), "cus_1", "cus_1".into())
    );

    let response = dub.customers().get("cus_1").send_with_response().await?;
    assert_eq!(response.status.as_u16(), 200);
    assert_eq!(response.headers["content-type"], "application/json");
    assert_eq!(
        (response.request_id(), response.body.id.as_str()),
        (None, "cus_1")
    );
    Ok(())
}

#[tokio::test]
async fn stream_can_be_pinned_and_read() -> Result<(), Error> {
    let server = serve().await;
    let dub = client(&server.uri())?;
    let mut all = std::pin::pin!(dub.customers().list().search("ada").stream());
    let first: Customer = all.next().await.expect("a first customer")?;
    assert_eq!(first.id, "cus_1");
    Ok(())
}

/// Matches on the result of a call as in the documentation.
async fn describe_outcome(
    dub: &Dub,
    id: &str,
) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    match dub.customers().get(id).send().await {
        Err(Error::Api(ApiError::NotFound(e))) => {
            Ok(format!("{} {} {:?}", e.code, e.message, e.doc_url))
        }
        Err(Error::Api(ApiError::RateLimitExceeded(e))) => Ok(format!("limited: {}", e.message)),
        Err(Error::Api(other)) => Ok(format!("{} {:?}", other.status(), other.body_text())),
        Err(e) if e.is_timeout() => Ok("too slow".to_owned()),
        Err(e) => Err(e.into()),
        Ok(c) => Ok(c.id),
    }
}

#[tokio::test]
async fn error_matching_works_as_documented() {
    let server = serve().await;
    let dub = client(&server.uri()).unwrap();
    assert_eq!(describe_outcome(&dub, "cus_1").await.unwrap(), "cus_1");
    assert_eq!(
        describe_outcome(&dub, "nope").await.unwrap(),
        r#"not_found Customer not found. Some("https://dub.co/docs")"#
    );
    let error = describe_outcome(&dub, "..").await.unwrap_err();
    assert!(error.downcast_ref::<Error>().is_some());

    let server = Server::start(ResponseTemplate::new(418).set_body_string("a teapot")).await;
    let outcome = describe_outcome(&server.dub(), "cus_1").await.unwrap();
    assert_eq!(outcome, r#"418 I'm a teapot "a teapot""#);
    let limited = r#"{"error":{"code":"rate_limit_exceeded","message":"Slow down."}}"#;
    server.respond_with(json(429, limited)).await;
    assert_eq!(
        describe_outcome(&server.dub(), "cus_1").await.unwrap(),
        "limited: Slow down."
    );
}

#[tokio::test]
async fn sends_client_settings() {
    let server = Server::json(200, "[]").await;
    let dub = client(&server.url()).unwrap();
    let request = dub
        .customers()
        .list()
        .sort_by(ListCustomersSortBy::SaleAmount);
    request
        .sort_order(ListCustomersSortOrder::Asc)
        .send()
        .await
        .unwrap();
    let sent = server.request().await;
    assert_eq!(sent.target, "/customers?sortBy=saleAmount&sortOrder=asc");
    assert_eq!(sent.header("authorization"), Some("Bearer token"));
    let agent = sent.header("user-agent").unwrap();
    assert!(agent.starts_with("my-app/1.0 dub-sdk/"), "{agent}");
}

#[tokio::test]
async fn retries_by_default_unless_disabled() {
    let server = Server::json(503, "").await;
    let dub = Dub::builder("token").server_url(server.url());
    let policy = RetryPolicy::default().base_delay(Duration::from_millis(1));
    let dub = dub.retry(policy).build().unwrap();
    dub.customers().get("cus_1").send().await.unwrap_err();
    assert_eq!(server.requests().await.len(), 3);
    let once = dub.customers().get("cus_1").retry(RetryPolicy::none());
    once.send().await.unwrap_err();
    assert_eq!(server.requests().await.len(), 4);
    dub.customers().update("cus_1").send().await.unwrap_err();
    assert_eq!(
        server.requests().await.len(),
        5,
        "an update is not sent twice"
    );
}

#[test]
fn errors_and_futures_are_send_and_sync() {
    fn assert_error<T: std::error::Error + Send + Sync + 'static>() {}
    fn assert_crosses<T: Send + Sync + 'static>(_: T) {}
    assert_error::<Error>();
    assert_error::<ApiError>();
    let builder = Dub::builder("token").server_url("http://127.0.0.1:1");
    let dub = builder.build().unwrap();
    assert_crosses(dub.customers().list().send());
    assert_crosses(dub.customers().update("cus_1").send_with_response());
    assert_crosses(dub.customers().list().stream());
    assert_crosses(dub.customers().list().pages());
}
