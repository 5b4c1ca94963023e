//! Tests streams over pages, including failures between pages.

use crate::paging::{ids, page_of, paging_server, requested_page, serve_page};
use crate::server::{Server, quick_retries, response};
use dub_sdk::models::{Customer, ListCustomersSortBy};
use dub_sdk::{Error, RetryPolicy};
use futures_util::stream::FusedStream;
use futures_util::{StreamExt, TryStreamExt};
use std::net::TcpListener;
use std::time::Duration;

fn id(customer: Customer) -> String {
    customer.id
}

#[tokio::test]
async fn fetches_pages_on_demand() {
    let server = paging_server(6, 2);
    let mut stream = server.dub().customers().list().page_size(2).stream();
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(server.requests().len(), 0);
    for (number, requests) in [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (6, 3)] {
        let customer = stream.next().await.unwrap().unwrap();
        assert_eq!(customer.id, format!("cus_{number}"));
        tokio::time::sleep(Duration::from_millis(20)).await;
        // The current page, and at most one page ahead.
        assert!((requests..=requests + 1).contains(&server.requests().len()));
    }
    assert!(stream.next().await.is_none());
    assert!(stream.next().await.is_none());
    let after = |last| format!("GET /customers?pageSize=2&startingAfter=cus_{last}");
    let lines = [
        "GET /customers?pageSize=2".into(),
        after(2),
        after(4),
        after(6),
    ];
    assert_eq!(server.request_lines(), lines);
}

#[tokio::test]
async fn works_with_futures_and_tokio_stream_traits() {
    let server = paging_server(5, 2);
    let customers = server.dub().customers();
    let all: Vec<_> = customers
        .list()
        .stream()
        .map_ok(id)
        .try_collect()
        .await
        .unwrap();
    assert_eq!(all, ids(1..=5));
    let pinned = std::pin::pin!(customers.list().stream());
    let few: Vec<_> = pinned.take(3).map_ok(id).try_collect().await.unwrap();
    assert_eq!(few, ids(1..=3));
    let sizes = customers.list().pages().map_ok(|page| page.len());
    assert_eq!(sizes.try_collect::<Vec<_>>().await.unwrap(), [2, 2, 1]);

    let all: Result<Vec<_>, Error> =
        tokio_stream::StreamExt::collect(customers.list().stream()).await;
    assert_eq!(all.unwrap().len(), 5);
    let mut stream = customers.list().stream();
    let first = tokio_stream::StreamExt::next(&mut stream).await;
    assert_eq!(first.unwrap().unwrap().id, "cus_1");
}

#[tokio::test]
async fn reports_termination_through_fused_stream() {
    let server = paging_server(3, 2);
    let customers = server.dub().customers();
    let (mut items, mut all) = (customers.list().stream(), customers.list().pages());
    for left in [3, 2, 1] {
        assert!(!items.is_terminated(), "{left}");
        items.next().await.unwrap().unwrap();
    }
    assert!(items.next().await.is_none() && items.is_terminated());
    while !all.is_terminated() {
        all.next().await.transpose().unwrap();
    }
    assert!(all.next().await.is_none());
    let mut invalid = customers.list().search("").stream();
    assert!(!invalid.is_terminated());
    assert!(invalid.next().await.unwrap().is_err() && invalid.is_terminated());
}

#[tokio::test]
async fn streams_run_concurrently_in_tasks() {
    let server = paging_server(7, 3);
    let dub = server.dub();
    let count = |_| {
        let stream = dub.customers().list().stream();
        tokio::spawn(stream.try_fold(0, |sum, _| async move { Ok(sum + 1) }))
    };
    for task in (0..8).map(count).collect::<Vec<_>>() {
        assert_eq!(task.await.unwrap().unwrap(), 7);
    }
}

#[tokio::test]
async fn yields_each_customer_once_across_pages() {
    let server = Server::responding([
        response(200, "", &page_of([9, 3, 5])),
        response(200, "", &page_of([5, 6, 9])),
        // A page without new customers that is not the last one.
        response(200, "", &page_of([3, 7, 7])),
        response(200, "", &page_of([8])),
        response(200, "", "[]"),
    ]);
    let stream = server.dub().customers().list().stream();
    let all: Vec<_> = stream.map_ok(id).try_collect().await.unwrap();
    assert_eq!(all, ids([9, 3, 5, 6, 7, 8]));
    assert_eq!(server.requests().len(), 5);
}

