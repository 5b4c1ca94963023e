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

const SALE: &str = r#"{"eventName":"Purchase","customer":null,"sale":null}"#;
const LEAD: &str = r#"{"click":{"id":"c"},"link":null,"customer":{}}"#;

/// Returns a server with these responses, and at the end a success.
fn failures_then(success: &str, failures: &[String]) -> Server {
    let success = response(200, "", success);
    Server::responding(failures.iter().cloned().chain([success]))
}

/// The server would count a second sale, unless it recognizes the invoice.
#[tokio::test]
async fn sale_is_repeated_after_failures_only_with_invoice_id() {
    let lost = String::new();
    let failures = [500, 502, 503, 504].map(|status| response(status, "", ""));
    for failure in failures.into_iter().chain([lost]) {
        for (invoice, attempts) in [(None, 1), (Some(""), 1), (Some("in_1"), 2)] {
            let server = failures_then(SALE, std::slice::from_ref(&failure));
            let sale = server.dub().track().sale("user-42", 9900);
            let sale = sale.maybe(invoice, |sale, invoice| sale.invoice_id(invoice));
            let outcome = sale.send().await;
            assert_eq!(outcome.is_ok(), attempts == 2, "{failure} {invoice:?}");
            assert_eq!(server.requests().len(), attempts, "{failure} {invoice:?}");
            let first = &server.requests()[0];
            assert!(server.requests().iter().all(|request| request == first));
        }
    }
}

#[tokio::test]
async fn cleared_invoice_id_or_own_choice_prevents_repetition() {
    let failure = [response(503, "", "")];
    let server = failures_then(SALE, &failure);
    let sale = server.dub().track().sale("user-42", 1).invoice_id("in_1");
    assert!(sale.clear_invoice_id().send().await.is_err());
    assert_eq!(server.requests().len(), 1);

    let server = failures_then(SALE, &failure);
    let sale = server.dub().track().sale("user-42", 1).invoice_id("in_1");
    assert!(sale.idempotent(false).send().await.is_err());
    assert_eq!(server.requests().len(), 1);

    let server = failures_then(SALE, &failure);
    let sale = server.dub().track().sale("user-42", 1);
    let sale = sale.extra_body_field("invoiceId", "in_1");
    assert!(sale.send().await.is_ok());
    assert_eq!(server.requests().len(), 2);
}

/// Dub remembers a lead even if the call failed, so that a second attempt would only look like a
/// success.
#[tokio::test]
async fn lead_is_never_repeated_after_404_or_5xx() {
    let statuses = [404, 500, 502, 503, 504];
    for (status, idempotent) in statuses
        .into_iter()
        .flat_map(|one| [(one, false), (one, true)])
    {
        let server = failures_then(LEAD, &[response(status, "", "")]);
        let lead = server.dub().track().lead("click_1", "Sign up", "user-42");
        let lead = lead.retry(quick_retries().retry_statuses(statuses));
        let lead = match idempotent {
            true => lead.idempotent(true),
            false => lead,
        };
        let error = lead.send().await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!(server.requests().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn lead_and_sale_are_repeated_after_429() {
    let limited = response(429, "", "");
    let server = failures_then(LEAD, &[limited.clone(), limited.clone()]);
    let lead = server.dub().track().lead("click_1", "Sign up", "user-42");
    assert!(lead.send().await.is_ok());
    assert_eq!(server.request_lines(), ["POST /track/lead"; 3]);

    let server = failures_then(SALE, &[limited]);
    assert!(server.dub().track().sale("user-42", 1).send().await.is_ok());
    assert_eq!(server.request_lines(), ["POST /track/sale"; 2]);
}

/// A lost response leaves it open whether Dub recorded the lead.
#[tokio::test]
async fn lead_is_not_repeated_after_a_lost_response() {
    let server = failures_then(LEAD, &[String::new()]);
    let lead = server.dub().track().lead("click_1", "Sign up", "user-42");
    assert!(matches!(
        lead.send().await.unwrap_err(),
        Error::Transport(_)
    ));
    assert_eq!(server.requests().len(), 1);
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
