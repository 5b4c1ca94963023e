//! The nine errors that the API declares, on each of the five operations.

use crate::operations::Operation;
use crate::support::{Server, json};
use dub_sdk::{ApiError, Error, ErrorCode, ErrorDetail};

/// Status, variant, and the code that comes with it.
const DECLARED: [(u16, &str, &str); 9] = [
    (400, "BadRequest", "bad_request"),
    (401, "Unauthorized", "unauthorized"),
    (403, "Forbidden", "forbidden"),
    (404, "NotFound", "not_found"),
    (409, "Conflict", "conflict"),
    (410, "InviteExpired", "invite_expired"),
    (422, "UnprocessableEntity", "unprocessable_entity"),
    (429, "RateLimitExceeded", "rate_limit_exceeded"),
    (500, "InternalServerError", "internal_server_error"),
];

const DOC_URL: &str = "https://dub.co/docs/api-reference/errors#x";

/// The name of a typed variant, and what it holds.
fn typed(error: &ApiError) -> (&'static str, &ErrorDetail) {
    match error {
        ApiError::BadRequest(detail) => ("BadRequest", detail),
        ApiError::Unauthorized(detail) => ("Unauthorized", detail),
        ApiError::Forbidden(detail) => ("Forbidden", detail),
        ApiError::NotFound(detail) => ("NotFound", detail),
        ApiError::Conflict(detail) => ("Conflict", detail),
        ApiError::InviteExpired(detail) => ("InviteExpired", detail),
        ApiError::UnprocessableEntity(detail) => ("UnprocessableEntity", detail),
        ApiError::RateLimitExceeded(detail) => ("RateLimitExceeded", detail),
        ApiError::InternalServerError(detail) => ("InternalServerError", detail),
        other => panic!("not typed: {other:?}"),
    }
}

