// @generated for `dub-sdk` by `cargo xtask regen` from the OpenAPI document. Do not edit.

//! Error responses of the API.

use crate::generated::models::{ErrorCode, ErrorDetail};
use crate::runtime::{ErrorBody, ErrorResponse, HeaderMap, Operation, StatusCode};
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
    /// plan is used up (code `exceeded_limit`). The track operations require the plan Business or a
    /// higher one. Waiting does not help; use a different key or a different plan.
    Forbidden(ErrorDetail),
    /// Status 404. The workspace has no customer with this id. The customer may have been deleted,
    /// or your external id may lack the prefix `ext_`. From the track operations: the click or its
    /// link does not exist or is too new to be found, or the customer of a sale has no lead. The
    /// API key may also be wrong: a key without the prefix `dub_` belongs to no workspace, and the
    /// message then refers to the missing workspace.
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

    /// Returns the payload of the variant.
    pub(crate) fn payload(&self) -> &dyn ErrorBody {
        match self {
            Self::BadRequest(payload)
            | Self::Unauthorized(payload)
            | Self::Forbidden(payload)
            | Self::NotFound(payload)
            | Self::Conflict(payload)
            | Self::InviteExpired(payload)
            | Self::UnprocessableEntity(payload)
            | Self::RateLimitExceeded(payload)
            | Self::InternalServerError(payload) => payload,
            Self::Unexpected(payload) => payload,
        }
    }

    /// Returns the status of an error without a response.
    fn declared_status(&self) -> StatusCode {
        let status = match self {
            Self::BadRequest(_) => 400,
            Self::Unauthorized(_) => 401,
            Self::Forbidden(_) => 403,
            Self::NotFound(_) => 404,
            Self::Conflict(_) => 409,
            Self::InviteExpired(_) => 410,
            Self::UnprocessableEntity(_) => 422,
            Self::RateLimitExceeded(_) => 429,
            _ => 500,
        };
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Returns the status of the response. An error that a program creates for its tests has the
    /// status of its variant.
    pub fn status(&self) -> StatusCode {
        self.payload().response().status_or(self.declared_status())
    }

    /// Returns the headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        self.payload().response().headers()
    }

    /// Returns the raw body of the response, truncated to 64 KiB.
    pub fn body(&self) -> &[u8] {
        self.payload().response().body()
    }

    /// Returns the body as a string. Invalid UTF-8 is replaced with U+FFFD.
    pub fn body_text(&self) -> Cow<'_, str> {
        self.payload().response().body_text()
    }

    /// Returns the error code of the API, or `None` if the response has none.
    pub fn code(&self) -> Option<&str> {
        self.payload().code()
    }

    /// Returns the error message of the API, or `None` if the response has none.
    pub fn message(&self) -> Option<&str> {
        self.payload().message()
    }

    /// Returns the URL of the documentation for the error, or `None` if the response has none.
    pub fn doc_url(&self) -> Option<&str> {
        self.payload().doc_url()
    }

    /// Returns the error code of the API, or `None` if the response has none.
    pub fn error_code(&self) -> Option<&ErrorCode> {
        match self {
            Self::BadRequest(payload)
            | Self::Unauthorized(payload)
            | Self::Forbidden(payload)
            | Self::NotFound(payload)
            | Self::Conflict(payload)
            | Self::InviteExpired(payload)
            | Self::UnprocessableEntity(payload)
            | Self::RateLimitExceeded(payload)
            | Self::InternalServerError(payload) => Some(&payload.code),
            _ => None,
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.payload().response().describe(self.status(), self.code(), self.message(), f)
    }
}

impl std::error::Error for ApiError {}
