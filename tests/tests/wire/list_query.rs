//! Tests the query of list requests as the server receives it.

use crate::support::Server;
use dub_sdk::customers::ListCustomers;
use dub_sdk::models::{ListCustomersSortBy, ListCustomersSortOrder};

/// Sends the list request that `build` configures and returns its request target.
async fn target(build: impl FnOnce(ListCustomers) -> ListCustomers) -> String {
    let server = Server::json(200, "[]").await;
    let customers = build(server.dub().customers().list()).send().await;
    assert_eq!(customers.unwrap(), []);
    server.request().await.target
}

#[tokio::test]
async fn list_without_parameters_has_no_query() {
    assert_eq!(target(|list| list).await, "/customers");
}

#[tokio::test]
async fn sends_every_list_parameter() {
    let all = target(|list| {
        list.email("ada@example.com")
            .external_id("user-42")
            .search("ada")
            .country("DE")
            .link_id("link_1")
            .program_id("prog_1")
            .partner_id("pn_1")
            .include_expanded_fields(true)
            .sort_by(ListCustomersSortBy::CreatedAt)
            .sort_order(ListCustomersSortOrder::Asc)
            .starting_after("cus_1")
            .page_size(50)
    });
    assert_eq!(
        all.await,
        "/customers?email=ada%40example.com&externalId=user-42&search=ada&country=DE&linkId=link_1\
         &programId=prog_1&partnerId=pn_1&includeExpandedFields=true&sortBy=createdAt&sortOrder=asc\
         &startingAfter=cus_1&pageSize=50"
    );
    assert_eq!(
        target(|list| list.ending_before("cus_1")).await,
        "/customers?endingBefore=cus_1"
    );
    #[allow(deprecated)]
    let by_number = target(|list| list.page(2)).await;
    assert_eq!(by_number, "/customers?page=2");
}

#[tokio::test]
async fn sends_parameters_in_call_order() {
    let forward = target(|list| list.search("ada").country("DE").page_size(1)).await;
    assert_eq!(forward, "/customers?search=ada&country=DE&pageSize=1");
    let backward = target(|list| list.page_size(1).country("DE").search("ada")).await;
    assert_eq!(backward, "/customers?pageSize=1&country=DE&search=ada");
}

#[tokio::test]
async fn last_call_of_setter_wins() {
    let twice = target(|list| list.search("ada lovelace").country("DE").search("bob"));
    assert_eq!(twice.await, "/customers?search=bob&country=DE");
    let booleans = target(|list| {
        list.include_expanded_fields(true)
            .include_expanded_fields(false)
    });
    assert_eq!(booleans.await, "/customers?includeExpandedFields=false");
}

#[tokio::test]
async fn sends_booleans_as_true_or_false() {
    for (value, expected) in [(true, "true"), (false, "false")] {
        assert_eq!(
            target(|list| list.include_expanded_fields(value)).await,
            format!("/customers?includeExpandedFields={expected}")
        );
    }
}

#[tokio::test]
async fn sends_integers_of_every_type_as_digits() {
    type Build = fn(ListCustomers) -> ListCustomers;
    let cases: [(Build, &str); 9] = [
        (|list| list.page_size(50), "50"),
        (|list| list.page_size(50_u8), "50"),
        (|list| list.page_size(50_i16), "50"),
        (|list| list.page_size(50_u32), "50"),
        (|list| list.page_size([0; 50].len()), "50"),
        (|list| list.page_size(-1_i64), "-1"),
        (|list| list.page_size(u64::MAX), "18446744073709551615"),
        (
            |list| list.page_size(i128::MIN),
            "-170141183460469231731687303715884105728",
        ),
        (
            |list| list.page_size(u128::MAX),
            "340282366920938463463374607431768211455",
        ),
    ];
    for (build, expected) in cases {
        assert_eq!(
            target(build).await,
            format!("/customers?pageSize={expected}")
        );
    }
}

#[tokio::test]
async fn percent_encodes_parameter_values() {
    for (value, encoded) in [
        ("ada lovelace", "ada%20lovelace"),
        ("a&b", "a%26b"),
        ("a=b", "a%3Db"),
        ("a+b", "a%2Bb"),
        ("a#b", "a%23b"),
        ("100%", "100%25"),
        ("%20", "%2520"),
        ("Zoë Müller", "Zo%C3%AB%20M%C3%BCller"),
        ("名🦀", "%E5%90%8D%F0%9F%A6%80"),
        ("/?:@[]", "%2F%3F%3A%40%5B%5D"),
        ("'\"<>", "%27%22%3C%3E"),
        ("a\r\nb\t\0", "a%0D%0Ab%09%00"),
        ("AZaz09-._~", "AZaz09-._~"),
        (" ", "%20"),
        ("..", ".."),
    ] {
        assert_eq!(
            target(|list| list.search(value)).await,
            format!("/customers?search={encoded}")
        );
    }
}

#[tokio::test]
async fn sends_known_and_unknown_sort_orders() {
    for (sort_by, name) in [
        (ListCustomersSortBy::CreatedAt, "createdAt"),
        (ListCustomersSortBy::SaleAmount, "saleAmount"),
        (ListCustomersSortBy::FirstSaleAt, "firstSaleAt"),
        (
            ListCustomersSortBy::SubscriptionCanceledAt,
            "subscriptionCanceledAt",
        ),
        (
            ListCustomersSortBy::from("of next year"),
            "of%20next%20year",
        ),
    ] {
        assert_eq!(
            target(|list| list.sort_by(sort_by)).await,
            format!("/customers?sortBy={name}")
        );
    }
    for (order, name) in [("asc", "asc"), ("desc", "desc"), ("random", "random")] {
        assert_eq!(
            target(|list| list.sort_order(order.into())).await,
            format!("/customers?sortOrder={name}")
        );
    }
}

#[test]
fn parses_only_known_sort_orders() {
    assert_eq!("asc".parse(), Ok(ListCustomersSortOrder::Asc));
    let error = "nonsense".parse::<ListCustomersSortOrder>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "unknown value `nonsense`, expected one of `asc`, `desc`"
    );
    // An unknown value can still be sent on purpose.
    let unknown = ListCustomersSortOrder::from("nonsense");
    assert!(!unknown.is_known() && !ListCustomersSortOrder::VALUES.contains(&unknown));
    let values = ListCustomersSortBy::VALUES.iter();
    let values: Vec<_> = values.map(ListCustomersSortBy::as_str).collect();
    assert_eq!(
        values,
        [
            "createdAt",
            "saleAmount",
            "firstSaleAt",
            "subscriptionCanceledAt"
        ]
    );
}
