//! Tests code that is generic over operations, requests that are awaited directly, and optional
//! values.

use crate::support::{CUSTOMER, Server};
use dub_sdk::customers::{ListCustomers, operation};
use dub_sdk::models::Customer;
use dub_sdk::{
    ApiOperation, CustomerId, Dub, Error, PaginatedOperation, RequestBuilder, Timestamp,
};
use std::time::{Duration, SystemTime};

/// Returns the id of the operation and the response body.
async fn call<O: ApiOperation>(
    request: RequestBuilder<O>,
) -> Result<(&'static str, O::Output), Error> {
    request.validate()?;
    Ok((O::ID, request.send().await?))
}

async fn first<O: PaginatedOperation>(
    request: RequestBuilder<O>,
) -> Option<Result<O::Item, Error>> {
    request.stream().next().await
}

#[tokio::test]
async fn functions_can_be_generic_over_operations() {
    let server = Server::json(200, CUSTOMER).await;
    let customers = server.dub().customers();
    let (id, customer) = call(customers.get("cus_1")).await.unwrap();
    assert_eq!((id, customer.id.as_str()), ("getCustomer", "cus_1"));
    let update = customers.update("cus_1").name("Ada");
    assert_eq!(call(update).await.unwrap().0, "updateCustomer");
    assert!(call(customers.get("")).await.is_err());
    assert_eq!(operation::GetCustomer::ID, "getCustomer");

    let server = Server::json(200, &format!("[{CUSTOMER}]")).await;
    let list: ListCustomers = server.dub().customers().list();
    assert_eq!(first(list.clone()).await.unwrap().unwrap().id, "cus_1");
    assert!(first(list.search("")).await.unwrap().is_err());
}

#[tokio::test]
async fn request_can_be_awaited_without_send() -> Result<(), Error> {
    let server = Server::json(200, CUSTOMER).await;
    let customer: Customer = server.dub().customers().get("cus_1").await?;
    assert_eq!(customer.id, "cus_1");
    Ok(())
}

#[tokio::test]
async fn maybe_sets_only_values_that_are_there() {
    let server = Server::json(200, "[]").await;
    let list = |country: Option<&str>, search: Option<String>| {
        let list = server.dub().customers().list();
        let list = list.maybe(country, |list, country| list.country(country));
        list.maybe(search, ListCustomers::search)
    };
    list(Some("GB"), None).await.unwrap();
    list(None, Some("ada".to_owned())).await.unwrap();
    let targets: Vec<_> = server
        .requests()
        .await
        .into_iter()
        .map(|sent| sent.target)
        .collect();
    assert_eq!(targets, ["/customers?country=GB", "/customers?search=ada"]);
}

#[tokio::test]
async fn customer_id_adds_prefix_of_external_ids() {
    let server = Server::json(200, CUSTOMER).await;
    let customers = server.dub().customers();
    customers
        .get(CustomerId::external("user/42"))
        .await
        .unwrap();
    assert_eq!(server.request().await.target, "/customers/ext_user%2F42");
    assert_eq!(CustomerId::external("a").to_string(), "ext_a");
    let error = customers.get(CustomerId::external("")).await.unwrap_err();
    assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
}

#[tokio::test]
async fn streams_can_be_collected_without_futures_crate() {
    let server = Server::json(200, &format!("[{CUSTOMER}]")).await;
    let list = || server.dub().customers().list();
    let mut stream = list().stream();
    assert_eq!(stream.try_next().await.unwrap().unwrap().id, "cus_1");
    let all: Vec<Customer> = list().stream().try_collect().await.unwrap();
    assert_eq!(all.len(), 1);
    let pages: Vec<Vec<Customer>> = list().pages().try_collect().await.unwrap();
    assert_eq!(pages, [all]);

    server.respond_with(crate::support::json(500, "{}")).await;
    let error = list().stream().try_collect::<Vec<_>>().await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 500);
}

#[test]
fn timestamp_converts_to_system_time() {
    let timestamp = Timestamp::from("2025-10-30T18:18:27.250Z");
    let expected = SystemTime::UNIX_EPOCH + Duration::from_millis(1_761_848_307_250);
    assert_eq!(SystemTime::try_from(&timestamp), Ok(expected));
    let error = SystemTime::try_from(&Timestamp::from("yesterday")).unwrap_err();
    assert!(error.to_string().contains("RFC 3339"), "{error}");
}

#[tokio::test]
async fn client_builder_can_be_cloned() {
    let server = Server::json(200, CUSTOMER).await;
    let builder = Dub::builder("dub_0123").server_url(server.url());
    for name in ["a/1", "b/2"] {
        let dub = builder.clone().user_agent(name).build().unwrap();
        dub.customers().get("cus_1").await.unwrap();
    }
    let sent = server.requests().await;
    assert!(sent[0].header("user-agent").unwrap().starts_with("a/1 "));
    assert!(sent[1].header("user-agent").unwrap().starts_with("b/2 "));
    assert_eq!(
        sent[0].header("authorization"),
        sent[1].header("authorization")
    );
}
