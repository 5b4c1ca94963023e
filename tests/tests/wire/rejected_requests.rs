//! Tests that invalid requests return an error and are never sent.

use crate::support::{CUSTOMER, Server};
use dub_sdk::customers::ListCustomers;
use dub_sdk::models::ListCustomersSortBy;
use dub_sdk::{Dub, Error};

type Build = fn(ListCustomers) -> ListCustomers;

fn list(dub: &Dub) -> ListCustomers {
    dub.customers().list()
}

/// Returns the error message for a list request. The message must be the same for `send`,
/// `send_with_response`, `stream`, `pages` and `validate`.
async fn rejection_message(build: Build) -> String {
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
        build(list(&dub)).validate().unwrap_err(),
    ];
    let messages = errors.each_ref().map(ToString::to_string);
    for error in &errors {
        assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
        assert_eq!(error.status(), None);
        assert!(!error.is_retryable());
    }
    assert!(
        messages.iter().all(|message| *message == messages[0]),
        "{messages:?}"
    );
    assert_eq!(server.requests().await.len(), 0, "{}", messages[0]);
    messages[0].clone()
}

/// The server ignores an empty filter and would return all customers.
#[tokio::test]
async fn rejects_empty_filters() {
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
        let message = rejection_message(build).await;
        assert!(
            message.contains(name) && message.contains("empty"),
            "{message}"
        );
    }
}

#[tokio::test]
async fn rejects_cursor_with_incompatible_parameters() {
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
        let message = rejection_message(build).await;
        assert!(names.iter().all(|name| message.contains(name)), "{message}");
    }
}

/// The server accepts only Dub's own ids as cursors.
#[tokio::test]
async fn rejects_external_ids_as_cursors() {
    let cases: [(Build, &str); 4] = [
        (|list| list.starting_after("ext_user-42"), "startingAfter"),
        (|list| list.ending_before("ext_user-42"), "endingBefore"),
        (
            |list| list.extra_query("startingAfter", "ext_user-42"),
            "startingAfter",
        ),
        (
            |list| list.extra_query("endingBefore", "ext_"),
            "endingBefore",
        ),
    ];
    for (build, name) in cases {
        let server = Server::json(200, "[]").await;
        let error = build(list(&server.dub())).send().await.unwrap_err();
        assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
        assert_eq!(
            error.to_string(),
            format!(
                "getCustomers: `{name}` must not begin with `ext_`: \
                 pass Dub's own id of the customer (`cus_...`), not your external id"
            )
        );
        assert!(build(list(&server.dub())).validate().is_err());
        assert!(
            build(list(&server.dub()))
                .stream()
                .next()
                .await
                .unwrap()
                .is_err()
        );
        assert_eq!(server.requests().await.len(), 0);
    }
    // Filters take external ids, and their prefix is part of the value.
    let server = Server::json(200, "[]").await;
    let filtered = list(&server.dub()).external_id("ext_1").search("ext_");
    filtered.send().await.unwrap();
}

#[tokio::test]
async fn accepts_cursor_with_sort_by_created_at() {
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
async fn rejects_invalid_headers() {
    let cases: [(Build, &str); 6] = [
        (|list| list.header("x-trace", "a\r\nx-evil: b"), "x-trace"),
        (|list| list.header("x-trace", "a\0b"), "x-trace"),
        (|list| list.header("x trace", "a"), "must not contain ' '"),
        (|list| list.header("", "a"), "header"),
        (|list| list.header("Content-Length", "3"), "Content-Length"),
        (
            |list| list.header("transfer-encoding", "chunked"),
            "transfer-encoding",
        ),
    ];
    for (build, name) in cases {
        let message = rejection_message(build).await;
        assert!(
            message.contains(name) && !message.contains("evil"),
            "{message}"
        );
    }
}

#[tokio::test]
async fn validate_accepts_what_send_sends() {
    let server = Server::json(200, "[]").await;
    let dub = server.dub();
    let requests = [
        list(&dub),
        list(&dub).search("ada").header("x-trace", "a"),
        list(&dub).sort_by(ListCustomersSortBy::SaleAmount),
        list(&dub).ending_before("cus_1"),
    ];
    for request in &requests {
        request.validate().unwrap();
    }
    assert_eq!(server.requests().await.len(), 0);
    for request in requests {
        request.send().await.unwrap();
    }
    let customers = dub.customers();
    assert!(customers.get("cus_1").validate().is_ok());
    assert!(customers.get("").validate().is_err());
    assert!(customers.update("..").name("Ada").validate().is_err());
    assert!(
        customers
            .delete("cus_1")
            .header("a b", "c")
            .validate()
            .is_err()
    );
}

#[tokio::test]
async fn sends_last_value_of_custom_header() {
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
