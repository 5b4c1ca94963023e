//! An operation with `default` reads each error with it, also if other operations declare the status.

use crate::server::Server;
use responses_with_default_beside_other_status::blocking::ResponsesWithDefaultBesideOtherStatus;
use responses_with_default_beside_other_status::{ApiError, Error, RetryPolicy};

fn client(server: &Server) -> ResponsesWithDefaultBesideOtherStatus {
    ResponsesWithDefaultBesideOtherStatus::builder()
        .server_url(server.url())
        .retry(RetryPolicy::none())
        .build()
        .unwrap()
}

#[test]
fn default_is_read_with_a_status_of_another_operation() {
    let server = Server::answering(
        503,
        &[("Content-Type", "application/json")],
        br#"{"code": "down"}"#,
    );
    let error = client(&server).tides().list().send().unwrap_err();
    assert!(
        matches!(&error, Error::Api(ApiError::Other(body)) if body.code == "down"),
        "{error:?}"
    );
}

#[test]
fn declared_status_is_read_with_its_own_body() {
    let server = Server::answering(
        503,
        &[("Content-Type", "application/json")],
        br#"{"until": "noon"}"#,
    );
    let error = client(&server).tides().add().send().unwrap_err();
    assert!(
        matches!(&error, Error::Api(ApiError::ServiceUnavailable(body)) if body.until == "noon"),
        "{error:?}"
    );
}
