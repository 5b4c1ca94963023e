//! Redirects to another host: the token must not arrive there.

use crate::server::{CUSTOMER, Server, TOKEN, response};
use dub_sdk::reqwest::{self, redirect::Policy};
use dub_sdk::{Dub, Error};

/// A server, and another whose name is not the same, to which the first sends everyone.
fn pair(status: u16) -> (Server, Server) {
    let elsewhere = Server::responding([response(200, "", CUSTOMER)]);
    let url = elsewhere.url.replace("127.0.0.1", "localhost");
    let location = format!("location: {url}/customers/cus_1\r\n");
    (
        Server::responding([response(status, &location, "")]),
        elsewhere,
    )
}

fn with_client(server: &Server, http: reqwest::Client) -> Dub {
    server.builder().http_client(http).build().unwrap()
}

#[tokio::test]
async fn the_crates_own_client_does_not_go_there() {
    for status in [301, 302, 303, 307, 308] {
        let (server, elsewhere) = pair(status);
        let error = server.dub().customers().get("cus_1").send().await;
        let error = error.unwrap_err();
        assert!(matches!(error, Error::Api(_)), "{error:?}");
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert!(server.requests()[0].contains(TOKEN));
        assert_eq!(elsewhere.requests().len(), 0);
    }
}

#[tokio::test]
async fn nor_does_a_client_of_the_apps_own_that_follows_none() {
    let (server, elsewhere) = pair(307);
    let http = reqwest::Client::builder().redirect(Policy::none());
    let dub = with_client(&server, http.build().unwrap());
    assert!(dub.customers().get("cus_1").send().await.is_err());
    assert_eq!(elsewhere.requests().len(), 0);
}

#[tokio::test]
async fn a_client_of_the_apps_own_that_follows_all_leaves_the_token_behind() {
    for status in [302, 307] {
        let (server, elsewhere) = pair(status);
        let dub = with_client(&server, reqwest::Client::new());
        let customer = dub.customers().get("cus_1").send().await;
        assert_eq!(customer.unwrap().id, "cus_1");
        let [request] = &elsewhere.requests()[..] else {
            panic!("one request")
        };
        let head = request.to_lowercase();
        assert!(!head.contains("authorization") && !request.contains(TOKEN));
    }
}

#[tokio::test]
async fn nor_is_the_token_brought_after_one_that_stops_half_way() {
    let onward = response(307, "location: /customers/cus_2\r\n", "");
    let elsewhere = Server::responding([onward, response(200, "", CUSTOMER)]);
    let location = format!("location: {}/customers/cus_1\r\n", elsewhere.url);
    let server = Server::responding([response(307, &location, "")]);
    let policy = Policy::custom(|attempt| match attempt.previous().len() {
        1 => attempt.follow(),
        _ => attempt.stop(),
    });
    let http = reqwest::Client::builder().redirect(policy).build().unwrap();
    let error = with_client(&server, http).customers().get("cus_1").send();
    assert_eq!(error.await.unwrap_err().status().unwrap().as_u16(), 307);
    let requests = elsewhere.requests();
    assert!(requests.len() == 1 && !requests[0].contains(TOKEN));
}

#[tokio::test]
async fn within_the_origin_a_client_of_the_apps_own_goes_along() {
    let moved = response(308, "location: /v2/customers/cus_1\r\n", "");
    let server = Server::responding([moved, response(200, "", CUSTOMER)]);
    let http = reqwest::Client::builder().redirect(Policy::none());
    let dub = with_client(&server, http.build().unwrap());
    let update = dub.customers().update("cus_1").name("Ada");
    assert_eq!(update.send().await.unwrap().id, "cus_1");
    let lines = ["PATCH /customers/cus_1", "PATCH /v2/customers/cus_1"];
    assert_eq!(server.lines(), lines);
    assert!(server.requests().iter().all(|text| text.contains(TOKEN)));
}
