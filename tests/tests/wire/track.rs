//! Tests the requests of the track operations, byte for byte.

use crate::support::{Sent, Server};
use dub_sdk::models::{TrackLeadMode, TrackSalePaymentProcessor};
use dub_sdk::{ApiOperation, Dub, Error, RequestBuilder, Token};
use serde_json::json;
use std::collections::BTreeMap;

/// The smallest response to a lead.
pub const LEAD: &str = r#"{"click":{"id":"c"},"link":null,"customer":{}}"#;

/// The smallest response to a sale.
pub const SALE: &str = r#"{"eventName":"Purchase","customer":null,"sale":null}"#;

/// Sends a request and returns it as the server received it.
async fn sent<O: ApiOperation>(body: &str, build: impl FnOnce(&Dub) -> RequestBuilder<O>) -> Sent {
    let server = Server::json(200, body).await;
    build(&server.dub()).send().await.unwrap();
    server.request().await
}

#[tokio::test]
async fn lead_sends_only_fields_that_were_set() {
    let sent = sent(LEAD, |dub| {
        dub.track().lead("click_1", "Sign up", "user-42")
    })
    .await;
    assert_eq!((&*sent.method, &*sent.target), ("POST", "/track/lead"));
    assert_eq!(sent.header("content-type"), Some("application/json"));
    assert_eq!(sent.header("accept"), Some("application/json"));
    let token = format!("Bearer {}", crate::support::TOKEN);
    assert_eq!(sent.header("authorization"), Some(&*token));
    assert_eq!(
        sent.body,
        r#"{"clickId":"click_1","eventName":"Sign up","customerExternalId":"user-42"}"#
    );
}

#[tokio::test]
async fn lead_sends_every_field() {
    let metadata = BTreeMap::from([
        ("plan".to_owned(), json!("pro")),
        ("seats".to_owned(), json!([1.0, null, {"a": true}])),
    ]);
    let sent = sent(LEAD, |dub| {
        dub.track()
            .lead("click_1", "Sign up", "user-42")
            .customer_name("Ada \"Zoë\"")
            .customer_email("ada@example.com")
            .customer_avatar("https://example.com/a.png")
            .mode(TrackLeadMode::Deferred)
            .event_quantity(3_u8)
            .metadata(metadata)
    })
    .await;
    assert_eq!(
        sent.body,
        r#"{"clickId":"click_1","eventName":"Sign up","customerExternalId":"user-42","customerName":"Ada \"Zoë\"","customerEmail":"ada@example.com","customerAvatar":"https://example.com/a.png","mode":"deferred","eventQuantity":3,"metadata":{"plan":"pro","seats":[1,null,{"a":true}]}}"#
    );
}

#[tokio::test]
async fn lead_sends_null_only_for_nullable_fields() {
    let sent = sent(LEAD, |dub| {
        dub.track()
            .lead("c", "e", "u")
            .clear_customer_name()
            .clear_customer_email()
            .clear_customer_avatar()
            .clear_event_quantity()
            .clear_metadata()
    })
    .await;
    assert_eq!(
        sent.body,
        r#"{"clickId":"c","eventName":"e","customerExternalId":"u","customerName":null,"customerEmail":null,"customerAvatar":null,"eventQuantity":null,"metadata":null}"#
    );
}

/// An empty click id asks the server for the stored click. Spaces are part of a value: the server
/// removes them or not, depending on the operation.
#[tokio::test]
async fn values_are_sent_as_they_are() {
    let lead = sent(LEAD, |dub| {
        dub.track()
            .lead("", " Sign up ", " user\n42 ")
            .mode(TrackLeadMode::from("later"))
            .event_quantity(-1)
    })
    .await;
    assert_eq!(
        lead.body,
        r#"{"clickId":"","eventName":" Sign up ","customerExternalId":" user\n42 ","mode":"later","eventQuantity":-1}"#
    );
    let sale = sent(SALE, |dub| {
        dub.track()
            .sale(" user-42 ", 9_007_199_254_740_991_u64)
            .event_name("")
            .invoice_id("")
            .payment_processor(TrackSalePaymentProcessor::from("klarna"))
    })
    .await;
    assert_eq!(
        sale.body,
        r#"{"customerExternalId":" user-42 ","amount":9007199254740991,"eventName":"","invoiceId":"","paymentProcessor":"klarna"}"#
    );
}

