//! Errors that an app creates in its own tests, without a server. They behave like errors of calls.

use dub_sdk::models::ErrorDetail;
use dub_sdk::{ApiError, Error, ErrorResponse, HeaderMap, StatusCode};
use std::time::Duration;

fn detail() -> ErrorDetail {
    let mut detail = ErrorDetail::default();
    detail.code = "not_found".into();
    detail.message = "Customer not found.".into();
    detail
}

#[test]
fn api_error_has_the_status_of_its_variant() {
    type Variant = fn(ErrorDetail) -> ApiError;
    let variants: [(Variant, u16); 9] = [
        (ApiError::BadRequest, 400),
        (ApiError::Unauthorized, 401),
        (ApiError::Forbidden, 403),
        (ApiError::NotFound, 404),
        (ApiError::Conflict, 409),
        (ApiError::InviteExpired, 410),
        (ApiError::UnprocessableEntity, 422),
        (ApiError::RateLimitExceeded, 429),
        (ApiError::InternalServerError, 500),
    ];
    for (variant, status) in variants {
        let error = Error::from(variant(detail()));
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert_eq!(error.is_not_found(), status == 404);
        assert_eq!(error.is_rate_limited(), status == 429);
        assert_eq!(error.is_retryable(), matches!(status, 429 | 500));
    }
    let error = Error::from(ApiError::NotFound(detail()));
    assert_eq!(
        error.to_string(),
        "404 Not Found: not_found: Customer not found."
    );
    assert_eq!(
        (error.code(), error.message(), error.request_id()),
        (Some("not_found"), Some("Customer not found."), None)
    );
}

#[test]
fn unexpected_error_without_a_response_is_a_server_error() {
    let error = ApiError::Unexpected(ErrorResponse::default());
    assert_eq!(error.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(error.to_string(), "500 Internal Server Error");
    assert_eq!(error.error_code(), None);
}

#[test]
fn other_errors_are_created_with_a_message() {
    let errors = [
        (Error::timeout("no response"), true, true),
        (Error::connect("no response"), false, true),
        (Error::transport("no response"), false, true),
        (Error::invalid_request("no response"), false, false),
        (Error::config("no response"), false, false),
    ];
    for (error, is_timeout, is_retryable) in errors {
        assert_eq!(error.to_string(), "no response");
        assert_eq!(error.status(), None);
        assert_eq!(error.is_timeout(), is_timeout, "{error:?}");
        assert_eq!(error.is_retryable(), is_retryable, "{error:?}");
    }
    let matched = matches!(Error::timeout("late"), Error::Timeout(_));
    assert!(matched);
}

#[test]
fn error_from_response_behaves_like_a_received_one() {
    let mut headers = HeaderMap::new();
    headers.insert("retry-after", "30".parse().unwrap());
    headers.insert("x-vercel-id", "fra1::abc".parse().unwrap());
    let body = r#"{"error":{"code":"rate_limit_exceeded","message":"Slow down."}}"#;
    let response = ErrorResponse::new(StatusCode::TOO_MANY_REQUESTS, headers, body);
    let error = Error::from(ApiError::from(response));
    assert!(
        matches!(error, Error::Api(ApiError::RateLimitExceeded(_))),
        "{error:?}"
    );
    assert!(error.is_rate_limited() && error.is_retryable());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
    assert_eq!(
        (error.message(), error.request_id()),
        (Some("Slow down."), Some("fra1::abc"))
    );
    assert_eq!(error.operation(), None);

    let html = ErrorResponse::new(StatusCode::BAD_GATEWAY, HeaderMap::new(), "<html>");
    let error = Error::from(ApiError::from(html));
    assert_eq!(error.to_string(), "502 Bad Gateway: <html>");
}
