//! Tests `send_with_response`: status, headers and body of the response.

use crate::support::{CUSTOMER, Server, json};
use std::time::{Duration, SystemTime};

#[tokio::test]
async fn every_operation_returns_status_and_headers() {
    let with_header =
        |status, body: &str| json(status, body).insert_header("x-vercel-id", "fra1::abc");
    let server = Server::start(with_header(200, CUSTOMER)).await;
    let customers = server.dub().customers();

    let fetched = customers.get("cus_1").send_with_response().await.unwrap();
    assert_eq!((fetched.status.as_u16(), &*fetched.body.id), (200, "cus_1"));
    assert_eq!(fetched.request_id(), Some("fra1::abc"));
    assert_eq!(fetched.headers["content-type"], "application/json");

    let updated = customers
        .update("cus_1")
        .send_with_response()
        .await
        .unwrap();
    assert_eq!(updated.body, fetched.body);
    let deleted = customers
        .delete("cus_1")
        .send_with_response()
        .await
        .unwrap();
    assert_eq!(
        (&*deleted.body.id, deleted.request_id()),
        ("cus_1", Some("fra1::abc"))
    );

    server.respond_with(with_header(201, CUSTOMER)).await;
    #[allow(deprecated)]
    let created = customers
        .create("user-42")
        .send_with_response()
        .await
        .unwrap();
    assert_eq!(
        (created.status.as_u16(), created.body),
        (201, fetched.body.clone())
    );

    server
        .respond_with(with_header(200, &format!("[{CUSTOMER}]")))
        .await;
    let listed = customers.list().send_with_response().await.unwrap();
    assert_eq!(
        (listed.status.as_u16(), listed.body),
        (200, vec![fetched.body])
    );
}

#[tokio::test]
async fn reads_rate_limit_headers() {
    let now = SystemTime::now();
    let since_1970 = now.duration_since(SystemTime::UNIX_EPOCH).unwrap();
    let reset = (since_1970 + Duration::from_secs(42)).as_millis();
    let response = json(200, CUSTOMER)
        .insert_header("X-RateLimit-Limit", "600")
        .insert_header("X-RateLimit-Remaining", "599")
        .insert_header("X-RateLimit-Reset", reset.to_string());
    let server = Server::start(response).await;
    let response = server.dub().customers().get("cus_1").send_with_response();
    let limit = response.await.unwrap().rate_limit().unwrap();
    assert_eq!((limit.limit, limit.remaining), (Some(600), Some(599)));
    let remaining = limit.reset.unwrap().duration_since(now).unwrap();
    assert!((41..=42).contains(&remaining.as_secs()), "{remaining:?}");

    let rate_limited = json(429, "{}").insert_header("X-RateLimit-Remaining", "0");
    server.respond_with(rate_limited).await;
    let error = server.dub().customers().get("cus_1").send().await;
    let limit = error.unwrap_err().rate_limit().unwrap();
    assert_eq!((limit.limit, limit.remaining), (None, Some(0)));
}

#[tokio::test]
async fn accepts_missing_and_malformed_rate_limit_headers() {
    let server = Server::json(200, CUSTOMER).await;
    let response = server.dub().customers().get("cus_1").send_with_response();
    let response = response.await.unwrap();
    assert_eq!(response.request_id(), None);
    assert_eq!(response.rate_limit(), None);

    let malformed = json(200, CUSTOMER)
        .insert_header("X-RateLimit-Limit", "many")
        .insert_header("X-RateLimit-Remaining", "7");
    server.respond_with(malformed).await;
    let response = server.dub().customers().get("cus_1").send_with_response();
    let limit = response.await.unwrap().rate_limit().unwrap();
    assert_eq!(
        (limit.limit, limit.remaining, limit.reset),
        (None, Some(7), None)
    );
}

#[tokio::test]
async fn raw_body_is_the_body_as_received() {
    let body = CUSTOMER.replacen('{', "{ \"newField\" : [1, 2],", 1);
    let server = Server::json(200, &body).await;
    let response = server.dub().customers().get("cus_1").send_with_response();
    let response = response.await.unwrap();
    assert_eq!(response.raw_body(), body.as_bytes());
    let mapped = response.map(|customer| customer.id);
    assert_eq!(
        (mapped.body.as_str(), mapped.raw_body()),
        ("cus_1", body.as_bytes())
    );
    let value: serde_json::Value = serde_json::from_slice(mapped.raw_body()).unwrap();
    assert_eq!(value["newField"][1], 2);

    let empty = server
        .dub()
        .request(dub_sdk::Method::GET, "/x")
        .send_with_response::<serde_json::Value>();
    assert_eq!(empty.await.unwrap().raw_body(), body.as_bytes());
}
