//! Tests redirects to another host, which must never receive the token.

use crate::server::{CUSTOMER, Server, TOKEN, response};
use dub_sdk::reqwest::{self, redirect::Policy};
use dub_sdk::{Dub, Error};

/// Returns a server that redirects every request, and the redirect target, which has another host
/// name.
fn redirecting_server(status: u16) -> (Server, Server) {
    let target = Server::responding([response(200, "", CUSTOMER)]);
    let url = target.url.replace("127.0.0.1", "localhost");
    let location = format!("location: {url}/customers/cus_1\r\n");
    (
        Server::responding([response(status, &location, "")]),
        target,
    )
}

fn with_client(server: &Server, http: reqwest::Client) -> Dub {
    server.builder().http_client(http).build().unwrap()
}

#[tokio::test]
async fn default_client_does_not_leave_origin() {
    for status in [301, 302, 303, 307, 308] {
        let (server, target) = redirecting_server(status);
        let error = server.dub().customers().get("cus_1").send().await;
        let error = error.unwrap_err();
        assert!(matches!(error, Error::Api(_)), "{error:?}");
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert!(server.requests()[0].contains(TOKEN));
        assert_eq!(target.requests().len(), 0);
    }
}

#[tokio::test]
async fn custom_client_without_redirects_stays_on_origin() {
    let (server, target) = redirecting_server(307);
    let http = reqwest::Client::builder().redirect(Policy::none());
    let dub = with_client(&server, http.build().unwrap());
    assert!(dub.customers().get("cus_1").send().await.is_err());
    assert_eq!(target.requests().len(), 0);
}

#[tokio::test]
async fn custom_client_following_redirects_drops_token() {
    for status in [302, 307] {
        let (server, target) = redirecting_server(status);
        let dub = with_client(&server, reqwest::Client::new());
        let customer = dub.customers().get("cus_1").send().await;
        assert_eq!(customer.unwrap().id, "cus_1");
        let [request] = &target.requests()[..] else {
            panic!("expected one request")
        };
        let head = request.to_lowercase();
        assert!(!head.contains("authorization") && !request.contains(TOKEN));
    }
}

#[tokio::test]
async fn does_not_send_token_after_stopped_redirect() {
    let onward = response(307, "location: /customers/cus_2\r\n", "");
    let target = Server::responding([onward, response(200, "", CUSTOMER)]);
    let location = format!("location: {}/customers/cus_1\r\n", target.url);
    let server = Server::responding([response(307, &location, "")]);
    let policy = Policy::custom(|attempt| match attempt.previous().len() {
        1 => attempt.follow(),
        _ => attempt.stop(),
    });
    let http = reqwest::Client::builder().redirect(policy).build().unwrap();
    let error = with_client(&server, http).customers().get("cus_1").send();
    assert_eq!(error.await.unwrap_err().status().unwrap().as_u16(), 307);
    let requests = target.requests();
    assert!(requests.len() == 1 && !requests[0].contains(TOKEN));
}

#[tokio::test]
async fn custom_client_follows_redirect_within_origin() {
    let moved = response(308, "location: /v2/customers/cus_1\r\n", "");
    let server = Server::responding([moved, response(200, "", CUSTOMER)]);
    let http = reqwest::Client::builder().redirect(Policy::none());
    let dub = with_client(&server, http.build().unwrap());
    let update = dub.customers().update("cus_1").name("Ada");
    assert_eq!(update.send().await.unwrap().id, "cus_1");
    let lines = ["PATCH /customers/cus_1", "PATCH /v2/customers/cus_1"];
    assert_eq!(server.request_lines(), lines);
    assert!(
        server
            .requests()
            .iter()
            .all(|request| request.contains(TOKEN))
    );
}
