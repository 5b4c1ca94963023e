//! The variant of a tagged union implies the tag: its struct has no field for it.

use crate::server::Server;
use serde_json::{Value, json};
use union_with_implied_tags::blocking::UnionWithImpliedTags;
use union_with_implied_tags::models::{Account, Card, Cash, Entry, Payment, Voucher, VoucherType};

fn client(server: &Server) -> UnionWithImpliedTags {
    UnionWithImpliedTags::builder()
        .server_url(server.url())
        .build()
        .unwrap()
}

fn sent(request: impl Into<Payment>) -> Value {
    let server = Server::answering_json(r#"{"type": "voucher", "code": "left"}"#);
    let payments = client(&server).payments();
    let left = payments.create(request.into()).send().unwrap();
    assert_eq!(left.r#type, VoucherType::Voucher);
    serde_json::from_slice(&server.request().body).unwrap()
}

#[test]
fn variants_write_their_tags() {
    let card = Card::new("1234");
    assert_eq!(sent(card), json!({"type": "card", "number": "1234"}));
    let mut cash = Cash::default();
    cash.change = Some(0.1);
    assert_eq!(sent(cash).to_string(), r#"{"change":0.1,"type":"cash"}"#);
    let voucher = Voucher::new(VoucherType::Voucher, "v");
    assert_eq!(sent(voucher), json!({"type": "voucher", "code": "v"}));
}

#[test]
fn tags_select_variants_and_are_written_back() {
    let body = json!([
        {"type": "bank", "iban": "NO1"},
        {"type": "wallet", "level": 3},
        {"type": "event", "note": "n"},
        17,
        "text"
    ]);
    let server = Server::answering_json(&body.to_string());
    let payments = client(&server).payments().list().send().unwrap();
    assert_eq!(serde_json::to_value(&payments).unwrap(), body);
    let [bank, wallet, ..] = payments.as_slice() else {
        panic!("{payments:?}");
    };
    let is_bank = |account: &Account| matches!(account, Account::Bank(bank) if bank.iban == "NO1");
    assert!(matches!(bank, Entry::Account(account) if is_bank(account)));
    let is_wallet = |account: &Account| matches!(account, Account::Wallet(_));
    assert!(matches!(wallet, Entry::Account(account) if is_wallet(account)));
    let scalars = [Entry::from(17), "text".into(), "text".to_owned().into()];
    assert_eq!(payments[3], scalars[0]);
    assert!(payments[4] == scalars[1] && scalars[1] == scalars[2]);
}
