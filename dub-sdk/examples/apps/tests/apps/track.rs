use super::{client, failure};
use dub_sdk::Dub;
use dub_sdk_examples::mock_server;
use dub_sdk_examples::track::{User, click_id, paid, run, sign_up};
use serde_json::json;
use wiremock::matchers::{body_json, method, path};
use wiremock::{Mock, MockServer};

fn user() -> User {
    User {
        id: "user-42".to_owned(),
        name: "Ada Lovelace".to_owned(),
        email: "ada@example.com".to_owned(),
    }
}

async fn mock_dub() -> Dub {
    let url = mock_server::start().await.unwrap();
    Dub::builder("dub_example").server_url(url).build().unwrap()
}

#[tokio::test]
async fn click_becomes_a_customer_who_pays() {
    let dub = mock_dub().await;
    let customer = run(&dub, "a=b; dub_id=click_1", &user()).await.unwrap();
    assert_eq!(customer.external_id, "user-42");
    assert_eq!(customer.name.as_deref(), Some("Ada Lovelace"));
    assert_eq!(
        (customer.sales, customer.sale_amount),
        (Some(1), Some(9900))
    );
    let listed = dub.customers().list().send().await.unwrap();
    let ids: Vec<_> = listed.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, [customer.id.as_str(), "cus_3", "cus_2"]);
}

#[tokio::test]
async fn repeated_sign_up_and_payment_count_once() {
    let dub = mock_dub().await;
    for _ in 0..2 {
        let customer = sign_up(&dub, "click_1", &user()).await.unwrap();
        assert_eq!(customer.id, "cus_4");
        assert_eq!(paid(&dub, "user-42", 500, "invoice-1").await.unwrap(), 500);
    }
    paid(&dub, "user-42", 700, "invoice-2").await.unwrap();
    let customer = dub.customers().get("ext_user-42").await.unwrap();
    assert_eq!(
        (customer.sales, customer.sale_amount),
        (Some(2), Some(1200))
    );
}

#[tokio::test]
async fn payment_of_zero_is_not_recorded() {
    let dub = mock_dub().await;
    sign_up(&dub, "click_1", &user()).await.unwrap();
    assert_eq!(paid(&dub, "user-42", 0, "invoice-1").await.unwrap(), 0);
    let customer = dub.customers().get("ext_user-42").await.unwrap();
    assert_eq!((customer.sales, customer.sale_amount), (Some(0), Some(0)));
}

#[tokio::test]
async fn payment_of_an_unknown_customer_is_an_error() {
    let error = paid(&mock_dub().await, "nobody", 500, "invoice-1").await;
    let error = error.unwrap_err().to_string();
    assert_eq!(error, "Dub knows no customer `nobody`");
}

#[tokio::test]
async fn failed_sign_up_is_not_repeated() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/track/lead"))
        .and(body_json(json!({
            "clickId": "click_1",
            "eventName": "Sign up",
            "customerExternalId": "user-42",
            "customerName": "Ada Lovelace",
            "customerEmail": "ada@example.com",
            "mode": "wait",
        })))
        .respond_with(failure(404, "not_found"))
        .expect(1)
        .mount(&server)
        .await;
    let error = sign_up(&client(&server), "click_1", &user()).await;
    assert!(error.unwrap_err().is_not_found());
}

#[test]
fn click_id_is_read_from_the_cookies() {
    for (cookies, expected) in [
        ("dub_id=abc", Some("abc")),
        ("a=1; dub_id=abc=; b=2", Some("abc=")),
        ("xdub_id=abc", None),
        ("dub_id=", None),
        ("", None),
    ] {
        assert_eq!(click_id(cookies), expected, "{cookies}");
    }
}
