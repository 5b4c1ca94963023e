//! Tests the request bodies of create and update, byte for byte.

use crate::support::{CUSTOMER, Sent, Server};
use dub_sdk::customers::{CreateCustomer, UpdateCustomer};

async fn send_create(build: impl FnOnce(CreateCustomer) -> CreateCustomer) -> Sent {
    let server = Server::json(201, CUSTOMER).await;
    #[allow(deprecated)]
    let request = server.dub().customers().create("user-42");
    build(request).send().await.unwrap();
    server.request().await
}

async fn send_update(build: impl FnOnce(UpdateCustomer) -> UpdateCustomer) -> Sent {
    let server = Server::json(200, CUSTOMER).await;
    let request = server.dub().customers().update("cus_1");
    build(request).send().await.unwrap();
    server.request().await
}

#[tokio::test]
async fn create_sends_only_fields_that_were_set() {
    assert_eq!(
        send_create(|it| it).await.body,
        r#"{"externalId":"user-42"}"#
    );
    let sent = send_create(|it| {
        it.email("ada@example.com")
            .name("Ada Lovelace")
            .avatar("https://example.com/ada.png?size=2")
            .stripe_customer_id("cus_NffrFeUfNV2Hib")
            .country("GB")
    })
    .await;
    assert_eq!((&*sent.method, &*sent.target), ("POST", "/customers"));
    assert_eq!(
        sent.body,
        r#"{"externalId":"user-42","email":"ada@example.com","name":"Ada Lovelace","avatar":"https://example.com/ada.png?size=2","stripeCustomerId":"cus_NffrFeUfNV2Hib","country":"GB"}"#
    );
    assert_eq!(sent.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn create_sends_null_for_cleared_fields() {
    let sent = send_create(|it| {
        it.clear_email()
            .clear_name()
            .clear_avatar()
            .clear_stripe_customer_id()
    });
    assert_eq!(
        sent.await.body,
        r#"{"externalId":"user-42","email":null,"name":null,"avatar":null,"stripeCustomerId":null}"#
    );
}

#[tokio::test]
async fn update_sends_only_fields_that_were_set() {
    assert_eq!(send_update(|it| it).await.body, "{}");
    let sent = send_update(|it| {
        it.email("ada@example.com")
            .name("Ada Lovelace")
            .avatar("https://example.com/ada.png")
            .external_id("user-43")
            .stripe_customer_id("cus_NffrFeUfNV2Hib")
            .country("GB")
            .include_expanded_fields(true)
    })
    .await;
    assert_eq!(sent.method, "PATCH");
    assert_eq!(sent.target, "/customers/cus_1?includeExpandedFields=true");
    assert_eq!(
        sent.body,
        r#"{"email":"ada@example.com","name":"Ada Lovelace","avatar":"https://example.com/ada.png","externalId":"user-43","stripeCustomerId":"cus_NffrFeUfNV2Hib","country":"GB"}"#
    );
    assert_eq!(sent.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn update_distinguishes_value_null_and_unset() {
    let sent = send_update(|it| {
        it.clear_email()
            .clear_name()
            .clear_avatar()
            .clear_stripe_customer_id()
    });
    assert_eq!(
        sent.await.body,
        r#"{"email":null,"name":null,"avatar":null,"stripeCustomerId":null}"#
    );
    let sent = send_update(|it| it.name("").clear_email());
    assert_eq!(sent.await.body, r#"{"name":"","email":null}"#);
}

#[tokio::test]
async fn last_of_set_and_clear_wins() {
    let sent = send_update(|it| it.name("Ada").email("a@b.c").clear_name()).await;
    assert_eq!(sent.body, r#"{"name":null,"email":"a@b.c"}"#);
    let sent = send_update(|it| it.clear_name().name("Ada").name("Bob, the second")).await;
    assert_eq!(sent.body, r#"{"name":"Bob, the second"}"#);
}

#[tokio::test]
async fn sends_fields_in_call_order() {
    let sent = send_update(|it| it.country("GB").name("Ada")).await;
    assert_eq!(sent.body, r#"{"country":"GB","name":"Ada"}"#);
}

#[tokio::test]
async fn escapes_json_strings() {
    for (name, escaped) in [
        (r#"the "first""#, r#"the \"first\""#),
        (r"back\slash", r"back\\slash"),
        ("two\nlines\r\n", r"two\nlines\r\n"),
        ("tab\tnul\0", r"tab\tnul\u0000"),
        ("Zoë 名 🦀", "Zoë 名 🦀"),
        ("</script>&amp;", "</script>&amp;"),
        ("null", "null"),
        ("a & b = c + d % e", "a & b = c + d % e"),
    ] {
        let sent = send_update(|it| it.name(name)).await;
        assert_eq!(sent.body, format!(r#"{{"name":"{escaped}"}}"#));
        assert_eq!(
            sent.header("content-length"),
            Some(&*sent.body.len().to_string())
        );
        let parsed: serde_json::Value = serde_json::from_str(&sent.body).unwrap();
        assert_eq!(parsed["name"], name);
    }
}
