//! Tests retries after temporary failures.

use crate::server::{CUSTOMER, Server, quick_retries, response};
use dub_sdk::{Error, RetryPolicy};

/// Starts a server that responds with this status a number of `times` and then with a customer.
fn fail_then_succeed(status: u16, times: usize) -> Server {
    let mut responses = vec![response(status, "", ""); times];
    responses.push(response(200, "", CUSTOMER));
    Server::responding(responses)
}

#[tokio::test]
async fn retries_get_until_success() {
    for status in [429, 500, 502, 503, 504] {
        let server = fail_then_succeed(status, 2);
        let customer = server.dub().customers().get("cus_1").send().await;
        assert_eq!(customer.unwrap().id, "cus_1", "{status}");
        assert_eq!(server.request_lines(), ["GET /customers/cus_1"; 3]);
        let first = &server.requests()[0];
        assert!(server.requests().iter().all(|request| request == first));
    }
}

#[tokio::test]
async fn returns_error_after_last_attempt() {
    let server = fail_then_succeed(503, 3);
    let error = server.dub().customers().get("cus_1").send().await;
    assert_eq!(error.unwrap_err().status().unwrap().as_u16(), 503);
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn retries_update_only_after_429() {
    let server = fail_then_succeed(429, 2);
    let update = server.dub().customers().update("cus_1").name("Ada");
    assert_eq!(update.send().await.unwrap().id, "cus_1");
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    assert!(
        requests
            .iter()
            .all(|request| request.ends_with(r#"{"name":"Ada"}"#))
    );

    for status in [500, 502, 503, 504] {
        let server = fail_then_succeed(status, 2);
        let update = server.dub().customers().update("cus_1").name("Ada");
        let error = update.send().await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert!(error.is_retryable());
        assert_eq!(server.requests().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn request_policy_overrides_client_policy() {
    let server = fail_then_succeed(503, 2);
    let get = server.dub().customers().get("cus_1");
    assert!(get.retry(RetryPolicy::none()).send().await.is_err());
    assert_eq!(server.requests().len(), 1);

    let server = fail_then_succeed(503, 7);
    let get = server.dub_without_retries().customers().get("cus_1");
    assert!(
        get.retry(quick_retries().max_attempts(8))
            .send()
            .await
            .is_ok()
    );
    assert_eq!(server.requests().len(), 8);
}

#[tokio::test]
async fn retried_delete_can_return_not_found() {
    let missing = r#"{"error":{"code":"not_found","message":"Customer not found."}}"#;
    let server = Server::responding([String::new(), response(404, "", missing)]);
    let error = server.dub().customers().delete("cus_1").send().await;
    let error = error.unwrap_err();
    assert!(matches!(error, Error::Api(_)) && error.is_not_found());
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn request_declares_whether_it_may_be_repeated() {
    for status in [500, 503] {
        let server = fail_then_succeed(status, 2);
        let update = server.dub().customers().update("cus_1").name("Ada");
        assert_eq!(update.idempotent(true).send().await.unwrap().id, "cus_1");
        assert_eq!(server.request_lines(), ["PATCH /customers/cus_1"; 3]);

        let server = fail_then_succeed(status, 2);
        let get = server.dub().customers().get("cus_1").idempotent(false);
        assert!(get.send().await.is_err());
        assert_eq!(server.requests().len(), 1);
    }
    let server = Server::responding([String::new(), response(200, "", CUSTOMER)]);
    let update = server.dub().customers().update("cus_1").idempotent(true);
    assert!(update.send().await.is_ok());
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn policy_sets_the_retried_statuses() {
    for (status, attempts) in [(408, 3), (503, 1), (429, 1)] {
        let server = fail_then_succeed(status, 2);
        let get = server.dub().customers().get("cus_1");
        let outcome = get
            .retry(quick_retries().retry_statuses([408]))
            .send()
            .await;
        assert_eq!(outcome.is_ok(), attempts == 3, "{status}");
        assert_eq!(server.requests().len(), attempts, "{status}");
    }
}
