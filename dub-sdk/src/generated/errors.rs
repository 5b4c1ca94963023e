// @generated for `dub-sdk` by `cargo xtask regen` from the OpenAPI document. Do not edit.

//! Error responses of the API.

use crate::generated::models::ErrorDetail;
use crate::runtime::{ErrorResponse, HeaderMap, Operation, StatusCode};
use std::borrow::Cow;
use std::fmt;

/// An error response of the API, with one variant per status.
///
/// Every variant keeps the status, the headers and the raw body of the response.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ApiError {
    /// Status 400. The server could not parse the request: for example, the body is not JSON, or
    /// the `Authorization` header lacks the word `Bearer`. Sending the same request again does not
    /// help.
    BadRequest(ErrorDetail),
    /// Status 401. Dub does not accept the API key: it is missing, unknown or expired. For a key
    /// without the prefix `dub_`, the server returns 404 instead.
    Unauthorized(ErrorDetail),
    /// Status 403. The API key is valid, but the request is not allowed: the permissions of the key
    /// or the workspace's plan do not cover the operation (code `forbidden`), or the quota of the
    /// plan is used up (code `exceeded_limit`). Waiting does not help; use a different key or a
    /// different plan.
    Forbidden(ErrorDetail),
    /// Status 404. The workspace has no customer with this id. The customer may have been deleted,
    /// or your external id may lack the prefix `ext_`. The API key may also be wrong: a key without
    /// the prefix `dub_` belongs to no workspace, and the message then refers to the missing
    /// workspace.
    NotFound(ErrorDetail),
    /// Status 409. The request conflicts with existing data: another customer of the workspace has
    /// this external id (code `conflict`). Any operation can also return this status if the owner
    /// of the API key has not yet accepted an invitation to the workspace (code `invite_pending`).
    Conflict(ErrorDetail),
    /// Status 410. An invitation to the workspace was not accepted in time and is no longer valid.
    /// Someone in the workspace must send a new invitation. The error is not about the customer.
    InviteExpired(ErrorDetail),
    /// Status 422. The request is well-formed, but a value in it is invalid: for example, a
    /// required value is missing, an email address is malformed, or a cursor refers to a deleted
    /// customer. The message names the field. Sending the same request again does not help.
    UnprocessableEntity(ErrorDetail),
    /// Status 429. The workspace sent too many requests within one minute. The limit depends on the
    /// workspace's plan, from 60 to 3000 requests a minute. Wait as long as `Retry-After`
    /// specifies, then send the same request again.
    RateLimitExceeded(ErrorDetail),
    /// Status 500. An error occurred on Dub's side. It is safe to retry a read. Before you repeat a
    /// change, check whether the first request took effect.
    InternalServerError(ErrorDetail),
    /// An error response whose status has no variant, or whose body does not match the
    /// schema for its status.
    Unexpected(ErrorResponse),
}

impl ApiError {
    /// Parses an error response into the variant for its status, or into `Unexpected` if
    /// the body does not match.
    pub(crate) fn from_response(
        _operation: &Operation,
        response: ErrorResponse,
    ) -> Self {
        match response.status().as_u16() {
            400 => response.read(&["error"], Self::BadRequest),
            401 => response.read(&["error"], Self::Unauthorized),
            403 => response.read(&["error"], Self::Forbidden),
            404 => response.read(&["error"], Self::NotFound),
            409 => response.read(&["error"], Self::Conflict),
            410 => response.read(&["error"], Self::InviteExpired),
            422 => response.read(&["error"], Self::UnprocessableEntity),
            429 => response.read(&["error"], Self::RateLimitExceeded),
            500 => response.read(&["error"], Self::InternalServerError),
            _ => Self::Unexpected(response),
        }
    }

    fn response(&self) -> &ErrorResponse {
        match self {
            Self::BadRequest(body) => &body.response,
            Self::Unauthorized(body) => &body.response,
            Self::Forbidden(body) => &body.response,
            Self::NotFound(body) => &body.response,
            Self::Conflict(body) => &body.response,
            Self::InviteExpired(body) => &body.response,
            Self::UnprocessableEntity(body) => &body.response,
            Self::RateLimitExceeded(body) => &body.response,
            Self::InternalServerError(body) => &body.response,
            Self::Unexpected(response) => response,
        }
    }

    /// Returns the status of the response.
    pub fn status(&self) -> StatusCode {
        self.response().status()
    }

    /// Returns the headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        self.response().headers()
    }

    /// Returns the raw body of the response, truncated to 64 KiB.
    pub fn body(&self) -> &[u8] {
        self.response().body()
    }

    /// Returns the body as a string. Invalid UTF-8 is replaced with U+FFFD.
    pub fn body_text(&self) -> Cow<'_, str> {
        self.response().body_text()
    }

    /// Returns the error code of the API, or `None` if the response has none.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::BadRequest(body) => Some(body.code.as_str()),
            Self::Unauthorized(body) => Some(body.code.as_str()),
            Self::Forbidden(body) => Some(body.code.as_str()),
            Self::NotFound(body) => Some(body.code.as_str()),
            Self::Conflict(body) => Some(body.code.as_str()),
            Self::InviteExpired(body) => Some(body.code.as_str()),
            Self::UnprocessableEntity(body) => Some(body.code.as_str()),
            Self::RateLimitExceeded(body) => Some(body.code.as_str()),
            Self::InternalServerError(body) => Some(body.code.as_str()),
            _ => None,
        }
    }

    /// Returns the error message of the API, or `None` if the response has none.
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::BadRequest(body) => Some(&body.message),
            Self::Unauthorized(body) => Some(&body.message),
            Self::Forbidden(body) => Some(&body.message),
            Self::NotFound(body) => Some(&body.message),
            Self::Conflict(body) => Some(&body.message),
            Self::InviteExpired(body) => Some(&body.message),
            Self::UnprocessableEntity(body) => Some(&body.message),
            Self::RateLimitExceeded(body) => Some(&body.message),
            Self::InternalServerError(body) => Some(&body.message),
            _ => None,
        }
    }

    /// Returns the URL of the documentation for the error, or `None` if the response has none.
    pub fn doc_url(&self) -> Option<&str> {
        match self {
            Self::BadRequest(body) => body.doc_url.as_deref(),
            Self::Unauthorized(body) => body.doc_url.as_deref(),
            Self::Forbidden(body) => body.doc_url.as_deref(),
            Self::NotFound(body) => body.doc_url.as_deref(),
            Self::Conflict(body) => body.doc_url.as_deref(),
            Self::InviteExpired(body) => body.doc_url.as_deref(),
            Self::UnprocessableEntity(body) => body.doc_url.as_deref(),
            Self::RateLimitExceeded(body) => body.doc_url.as_deref(),
            Self::InternalServerError(body) => body.doc_url.as_deref(),
            _ => None,
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.response().describe(self.code(), self.message(), f)
    }
}

impl std::error::Error for ApiError {}
