//! A web service over customers, with axum.
//!
//! - The client is the state of the router. Clones share their connections, so each request handler
//!   gets its own.
//! - Each call has a deadline, so that the service responds before its own callers give up.
//! - `ServiceError` maps each error to a status and logs it. A caller sees no details of errors that
//!   are not about its own request.
//! - The service's paths contain the app's own ids. `CustomerId::external` turns them into Dub's
//!   form.
//! - For a wrong API key, Dub returns 404, as for an unknown customer. `check_key` therefore lists
//!   one customer when the service starts: a list that fails with 404 shows that the key is wrong.

use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use dub_sdk::models::Customer;
use dub_sdk::{CustomerId, Dub, Error};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::json;
use std::time::Duration;

/// The time limit of a call, including its retries.
const DEADLINE: Duration = Duration::from_secs(10);
/// The `Retry-After` of the service if Dub sends none. Dub counts requests per minute.
const DEFAULT_RETRY_AFTER: Duration = Duration::from_secs(60);

/// Returns the routes of the service.
pub fn router(dub: Dub) -> Router {
    Router::new()
        .route("/customers", get(list))
        .route("/customers/{id}", get(read).patch(update))
        .with_state(dub)
}

/// Checks that Dub accepts the API key.
///
/// # Errors
///
/// Returns the error of the call.
pub async fn check_key(dub: &Dub) -> Result<(), Error> {
    let call = dub.customers().list().page_size(1).deadline(DEADLINE);
    call.await.map(drop)
}

/// The fields of a customer that the service shows.
#[derive(Serialize)]
struct CustomerView {
    id: String,
    name: Option<String>,
    email: Option<String>,
}

impl From<Customer> for CustomerView {
    fn from(customer: Customer) -> Self {
        Self {
            id: customer.external_id,
            name: customer.name,
            email: customer.email,
        }
    }
}

async fn read(
    State(dub): State<Dub>,
    Path(id): Path<String>,
) -> Result<Json<CustomerView>, ServiceError> {
    let call = dub.customers().get(CustomerId::external(id));
    Ok(Json(call.deadline(DEADLINE).await?.into()))
}

#[derive(Deserialize)]
struct Filters {
    search: Option<String>,
    country: Option<String>,
    page_size: Option<u32>,
}

async fn list(
    State(dub): State<Dub>,
    Query(filters): Query<Filters>,
) -> Result<Json<Vec<CustomerView>>, ServiceError> {
    let call = dub
        .customers()
        .list()
        .maybe(filters.search, |list, search| list.search(search))
        .maybe(filters.country, |list, country| list.country(country))
        .maybe(filters.page_size, |list, size| list.page_size(size));
    let customers = call.deadline(DEADLINE).await?;
    Ok(Json(customers.into_iter().map(Into::into).collect()))
}

/// The body of a `PATCH`. A field that is absent keeps its value. `null` removes the email address.
#[derive(Deserialize)]
struct Changes {
    name: Option<String>,
    #[serde(default, deserialize_with = "present")]
    email: Option<Option<String>>,
}

/// Deserializes a field that is present, and possibly `null`, to `Some`.
fn present<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Option<String>>, D::Error> {
    Deserialize::deserialize(value).map(Some)
}

async fn update(
    State(dub): State<Dub>,
    Path(id): Path<String>,
    Json(changes): Json<Changes>,
) -> Result<Json<CustomerView>, ServiceError> {
    let call = dub
        .customers()
        .update(CustomerId::external(id))
        .maybe(changes.name, |update, name| update.name(name))
        .maybe(changes.email, |update, email| match email {
            Some(email) => update.email(email),
            None => update.clear_email(),
        });
    // Setting the same values twice does no harm, so the client may repeat the request.
    let call = call.idempotent(true).deadline(DEADLINE);
    Ok(Json(call.await?.into()))
}

/// A failed call, as the service reports it to its own callers.
struct ServiceError(Error);

impl From<Error> for ServiceError {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl ServiceError {
    /// Returns the status of the service's response and a message for its callers.
    fn status(&self) -> (StatusCode, String) {
        let (status, message) = match &self.0 {
            Error::InvalidRequest(reason) => return (StatusCode::BAD_REQUEST, reason.to_string()),
            error if error.is_not_found() => (StatusCode::NOT_FOUND, "no such customer"),
            error if error.is_rate_limited() => (StatusCode::SERVICE_UNAVAILABLE, "retry later"),
            error if error.is_timeout() => (StatusCode::GATEWAY_TIMEOUT, "Dub is slow"),
            Error::Config(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal error"),
            _ => (StatusCode::BAD_GATEWAY, "Dub is unavailable"),
        };
        (status, message.to_owned())
    }
}

impl IntoResponse for ServiceError {
    fn into_response(self) -> Response {
        let (status, message) = self.status();
        if status.is_server_error() {
            // As `dyn Error`, the field contains the causes of the error as well.
            let error: &dyn std::error::Error = &self.0;
            let request_id = self.0.request_id();
            tracing::error!(error, request_id, status = status.as_u16(), "call failed");
        }
        let mut response = (status, Json(json!({ "error": message }))).into_response();
        if self.0.is_rate_limited() {
            let delay = self.0.retry_after().unwrap_or(DEFAULT_RETRY_AFTER);
            let seconds = delay.as_secs_f64().ceil() as u64;
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}
