//! The whole response: status, headers and body.

use crate::support::{CUSTOMER, Server, json};
use std::time::{Duration, SystemTime};

#[tokio::test]
async fn every_operation_gives_status_and_headers_with_its_body() {
    let with_header =
        |status, body: &str| json(status, body).insert_header("x-vercel-id", "fra1::abc");
    let server = Server::start(with_header(200, CUSTOMER)).await;
    let customers = server.dub().customers();

    let got = customers.get("cus_1").send_with_response().await.unwrap();
    assert_eq!((got.status.as_u16(), &*got.body.id), (200, "cus_1"));
    assert_eq!(got.request_id(), Some("fra1::abc"));
    assert_eq!(got.headers["content-type"], "application/json");

    let updated = customers
        .update("cus_1")
        .send_with_response()
        .await
        .unwrap();
    assert_eq!(updated.body, got.body);
    let deleted = customers
        .delete("cus_1")
        .send_with_response()
        .await
        .unwrap();
    assert_eq!(
        (&*deleted.body.id, deleted.request_id()),
        ("cus_1", Some("fra1::abc"))
    );

    server.answer(with_header(201, CUSTOMER)).await;
    #[allow(deprecated)]
    let created = customers
        .create("user-42")
        .send_with_response()
        .await
        .unwrap();
    assert_eq!(
        (created.status.as_u16(), created.body),
        (201, got.body.clone())
    );

    server
        .answer(with_header(200, &format!("[{CUSTOMER}]")))
        .await;
    let listed = customers.list().send_with_response().await.unwrap();
    assert_eq!((listed.status.as_u16(), listed.body), (200, vec![got.body]));
}

#[tokio::test]
async fn a_reply_tells_how_much_is_still_allowed() {
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
    let left = limit.reset.unwrap().duration_since(now).unwrap();
    assert!((41..=42).contains(&left.as_secs()), "{left:?}");

    let refused = json(429, "{}").insert_header("X-RateLimit-Remaining", "0");
    server.answer(refused).await;
    let error = server.dub().customers().get("cus_1").send().await;
    let limit = error.unwrap_err().rate_limit().unwrap();
    assert_eq!((limit.limit, limit.remaining), (None, Some(0)));
}

#[tokio::test]
async fn a_reply_that_says_nothing_of_itself_is_fine() {
    let server = Server::json(200, CUSTOMER).await;
    let response = server.dub().customers().get("cus_1").send_with_response();
    let response = response.await.unwrap();
    assert_eq!(response.request_id(), None);
    assert_eq!(response.rate_limit(), None);

    let odd = json(200, CUSTOMER)
        .insert_header("X-RateLimit-Limit", "many")
        .insert_header("X-RateLimit-Remaining", "7");
    server.answer(odd).await;
    let response = server.dub().customers().get("cus_1").send_with_response();
    let limit = response.await.unwrap().rate_limit().unwrap();
    assert_eq!(
        (limit.limit, limit.remaining, limit.reset),
        (None, Some(7), None)
    );
}
