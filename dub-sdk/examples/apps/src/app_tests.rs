//! Tests of an app that uses `dub-sdk`: first the code of the app, then its tests.
//!
//! - With a mock server: `wiremock` checks the request and returns a response. Plain HTTP is allowed
//!   to loopback addresses.
//! - `RetryPolicy::none()` for tests of errors. With the default policy, the client sends a request
//!   up to three times if the mock responds with 500 or 503. The test then waits for about a second,
//!   and a mock that expects one request fails.
//! - `expect(1)` makes the test fail if the request does not match. wiremock responds to all other
//!   requests with 404, which the app could mistake for a missing customer.
//! - Without a server: models have a `Default`, and errors can be created. Functions that take a
//!   model or an error need nothing else.

use dub_sdk::models::Customer;
use dub_sdk::{CustomerId, Dub, Error};

/// Returns the first line of an email to a user.
///
/// # Errors
///
/// Returns the error of the call, unless Dub has no such customer.
pub async fn salutation(dub: &Dub, user: &str) -> Result<String, Error> {
    match dub.customers().get(CustomerId::external(user)).await {
        Ok(customer) => Ok(greet(&customer)),
        Err(error) if error.is_not_found() => Ok("Hello,".to_owned()),
        Err(error) => Err(error),
    }
}

/// Greets a customer by name, or by the email address.
pub fn greet(customer: &Customer) -> String {
    match customer.name.as_ref().or(customer.email.as_ref()) {
        Some(name) => format!("Hello {name},"),
        None => "Hello,".to_owned(),
    }
}

/// Returns what the app does after a failed call.
pub fn reaction(error: &Error) -> &'static str {
    if error.is_not_found() {
        "create the customer"
    } else if error.is_retryable() {
        "put the job back into the queue"
    } else {
        "inform the operator"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dub_sdk::models::ErrorDetail;
    use dub_sdk::{ApiError, RetryPolicy};
    use serde_json::json;
    use std::time::Duration;
    use wiremock::matchers::{header, method, path};
    use wiremock::{Mock, MockServer, ResponseTemplate};

    /// Returns a client of the mock server that makes a single attempt per call.
    fn client(server: &MockServer) -> Dub {
        Dub::builder("any token")
            .server_url(server.uri())
            .retry(RetryPolicy::none())
            .build()
            .unwrap()
    }

    /// A response with the required fields of a customer, and a name.
    fn ada() -> ResponseTemplate {
        ResponseTemplate::new(200).set_body_json(json!({
            "id": "cus_1",
            "externalId": "user-42",
            "name": "Ada",
            "createdAt": "2025-10-30T18:18:27.000Z",
        }))
    }

    fn failure(status: u16, code: &str) -> ResponseTemplate {
        let error = json!({ "error": { "code": code, "message": "Not today." } });
        ResponseTemplate::new(status).set_body_json(error)
    }

    #[tokio::test]
    async fn greets_a_customer_by_name() {
        let server = MockServer::start().await;
        Mock::given(method("GET"))
            .and(path("/customers/ext_user-42"))
            .and(header("authorization", "Bearer any token"))
            .respond_with(ada())
            .expect(1)
            .mount(&server)
            .await;
        let line = salutation(&client(&server), "user-42").await.unwrap();
        assert_eq!(line, "Hello Ada,");
    }

    #[tokio::test]
    async fn greets_an_unknown_user_without_a_name() {
        let server = MockServer::start().await;
        let not_found = Mock::given(method("GET")).respond_with(failure(404, "not_found"));
        not_found.expect(1).mount(&server).await;
        let line = salutation(&client(&server), "nobody").await.unwrap();
        assert_eq!(line, "Hello,");
    }

    /// Without `RetryPolicy::none()`, the mock would receive three requests, and the test would take
    /// about a second.
    #[tokio::test]
    async fn server_error_is_returned_after_one_request() {
        let server = MockServer::start().await;
        let unavailable = Mock::given(method("GET")).respond_with(failure(503, "unavailable"));
        unavailable.expect(1).mount(&server).await;
        let error = salutation(&client(&server), "user-42").await.unwrap_err();
        assert_eq!(error.status().unwrap(), 503);
        assert_eq!(reaction(&error), "put the job back into the queue");
    }

    /// A test of the retries themselves keeps them, but shortens the delays.
    #[tokio::test]
    async fn survives_a_short_outage() {
        let server = MockServer::start().await;
        let outage = Mock::given(method("GET")).respond_with(failure(500, "internal_server_error"));
        outage.up_to_n_times(1).mount(&server).await;
        let recovered = Mock::given(method("GET")).respond_with(ada());
        recovered.expect(1).mount(&server).await;
        let policy = RetryPolicy::default().base_delay(Duration::from_millis(1));
        let dub = Dub::builder("any token").server_url(server.uri());
        let dub = dub.retry(policy).build().unwrap();
        assert_eq!(salutation(&dub, "user-42").await.unwrap(), "Hello Ada,");
    }

    #[test]
    fn greets_by_email_address_if_there_is_no_name() {
        let mut customer = Customer::default();
        assert_eq!(greet(&customer), "Hello,");
        customer.email = Some("ada@example.com".to_owned());
        assert_eq!(greet(&customer), "Hello ada@example.com,");
    }

    #[test]
    fn each_error_has_a_reaction() {
        let not_found = Error::from(ApiError::NotFound(ErrorDetail::default()));
        assert_eq!(reaction(&not_found), "create the customer");
        let slow = Error::timeout("no response");
        assert_eq!(reaction(&slow), "put the job back into the queue");
        let mut detail = ErrorDetail::default();
        detail.message = "The plan's quota is used up.".to_owned();
        let forbidden = Error::from(ApiError::Forbidden(detail));
        assert_eq!(reaction(&forbidden), "inform the operator");
        assert_eq!(forbidden.message(), Some("The plan's quota is used up."));
    }
}
