use super::{client, customer, failure, ok};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use dub_sdk_examples::axum_service::{check_key, router};
use serde_json::{Value, json};
use std::io::{self, Write};
use std::sync::Mutex;
use std::time::Duration;
use tower::ServiceExt as _;
use wiremock::matchers::{body_json, method, path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer, ResponseTemplate};

/// Sends a request to the service. Returns the status, `Retry-After` and the body of its response.
async fn call(server: &MockServer, request: Request<Body>) -> (StatusCode, Option<String>, Value) {
    let response = router(client(server)).oneshot(request).await.unwrap();
    let delay = response.headers().get(header::RETRY_AFTER);
    let delay = delay.map(|delay| delay.to_str().unwrap().to_owned());
    let status = response.status();
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, delay, serde_json::from_slice(&body).unwrap())
}

fn get(uri: &str) -> Request<Body> {
    Request::get(uri).body(Body::empty()).unwrap()
}

#[tokio::test]
async fn reads_a_customer_by_the_id_of_the_app() {
    let server = MockServer::start().await;
    let mock = Mock::given(method("GET")).and(path("/customers/ext_user-1"));
    mock.respond_with(ok(customer(1))).mount(&server).await;
    let (status, _, body) = call(&server, get("/customers/user-1")).await;
    assert_eq!(status, 200);
    assert_eq!(
        body,
        json!({ "id": "user-1", "name": "Customer 1", "email": null })
    );
}

#[tokio::test]
async fn passes_only_the_filters_of_the_request() {
    let server = MockServer::start().await;
    Mock::given(path("/customers"))
        .and(query_param("country", "GB"))
        .and(query_param("pageSize", "2"))
        .and(query_param_is_missing("search"))
        .respond_with(ok(json!([customer(1), customer(2)])))
        .mount(&server)
        .await;
    let (status, _, body) = call(&server, get("/customers?country=GB&page_size=2")).await;
    assert_eq!(status, 200);
    assert_eq!(body[1]["id"], "user-2");
}

#[tokio::test]
async fn update_removes_null_and_keeps_absent_fields() {
    for body in [
        json!({ "name": "Ada" }),
        json!({ "email": null }),
        json!({ "name": "Ada", "email": "ada@example.com" }),
    ] {
        let server = MockServer::start().await;
        Mock::given(method("PATCH"))
            .and(path("/customers/ext_user-1"))
            .and(body_json(&body))
            .respond_with(ok(customer(1)))
            .mount(&server)
            .await;
        let request = Request::patch("/customers/user-1")
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()))
            .unwrap();
        assert_eq!(call(&server, request).await.0, 200, "{body}");
    }
}

#[tokio::test]
async fn maps_errors_to_statuses() {
    let limited = failure(429, "rate_limit_exceeded");
    let cases = [
        (failure(404, "not_found"), 404, None),
        (
            limited.clone().insert_header("Retry-After", "30"),
            503,
            Some("30"),
        ),
        (limited, 503, Some("60")),
        (failure(401, "unauthorized"), 502, None),
        (failure(500, "internal_server_error"), 502, None),
        (
            ResponseTemplate::new(503).set_body_string("<html>"),
            502,
            None,
        ),
        (ok(json!([])), 502, None),
    ];
    for (response, expected, expected_delay) in cases {
        let server = MockServer::start().await;
        let mock = Mock::given(method("GET")).respond_with(response);
        mock.mount(&server).await;
        let (status, delay, body) = call(&server, get("/customers/user-1")).await;
        assert_eq!(
            (status.as_u16(), delay.as_deref()),
            (expected, expected_delay)
        );
        let message = body["error"].as_str().unwrap();
        assert!(!message.contains("details"), "{message}");
    }
}

/// Collects the logs of the thread that calls `set_default`.
static LOGS: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Logs;

impl Write for Logs {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOGS.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn logs_the_details_of_failures_but_not_of_missing_customers() {
    let subscriber = tracing_subscriber::fmt().with_ansi(false);
    let subscriber = subscriber.with_env_filter("error");
    let subscriber = subscriber.with_writer(|| Logs).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let server = MockServer::start().await;
    let denied = failure(401, "unauthorized").insert_header("x-vercel-id", "fra1::1");
    let denied = Mock::given(path("/customers/ext_user-1")).respond_with(denied);
    denied.mount(&server).await;
    call(&server, get("/customers/user-1")).await;
    call(&server, get("/customers/nobody")).await;
    let logs = String::from_utf8(LOGS.lock().unwrap().clone()).unwrap();
    assert_eq!(logs.lines().count(), 1, "{logs}");
    assert!(logs.contains("unauthorized: The details."), "{logs}");
    assert!(logs.contains(r#"request_id="fra1::1""#), "{logs}");
}

#[tokio::test]
async fn timeout_becomes_504() {
    let server = MockServer::start().await;
    let slow = ok(customer(1)).set_delay(Duration::from_secs(5));
    Mock::given(method("GET"))
        .respond_with(slow)
        .mount(&server)
        .await;
    let dub = dub_sdk::Dub::builder("any token").server_url(server.uri());
    let dub = dub.timeout(Duration::from_millis(50));
    let dub = dub.retry(dub_sdk::RetryPolicy::none()).build().unwrap();
    let service = router(dub);
    let response = service.oneshot(get("/customers/user-1")).await.unwrap();
    assert_eq!(response.status(), 504);
}

#[tokio::test]
async fn invalid_request_becomes_400_and_is_not_sent() {
    let server = MockServer::start().await;
    let (status, _, body) = call(&server, get("/customers?search=")).await;
    assert_eq!(status, 400);
    let message = body["error"].as_str().unwrap();
    assert!(message.contains("`search`"), "{message}");
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn wrong_key_is_found_before_the_service_starts() {
    let server = MockServer::start().await;
    let mock = Mock::given(path("/customers")).and(query_param("pageSize", "1"));
    mock.respond_with(failure(404, "not_found"))
        .mount(&server)
        .await;
    assert!(
        check_key(&client(&server))
            .await
            .unwrap_err()
            .is_not_found()
    );
}