#[tokio::test]
async fn repeated_cursor_ends_stream() {
    let server = Server::responding([
        response(200, "", &page_of([1, 2])),
        response(200, "", &page_of([3, 2])),
    ]);
    let stream = server.dub().customers().list().stream();
    let all: Vec<_> = stream.map_ok(id).try_collect().await.unwrap();
    assert_eq!(all, ids([1, 2, 3]));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn stream_starts_after_given_cursor() {
    let server = paging_server(5, 2);
    let rest = server.dub().customers().list().starting_after("cus_3");
    let all: Vec<_> = rest.stream().map_ok(id).try_collect().await.unwrap();
    assert_eq!(all, ids(4..=5));
    // A page that ends with the initial cursor ends the stream.
    let server = Server::responding([response(200, "", &page_of([2, 1]))]);
    let list = server.dub().customers().list().starting_after("cus_1");
    let all: Vec<_> = list.stream().map_ok(id).try_collect().await.unwrap();
    assert_eq!((all, server.requests().len()), (ids([2, 1]), 1));
}

#[tokio::test]
async fn rejects_incompatible_parameters_before_sending() {
    let server = paging_server(5, 2);
    let customers = server.dub().customers();
    #[expect(deprecated, reason = "`page` cannot be combined with a cursor")]
    let rejected = [
        customers.list().page(2).starting_after("cus_1"),
        customers.list().page(2).ending_before("cus_1"),
        // A list by another order has no cursor.
        customers
            .list()
            .sort_by(ListCustomersSortBy::SaleAmount)
            .starting_after("cus_1"),
        customers.list().ending_before("cus_9"),
        customers.list().search(""),
    ];
    for list in rejected {
        let mut stream = list.stream();
        let first = stream.next().await.unwrap();
        assert!(matches!(first, Err(Error::InvalidRequest(_))), "{first:?}");
        assert!(stream.next().await.is_none());
    }
    assert_eq!(server.requests().len(), 0);
    let allowed = customers.list().sort_by(ListCustomersSortBy::CreatedAt);
    assert_eq!(allowed.stream().count().await, 5);
}

/// Binds a listener and returns it with its address.
fn bind_loopback() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    (listener, address)
}

/// Serves the first page of one list request and closes the port.
fn serve_first_page_and_close(listener: TcpListener) {
    std::thread::spawn(move || {
        use std::io::{Read, Write};
        let (mut stream, _) = listener.accept().unwrap();
        // The port is closed before the response is sent, so that the next request cannot connect.
        drop(listener);
        let _ = stream.read(&mut [0; 4096]).unwrap();
        let page = response(200, "", &requested_page("", 6, 2));
        stream.write_all(page.as_bytes()).unwrap();
    });
}

#[tokio::test]
async fn retries_page_until_server_returns() {
    let (listener, address) = bind_loopback();
    let policy = quick_retries()
        .max_attempts(500)
        .base_delay(Duration::from_millis(20))
        .max_delay(Duration::from_millis(20));
    let dub = dub_sdk::Dub::builder("key").server_url(format!("http://{address}"));
    let dub = dub.retry(policy).build().unwrap();
    let mut stream = dub.customers().list().stream();
    serve_first_page_and_close(listener);
    let mut all = vec![stream.next().await.unwrap().unwrap().id];
    let server = tokio::task::spawn_blocking(move || {
        std::thread::sleep(Duration::from_millis(150));
        Server::start_on(TcpListener::bind(address).unwrap(), |connection, _| {
            serve_page(connection, 6, 2);
        })
    });
    while let Some(customer) = stream.next().await {
        all.push(customer.unwrap().id);
    }
    assert_eq!(all, ids(1..=6));
    assert_eq!(server.await.unwrap().requests().len(), 3);
}

#[tokio::test]
async fn stream_and_new_stream_resume_after_last_customer() {
    let (listener, address) = bind_loopback();
    let url = format!("http://{address}");
    let dub = dub_sdk::Dub::builder("key").server_url(url);
    let dub = dub.retry(RetryPolicy::none()).build().unwrap();
    let mut stream = dub.customers().list().stream();
    serve_first_page_and_close(listener);
    let mut all = Vec::new();
    let error = loop {
        match stream.next().await.unwrap() {
            Ok(customer) => all.push(customer.id),
            Err(error) => break error,
        }
    };
    assert!(matches!(error, Error::Connect(_)), "{error:?}");

    let listener = TcpListener::bind(address).unwrap();
    let _server = Server::start_on(listener, |connection, _| serve_page(connection, 6, 2));
    let list = dub.customers().list().starting_after(all.last().unwrap());
    for rest in [stream, list.stream()] {
        let rest: Vec<_> = rest.map_ok(id).try_collect().await.unwrap();
        assert_eq!(rest, ids(3..=6));
    }
    assert_eq!(all, ids(1..=2));
}
