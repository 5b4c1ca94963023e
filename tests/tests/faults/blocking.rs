//! The blocking face, outside of async runtimes and on their threads.

use crate::paging::{ids, pages};
use crate::server::{CUSTOMER, Server, TOKEN, quick, response};
use dub_sdk::blocking::Dub;
use dub_sdk::{Error, RetryPolicy};
use std::time::{Duration, Instant};

fn dub(server: &Server) -> Dub {
    let builder = Dub::builder(TOKEN).server_url(&server.url);
    builder.retry(quick()).build().unwrap()
}

fn assert_works(dub: &Dub) {
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
fn it_works_on_a_plain_thread() {
    let server = pages(5, 2);
    assert_works(&dub(&server));
}

#[tokio::test]
async fn it_works_within_a_runtime_of_one_thread() {
    let server = pages(5, 2);
    assert_works(&dub(&server));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_works_within_a_runtime_of_many_threads() {
    let server = pages(5, 2);
    // Made, used and dropped on a worker, on a thread for blocking work, and on one within `block_in_place`.
    assert_works(&dub(&server));
    let client = dub(&server);
    let task = tokio::task::spawn_blocking(move || assert_works(&client));
    task.await.unwrap();
    let client = dub(&server);
    tokio::task::block_in_place(|| assert_works(&client));
    let task = tokio::spawn(async move { assert_works(&client) });
    task.await.unwrap();
}

#[test]
fn many_threads_share_a_client() {
    let server = pages(5, 2);
    let dub = dub(&server);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert_works(&dub));
        }
    });
}

#[test]
fn it_retries_and_times_out_as_the_other_face_does() {
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
        connection.wait_for_end();
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

#[test]
fn its_iterators_end_after_an_error() {
    let server = Server::responding([
        response(200, "", &crate::paging::list([1])),
        response(422, "", ""),
    ]);
    let mut all = dub(&server).customers().list().stream();
    assert!(all.next().unwrap().is_ok());
    assert!(all.next().unwrap().is_err());
    assert!(all.next().is_none() && all.next().is_none());
}
