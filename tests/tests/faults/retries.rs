//! Responses that say "not now".

use crate::server::{CUSTOMER, Server, quick, response};
use dub_sdk::{Error, RetryPolicy};

fn busy_then_well(status: u16, times: usize) -> Server {
    let mut responses = vec![response(status, "", ""); times];
    responses.push(response(200, "", CUSTOMER));
    Server::responding(responses)
}

#[tokio::test]
async fn a_server_that_is_busy_twice_is_asked_three_times() {
    for status in [429, 500, 502, 503, 504] {
        let server = busy_then_well(status, 2);
        let customer = server.dub().customers().get("cus_1").send().await;
        assert_eq!(customer.unwrap().id, "cus_1", "{status}");
        assert_eq!(server.lines(), ["GET /customers/cus_1"; 3]);
        let first = &server.requests()[0];
        assert!(server.requests().iter().all(|request| request == first));
    }
}

#[tokio::test]
async fn after_the_last_attempt_the_error_is_given_back() {
    let server = busy_then_well(503, 3);
    let error = server.dub().customers().get("cus_1").send().await;
    assert_eq!(error.unwrap_err().status().unwrap().as_u16(), 503);
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_change_is_sent_again_only_where_it_was_not_taken() {
    let server = busy_then_well(429, 2);
    let update = server.dub().customers().update("cus_1").name("Ada");
    assert_eq!(update.send().await.unwrap().id, "cus_1");
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    assert!(
        requests
            .iter()
            .all(|text| text.ends_with(r#"{"name":"Ada"}"#))
    );

    for status in [500, 502, 503, 504] {
        let server = busy_then_well(status, 2);
        let update = server.dub().customers().update("cus_1").name("Ada");
        let error = update.send().await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert!(error.is_retryable());
        assert_eq!(server.requests().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn the_request_has_the_last_word_on_the_policy() {
    let server = busy_then_well(503, 2);
    let get = server.dub().customers().get("cus_1");
    assert!(get.retry(RetryPolicy::none()).send().await.is_err());
    assert_eq!(server.requests().len(), 1);

    let server = busy_then_well(503, 7);
    let get = server.dub_once().customers().get("cus_1");
    assert!(get.retry(quick().max_attempts(8)).send().await.is_ok());
    assert_eq!(server.requests().len(), 8);
}

#[tokio::test]
async fn a_deletion_that_is_tried_again_may_find_nothing_left() {
    let missing = r#"{"error":{"code":"not_found","message":"Customer not found."}}"#;
    let server = Server::responding([String::new(), response(404, "", missing)]);
    let error = server.dub().customers().delete("cus_1").send().await;
    let error = error.unwrap_err();
    assert!(matches!(error, Error::Api(_)) && error.is_not_found());
    assert_eq!(server.requests().len(), 2);
}
