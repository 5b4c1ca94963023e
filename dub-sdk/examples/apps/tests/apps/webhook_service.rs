use axum::Router;
use axum::body::Body;
use axum::http::Request;
use dub_sdk::{Webhook, WebhookEvent};
use dub_sdk_examples::webhook_service::{describe, router};
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tower::ServiceExt as _;

fn webhook() -> Webhook {
    Webhook::new("whsec_test").unwrap()
}

fn service(capacity: usize) -> (Router, mpsc::Receiver<WebhookEvent>) {
    let (sender, events) = mpsc::channel(capacity);
    (router(webhook(), sender), events)
}

fn lead(id: &str) -> Value {
    json!({
        "id": id, "event": "lead.created", "createdAt": "2026-08-21T10:48:15.468Z",
        "data": { "eventName": "Sign up", "customer": { "externalId": "user-42" } },
    })
}

/// Sends a body with a signature, and returns the status of the response.
async fn send(service: &Router, body: &str, signature: Option<&str>) -> u16 {
    let mut request = Request::post("/webhooks/dub");
    if let Some(signature) = signature {
        request = request.header("Dub-Signature", signature);
    }
    let request = request.body(Body::from(body.to_owned())).unwrap();
    service
        .clone()
        .oneshot(request)
        .await
        .unwrap()
        .status()
        .as_u16()
}

async fn send_signed(service: &Router, body: &Value) -> u16 {
    let body = body.to_string();
    send(service, &body, Some(&webhook().sign(body.as_bytes()))).await
}

#[tokio::test]
async fn event_is_received_once() {
    let (service, mut events) = service(10);
    for id in ["evt_1", "evt_2", "evt_1"] {
        assert_eq!(send_signed(&service, &lead(id)).await, 200);
    }
    let event = events.try_recv().unwrap();
    assert_eq!(
        (event.id.as_str(), describe(&event)),
        ("evt_1", "user-42 signed up".to_owned())
    );
    assert_eq!(events.try_recv().unwrap().id, "evt_2");
    assert!(events.try_recv().is_err());
}

#[tokio::test]
async fn requests_of_others_are_rejected() {
    let (service, mut events) = service(10);
    let body = lead("evt_1").to_string();
    let other = Webhook::new("whsec_other").unwrap();
    assert_eq!(send(&service, &body, None).await, 400);
    assert_eq!(
        send(&service, &body, Some(&other.sign(body.as_bytes()))).await,
        400
    );
    let valid = webhook().sign(body.as_bytes());
    let changed = body.replace("user-42", "user-43");
    assert_eq!(send(&service, &changed, Some(&valid)).await, 400);
    assert!(events.try_recv().is_err());
}

/// Dub sends the event again, which then counts as new.
#[tokio::test]
async fn full_queue_asks_for_a_retry() {
    let (service, mut events) = service(1);
    assert_eq!(send_signed(&service, &lead("evt_1")).await, 200);
    assert_eq!(send_signed(&service, &lead("evt_2")).await, 503);
    events.try_recv().unwrap();
    assert_eq!(send_signed(&service, &lead("evt_2")).await, 200);
    assert_eq!(events.try_recv().unwrap().id, "evt_2");
}

#[tokio::test]
async fn unknown_events_are_accepted() {
    let (service, mut events) = service(10);
    let body = json!({ "id": "evt_1", "event": "domain.verified", "data": { "slug": "a" } });
    assert_eq!(send_signed(&service, &body).await, 200);
    let shown = describe(&events.try_recv().unwrap());
    assert_eq!(shown, r#"unknown event domain.verified: {"slug":"a"}"#);
    let body = json!({ "id": "evt_2", "event": "sale.created", "data": { "sale": 7 } });
    assert_eq!(send_signed(&service, &body).await, 200);
    let shown = describe(&events.try_recv().unwrap());
    assert!(
        shown.starts_with("unexpected data of sale.created: "),
        "{shown}"
    );
}