#[tokio::test]
async fn sale_sends_only_fields_that_were_set() {
    let sent = sent(SALE, |dub| dub.track().sale("user-42", 0)).await;
    assert_eq!((&*sent.method, &*sent.target), ("POST", "/track/sale"));
    assert_eq!(sent.body, r#"{"customerExternalId":"user-42","amount":0}"#);
}

#[tokio::test]
async fn sale_sends_every_field() {
    let sent = sent(SALE, |dub| {
        dub.track()
            .sale("user-42", 9900)
            .currency("EUR")
            .event_name("Invoice paid")
            .payment_processor(TrackSalePaymentProcessor::Stripe)
            .invoice_id("in_1")
            .metadata(BTreeMap::from([("productId".to_owned(), json!("pro"))]))
            .lead_event_name("Sign up")
            .click_id("click_1")
            .customer_name("Ada")
            .customer_email("ada@example.com")
            .customer_avatar("data:image/png;base64,AA==")
    })
    .await;
    assert_eq!(
        sent.body,
        r#"{"customerExternalId":"user-42","amount":9900,"currency":"EUR","eventName":"Invoice paid","paymentProcessor":"stripe","invoiceId":"in_1","metadata":{"productId":"pro"},"leadEventName":"Sign up","clickId":"click_1","customerName":"Ada","customerEmail":"ada@example.com","customerAvatar":"data:image/png;base64,AA=="}"#
    );
}

#[tokio::test]
async fn sale_sends_null_only_for_nullable_fields() {
    let sent = sent(SALE, |dub| {
        dub.track()
            .sale("u", 1)
            .clear_invoice_id()
            .clear_metadata()
            .clear_lead_event_name()
            .clear_click_id()
            .clear_customer_name()
            .clear_customer_email()
            .clear_customer_avatar()
    })
    .await;
    assert_eq!(
        sent.body,
        r#"{"customerExternalId":"u","amount":1,"invoiceId":null,"metadata":null,"leadEventName":null,"clickId":null,"customerName":null,"customerEmail":null,"customerAvatar":null}"#
    );
}

#[tokio::test]
async fn enums_have_the_values_of_the_api() {
    let modes: Vec<_> = TrackLeadMode::VALUES
        .iter()
        .map(|mode| mode.as_str())
        .collect();
    assert_eq!(modes, ["async", "wait", "deferred"]);
    let processors = TrackSalePaymentProcessor::VALUES.iter();
    let processors: Vec<_> = processors.map(|one| one.as_str()).collect();
    assert_eq!(
        processors,
        [
            "stripe",
            "shopify",
            "polar",
            "paddle",
            "apple",
            "revenuecat",
            "dub",
            "custom"
        ]
    );
}

/// The blocking client and a token of a provider send the same requests.
#[tokio::test]
async fn track_works_with_every_client() {
    let server = Server::json(200, LEAD).await;
    let token = Token::provider(|| async { Ok(dub_sdk::AccessToken::new("dub_other")) });
    let dub = Dub::builder(token)
        .server_url(server.url())
        .build()
        .unwrap();
    dub.track().lead("c", "e", "u").await.unwrap();
    let request = server.request().await;
    assert_eq!(request.header("authorization"), Some("Bearer dub_other"));

    server.respond_with(crate::support::json(200, SALE)).await;
    let url = server.url();
    let call = move || -> Result<bool, Error> {
        let dub = dub_sdk::blocking::Dub::builder("dub_x")
            .server_url(url)
            .build()?;
        Ok(dub.track().sale("u", 1).send()?.is_recorded())
    };
    let recorded = tokio::task::spawn_blocking(call).await.unwrap();
    assert!(!recorded.unwrap());
    let request = server.request().await;
    assert_eq!(request.body, r#"{"customerExternalId":"u","amount":1}"#);
}
