//! Tests redirects: the client follows them within the server, never to another server.

use crate::support::{CUSTOMER, Server};
use dub_sdk::{ApiError, Error};
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

#[tokio::test]
async fn follows_redirect_within_server_with_body() {
    let mock = MockServer::start().await;
    let moved = ResponseTemplate::new(308).insert_header("location", "/v2/customers/cus_1");
    Mock::given(path("/customers/cus_1"))
        .respond_with(moved)
        .mount(&mock)
        .await;
    let found = ResponseTemplate::new(200).set_body_raw(CUSTOMER, "application/json");
    Mock::given(path("/v2/customers/cus_1"))
        .respond_with(found)
        .mount(&mock)
        .await;
    let dub = dub_sdk::Dub::builder("key")
        .server_url(mock.uri())
        .build()
        .unwrap();
    let customer = dub.customers().update("cus_1").name("Ada").send().await;
    assert_eq!(customer.unwrap().id, "cus_1");
    let requests = mock.received_requests().await.unwrap();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[1].method.as_str(), "PATCH");
    assert_eq!(requests[1].body, br#"{"name":"Ada"}"#);
    assert_eq!(requests[1].headers["authorization"], "Bearer key");
    assert!(!requests[1].headers.contains_key("referer"));
}

#[tokio::test]
async fn does_not_follow_redirect_to_another_server() {
    let other_server = Server::json(200, CUSTOMER).await;
    let location = format!("{}/customers/cus_1", other_server.url());
    for status in [301, 302, 303, 307, 308] {
        let response = ResponseTemplate::new(status).insert_header("location", &*location);
        let server = Server::start(response).await;
        let error = server
            .dub()
            .customers()
            .get("cus_1")
            .send()
            .await
            .unwrap_err();
        let Error::Api(ApiError::Unexpected(response)) = error else {
            panic!("{error:?}")
        };
        assert_eq!(response.status().as_u16(), status);
        assert_eq!(response.headers()["location"], location);
    }
    assert_eq!(other_server.requests().await.len(), 0);
}

#[tokio::test]
async fn does_not_follow_redirect_that_changes_method() {
    for status in [301, 302, 303] {
        let response = ResponseTemplate::new(status).insert_header("location", "/elsewhere");
        let server = Server::start(response).await;
        let customers = server.dub().customers();
        let error = customers
            .update("cus_1")
            .name("Ada")
            .send()
            .await
            .unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        let error = customers.delete("cus_1").send().await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        let sent = server.requests().await;
        let lines: Vec<_> = sent
            .iter()
            .map(|sent| (&*sent.method, &*sent.target))
            .collect();
        assert_eq!(
            lines,
            [
                ("PATCH", "/customers/cus_1"),
                ("DELETE", "/customers/cus_1")
            ]
        );
    }
}

#[tokio::test]
async fn stops_following_circular_redirects() {
    let response = ResponseTemplate::new(308).insert_header("location", "/customers/cus_1");
    let server = Server::start(response).await;
    server
        .dub()
        .customers()
        .get("cus_1")
        .send()
        .await
        .unwrap_err();
    let count = server.requests().await.len();
    assert!((2..=20).contains(&count), "{count} requests");
}
