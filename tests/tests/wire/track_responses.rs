//! Tests the responses of the track operations: complete, with nulls, with fields that the server
//! leaves out or adds, and with values that cannot be decoded.

use crate::support::Server;
use crate::track::{LEAD, SALE};
use dub_sdk::Error;
use dub_sdk::models::{TrackLeadResponse, TrackSaleResponse};
use serde_json::{Value, json};

async fn lead(body: &str) -> Result<TrackLeadResponse, Error> {
    let server = Server::json(200, body).await;
    server.dub().track().lead("c", "e", "u").await
}

async fn sale(body: &str) -> Result<TrackSaleResponse, Error> {
    let server = Server::json(200, body).await;
    server.dub().track().sale("u", 1).await
}

fn full_lead() -> Value {
    json!({
        "click": {"id": "click_1"},
        "link": {
            "id": "link_1", "domain": "dub.sh", "key": "try", "shortLink": "https://dub.sh/try",
            "url": "https://example.com", "partnerId": "pn_1", "programId": "prog_1",
            "tenantId": "t1", "externalId": "campaign-3",
        },
        "customer": {
            "name": "Ada", "email": "ada@example.com", "avatar": "https://dubassets.com/a",
            "externalId": "user-42",
        },
    })
}

fn full_sale() -> Value {
    json!({
        "eventName": "Invoice paid",
        "customer": {
            "id": "cus_1", "name": "Ada", "email": "ada@example.com", "avatar": null,
            "externalId": "user-42",
        },
        "sale": {
            "amount": 9900, "currency": "usd", "paymentProcessor": "klarna", "invoiceId": "in_1",
            "metadata": {"productId": "pro", "n": [1, null]},
        },
    })
}

#[tokio::test]
async fn recorded_lead_has_click_link_and_customer() {
    let response = lead(&full_lead().to_string()).await.unwrap();
    assert!(response.is_recorded());
    assert_eq!(response.click.id, "click_1");
    let link = response.link.as_ref().unwrap();
    assert_eq!(link.short_link, "https://dub.sh/try");
    assert_eq!(link.partner_id.as_deref(), Some("pn_1"));
    assert_eq!(link.external_id.as_deref(), Some("campaign-3"));
    assert_eq!(response.customer.external_id.as_deref(), Some("user-42"));
    assert_eq!(serde_json::to_value(&response).unwrap(), full_lead());
}

/// A repeated lead is no error, also after a failed one.
#[tokio::test]
async fn repeated_lead_is_a_success_that_recorded_nothing() {
    let mut body = full_lead();
    body["link"] = Value::Null;
    let response = lead(&body.to_string()).await.unwrap();
    assert!(!response.is_recorded());
    assert_eq!(response.customer.name.as_deref(), Some("Ada"));
}

#[tokio::test]
async fn recorded_sale_has_amount_in_cents() {
    let response = sale(&full_sale().to_string()).await.unwrap();
    assert!(response.is_recorded());
    assert_eq!(response.customer.as_ref().unwrap().id, "cus_1");
    let recorded = response.sale.as_ref().unwrap();
    assert_eq!((recorded.amount, &*recorded.currency), (9900, "usd"));
    assert_eq!(recorded.payment_processor, "klarna");
    assert_eq!(recorded.metadata.as_ref().unwrap()["productId"], "pro");
    assert_eq!(serde_json::to_value(&response).unwrap(), full_sale());
}

#[tokio::test]
async fn sale_that_was_not_recorded_is_a_success_without_a_sale() {
    let response = sale(SALE).await.unwrap();
    assert!(!response.is_recorded());
    assert_eq!(response.event_name, "Purchase");
    assert_eq!((response.customer, response.sale), (None, None));
}

#[tokio::test]
async fn null_and_absent_fields_become_none() {
    for body in [
        r#"{"click":{"id":"c"},"customer":{"name":null,"email":null,"avatar":null,"externalId":null}}"#,
        LEAD,
    ] {
        let response = lead(body).await.unwrap();
        let customer = &response.customer;
        assert_eq!(
            (&response.link, &customer.name, &customer.email),
            (&None, &None, &None)
        );
        assert_eq!((&customer.avatar, &customer.external_id), (&None, &None));
    }
    let link = r#"{"id":"l","domain":"d","key":"k","shortLink":"s","url":"u"}"#;
    let body = format!(r#"{{"click":{{"id":"c"}},"link":{link},"customer":{{}}}}"#);
    let response = lead(&body).await.unwrap();
    assert!(response.is_recorded());
    assert_eq!(response.link.unwrap().tenant_id, None);

    let body = r#"{"eventName":"","customer":{"id":"cus_1"},"sale":{"amount":-1,"currency":"eur","paymentProcessor":"custom"}}"#;
    let response = sale(body).await.unwrap();
    let recorded = response.sale.unwrap();
    assert_eq!((recorded.invoice_id, recorded.metadata), (None, None));
    assert_eq!(response.customer.unwrap().external_id, None);
}

/// In 2025, the server sent further keys with a lead.
#[tokio::test]
async fn unknown_fields_are_ignored() {
    let mut body = full_lead();
    body["clickId"] = json!("click_1");
    body["customerName"] = json!(null);
    body["customer"]["id"] = json!("cus_1");
    assert!(lead(&body.to_string()).await.unwrap().is_recorded());
    let mut body = full_sale();
    body["sale"]["fee"] = json!({});
    assert!(sale(&body.to_string()).await.unwrap().is_recorded());
}

/// The document declares numbers. `9900.0` is a whole number, too.
#[tokio::test]
async fn amounts_may_have_a_decimal_point() {
    let body = full_sale().to_string().replace("9900", "9900.0");
    assert_eq!(sale(&body).await.unwrap().sale.unwrap().amount, 9900);
}

#[tokio::test]
async fn unreadable_responses_name_the_location() {
    for (body, path) in [
        (
            r#"{"click":{"id":7},"link":null,"customer":{}}"#,
            "click.id",
        ),
        (
            r#"{"click":{"id":"c"},"link":{"id":"l"},"customer":{}}"#,
            "link",
        ),
        (r#"{"click":{"id":"c"},"customer":null}"#, "customer"),
    ] {
        match lead(body).await.unwrap_err() {
            Error::Decode(error) => assert!(error.path().starts_with(path), "{error:?}"),
            other => panic!("{other:?}"),
        }
    }
    let error = sale(r#"{"eventName":"e","sale":{"amount":"9900"}}"#).await;
    let error = error.unwrap_err();
    assert!(matches!(&error, Error::Decode(_)), "{error:?}");
    assert_eq!(error.operation(), Some("trackSale"));
}
