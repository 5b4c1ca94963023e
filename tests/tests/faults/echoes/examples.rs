//! Tests what an error and a response show in place of a secret.

use crate::server::{CUSTOMER, Server, response};
use dub_sdk::models::Customer;
use dub_sdk::{Dub, Error, RetryPolicy};
use std::error::Error as _;

const KEY: &str = "dub_R7\"k/Lw%9pT&x2Zb";

fn client(server: &Server) -> Dub {
    let builder = Dub::builder(KEY).server_url(&server.url);
    builder.retry(RetryPolicy::none()).build().unwrap()
}

async fn get(response: &str) -> Error {
    let server = Server::responding([response]);
    let request = client(&server).customers().get("cus_1");
    request.send().await.unwrap_err()
}

#[tokio::test]
async fn success_is_not_altered_but_its_debug_output_is_masked() {
    let json = serde_json::to_string(KEY).unwrap();
    let body = CUSTOMER.replace("\"user-42\"", &json);
    let server = Server::responding([response(200, &format!("x-echo: {KEY}\r\n"), &body)]);
    let request = client(&server).customers().get("cus_1");
    let response = request.send_with_response().await.unwrap();
    assert_eq!(response.body.external_id, KEY);
    assert_eq!(response.headers["x-echo"], KEY);
    for shown in [format!("{response:?}"), format!("{response:#?}")] {
        assert_eq!(shown.matches("[hidden]").count(), 2, "{shown}");
        assert!(!shown.contains("R7") && !shown.contains("x2Zb"), "{shown}");
    }
    let lengths = response.map(|customer: Customer| customer.id.len());
    assert!(format!("{lengths:?}").contains("x-echo\": \"[hidden]\""));
}

#[tokio::test]
async fn decode_error_shows_no_part_of_a_secret() {
    // The quotation mark in the key ends the string that does not match.
    let body = CUSTOMER.replace("\"user-42\"", &format!("\"a\",\"sales\":\"{KEY}\""));
    let error = get(&response(200, &format!("location: /{KEY}\r\n"), &body)).await;
    let source = error.source().unwrap().to_string();
    assert!(
        source.contains("[hidden]") && !source.contains("R7"),
        "{source}"
    );
    let Error::Decode(error) = error else {
        panic!("{error:?}");
    };
    assert_eq!(error.headers()["location"], "/[hidden]");
    assert!(error.body_text().contains("\"sales\":\"[hidden]\""));

    let body = format!("{{\"{KEY}\": 1}}");
    let error = get(&response(200, "", &body)).await;
    assert!(
        !format!("{error} {error:?}").contains("R7"),
        "{error} {error:?}"
    );
}

#[tokio::test]
async fn beginning_of_a_secret_at_the_end_of_a_body_is_masked() {
    for length in 5..KEY.len() {
        let body = format!("{}{KEY} and more", "-".repeat(65_536 - length));
        let error = get(&response(502, "", &body)).await;
        let Error::Api(error) = error else {
            panic!("{error:?}");
        };
        let end = error.body_text().trim_start_matches('-').to_owned();
        assert!("[hidden] and more".starts_with(&end), "{length}: {end}");
        let error = get(&response(200, "", &body)).await;
        let Error::Decode(error) = error else {
            panic!("{error:?}");
        };
        assert!(error.body_text().ends_with("-[hidden]"), "{length}");
    }
    // The connection breaks within the key.
    let cut = format!(
        "HTTP/1.1 404 X\r\ncontent-length: 99\r\n\r\nkey: {}",
        &KEY[..9]
    );
    let error = get(&cut).await;
    assert_eq!(
        error.to_string(),
        "getCustomer: 404 Not Found: key: [hidden]"
    );
}

#[tokio::test]
async fn cut_echoes_in_complete_responses_are_masked() {
    let cut = &KEY[..KEY.len() - 4];
    let json = serde_json::to_string(cut).unwrap();
    let body = format!("{{\"error\": {{\"code\": \"unauthorized\", \"message\": {json}}}}}");
    let error = get(&response(401, &format!("x-echo: {cut}\r\n"), &body)).await;
    let shown = format!("{error} {:?} {error:?}", error.message());
    assert!(
        shown.contains("[hidden]") && !shown.contains("R7"),
        "{shown}"
    );
    let error = get(&response(502, "", &format!("bad key {cut}"))).await;
    assert_eq!(
        error.to_string(),
        "getCustomer: 502 Bad Gateway: bad key [hidden]"
    );
    let error = get(&response(200, "", &format!("{{{json}: 1}}"))).await;
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("R7"), "{shown}");
}

#[tokio::test]
async fn echoes_of_a_trimmed_key_are_masked() {
    for ends in [" ", "\t", " \t "] {
        let key = format!("dub_R7kLw9pTx2Zb{ends}");
        let headers = "x-dub_r7klw9ptx2zb: dub_R7kLw9pTx2Zb\r\n";
        let server = Server::responding([response(404, headers, "no dub_R7kLw9pTx2Zb")]);
        let builder = Dub::builder(&*key).server_url(&server.url);
        let dub = builder.retry(RetryPolicy::none()).build().unwrap();
        let error = dub.customers().get("cus_1").send().await.unwrap_err();
        let Error::Api(error) = error else {
            panic!("{error:?}");
        };
        assert_eq!(error.body_text(), "no [hidden]");
        assert_eq!(error.headers()["hidden"], "[hidden]");
        assert!(!format!("{:?}", error.headers()).contains("r7k"));
    }
}
