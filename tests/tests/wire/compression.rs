//! Tests gzip-compressed responses.

use crate::support::{Server, TOKEN};
use dub_sdk::{Dub, Error, RetryPolicy};
use wiremock::ResponseTemplate;

/// The smallest customer, compressed with gzip.
const SMALL: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab\x56\xca\x4c\x51\xb2\x52\x4a\x2e\x2d\x8e\x37\x54\xd2\
    \x51\x4a\xad\x28\x49\x2d\xca\x4b\xcc\xf1\x04\x09\x96\x16\xa7\x16\xe9\x9a\x18\x01\x85\x93\x8b\x52\
    \x13\x4b\x52\x53\x1c\x4b\x80\xa2\x46\x06\x46\xa6\xba\x86\x06\xba\xc6\x06\x21\x86\x16\x56\x40\x64\
    \x64\xae\x67\x60\x60\x10\xa5\x54\x0b\x00\xe7\x63\x1f\xab\x4c\x00\x00\x00";

/// The smallest customer followed by 60,000 spaces, compressed with gzip.
const LARGE: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xed\xc8\xbb\x0a\xc2\x30\x00\x40\xd1\x5f\x91\xcc\x46\xd2\
    \xa8\x28\xdd\x1c\xdd\x9d\x5c\xa4\xb4\x19\x04\x71\xe8\x03\x04\xf1\xdf\x8d\x7f\xe1\x70\x0e\x77\xba\
    \xef\x70\x1f\x42\x1b\xfa\x65\xba\x35\x61\x1d\xca\x6b\x2e\xe3\xb3\x7b\x9c\x7f\x73\x99\xca\x18\x77\
    \xb9\xee\x7e\x2c\xdd\x5c\x86\xd3\x5c\x6f\x4e\x79\x1f\x9b\x14\xb7\xe9\xd2\x1c\xdb\x5a\x3e\x6c\x52\
    \x4a\xd7\xf0\x59\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\
    \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\
    \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xfc\x99\x2f\x6c\x79\xa4\x06\xac\xea\x00\
    \x00";

async fn serve(compressed: &[u8]) -> Server {
    let response = ResponseTemplate::new(200).insert_header("content-encoding", "gzip");
    Server::start(response.set_body_raw(compressed, "application/json")).await
}

#[tokio::test]
async fn requests_and_decodes_gzip_responses() {
    for compressed in [SMALL, LARGE] {
        let server = serve(compressed).await;
        let customer = server.dub().customers().get("cus_1").send().await.unwrap();
        assert_eq!(customer.external_id, "user-42");
        let sent = server.request().await;
        let accepted = sent.header("accept-encoding").unwrap();
        assert!(accepted.contains("gzip"), "{accepted}");
    }
}

#[tokio::test]
async fn max_response_size_applies_after_decompression() {
    let server = serve(LARGE).await;
    let builder = Dub::builder(TOKEN)
        .server_url(server.url())
        .max_response_size(50_000);
    let dub = builder.retry(RetryPolicy::none()).build().unwrap();
    let error = dub.customers().get("cus_1").send().await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert!(error.to_string().contains("50000"), "{error}");
}

#[tokio::test]
async fn invalid_gzip_data_is_transport_error() {
    let server = serve(b"{}").await;
    let error = server
        .dub()
        .customers()
        .get("cus_1")
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
}
