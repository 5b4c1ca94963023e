//! Tests the blocking client outside of async runtimes and on their threads.

use crate::paging::{ids, paging_server};
use crate::server::{CUSTOMER, Server, TOKEN, quick_retries, response};
use dub_sdk::blocking::Dub;
use dub_sdk::{Error, RetryPolicy};
use std::time::{Duration, Instant};

fn dub(server: &Server) -> Dub {
    let builder = Dub::builder(TOKEN).server_url(&server.url);
    builder.retry(quick_retries()).build().unwrap()
}

fn assert_lists_all_pages(dub: &Dub) {
    let all: Result<Vec<_>, Error> = dub.customers().list().stream().collect();
    let all: Vec<_> = all
        .unwrap()
        .into_iter()
        .map(|customer| customer.id)
        .collect();
    assert_eq!(all, ids(1..=5));
    let sizes: Vec<_> = dub
        .customers()
        .list()
        .pages()
        .map(|page| page.unwrap().len())
        .collect();
    assert_eq!(sizes, [2, 2, 1]);
}

#[test]
fn works_on_plain_thread() {
    let server = paging_server(5, 2);
    assert_lists_all_pages(&dub(&server));
}

#[tokio::test]
async fn works_in_current_thread_runtime() {
    let server = paging_server(5, 2);
    assert_lists_all_pages(&dub(&server));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn works_in_multi_thread_runtime() {
    let server = paging_server(5, 2);
    // Use and drop the client on a worker thread, in `spawn_blocking`, in `block_in_place` and in a
    // task.
    assert_lists_all_pages(&dub(&server));
    let client = dub(&server);
    let task = tokio::task::spawn_blocking(move || assert_lists_all_pages(&client));
    task.await.unwrap();
    let client = dub(&server);
    tokio::task::block_in_place(|| assert_lists_all_pages(&client));
    let task = tokio::spawn(async move { assert_lists_all_pages(&client) });
    task.await.unwrap();
}

#[test]
fn threads_share_one_client() {
    let server = paging_server(5, 2);
    let dub = dub(&server);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert_lists_all_pages(&dub));
        }
    });
}

#[test]
fn retries_and_times_out_like_async_client() {
    let server = Server::responding([
        response(503, "", ""),
        String::new(),
        response(200, "", CUSTOMER),
    ]);
    let customer = dub(&server).customers().get("cus_1").send();
    assert_eq!(customer.unwrap().id, "cus_1");
    assert_eq!(server.requests().len(), 3);

    let silent = Server::start(|connection, _| {
        connection.request();
        connection.wait_for_close();
    });
    let start = Instant::now();
    let get = dub(&silent)
        .customers()
        .get("cus_1")
        .retry(RetryPolicy::none());
    let error = get.timeout(Duration::from_millis(100)).send().unwrap_err();
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
    assert!(start.elapsed() < Duration::from_secs(2));
}
