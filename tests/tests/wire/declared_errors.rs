//! Tests the nine errors that the API declares, on each operation.

use crate::operations::Operation;
use crate::support::{Server, json};
use dub_sdk::{ApiError, Error, ErrorCode, ErrorDetail};

/// The status, the variant and the usual error code.
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

/// Returns the name and the detail of a declared variant.
fn variant_and_detail(error: &ApiError) -> (&'static str, &ErrorDetail) {
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
        other => panic!("expected a declared error, found {other:?}"),
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
async fn declared_status_maps_to_variant_on_every_operation() {
    let server = Server::json(200, "").await;
    for operation in Operation::ALL {
        for (status, variant, code) in DECLARED {
            for doc_url in [Some(DOC_URL), None] {
                let body = body(code, doc_url);
                let response = json(status, &body).insert_header("x-vercel-id", "fra1::abc");
                server.respond_with(response).await;
                let error = api_error(operation, &server).await;
                assert_accessors(&error, (status, variant, code), doc_url);
                assert_keeps_response(&error, &body);
            }
        }
    }
}

fn assert_accessors(error: &Error, declared: (u16, &str, &str), doc_url: Option<&str>) {
    let (status, variant, code) = declared;
    let Error::Api(api) = error else { panic!() };
    let (name, detail) = variant_and_detail(api);
    assert_eq!(api.error_code(), Some(&ErrorCode::from(code)));
    assert!(api.error_code().is_some_and(ErrorCode::is_known));
    assert_eq!(name, variant);
    assert_eq!(detail.code.as_str(), code);
    assert!(!matches!(detail.code, ErrorCode::Unknown(_)), "{code}");
    assert_eq!(detail.message, "It did not work: ü.");
    assert_eq!(detail.doc_url.as_deref(), doc_url);
    // The accessors of `ApiError` and of `Error` return the same values.
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
    let message = error.to_string();
    assert!(message.contains(&status.to_string()), "{message}");
    assert!(
        message.contains(code) && message.contains("It did not work: ü."),
        "{message}"
    );
}

fn assert_keeps_response(error: &Error, body: &str) {
    let Error::Api(api) = error else { panic!() };
    assert_eq!(api.body_text(), body);
    assert_eq!(api.body(), body.as_bytes());
    assert_eq!(api.headers()["x-vercel-id"], "fra1::abc");
    assert_eq!(api.headers()["content-type"], "application/json");
    assert_eq!(error.request_id(), Some("fra1::abc"));
}

#[tokio::test]
async fn keeps_variant_for_less_common_codes() {
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
async fn keeps_unknown_error_code() {
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
        let json = serde_json::to_value(&detail).unwrap();
        assert_eq!(json["code"], "Quota-Überlauf 2");
    }
}

#[tokio::test]
async fn accepts_unknown_and_null_error_fields() {
    let body =
        r#"{"requestId":7,"error":{"code":"not_found","message":"gone","doc_url":null,"hint":[]}}"#;
    let server = Server::json(404, body).await;
    let error = api_error(Operation::Get, &server).await;
    assert_eq!(error.message(), Some("gone"));
    assert_eq!(error.doc_url(), None);
    assert!(matches!(error, Error::Api(ApiError::NotFound(_))));
}

#[tokio::test]
async fn error_variant_is_independent_of_content_type() {
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
async fn parses_retry_after_seconds_and_unix_milliseconds() {
    let now = std::time::SystemTime::now();
    let since_1970 = now.duration_since(std::time::UNIX_EPOCH).unwrap();
    let in_one_minute = (since_1970.as_millis() + 60_000).to_string();
    for (value, least, most) in [("17", 17, 17), (&*in_one_minute, 30, 60), ("0", 0, 0)] {
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
