//! Tests webhooks: signatures, events, and the data that Dub sends.

use dub_sdk::{HeaderMap, Webhook, WebhookData, WebhookError, WebhookEvent};
use serde_json::{Value, json};

const SECRET: &str = "whsec_00112233445566778899aabbccddeeff";

/// The signature of `BODY` was computed with another implementation.
const SIGNATURE: &str = "cdd764692efb02846c8446bb22e57a3f1593349dcb244a82865f695ff0bb5bd3";
const BODY: &str = r#"{"id":"evt_KleiO4HBwZFbO1vZLWIPZ2AtX","event":"lead.created","createdAt":"2026-08-21T10:48:15.468Z","data":{"eventName":"Sign up","customer":{"id":"cus_1","name":"Zoë","externalId":"","createdAt":"2026-08-21T10:48:14.000Z"},"metadata":null}}"#;

fn webhook() -> Webhook {
    Webhook::new(SECRET).unwrap()
}

fn headers(signatures: &[&str]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for signature in signatures {
        headers.append("Dub-Signature", signature.parse().unwrap());
    }
    headers
}

/// Reads an event with this data.
fn event(name: &str, data: Value) -> WebhookEvent {
    let body = json!({"id": "evt_1", "event": name, "data": data}).to_string();
    let headers = headers(&[&webhook().sign(body.as_bytes())]);
    let event = webhook().receive(&headers, body.as_bytes()).unwrap();
    assert_eq!((&*event.id, &*event.event), ("evt_1", name));
    event
}

#[test]
fn known_signature_is_accepted() {
    assert_eq!(webhook().sign(BODY.as_bytes()), SIGNATURE);
    assert_eq!(webhook().verify(SIGNATURE, BODY.as_bytes()), Ok(()));
    let event = webhook().receive(&headers(&[SIGNATURE]), BODY.as_bytes());
    let event = event.unwrap();
    assert_eq!(event.id, "evt_KleiO4HBwZFbO1vZLWIPZ2AtX");
    assert_eq!(
        event.created_at.unwrap().as_str(),
        "2026-08-21T10:48:15.468Z"
    );
    let WebhookData::LeadCreated(lead) = event.data else {
        panic!("{:?}", event.data)
    };
    let customer = lead.customer.unwrap();
    assert_eq!(customer.name.as_deref(), Some("Zoë"));
    assert_eq!(customer.external_id.as_deref(), Some(""));
    assert_eq!((lead.metadata, lead.partner), (None, None));
}

#[test]
fn other_signatures_are_rejected() {
    let body = BODY.as_bytes();
    let escaped = BODY.replace('ë', "\\u00eb");
    assert!(webhook().verify(SIGNATURE, escaped.as_bytes()).is_err());
    for other in ["00112233445566778899aabbccddeeff", "whsec_", " "] {
        let other = Webhook::new(other).unwrap();
        assert_eq!(
            other.verify(SIGNATURE, body),
            Err(WebhookError::InvalidSignature)
        );
    }
    let last = format!("{}4", &SIGNATURE[..63]);
    let prefixed = format!("sha256={SIGNATURE}");
    let list = format!("{SIGNATURE},{SIGNATURE}");
    for wrong in [
        "",
        "0",
        &SIGNATURE[..62],
        &last,
        &prefixed,
        &list,
        &"g".repeat(64),
        &"é".repeat(32),
    ] {
        assert_eq!(
            webhook().verify(wrong, body),
            Err(WebhookError::InvalidSignature),
            "{wrong}"
        );
    }
}

#[test]
fn exactly_one_header_with_the_signature_is_required() {
    let receive = |headers: HeaderMap| webhook().receive(&headers, BODY.as_bytes()).err();
    assert_eq!(
        receive(HeaderMap::new()),
        Some(WebhookError::MissingSignature)
    );
    let invalid = Some(WebhookError::InvalidSignature);
    assert_eq!(receive(headers(&["wrong"])), invalid);
    assert_eq!(receive(headers(&[SIGNATURE, SIGNATURE])), invalid);
    let mut not_text = HeaderMap::new();
    let value = dub_sdk::reqwest::header::HeaderValue::from_bytes(&[0xe9]).unwrap();
    not_text.insert("dub-signature", value);
    assert_eq!(receive(not_text), invalid);
}

#[test]
fn empty_secret_is_rejected_and_no_secret_is_shown() {
    assert_eq!(Webhook::new("").err(), Some(WebhookError::EmptySecret));
    let shown = format!("{:?}", webhook());
    assert!(!shown.contains("0011"), "{shown}");
}

