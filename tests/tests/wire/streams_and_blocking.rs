//! Tests the stream over all pages, and the blocking client.

use crate::support::{CUSTOMER, Server, TOKEN, json};
use dub_sdk::models::Customer;
use dub_sdk::{Dub, Error, RetryPolicy, blocking};
use wiremock::matchers::{path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer, ResponseTemplate};

fn page_response(ids: &[&str]) -> ResponseTemplate {
    let customers: Vec<_> = ids.iter().map(|id| CUSTOMER.replace("cus_1", id)).collect();
    json(200, &format!("[{}]", customers.join(",")))
}

/// Serves three pages and an empty last page. The second page repeats a customer of the first.
async fn serve_pages() -> MockServer {
    let server = MockServer::start().await;
    let first = Mock::given(query_param_is_missing("startingAfter"));
    first
        .respond_with(page_response(&["cus_3", "cus_1"]))
        .mount(&server)
        .await;
    for (cursor, ids) in [
        ("cus_1", &["cus_2", "cus_3"] as &[_]),
        ("cus_3", &["cus_4"]),
        ("cus_4", &[]),
    ] {
        let mock = Mock::given(path("/customers")).and(query_param("startingAfter", cursor));
        mock.respond_with(page_response(ids)).mount(&server).await;
    }
    server
}

const EXPECTED_TARGETS: [&str; 4] = [
    "/customers?search=ada&pageSize=2",
    "/customers?search=ada&pageSize=2&startingAfter=cus_1",
    "/customers?search=ada&pageSize=2&startingAfter=cus_3",
    "/customers?search=ada&pageSize=2&startingAfter=cus_4",
];

async fn received_targets(server: &MockServer) -> Vec<String> {
    let requests = server.received_requests().await.unwrap();
    let target_of =
        |url: &dub_sdk::reqwest::Url| format!("{}?{}", url.path(), url.query().unwrap());
    requests
        .iter()
        .map(|request| target_of(&request.url))
        .collect()
}

#[tokio::test]
async fn stream_yields_each_customer_once() {
    let server = serve_pages().await;
    let dub = Dub::builder(TOKEN)
        .server_url(server.uri())
        .build()
        .unwrap();
    let mut stream = dub.customers().list().search("ada").page_size(2).stream();
    assert_eq!(
        received_targets(&server).await.len(),
        0,
        "no request is sent before the first poll"
    );
    let mut ids = Vec::new();
    while let Some(customer) = stream.next().await {
        ids.push(customer.unwrap().id);
        assert!(
            received_targets(&server).await.len() <= ids.len(),
            "at most one page is fetched ahead"
        );
    }
    assert_eq!(ids, ["cus_3", "cus_1", "cus_2", "cus_4"]);
    assert_eq!(received_targets(&server).await, EXPECTED_TARGETS);
}

#[tokio::test]
async fn pages_are_fetched_one_at_a_time() {
    let server = serve_pages().await;
    let dub = Dub::builder(TOKEN)
        .server_url(server.uri())
        .build()
        .unwrap();
    let mut pages = dub.customers().list().search("ada").page_size(2).pages();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        sizes.push(page.unwrap().len());
    }
    assert_eq!(sizes, [2, 1, 1]);
    assert_eq!(received_targets(&server).await, EXPECTED_TARGETS);
}

#[tokio::test]
async fn stream_returns_error_of_gone_cursor() {
    let server = MockServer::start().await;
    let first = Mock::given(query_param_is_missing("startingAfter"));
    first
        .respond_with(page_response(&["cus_1"]))
        .mount(&server)
        .await;
    let gone = r#"{"error":{"code":"unprocessable_entity","message":"The cursor is gone."}}"#;
    let second = Mock::given(query_param("startingAfter", "cus_1"));
    second.respond_with(json(422, gone)).mount(&server).await;
    let dub = Dub::builder(TOKEN)
        .server_url(server.uri())
        .build()
        .unwrap();
    let mut stream = dub.customers().list().stream();
    assert_eq!(stream.next().await.unwrap().unwrap().id, "cus_1");
    for _ in 0..3 {
        let error = stream.next().await.unwrap().unwrap_err();
        assert_eq!(error.message(), Some("The cursor is gone."));
    }
    assert!(stream.next().await.is_none());
}

/// A plain test without `#[tokio::test]`, because a blocking client needs no runtime.
#[test]
fn blocking_client_lists_all_pages() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(serve_pages());
    let dub = blocking::Dub::builder(TOKEN)
        .server_url(server.uri())
        .build()
        .unwrap();
    let list = || dub.customers().list().search("ada").page_size(2);
    let ids: Result<Vec<_>, Error> = list().stream().map(|it| it.map(|it| it.id)).collect();
    assert_eq!(ids.unwrap(), ["cus_3", "cus_1", "cus_2", "cus_4"]);
    assert_eq!(
        runtime.block_on(received_targets(&server)),
        EXPECTED_TARGETS
    );
    let first: Vec<Customer> = list().send().unwrap();
    assert_eq!(first.len(), 2);
    assert_eq!(list().pages().count(), 3);
}

#[test]
fn blocking_calls_send_same_requests_as_async() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(Server::json(200, CUSTOMER));
    let dub = blocking::Dub::builder(TOKEN)
        .server_url(server.url())
        .retry(RetryPolicy::none());
    let dub = dub.build().unwrap();
    let customers = dub.customers();
    assert_eq!(
        customers.get("cus_1").send().unwrap().external_id,
        "user-42"
    );
    assert_eq!(
        customers.update("cus_1").clear_name().send().unwrap().id,
        "cus_1"
    );
    assert_eq!(customers.delete("ext_1").send().unwrap().id, "cus_1");
    #[allow(deprecated)]
    let response = customers.create("user-42").send_with_response().unwrap();
    assert_eq!(
        (response.status.as_u16(), &*response.body.id),
        (200, "cus_1")
    );
    let sent = runtime.block_on(server.requests());
    let sent: Vec<_> = sent
        .iter()
        .map(|it| (&*it.method, &*it.target, &*it.body))
        .collect();
    assert_eq!(
        sent,
        [
            ("GET", "/customers/cus_1", ""),
            ("PATCH", "/customers/cus_1", r#"{"name":null}"#),
            ("DELETE", "/customers/ext_1", ""),
            ("POST", "/customers", r#"{"externalId":"user-42"}"#),
        ]
    );
    assert!(matches!(
        customers.get("..").send(),
        Err(Error::InvalidRequest(_))
    ));
    let missing = r#"{"error":{"code":"not_found","message":"gone"}}"#;
    runtime.block_on(server.respond_with(json(404, missing)));
    assert!(customers.get("cus_1").send().unwrap_err().is_not_found());
}
