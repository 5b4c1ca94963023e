//! Tests that streams survive unreadable items and failed pages, with the async and the blocking
//! client.

use crate::paging::{ids, page_of};
use crate::server::{Server, customer, response};
use dub_sdk::models::{Customer, ListCustomersSortBy};
use dub_sdk::{Error, RetryPolicy, blocking};
use futures_util::StreamExt;
use futures_util::stream::FusedStream;

/// The returned items or pages, and the request lines.
type Run = (Vec<String>, Vec<String>);

/// Iterates over a list of customers of a server with these responses, with the async and then with
/// the blocking client. Returns the items and the pages. They are the same for both clients.
macro_rules! iterate {
    ($responses:expr, |$list:ident| $build:expr) => {{
        let responses: Vec<String> = $responses.into_iter().collect();
        let start = || Server::responding(responses.clone());

        let server = start();
        let $list = server.dub_without_retries().customers().list();
        let shown = ($build).stream().map(show_item).collect::<Vec<_>>().await;
        let items: Run = (shown, server.request_lines());
        let server = start();
        let $list = server.dub_without_retries().customers().list();
        let shown = ($build).pages().map(show_page).collect::<Vec<_>>().await;
        let pages: Run = (shown, server.request_lines());

        let server = start();
        let $list = blocking_dub(&server).customers().list();
        let shown = ($build).stream().map(show_item).collect::<Vec<_>>();
        assert_eq!(items, (shown, server.request_lines()));
        let server = start();
        let $list = blocking_dub(&server).customers().list();
        let shown = ($build).pages().map(show_page).collect::<Vec<_>>();
        assert_eq!(pages, (shown, server.request_lines()));
        (items, pages)
    }};
}

fn blocking_dub(server: &Server) -> blocking::Dub {
    let builder = blocking::Dub::builder("key").server_url(&server.url);
    builder.retry(RetryPolicy::none()).build().unwrap()
}

fn show_item(item: Result<Customer, Error>) -> String {
    match item {
        Ok(customer) => customer.id,
        Err(Error::Decode(error)) => format!("unreadable: {}", error.path()),
        Err(Error::InvalidRequest(error)) => format!("invalid: {error}"),
        Err(error) => format!("failed: {}", error.status().unwrap()),
    }
}

fn show_page(page: Result<Vec<Customer>, Error>) -> String {
    match page {
        Ok(page) => {
            let ids: Vec<_> = page.into_iter().map(|customer| customer.id).collect();
            ids.join(" ")
        }
        Err(error) => show_item(Err(error)),
    }
}

fn ok(page: &str) -> String {
    response(200, "", page)
}