/// Only `id`, `event` and `data` are required, and an invalid body is no event even if it is signed.
#[test]
fn body_must_be_an_event() {
    let outcome = |body: &str| {
        let headers = headers(&[&webhook().sign(body.as_bytes())]);
        webhook().receive(&headers, body.as_bytes())
    };
    for (body, why) in [
        ("", "EOF"),
        ("[]", "`id`"),
        (r#"{"event":"e","data":{}}"#, "`id`"),
        (r#"{"id":1,"event":"e","data":{}}"#, "`id`"),
        (r#"{"id":"i","event":null,"data":{}}"#, "`event`"),
        (r#"{"id":"i","event":"e"}"#, "`data`"),
        (r#"{"id":"i","event":"e","data":{}} x"#, "trailing"),
    ] {
        match outcome(body) {
            Err(WebhookError::InvalidBody(found)) => assert!(found.contains(why), "{found}"),
            other => panic!("{body}: {other:?}"),
        }
    }
    for body in [
        r#"{"id":"i","event":"lead.created","data":{}}"#,
        r#"{"id":"i","event":"lead.created","createdAt":null,"data":{}}"#,
        r#"{"id":"i","event":"lead.created","createdAt":{},"data":{}}"#,
    ] {
        let event = outcome(body).unwrap();
        assert_eq!(event.created_at.is_none(), !body.contains("{},"), "{body}");
        assert_eq!(event.data, WebhookData::LeadCreated(Box::default()));
    }
}

#[test]
fn unknown_events_keep_their_data() {
    let data = json!({"a": [1, null, {"b": "ü"}], "big": 9_007_199_254_740_993_u64});
    for data in [data, json!(null), json!("text"), json!([])] {
        let event = event("domain.verified", data.clone());
        assert_eq!(event.data, WebhookData::Unknown(data));
        assert_eq!(event.data_error, None);
    }
}

/// The app can still use the data, and sees why it is not typed.
#[test]
fn known_events_with_unexpected_data_keep_it() {
    for data in [json!({"sale": {"amount": "a lot"}}), json!([]), json!(null)] {
        let event = event("sale.created", data.clone());
        assert_eq!(event.data, WebhookData::Unknown(data));
        assert!(event.data_error.is_some());
    }
}

#[test]
fn every_known_event_has_its_own_variant() {
    for (name, data, expected) in [
        ("link.created", json!({"id": "link_1"}), "LinkCreated"),
        ("link.updated", json!({"id": "link_1"}), "LinkUpdated"),
        ("link.deleted", json!({"id": "link_1"}), "LinkDeleted"),
        (
            "link.clicked",
            json!({"click": {"id": "c", "qr": true}}),
            "LinkClicked",
        ),
        (
            "lead.created",
            json!({"eventName": "Sign up"}),
            "LeadCreated",
        ),
        (
            "sale.created",
            json!({"sale": {"amount": 1}}),
            "SaleCreated",
        ),
        (
            "commission.created",
            json!({"earnings": -5}),
            "CommissionCreated",
        ),
        ("partner.enrolled", json!({"id": "pn_1"}), "PartnerEnrolled"),
        (
            "partner.application_submitted",
            json!({"id": "a"}),
            "PartnerApplicationSubmitted",
        ),
        (
            "partner.merged",
            json!({"targetAlreadyEnrolled": true}),
            "PartnerMerged",
        ),
        (
            "payout.confirmed",
            json!({"currency": "USD"}),
            "PayoutConfirmed",
        ),
        (
            "bounty.created",
            json!({"groups": [{"id": "g"}]}),
            "BountyCreated",
        ),
        ("bounty.updated", json!({"groups": null}), "BountyUpdated"),
        (
            "discount_code.created",
            json!({"code": "ADA20"}),
            "DiscountCodeCreated",
        ),
        (
            "discount_code.deleted",
            json!({"discount": null}),
            "DiscountCodeDeleted",
        ),
    ] {
        let event = event(name, data);
        assert_eq!(event.data_error, None, "{name}");
        let shown = format!("{:?}", event.data);
        assert!(
            shown.starts_with(&format!("{expected}(")),
            "{name}: {shown}"
        );
    }
    let other = format!("{:?}", event("lead.Created", json!({})).data);
    assert!(other.starts_with("Unknown("), "{other}");
}

/// Newer servers send null for dates that are not set, older ones the epoch, and some leave the key
/// out.
#[test]
fn null_and_absent_fields_become_none_and_unknown_ones_are_ignored() {
    for data in [
        json!({"link": {"id": "l", "expiresAt": null, "clicks": 3, "geo": null, "new": {}}, "click": null}),
        json!({"link": {"id": "l", "clicks": 3.0}}),
    ] {
        let WebhookData::LinkClicked(clicked) = event("link.clicked", data).data else {
            panic!()
        };
        let link = clicked.link.unwrap();
        assert_eq!(
            (link.clicks, link.expires_at, link.geo),
            (Some(3), None, None)
        );
        assert_eq!(clicked.click, None);
    }
    let epoch = json!({"id": "l", "expiresAt": "1970-01-01T00:00:00.000Z"});
    let WebhookData::LinkUpdated(link) = event("link.updated", epoch).data else {
        panic!()
    };
    assert!(link.expires_at.is_some());
}

#[test]
fn commission_has_open_enums_and_negative_amounts() {
    let data = json!({
        "type": "bonus", "status": "hold", "amount": -9900, "earnings": -990, "customer": null,
        "partner": {"id": "pn_1", "totalSales": 2}, "link": {"key": "try"},
    });
    let WebhookData::CommissionCreated(commission) = event("commission.created", data).data else {
        panic!()
    };
    assert_eq!(
        (commission.amount, commission.earnings),
        (Some(-9900), Some(-990))
    );
    assert_eq!(commission.r#type.unwrap().as_str(), "bonus");
    assert!(commission.status.unwrap().is_known());
    assert_eq!(commission.partner.unwrap().total_sales, Some(2));
    assert_eq!(commission.customer, None);
}

/// An app makes events for its tests from the types of the payloads.
#[test]
fn payload_types_make_bodies_for_tests() {
    let mut body = dub_sdk::webhooks::SaleCreatedEvent::default();
    body.id = "evt_2".to_owned();
    body.event = "sale.created".to_owned();
    body.data.event_name = Some("Invoice paid".to_owned());
    let body = serde_json::to_vec(&body).unwrap();
    let event = WebhookEvent::from_json(&body).unwrap();
    let WebhookData::SaleCreated(sale) = event.data else {
        panic!()
    };
    assert_eq!(sale.event_name.as_deref(), Some("Invoice paid"));
    assert_eq!(sale.sale, None);
}
