//! Checks the decoding of responses.

use super::call::{self, TOKEN};
use dub_sdk::{ApiError, Error, ErrorResponse, HeaderMap, StatusCode, models, webhooks};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt::Debug;

/// The statuses of responses: those that the API documents, and some that it does not.
const STATUSES: [u16; 16] = [
    200, 201, 202, 400, 401, 403, 404, 409, 410, 418, 422, 429, 500, 502, 503, 599,
];

/// The longest body. Larger ones only make a run slow.
const MAX_BODY: usize = 16 * 1024;

/// Reads the first byte as a status and the rest as the body of a response. `$` stands for the API
/// key. Decodes the body into each type, writes it again, and makes calls that receive it.
pub fn decode(data: &[u8]) {
    let (first, body) = match data {
        [first, body @ ..] if body.len() <= MAX_BODY => (*first, body),
        _ => return,
    };
    let status = STATUSES[usize::from(first) % STATUSES.len()];
    let body: Vec<u8> = body
        .iter()
        .flat_map(|byte| match byte {
            b'$' => TOKEN.as_bytes(),
            byte => std::slice::from_ref(byte),
        })
        .copied()
        .collect();
    types(&body);
    error_response(status, &body);
    calls(status, &body);
}

/// Decodes a body into each type of the customers and track operations and of webhooks.
fn types(body: &[u8]) {
    round_trip::<Vec<models::Customer>>(body);
    round_trip::<models::Customer>(body);
    round_trip::<models::DeleteCustomerResponse>(body);
    round_trip::<models::TrackLeadResponse>(body);
    round_trip::<models::TrackSaleResponse>(body);
    round_trip::<models::ErrorDetail>(body);
    round_trip::<webhooks::Bounty>(body);
    round_trip::<webhooks::CommissionCreated>(body);
    round_trip::<webhooks::DiscountCode>(body);
    round_trip::<webhooks::EnrolledPartner>(body);
    round_trip::<webhooks::LeadCreated>(body);
    round_trip::<webhooks::LinkClicked>(body);
    round_trip::<webhooks::PartnerApplication>(body);
    round_trip::<webhooks::PartnersMerged>(body);
    round_trip::<webhooks::Payout>(body);
    round_trip::<webhooks::SaleCreated>(body);
    round_trip::<webhooks::WebhookLink>(body);
}

/// Checks that a value that was read is the same after it is written and read again.
fn round_trip<T: Serialize + DeserializeOwned + PartialEq + Debug>(body: &[u8]) {
    let Ok(value) = serde_json::from_slice::<T>(body) else {
        return;
    };
    let written = serde_json::to_string(&value).expect("a decoded value can be written");
    let again: T = serde_json::from_str(&written).expect("a written value can be decoded");
    // serde_json rounds some numbers differently each time.
    if value != again {
        let json = |value: &T| serde_json::to_value(value).unwrap();
        let (value, again) = (json(&value), json(&again));
        assert!(are_close(&value, &again), "{value}\n{again}");
    }
}

fn are_close(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => {
            let (left, right) = (left.as_f64().unwrap(), right.as_f64().unwrap());
            (left - right).abs() <= left.abs() * 1e-12
        }
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(a, b)| are_close(a, b))
        }
        (Value::Object(left), Value::Object(right)) => {
            let is_close = |(key, value): (&String, &Value)| {
                right.get(key).is_some_and(|other| are_close(value, other))
            };
            left.len() == right.len() && left.iter().all(is_close)
        }
        _ => left == right,
    }
}

/// Decodes an error response, and checks what the error keeps.
fn error_response(status: u16, body: &[u8]) {
    let status = StatusCode::from_u16(status).unwrap();
    let response = ErrorResponse::new(status, HeaderMap::new(), body.to_vec());
    let error = ApiError::from(response);
    assert_eq!((error.status(), error.body()), (status, body));
    let message = Error::Api(error).to_string();
    assert!(!message.chars().any(char::is_control), "{message:?}");
}

/// Makes calls that receive a response.
fn calls(status: u16, body: &[u8]) {
    call::run(status, body, async |dub| {
        let customer = dub.customers().get("cus_1").send_with_response().await;
        match customer {
            Ok(response) => {
                assert!(status < 300);
                assert_eq!(response.raw_body(), body);
                let read = serde_json::from_slice(body).ok();
                assert_eq!(read.as_ref(), Some(&response.body));
            }
            Err(error) => {
                assert_eq!(matches!(error, Error::Decode(_)), status < 300, "{error:?}");
                call::check_error(&error);
            }
        }
        let mut stream = dub.customers().list().stream();
        for _ in 0..8 {
            match stream.next().await {
                Some(Ok(_)) => {}
                Some(Err(error)) => call::check_error(&error),
                None => break,
            }
        }
        let lead = dub.track().lead("click_1", "Sign up", "user-42");
        if let Err(error) = lead.send().await {
            call::check_error(&error);
        }
    });
}
