use super::{client, customer, failure, ok};
use dub_sdk::Dub;
use dub_sdk_examples::{mock_server, paging};
use serde_json::json;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use wiremock::matchers::{path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer};

/// Returns a client of the examples' mock server, whose list has two pages.
async fn mock_dub() -> Dub {
    let url = mock_server::start().await.unwrap();
    Dub::builder("dub_example").server_url(url).build().unwrap()
}

#[tokio::test]
async fn collects_the_customers_of_all_pages() {
    let dub = mock_dub().await;
    let customers = paging::find(&dub, "e").await.unwrap();
    let ids: Vec<_> = customers.iter().map(|customer| &customer.id).collect();
    assert_eq!(ids, ["cus_3", "cus_2", "cus_1"]);
    let emails = paging::emails(&dub, 10).await.unwrap();
    assert_eq!(emails, ["grace@example.com", "ada@example.com"]);
    assert_eq!(paging::emails(&dub, 1).await.unwrap().len(), 1);
    let mut pages = Vec::new();
    paging::save_pages(&dub, async |page| {
        pages.push(page.len());
        Ok(())
    })
    .await
    .unwrap();
    assert_eq!(pages, [2, 1]);
}

#[tokio::test]
async fn requests_no_page_that_is_not_needed() {
    let server = MockServer::start().await;
    let first = Mock::given(path("/customers")).respond_with(ok(json!([customer(1)])));
    first.expect(1).mount(&server).await;
    let name = paging::first_name(&client(&server)).await.unwrap();
    assert_eq!(name.as_deref(), Some("Customer 1"));
}

#[tokio::test]
async fn processes_up_to_four_customers_at_a_time() {
    let server = MockServer::start().await;
    let page: Vec<_> = (1..=10).map(customer).collect();
    Mock::given(path("/customers"))
        .and(query_param("country", "GB"))
        .and(query_param_is_missing("startingAfter"))
        .respond_with(ok(json!(page)))
        .mount(&server)
        .await;
    let last = Mock::given(query_param("startingAfter", "cus_10"));
    last.respond_with(ok(json!([]))).mount(&server).await;
    let (running, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let done = Mutex::new(Vec::new());
    let process = async |customer: dub_sdk::models::Customer| {
        most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        tokio::task::yield_now().await;
        running.fetch_sub(1, Ordering::SeqCst);
        done.lock().unwrap().push(customer.id);
        Ok(())
    };
    let all = paging::process_all(&client(&server), "GB", process).await;
    all.unwrap();
    assert_eq!(done.into_inner().unwrap().len(), 10);
    assert_eq!(most.into_inner(), 4);
}

#[tokio::test]
async fn invalid_filter_is_found_before_the_first_request() {
    let server = MockServer::start().await;
    let processed = paging::process_all(&client(&server), "", async |_| Ok(())).await;
    assert!(processed.unwrap_err().to_string().contains("`country`"));
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn failure_ends_the_work() {
    let server = MockServer::start().await;
    Mock::given(query_param_is_missing("startingAfter"))
        .respond_with(ok(json!([customer(1), customer(2)])))
        .mount(&server)
        .await;
    let second = Mock::given(query_param("startingAfter", "cus_2"));
    let second = second.respond_with(failure(500, "internal_server_error"));
    second.mount(&server).await;
    let dub = client(&server);
    assert_eq!(
        paging::find(&dub, "e").await.unwrap_err().status().unwrap(),
        500
    );
    let stopped = paging::process_all(&dub, "GB", async |_| anyhow::bail!("disk full")).await;
    assert_eq!(stopped.unwrap_err().to_string(), "disk full");
}

#[tokio::test]
async fn counts_customers_that_cannot_be_decoded() {
    let server = MockServer::start().await;
    let broken = json!({ "id": "cus_2", "createdAt": "2025-10-30T18:18:27.000Z" });
    Mock::given(query_param_is_missing("startingAfter"))
        .respond_with(ok(json!([customer(1), broken, customer(3)])))
        .mount(&server)
        .await;
    let last = Mock::given(query_param("startingAfter", "cus_3"));
    last.respond_with(ok(json!([]))).mount(&server).await;
    let (countries, unreadable) = paging::countries(&client(&server)).await.unwrap();
    assert_eq!((countries["GB"], unreadable), (2, 1));
}
