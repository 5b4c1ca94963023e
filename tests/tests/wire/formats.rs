//! Tests the models as values of an app: in serde formats other than JSON, in structs of the app,
//! and with `Default` and `Debug`.

use crate::support::{CUSTOMER, FULL};
use dub_sdk::models::{Customer, CustomerDiscount, CustomerDiscountType};
use dub_sdk::{ErrorCode, ErrorDetail};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A module of the runtime, which the models of other documents use: those of `dub-sdk` have no
/// field with a floating-point number.
#[path = "../../../dub-sdk/src/runtime/number.rs"]
#[expect(dead_code, reason = "the test uses only a part of it")]
mod number;

fn cbor(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).unwrap();
    bytes
}

fn message_pack(value: &impl Serialize) -> Vec<u8> {
    rmp_serde::to_vec_named(value).unwrap()
}

/// Writes a value in each format and reads it again.
fn round_trips<T: Serialize + DeserializeOwned>(value: &impl Serialize) -> [T; 4] {
    let json = serde_json::to_string(value).unwrap();
    // rmp-serde writes structs without names as lists, but models are maps.
    let unnamed = rmp_serde::to_vec(value).unwrap();
    [
        serde_json::from_str(&json).unwrap(),
        ciborium::from_reader(&*cbor(value)).unwrap(),
        rmp_serde::from_slice(&message_pack(value)).unwrap(),
        rmp_serde::from_slice(&unnamed).unwrap(),
    ]
}

fn from_json<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).unwrap()
}

#[test]
fn models_round_trip_through_formats_with_field_names() {
    for text in [FULL, CUSTOMER] {
        let customers = [from_json::<Customer>(text), Customer::default()];
        for read in round_trips::<[Customer; 2]>(&customers) {
            assert_eq!(read, customers);
        }
    }
    let error = r#"{"code":"new_code","message":"Not \"found\".","doc_url":null}"#;
    let error: ErrorDetail = from_json(error);
    for read in round_trips::<ErrorDetail>(&error) {
        assert_eq!(read, error);
    }
}

#[test]
fn formats_receive_number_of_properties() {
    let customer: Customer = from_json(CUSTOMER);
    // A map of three entries.
    assert_eq!(cbor(&customer)[0], 0xa3);
    assert_eq!(message_pack(&customer)[0], 0x83);
}

#[test]
fn floats_keep_their_type_in_binary_formats() {
    let whole = number::Float(12.0);
    assert_eq!(serde_json::to_string(&whole).unwrap(), "12");
    // ciborium does not read an integer as a float.
    for value in [12.0, 0.5, f64::INFINITY] {
        let bytes = cbor(&number::Float(value));
        assert_eq!(ciborium::from_reader::<f64, _>(&*bytes).unwrap(), value);
        let bytes = message_pack(&number::Float(value));
        assert_eq!(rmp_serde::from_slice::<f64>(&bytes).unwrap(), value);
    }
}

#[test]
fn other_formats_are_read_like_json() {
    let mut value: Value = from_json(FULL);
    value["tomorrow"] = json!([{"id": 7}]);
    value["link"]["tomorrow"] = json!({"id": 7});
    value["email"] = Value::Null;
    // `serde_json::Value` sorts the properties, which changes their order.
    let expected = Customer::deserialize(&value).unwrap();
    assert_eq!(expected.email, None);
    for read in round_trips::<Customer>(&value) {
        assert_eq!(read, expected);
    }
    value.as_object_mut().unwrap().remove("externalId");
    let error = ciborium::from_reader::<Customer, _>(&*cbor(&value)).unwrap_err();
    assert!(
        error.to_string().contains("missing field `externalId`"),
        "{error}"
    );
}

/// A struct of an app that contains a customer and keeps the fields that the crate does not know.
#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Row {
    #[serde(flatten)]
    customer: Customer,
    seen: bool,
    #[serde(flatten)]
    unknown: BTreeMap<String, Value>,
}

#[test]
fn models_can_be_flattened() {
    for text in [FULL, CUSTOMER] {
        let mut value: Value = from_json(text);
        value["seen"] = json!(true);
        value["tomorrow"] = json!({"id": 7});
        let row = Row::deserialize(&value).unwrap();
        assert_eq!(row.customer, from_json(text));
        assert_eq!(
            row.unknown,
            BTreeMap::from([("tomorrow".to_owned(), json!({"id": 7}))])
        );
        assert_eq!(serde_json::to_value(&row).unwrap(), value);
        for read in round_trips::<Row>(&row) {
            assert_eq!(read, row);
        }
    }
}

#[test]
fn default_values_are_placeholders() {
    let customer = Customer::default();
    assert_eq!(
        serde_json::to_value(&customer).unwrap(),
        json!({"id": "", "externalId": "", "createdAt": ""})
    );
    assert_eq!((customer.name, customer.discount), (None, None));
    let discount = CustomerDiscount::default();
    assert_eq!((discount.amount, discount.max_duration), (0, None));
    assert_eq!(
        discount.r#type,
        CustomerDiscountType::Unknown(String::new())
    );
    assert_eq!(
        ErrorDetail::default().code,
        ErrorCode::Unknown(String::new())
    );
}

#[test]
fn debug_shows_rust_names() {
    let customer: Customer = from_json(FULL);
    let partner = customer.partner.unwrap();
    assert_eq!(
        format!("{partner:?}"),
        r#"CustomerPartner { id: "pn_1", name: "Bob", email: Some("bob@example.com"), image: Some("https://example.com/b.png") }"#
    );
    let discount = format!("{:#?}", customer.discount.unwrap());
    let lines: Vec<_> = discount.lines().map(str::trim).collect();
    assert_eq!(
        lines[..5],
        [
            "CustomerDiscount {",
            "id: \"disc_1\",",
            "amount: 20,",
            "type: \"percentage\",",
            "max_duration: Some(",
        ]
    );
    assert_eq!(
        format!("{:?}", ErrorDetail::default()),
        r#"ErrorDetail { code: "", message: "", doc_url: None }"#
    );
}
