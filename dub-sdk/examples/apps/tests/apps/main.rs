//! Runs the example programs against mock servers on this machine.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "this whole program is a test, including its helpers"
)]

mod axum_service;
mod customers_cli;
mod paging;
mod rotating_token;
mod tracing_setup;
mod track;
mod webhook_service;

use dub_sdk::{Dub, RetryPolicy};
use serde_json::{Value, json};
use wiremock::{MockServer, ResponseTemplate};

/// Returns a client of a mock server that makes a single attempt per call.
fn client(server: &MockServer) -> Dub {
    let builder = Dub::builder("any token").server_url(server.uri());
    builder.retry(RetryPolicy::none()).build().unwrap()
}

/// A response with a JSON body and the status 200.
fn ok(body: Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

/// An error response in Dub's form.
fn failure(status: u16, code: &str) -> ResponseTemplate {
    let error = json!({ "error": { "code": code, "message": "The details." } });
    ResponseTemplate::new(status).set_body_json(error)
}

fn customer(number: u32) -> Value {
    json!({
        "id": format!("cus_{number}"),
        "externalId": format!("user-{number}"),
        "name": format!("Customer {number}"),
        "email": null,
        "country": "GB",
        "createdAt": "2025-10-30T18:18:27.000Z",
    })
}