fn body(code: &str, doc_url: Option<&str>) -> String {
    let doc_url = doc_url.map(|url| format!(r#","doc_url":"{url}""#));
    let doc_url = doc_url.unwrap_or_default();
    format!(r#"{{"error":{{"code":"{code}","message":"It did not work: ü."{doc_url}}}}}"#)
}

async fn api_error(operation: Operation, server: &Server) -> Error {
    let error = operation.call(&server.dub()).await.unwrap_err();
    assert!(matches!(error, Error::Api(_)), "{error:?}");
    error
}

#[tokio::test]
async fn every_declared_status_is_its_variant_on_every_operation() {
    let server = Server::json(200, "").await;
    for operation in Operation::ALL {
        for (status, variant, code) in DECLARED {
            for doc_url in [Some(DOC_URL), None] {
                let body = body(code, doc_url);
                let response = json(status, &body).insert_header("x-vercel-id", "fra1::abc");
                server.answer(response).await;
                let error = api_error(operation, &server).await;
                assert_reads(&error, (status, variant, code), doc_url);
                assert_keeps_the_response(&error, &body);
            }
        }
    }
}

fn assert_reads(error: &Error, declared: (u16, &str, &str), doc_url: Option<&str>) {
    let (status, variant, code) = declared;
    let Error::Api(api) = error else { panic!() };
    let (name, detail) = typed(api);
    assert_eq!(name, variant);
    assert_eq!(detail.code.as_str(), code);
    assert!(!matches!(detail.code, ErrorCode::Unknown(_)), "{code}");
    assert_eq!(detail.message, "It did not work: ü.");
    assert_eq!(detail.doc_url.as_deref(), doc_url);
    // The same is said by the methods, of the response's error and of the crate's own.
    assert_eq!(api.status().as_u16(), status);
    assert_eq!(api.code(), Some(code));
    assert_eq!(api.message(), Some("It did not work: ü."));
    assert_eq!(api.doc_url(), doc_url);
    assert_eq!(error.status(), Some(api.status()));
    assert_eq!(error.code(), Some(code));
    assert_eq!(error.message(), Some("It did not work: ü."));
    assert_eq!(error.doc_url(), doc_url);
    assert_eq!(error.is_not_found(), status == 404);
    assert_eq!(error.is_rate_limited(), status == 429);
    assert_eq!(error.is_retryable(), matches!(status, 429 | 500));
    assert!(!error.is_timeout());
    let text = error.to_string();
    assert!(text.contains(&status.to_string()), "{text}");
    assert!(
        text.contains(code) && text.contains("It did not work: ü."),
        "{text}"
    );
}

fn assert_keeps_the_response(error: &Error, body: &str) {
    let Error::Api(api) = error else { panic!() };
    assert_eq!(api.body_text(), body);
    assert_eq!(api.body(), body.as_bytes());
    assert_eq!(api.headers()["x-vercel-id"], "fra1::abc");
    assert_eq!(api.headers()["content-type"], "application/json");
    assert_eq!(error.request_id(), Some("fra1::abc"));
}

#[tokio::test]
async fn codes_beyond_the_usual_one_of_a_status_keep_the_variant() {
    for operation in Operation::ALL {
        let server = Server::json(403, &body("exceeded_limit", None)).await;
        let error = api_error(operation, &server).await;
        let Error::Api(ApiError::Forbidden(detail)) = error else {
            panic!("{error:?}")
        };
        assert_eq!(detail.code, ErrorCode::ExceededLimit);

        let server = Server::json(409, &body("invite_pending", None)).await;
        let error = api_error(operation, &server).await;
        let Error::Api(ApiError::Conflict(detail)) = error else {
            panic!("{error:?}")
        };
        assert_eq!(detail.code, ErrorCode::InvitePending);
    }
}

#[tokio::test]
async fn a_code_that_the_crate_does_not_know_is_kept_as_it_came() {
    for operation in Operation::ALL {
        let server = Server::json(422, &body("Quota-Überlauf 2", None)).await;
        let error = api_error(operation, &server).await;
        assert_eq!(error.code(), Some("Quota-Überlauf 2"));
        let Error::Api(ApiError::UnprocessableEntity(detail)) = error else {
            panic!("{error:?}")
        };
        assert_eq!(
            detail.code,
            ErrorCode::Unknown("Quota-Überlauf 2".to_owned())
        );
        assert_eq!(detail.code.to_string(), "Quota-Überlauf 2");
        let written = serde_json::to_value(&detail).unwrap();
        assert_eq!(written["code"], "Quota-Überlauf 2");
    }
}

#[tokio::test]
async fn an_error_may_say_more_than_is_known_and_say_null() {
    let body =
        r#"{"requestId":7,"error":{"code":"not_found","message":"gone","doc_url":null,"hint":[]}}"#;
    let server = Server::json(404, body).await;
    let error = api_error(Operation::Get, &server).await;
    assert_eq!(error.message(), Some("gone"));
    assert_eq!(error.doc_url(), None);
    assert!(matches!(error, Error::Api(ApiError::NotFound(_))));
}

#[tokio::test]
async fn the_kind_of_error_does_not_hang_on_the_content_type() {
    let body = body("not_found", None);
    for content_type in [
        "text/plain",
        "application/problem+json",
        "application/json; charset=utf-8",
    ] {
        let server = Server::start(crate::support::response(404, content_type, &body)).await;
        let error = api_error(Operation::Get, &server).await;
        assert!(
            matches!(error, Error::Api(ApiError::NotFound(_))),
            "{content_type}"
        );
    }
}

#[tokio::test]
async fn retry_after_is_read_as_seconds_and_as_milliseconds_since_1970() {
    let now = std::time::SystemTime::now();
    let since_1970 = now.duration_since(std::time::UNIX_EPOCH).unwrap();
    let in_a_minute = (since_1970.as_millis() + 60_000).to_string();
    for (value, least, most) in [("17", 17, 17), (&*in_a_minute, 30, 60), ("0", 0, 0)] {
        let response =
            json(429, &body("rate_limit_exceeded", None)).insert_header("retry-after", value);
        let error = api_error(Operation::List, &Server::start(response).await).await;
        let seconds = error.retry_after().unwrap().as_secs();
        assert!((least..=most).contains(&seconds), "{value}: {seconds}");
    }
    let server = Server::json(429, &body("rate_limit_exceeded", None)).await;
    assert_eq!(
        api_error(Operation::List, &server).await.retry_after(),
        None
    );
}
