//! Requests that cannot be right: refused with the reason, and never sent.

use crate::support::{CUSTOMER, Server};
use dub_sdk::customers::ListCustomers;
use dub_sdk::models::ListCustomersSortBy;
use dub_sdk::{Dub, Error};

type Build = fn(ListCustomers) -> ListCustomers;

fn list(dub: &Dub) -> ListCustomers {
    dub.customers().list()
}

/// The refusal of a list request, by `send`, by the stream and by the pages alike.
async fn refusal(build: Build) -> String {
    let server = Server::json(200, "[]").await;
    let dub = server.dub();
    let errors = [
        build(list(&dub)).send().await.unwrap_err(),
        build(list(&dub)).send_with_response().await.unwrap_err(),
        build(list(&dub))
            .stream()
            .next()
            .await
            .unwrap()
            .unwrap_err(),
        build(list(&dub)).pages().next().await.unwrap().unwrap_err(),
    ];
    let texts = errors.each_ref().map(ToString::to_string);
    for error in &errors {
        assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
        assert_eq!(error.status(), None);
        assert!(!error.is_retryable());
    }
    assert!(texts.iter().all(|text| *text == texts[0]), "{texts:?}");
    assert_eq!(server.requests().await.len(), 0, "{}", texts[0]);
    texts[0].clone()
}

#[tokio::test]
async fn an_empty_filter_is_refused_since_the_server_would_answer_with_everyone() {
    let cases: [(Build, &str); 11] = [
        (|list| list.email(""), "`email`"),
        (|list| list.external_id(""), "`externalId`"),
        (|list| list.search(""), "`search`"),
        (|list| list.country(""), "`country`"),
        (|list| list.link_id(""), "`linkId`"),
        (|list| list.program_id(""), "`programId`"),
        (|list| list.partner_id(""), "`partnerId`"),
        (|list| list.starting_after(""), "`startingAfter`"),
        (|list| list.ending_before(""), "`endingBefore`"),
        (|list| list.sort_by("".into()), "`sortBy`"),
        (|list| list.sort_order("".into()), "`sortOrder`"),
    ];
    for (build, name) in cases {
        let text = refusal(build).await;
        assert!(text.contains(name) && text.contains("empty"), "{text}");
    }
}

#[tokio::test]
async fn a_number_that_is_none_is_refused() {
    #[allow(deprecated)]
    let cases: [(Build, &str); 4] = [
        (|list| list.page_size(f64::NAN), "`pageSize`"),
        (|list| list.page_size(f64::INFINITY), "`pageSize`"),
        (|list| list.page_size(f32::NEG_INFINITY), "`pageSize`"),
        (|list| list.page(f64::NAN), "`page`"),
    ];
    for (build, name) in cases {
        let text = refusal(build).await;
        assert!(text.contains(name), "{text}");
    }
}

#[tokio::test]
async fn cursors_that_the_server_would_not_take_are_refused() {
    #[allow(deprecated)]
    let cases: [(Build, [&str; 2]); 5] = [
        (
            |list| list.starting_after("cus_1").ending_before("cus_2"),
            ["`startingAfter`", "`endingBefore`"],
        ),
        (
            |list| list.page(2).starting_after("cus_1"),
            ["`startingAfter`", "`page`"],
        ),
        (
            |list| list.ending_before("cus_1").page(2),
            ["`endingBefore`", "`page`"],
        ),
        (
            |list| {
                list.starting_after("cus_1")
                    .sort_by(ListCustomersSortBy::SaleAmount)
            },
            ["`startingAfter`", "`sortBy`"],
        ),
        (
            |list| {
                list.sort_by(ListCustomersSortBy::FirstSaleAt)
                    .ending_before("cus_1")
            },
            ["`endingBefore`", "`sortBy`"],
        ),
    ];
    for (build, names) in cases {
        let text = refusal(build).await;
        assert!(names.iter().all(|name| text.contains(name)), "{text}");
    }
}

#[tokio::test]
async fn a_cursor_goes_with_the_order_by_creation() {
    let server = Server::json(200, "[]").await;
    for cursor in ["startingAfter", "endingBefore"] {
        let request = list(&server.dub()).sort_by(ListCustomersSortBy::CreatedAt);
        let request = match cursor {
            "startingAfter" => request.starting_after("cus_1"),
            _ => request.ending_before("cus_1"),
        };
        request.send().await.unwrap();
    }
    let targets: Vec<_> = server
        .requests()
        .await
        .into_iter()
        .map(|sent| sent.target)
        .collect();
    assert_eq!(
        targets,
        [
            "/customers?sortBy=createdAt&startingAfter=cus_1",
            "/customers?sortBy=createdAt&endingBefore=cus_1"
        ]
    );
}

#[tokio::test]
async fn a_header_that_cannot_be_sent_is_refused() {
    let cases: [(Build, &str); 6] = [
        (|list| list.header("x-trace", "a\r\nx-evil: b"), "x-trace"),
        (|list| list.header("x-trace", "a\0b"), "x-trace"),
        (|list| list.header("x trace", "a"), "x trace"),
        (|list| list.header("", "a"), "header"),
        (|list| list.header("Content-Length", "3"), "Content-Length"),
        (
            |list| list.header("transfer-encoding", "chunked"),
            "transfer-encoding",
        ),
    ];
    for (build, name) in cases {
        let text = refusal(build).await;
        assert!(text.contains(name) && !text.contains("evil"), "{text}");
    }
}

#[tokio::test]
async fn headers_of_a_request_are_sent_and_the_last_counts() {
    let server = Server::json(200, CUSTOMER).await;
    let request = server.dub().customers().get("cus_1");
    let request = request.header("X-Trace", "one").header("x-trace", "two");
    request
        .header("Accept", "application/vnd.dub+json")
        .send()
        .await
        .unwrap();
    let sent = server.request().await;
    let values: Vec<_> = sent.headers.get_all("x-trace").iter().collect();
    assert_eq!(values, ["two"]);
    assert_eq!(sent.header("accept"), Some("application/vnd.dub+json"));
}
