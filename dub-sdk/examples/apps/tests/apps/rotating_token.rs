use super::{failure, ok};
use dub_sdk::{Dub, Error};
use dub_sdk_examples::rotating_token::{TokenServer, count};
use serde_json::json;
use std::error::Error as _;
use wiremock::matchers::{body_json, header, method, path};
use wiremock::{Mock, MockServer};

/// Adds a response of the token server, which it sends once.
async fn issue(server: &MockServer, token: &str, expires_in: u64) {
    let body = json!({ "access_token": token, "expires_in": expires_in });
    Mock::given(method("POST"))
        .and(path("/token"))
        .and(body_json(json!({ "refresh_token": "refresh" })))
        .respond_with(ok(body))
        .up_to_n_times(1)
        .expect(1)
        .mount(server)
        .await;
}

/// Accepts a token for a number of requests.
async fn accept(server: &MockServer, token: &str, requests: u64) {
    Mock::given(path("/customers"))
        .and(header("authorization", format!("Bearer {token}")))
        .respond_with(ok(json!([])))
        .expect(requests)
        .mount(server)
        .await;
}

fn client(server: &MockServer) -> Dub {
    let tokens = TokenServer::new(format!("{}/token", server.uri()), "refresh");
    let builder = Dub::builder(tokens.token()).server_url(server.uri());
    builder.build().unwrap()
}

#[tokio::test]
async fn fetches_the_next_token_after_the_expiry() {
    let server = MockServer::start().await;
    // The first token expires at once, the second one in an hour.
    issue(&server, "first", 0).await;
    issue(&server, "second", 3600).await;
    accept(&server, "first", 1).await;
    accept(&server, "second", 2).await;
    let dub = client(&server);
    for _ in 0..3 {
        assert_eq!(count(&dub).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn replaces_a_token_that_dub_rejects() {
    let server = MockServer::start().await;
    issue(&server, "revoked", 3600).await;
    issue(&server, "valid", 3600).await;
    let rejected = Mock::given(header("authorization", "Bearer revoked"));
    let rejected = rejected.respond_with(failure(401, "unauthorized"));
    rejected.expect(1).mount(&server).await;
    accept(&server, "valid", 1).await;
    assert_eq!(count(&client(&server)).await.unwrap(), 0);
}

#[tokio::test]
async fn failure_of_the_token_server_is_the_cause() {
    let server = MockServer::start().await;
    let denied = Mock::given(path("/token")).respond_with(failure(403, "forbidden"));
    denied.mount(&server).await;
    let error = count(&client(&server)).await.unwrap_err();
    assert!(matches!(error, Error::Config(_)), "{error}");
    let cause = error.source().unwrap().to_string();
    assert!(cause.contains("403"), "{cause}");
}
