//! A web service that receives Dub's webhooks, with axum.
//!
//! - The request handler takes the body as bytes, because Dub signs them. `Webhook::receive` verifies
//!   the signature before it parses the body.
//! - A request without a valid signature gets the status 400. It does not come from Dub.
//! - Dub delivers an event more than once, also after a success. The service remembers the ids of
//!   the last events, and a real one stores them in its database, together with what it does.
//! - The handler only puts the event into a queue, so that it responds fast. If the queue is full, it
//!   responds with 503, and Dub sends the event again.
//! - An event that the crate does not know is logged and accepted: otherwise, Dub would send it
//!   again, and disable the webhook after 20 failures in a row.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use dub_sdk::{Webhook, WebhookData, WebhookEvent};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::mpsc;

/// The number of ids to remember.
const REMEMBERED: usize = 10_000;
/// The maximum size of a body. Events have a few kilobytes.
const MAX_BODY: usize = 1 << 20;

/// The state of the service.
#[derive(Clone)]
struct Receiver {
    webhook: Webhook,
    events: mpsc::Sender<WebhookEvent>,
    seen: Arc<Mutex<VecDeque<String>>>,
}

/// Returns the routes of the service. It sends each new event to the queue.
pub fn router(webhook: Webhook, events: mpsc::Sender<WebhookEvent>) -> Router {
    let receiver = Receiver {
        webhook,
        events,
        seen: Arc::default(),
    };
    Router::new()
        .route("/webhooks/dub", post(receive))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(receiver)
}

async fn receive(State(receiver): State<Receiver>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let event = match receiver.webhook.receive(&headers, &body) {
        Ok(event) => event,
        Err(error) => {
            tracing::warn!(%error, "rejected a webhook");
            return StatusCode::BAD_REQUEST;
        }
    };
    let mut seen = receiver.seen.lock().unwrap_or_else(PoisonError::into_inner);
    if seen.contains(&event.id) {
        return StatusCode::OK;
    }
    let id = event.id.clone();
    // Without a place in the queue, the event must not count as seen.
    if receiver.events.try_send(event).is_err() {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    seen.push_back(id);
    if seen.len() > REMEMBERED {
        seen.pop_front();
    }
    StatusCode::OK
}

/// Describes an event. A real service does its work here.
pub fn describe(event: &WebhookEvent) -> String {
    match &event.data {
        WebhookData::LeadCreated(lead) => {
            let customer = lead.customer.as_ref();
            let id = customer.and_then(|customer| customer.external_id.as_deref());
            format!("{} signed up", id.unwrap_or("someone"))
        }
        WebhookData::SaleCreated(sale) => {
            let amount = sale.sale.as_ref().and_then(|sale| sale.amount);
            format!("a sale of {} cents", amount.unwrap_or_default())
        }
        WebhookData::Unknown(data) => match &event.data_error {
            Some(error) => format!("unexpected data of {}: {error}", event.event),
            None => format!("unknown event {}: {data}", event.event),
        },
        _ => format!("ignored {}", event.event),
    }
}
