//! Tests how success responses are decoded, including fields and values that a later API may add.

use crate::support::{CUSTOMER, FULL, Server};
use dub_sdk::models::{Customer, CustomerDiscountType};
use serde_json::{Value, json};

async fn get(body: &str) -> Customer {
    get_with_status(200, body).await
}

async fn get_with_status(status: u16, body: &str) -> Customer {
    let server = Server::json(status, body).await;
    server.dub().customers().get("cus_1").send().await.unwrap()
}

/// Returns the smallest customer with one more field.
fn customer_with_field(name: &str, json: &str) -> String {
    CUSTOMER.replacen('{', &format!(r#"{{"{name}":{json},"#), 1)
}

fn to_json(customer: &Customer) -> Value {
    serde_json::to_value(customer).unwrap()
}

#[tokio::test]
async fn decodes_every_field() {
    let customer = get(FULL).await;
    assert_eq!(customer.id, "cus_1");
    assert_eq!(customer.name.as_deref(), Some("Ada \"Zoë\" 名🦀"));
    assert_eq!(customer.email.as_deref(), Some("ada@example.com"));
    assert_eq!(
        customer.avatar.as_deref(),
        Some("https://example.com/a.png")
    );
    assert_eq!(customer.external_id, "user-42");
    assert_eq!(customer.stripe_customer_id.as_deref(), Some("cus_Nffr"));
    assert_eq!(customer.country.as_deref(), Some("GB"));
    assert_eq!(
        (customer.sales, customer.sale_amount),
        (Some(3), Some(9900))
    );
    assert_eq!(customer.created_at.as_str(), "2025-10-30T18:18:27.000Z");
    assert_eq!(
        customer.first_sale_at.unwrap().as_str(),
        "2025-11-01T00:00:00.000Z"
    );
    let canceled = customer.subscription_canceled_at.unwrap();
    assert_eq!(canceled.as_str(), "2025-12-01T00:00:00.000Z");
    assert_eq!(customer.program_id.as_deref(), Some("prog_1"));
}

#[tokio::test]
async fn decodes_expanded_fields() {
    let customer = get(FULL).await;
    let link = customer.link.unwrap();
    assert_eq!(
        (&*link.id, &*link.domain, &*link.key),
        ("link_1", "dub.sh", "try")
    );
    assert_eq!(
        (&*link.short_link, &*link.url),
        ("https://dub.sh/try", "https://example.com")
    );
    assert_eq!(link.program_id.as_deref(), Some("prog_1"));
    let partner = customer.partner.unwrap();
    assert_eq!((&*partner.id, &*partner.name), ("pn_1", "Bob"));
    assert_eq!(partner.email.as_deref(), Some("bob@example.com"));
    assert_eq!(partner.image.as_deref(), Some("https://example.com/b.png"));
    let discount = customer.discount.unwrap();
    assert_eq!((&*discount.id, discount.amount), ("disc_1", 20));
    assert_eq!(discount.r#type, CustomerDiscountType::Percentage);
    assert_eq!(discount.max_duration, Some(12));
    assert_eq!(discount.coupon_id.as_deref(), Some("c1"));
    assert_eq!(discount.coupon_test_id.as_deref(), Some("c2"));
    assert_eq!(discount.description.as_deref(), Some("Welcome"));
    assert_eq!(discount.partners_count, Some(4));
}

#[tokio::test]
async fn decoded_responses_serialize_unchanged() {
    for body in [FULL, CUSTOMER] {
        let customer = get(body).await;
        let value: Value = serde_json::from_str(body).unwrap();
        assert_eq!(to_json(&customer), value);
        assert_eq!(serde_json::from_value::<Customer>(value).unwrap(), customer);
    }
    let deleted = Server::json(200, r#"{"id":"cus_1"}"#).await;
    let deleted = deleted.dub().customers().delete("ext_42").send().await;
    assert_eq!(
        serde_json::to_value(deleted.unwrap()).unwrap(),
        json!({"id": "cus_1"})
    );
}

#[tokio::test]
async fn null_and_absent_fields_are_none() {
    let absent = get(CUSTOMER).await;
    let mut nulls: Value = serde_json::from_str(CUSTOMER).unwrap();
    let full: Value = serde_json::from_str(FULL).unwrap();
    for name in full.as_object().unwrap().keys() {
        nulls
            .as_object_mut()
            .unwrap()
            .entry(name)
            .or_insert(Value::Null);
    }
    assert_eq!(nulls.as_object().unwrap().len(), 16);
    assert_eq!(get(&nulls.to_string()).await, absent);
    assert_eq!(absent.name, None);
    assert_eq!(absent.sales, None);
    assert_eq!(absent.first_sale_at, None);
    assert_eq!(absent.link, None);
}

#[tokio::test]
async fn null_and_absent_nested_fields_are_equal() {
    for (field, required, nullable) in [
        (
            "link",
            r#""id":"link_1","domain":"d","key":"k","shortLink":"s","url":"u""#,
            r#","programId":null"#,
        ),
        (
            "partner",
            r#""id":"pn_1","name":"Bob""#,
            r#","email":null,"image":null"#,
        ),
        (
            "discount",
            r#""id":"disc_1","amount":5,"type":"flat""#,
            r#","maxDuration":null,"couponId":null,"couponTestId":null,"description":null,"partnersCount":null"#,
        ),
    ] {
        let absent = get(&customer_with_field(field, &format!("{{{required}}}"))).await;
        let null = get(&customer_with_field(
            field,
            &format!("{{{required}{nullable}}}"),
        ))
        .await;
        assert_eq!(absent, null, "{field}");
        assert_ne!(to_json(&absent)[field], Value::Null);
    }
}

#[tokio::test]
async fn ignores_unknown_fields() {
    let known = get(CUSTOMER).await;
    for json in ["1", "null", "\"x\"", "[[{}]]", r#"{"id":7,"name":[true]}"#] {
        assert_eq!(get(&customer_with_field("tomorrow", json)).await, known);
    }
    let mut full: Value = serde_json::from_str(FULL).unwrap();
    for part in ["link", "partner", "discount"] {
        full[part]["tomorrow"] = json!({"id": 7});
    }
    assert_eq!(get(&full.to_string()).await, get(FULL).await);
}

#[tokio::test]
async fn keeps_unknown_enum_values() {
    for (value, expected) in [
        ("percentage", CustomerDiscountType::Percentage),
        ("flat", CustomerDiscountType::Flat),
        ("Flat", CustomerDiscountType::Unknown("Flat".to_owned())),
        (
            "two for one",
            CustomerDiscountType::Unknown("two for one".to_owned()),
        ),
        ("", CustomerDiscountType::Unknown(String::new())),
    ] {
        let customer = get(&FULL.replace("percentage", value)).await;
        assert_eq!(to_json(&customer)["discount"]["type"], value);
        let discount_type = customer.discount.unwrap().r#type;
        assert_eq!(discount_type, expected);
        assert_eq!(discount_type.as_str(), value);
        assert_eq!(discount_type.to_string(), value);
    }
}

#[tokio::test]
async fn decodes_integers_in_any_notation() {
    for number in ["12", "12.0", "1.2e1", "120e-1", "1.2E+1"] {
        let customer = get(&customer_with_field("sales", number)).await;
        assert_eq!(customer.sales, Some(12), "{number}");
        assert_eq!(to_json(&customer)["sales"].to_string(), "12");
        let full = FULL.replace(r#""amount": 20"#, &format!(r#""amount": {number}"#));
        assert_eq!(get(&full).await.discount.unwrap().amount, 12, "{number}");
    }
    let cents = get(&customer_with_field("saleAmount", "9007199254740993")).await;
    assert_eq!(cents.sale_amount, Some(9_007_199_254_740_993));
    assert_eq!(
        get(&customer_with_field("saleAmount", "-1"))
            .await
            .sale_amount,
        Some(-1)
    );
}

#[tokio::test]
async fn keeps_dates_in_any_format_unchanged() {
    for (json, expected) in [
        (r#""2025-10-30T18:18:27Z""#, "2025-10-30T18:18:27Z"),
        (
            r#""2025-10-30T20:18:27.123456+02:00""#,
            "2025-10-30T20:18:27.123456+02:00",
        ),
        (r#""2025-10-30 18:18:27""#, "2025-10-30 18:18:27"),
        (r#""2025-10-30""#, "2025-10-30"),
        (
            r#""Thu, 30 Oct 2025 18:18:27 GMT""#,
            "Thu, 30 Oct 2025 18:18:27 GMT",
        ),
        (r#""Invalid Date""#, "Invalid Date"),
        (r#""""#, ""),
        ("1761848307000", "1761848307000"),
        ("-1", "-1"),
    ] {
        let body = CUSTOMER.replace(r#""2025-10-30T18:18:27.000Z""#, json);
        assert_eq!(get(&body).await.created_at.as_str(), expected);
        let customer = get(&customer_with_field("firstSaleAt", json)).await;
        assert_eq!(to_json(&customer)["firstSaleAt"], expected);
    }
}

#[tokio::test]
async fn keeps_list_order_and_accepts_empty_list() {
    for body in ["[]", " [ ] \n"] {
        let server = Server::json(200, body).await;
        assert_eq!(server.dub().customers().list().send().await.unwrap(), []);
    }
    let three = ["cus_b", "cus_a", "cus_c"].map(|id| CUSTOMER.replace("cus_1", id));
    let server = Server::json(200, &format!("[{}]", three.join(","))).await;
    let customers = server.dub().customers().list().send().await.unwrap();
    let ids: Vec<_> = customers.iter().map(|customer| &*customer.id).collect();
    assert_eq!(ids, ["cus_b", "cus_a", "cus_c"]);
}

#[tokio::test]
async fn accepts_every_2xx_status() {
    for status in [200, 201, 202, 299] {
        assert_eq!(get_with_status(status, CUSTOMER).await.id, "cus_1");
        let server = Server::json(status, CUSTOMER).await;
        #[allow(deprecated)]
        let created = server.dub().customers().create("user-42").send().await;
        assert_eq!(created.unwrap().id, "cus_1");
    }
}

/// RFC 8259, section 8.1, allows a reader to ignore a byte order mark.
#[tokio::test]
async fn ignores_a_byte_order_mark() {
    assert_eq!(get(&format!("\u{feff}{CUSTOMER}")).await.id, "cus_1");

    let page = format!("\u{feff}[{CUSTOMER}]");
    let server = Server::json(200, &page).await;
    let mut customers = server.dub().customers().list().stream();
    let customer = customers.next().await.unwrap().unwrap();
    assert_eq!(customer.id, "cus_1");

    let error = "\u{feff}{\"error\":{\"code\":\"not_found\",\"message\":\"No customer.\"}}";
    let server = Server::json(404, error).await;
    let error = server.dub().customers().get("cus_1").send().await;
    let error = error.unwrap_err();
    assert_eq!(error.code(), Some("not_found"));
    assert!(error.is_not_found());
}
