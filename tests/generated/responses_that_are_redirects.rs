//! A redirect is the result if the operation declares no 2XX response, and otherwise an error.

use crate::server::Server;
use responses_that_are_redirects::blocking::ResponsesThatAreRedirects;
use responses_that_are_redirects::{ApiError, Error};

fn client(server: &Server) -> ResponsesThatAreRedirects {
    ResponsesThatAreRedirects::builder()
        .server_url(server.url())
        .build()
        .unwrap()
}

#[test]
fn redirect_is_the_result() {
    let location = "https://other.example/";
    let server = Server::answering(303, &[("Location", location)], b"");
    let response = client(&server).sessions().login().send_with_response();
    let response = response.unwrap();
    assert_eq!(response.status, 303);
    assert_eq!(response.headers["location"], location);
}

#[test]
fn redirect_beside_a_success_is_a_declared_error() {
    let server = Server::answering(304, &[("ETag", "\"1\"")], b"");
    match client(&server).sessions().get_cached().send() {
        Err(Error::Api(ApiError::NotModified(response))) => {
            assert_eq!(response.headers()["etag"], "\"1\"");
        }
        other => panic!("{other:?}"),
    }
}
