//! Tests ids in the path: each id is encoded as one path segment.

use crate::support::{CUSTOMER, Server, json};
use dub_sdk::{Dub, Error};

/// Ids, each with its expected encoding.
const IDS: [(&str, &str); 12] = [
    (
        "cus_1JQ8Z3M5Q8W1E4R7T0Y3U6I9O",
        "cus_1JQ8Z3M5Q8W1E4R7T0Y3U6I9O",
    ),
    ("ext_user-42", "ext_user-42"),
    ("ext_a/b?c#d e%ü", "ext_a%2Fb%3Fc%23d%20e%25%C3%BC"),
    ("ext_ada+1@example.com", "ext_ada%2B1%40example.com"),
    ("ext_{id}", "ext_%7Bid%7D"),
    ("ext_a;b,c&d=e", "ext_a%3Bb%2Cc%26d%3De"),
    ("ext_a\\b", "ext_a%5Cb"),
    ("../secrets", "..%2Fsecrets"),
    ("%2e%2e", "%252e%252e"),
    ("...", "..."),
    (" ", "%20"),
    ("ext_\r\nHost: evil", "ext_%0D%0AHost%3A%20evil"),
];

#[tokio::test]
async fn sends_each_id_as_one_path_segment() {
    let server = Server::json(200, CUSTOMER).await;
    let dub = server.dub();
    for (id, segment) in IDS {
        server.respond_with(json(200, CUSTOMER)).await;
        dub.customers().get(id).send().await.unwrap();
        dub.customers().update(id).send().await.unwrap();
        dub.customers().delete(id).send().await.unwrap();
        let sent = server.requests().await;
        let lines = sent
            .iter()
            .map(|sent| format!("{} {}", sent.method, sent.target));
        let expected =
            ["GET", "PATCH", "DELETE"].map(|method| format!("{method} /customers/{segment}"));
        assert_eq!(lines.collect::<Vec<_>>(), expected);
    }
}

#[tokio::test]
async fn appends_query_after_path_id() {
    let server = Server::json(200, CUSTOMER).await;
    let customers = server.dub().customers();
    let request = customers.get("ext_a?b").include_expanded_fields(true);
    request.send().await.unwrap();
    let request = customers.update("cus_1").include_expanded_fields(false);
    request.send().await.unwrap();
    let targets: Vec<_> = server
        .requests()
        .await
        .into_iter()
        .map(|sent| sent.target)
        .collect();
    assert_eq!(
        targets,
        [
            "/customers/ext_a%3Fb?includeExpandedFields=true",
            "/customers/cus_1?includeExpandedFields=false"
        ]
    );
}

#[tokio::test]
async fn rejects_empty_and_dot_path_ids() {
    let server = Server::json(200, CUSTOMER).await;
    for id in ["", ".", ".."] {
        for error in errors_for_id(&server.dub(), id).await {
            assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
            let message = error.to_string();
            let expected = match id {
                "" => "the path argument `id` is empty".to_owned(),
                dots => format!("the path argument `id` must not be {dots:?}"),
            };
            assert!(message.ends_with(&expected), "{message}");
            assert!(!error.is_retryable());
            assert_eq!(error.status(), None);
        }
    }
    assert_eq!(server.requests().await.len(), 0);
}

async fn errors_for_id(dub: &Dub, id: &str) -> [Error; 3] {
    [
        dub.customers().get(id).send().await.unwrap_err(),
        dub.customers()
            .update(id)
            .name("x")
            .send()
            .await
            .unwrap_err(),
        dub.customers().delete(id).send().await.unwrap_err(),
    ]
}