/// Returns a customer whose name is not a string.
fn unreadable(number: usize) -> String {
    customer(&format!("cus_{number}")).replacen('{', r#"{"name":12,"#, 1)
}

/// Returns the customer of this number as an item of a page.
fn readable(number: usize) -> String {
    customer(&format!("cus_{number}"))
}

fn list(items: &[String]) -> String {
    ok(&format!("[{}]", items.join(",")))
}

fn after(number: usize) -> String {
    format!("GET /customers?startingAfter=cus_{number}")
}

const FIRST: &str = "GET /customers";

#[tokio::test]
async fn one_unreadable_item_does_not_affect_others() {
    let responses = [
        list(&[readable(1), unreadable(2), readable(3)]),
        list(&[unreadable(4), unreadable(5)]),
        list(&[readable(6)]),
        ok("[]"),
    ];
    let (items, pages) = iterate!(responses, |list| list);
    let [first, second] = ["unreadable: [0].name", "unreadable: [1].name"];
    assert_eq!(items.0, ["cus_1", second, "cus_3", first, second, "cus_6"]);
    assert_eq!(pages.0, ["cus_1 cus_3", second, first, second, "cus_6"]);
    let lines = [FIRST.to_owned(), after(3), after(5), after(6)];
    assert_eq!((&*items.1, &*pages.1), (&lines[..], &lines[..]));
}

#[tokio::test]
async fn repeats_are_dropped_beside_unreadable_items() {
    let responses = [
        list(&[readable(1), unreadable(2), readable(3)]),
        // Customer 2 is still unreadable and customer 3 has become so.
        list(&[unreadable(2), readable(1), unreadable(3), readable(4)]),
        // Customer 2 was never returned.
        list(&[readable(2), readable(4), readable(5)]),
        ok("[]"),
    ];
    let (items, pages) = iterate!(responses, |list| list);
    let unreadable = "unreadable: [1].name";
    assert_eq!(
        items.0,
        ["cus_1", unreadable, "cus_3", "cus_4", "cus_2", "cus_5"]
    );
    assert_eq!(pages.0, ["cus_1 cus_3", unreadable, "cus_4", "cus_2 cus_5"]);
}

#[tokio::test]
async fn unreadable_last_item_without_id_does_not_end_stream() {
    let without_id = r#"{"externalId":"user-42"}"#.to_owned();
    let responses = [
        list(&[readable(1), without_id.clone(), without_id]),
        list(&[readable(2)]),
        ok("[]"),
    ];
    let (items, _) = iterate!(responses, |list| list);
    let expected = ["cus_1", "unreadable: [1]", "unreadable: [2]", "cus_2"];
    assert_eq!(items.0, expected);
    assert_eq!(items.1, [FIRST.to_owned(), after(1), after(2)]);
}

#[tokio::test]
async fn failed_page_is_requested_again() {
    let responses = [
        ok(&page_of([1, 2])),
        response(422, "", ""),
        ok("{}"),
        ok(&page_of([3])),
        ok(&format!("[{}", readable(4))),
        response(500, "", ""),
        ok(&page_of([4])),
        ok("[]"),
    ];
    let (items, pages) = iterate!(responses, |list| list);
    let failures = ["failed: 422 Unprocessable Entity", "unreadable: "];
    let others = ["unreadable: [0]", "failed: 500 Internal Server Error"];
    let expected = [
        &["cus_1", "cus_2"] as &[_],
        &failures,
        &["cus_3"],
        &others,
        &["cus_4"],
    ];
    assert_eq!(items.0, expected.concat());
    let expected = [&["cus_1 cus_2"] as &[_], &failures, &["cus_3"], &others];
    assert_eq!(pages.0, [&expected.concat()[..], &["cus_4"]].concat());
    let lines = [FIRST.to_owned(), after(2), after(2), after(2)];
    let rest = [after(3), after(3), after(3), after(4)];
    assert_eq!(items.1, [lines, rest].concat());
}

#[tokio::test]
async fn three_failures_of_a_page_end_stream() {
    let first = ok(&page_of([1]));
    for broken in [response(422, "", ""), ok("{}")] {
        let responses = [first.clone(), broken];
        let (items, pages) = iterate!(responses, |list| list);
        assert_eq!((items.0.len(), pages.0.len()), (4, 4), "{items:?}");
        let lines = [FIRST.to_owned(), after(1), after(1), after(1)];
        assert_eq!((&*items.1, &*pages.1), (&lines[..], &lines[..]));
    }
}

#[tokio::test]
async fn invalid_request_ends_stream_after_one_error() {
    let (items, pages) = iterate!([ok("[]")], |list| list.search(""));
    for (shown, lines) in [items, pages] {
        assert!(
            matches!(&*shown, [one] if one.starts_with("invalid: ")),
            "{shown:?}"
        );
        assert!(lines.is_empty());
    }
}

#[tokio::test]
async fn reports_termination_after_unreadable_items_and_failures() {
    let page = list(&[readable(1), unreadable(2), unreadable(3)]);
    let server = Server::responding([page.clone(), response(500, "", "")]);
    let mut items = server.dub_without_retries().customers().list().stream();
    // One readable item, two unreadable ones and two failures.
    for _ in 0..5 {
        items.next().await.unwrap().ok();
        assert!(!items.is_terminated());
    }
    assert!(items.next().await.unwrap().is_err() && items.is_terminated());
    assert!(items.next().await.is_none());

    // The last item has the initial cursor, so this page is the last one.
    let server = Server::responding([page]);
    let customers = server.dub_without_retries().customers();
    let mut pages = customers.list().starting_after("cus_3").pages();
    assert_eq!(pages.next().await.unwrap().unwrap().len(), 1);
    for _ in 0..2 {
        assert!(!pages.is_terminated());
        assert!(pages.next().await.unwrap().is_err());
    }
    assert!(pages.is_terminated() && pages.next().await.is_none());
}

#[tokio::test]
async fn sorted_list_is_paged_by_number() {
    let responses = [
        ok(&page_of([5, 2])),
        // Customers were added, so one is repeated.
        ok(&page_of([2, 9])),
        list(&[unreadable(4), readable(5)]),
        response(500, "", ""),
        ok(&page_of([5, 9])),
        ok("[]"),
    ];
    let (items, pages) = iterate!(responses, |list| list
        .sort_by(ListCustomersSortBy::SaleAmount)
        .page_size(2));
    let failures = ["unreadable: [0].name", "failed: 500 Internal Server Error"];
    let expected = [&["cus_5", "cus_2", "cus_9"] as &[_], &failures].concat();
    assert_eq!(items.0, expected);
    assert_eq!(pages.0, [&["cus_5 cus_2", "cus_9"], &failures[..]].concat());
    let query = "GET /customers?sortBy=saleAmount&pageSize=2";
    let mut lines = vec![query.to_owned()];
    lines.extend([2, 3, 4, 4, 5].map(|page| format!("{query}&page={page}")));
    assert_eq!((&items.1, &pages.1), (&lines, &lines));
}

#[tokio::test]
async fn numbered_pages_continue_from_given_number() {
    let responses = [ok(&page_of([1, 2])), ok(&page_of([3])), ok("[]")];
    #[expect(deprecated, reason = "`page` selects the first page")]
    let (items, _) = iterate!(responses, |list| list
        .page(7)
        .sort_by(ListCustomersSortBy::CreatedAt));
    assert_eq!(items.0, ids([1, 2, 3]));
    let line = |page| format!("GET /customers?page={page}&sortBy=createdAt");
    assert_eq!(items.1, [7, 8, 9].map(line));
}

/// A server that ignores the number of the page returns the same page for ever.
#[tokio::test]
async fn endless_repetition_of_a_page_ends_stream() {
    let page = response(200, "", &page_of(1..=2));
    let ((shown, requests), (pages, _)) = iterate!([page], |list| {
        list.sort_by(ListCustomersSortBy::SaleAmount)
    });
    assert_eq!(shown, ids(1..=2));
    assert_eq!(pages, ["cus_1 cus_2"]);
    assert_eq!(requests.len(), 4);

    let unreadable = response(200, "", r#"[{"name":1}]"#);
    let ((shown, requests), _) = iterate!([unreadable], |list| {
        list.sort_by(ListCustomersSortBy::SaleAmount)
    });
    assert_eq!(shown.len(), 4);
    assert_eq!(requests.len(), 4);
}

#[tokio::test]
async fn invalid_id_of_an_unreadable_item_does_not_end_stream() {
    let first = format!(r#"[{},{{"id":"\ud800","name":1}}]"#, customer("cus_1"));
    let responses = [
        response(200, "", &first),
        response(200, "", &page_of(2..=2)),
        response(200, "", "[]"),
    ];
    let ((shown, requests), _) = iterate!(responses, |list| list);
    assert_eq!(shown.first().unwrap(), "cus_1");
    assert_eq!(shown.last().unwrap(), "cus_2");
    assert_eq!(shown.len(), 3);
    assert!(requests[1].ends_with("startingAfter=cus_1"), "{requests:?}");
}
