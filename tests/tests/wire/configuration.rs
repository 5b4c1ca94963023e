//! Tests client settings: building a client rejects invalid settings.

use crate::support::{CUSTOMER, Server, TOKEN};
use dub_sdk::{Dub, Error, blocking};

/// Returns the message of the configuration error.
fn config_error<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    let error = result.unwrap_err();
    assert!(matches!(error, Error::Config(_)), "{error:?}");
    assert_eq!(error.status(), None);
    assert!(!error.is_retryable());
    error.to_string()
}

#[test]
fn rejects_invalid_server_urls() {
    for (url, reason) in [
        ("", "server URL"),
        ("api.dub.co", "invalid server URL"),
        ("not a url", "invalid server URL"),
        ("https://", "invalid server URL"),
        ("http://[::1", "invalid server URL"),
        ("ftp://api.dub.co", "https://"),
        ("mailto:ada@example.com", "https://"),
        ("file:///customers", "https://"),
        ("https://api.dub.co?page=1", "query"),
        ("https://api.dub.co#top", "fragment"),
        ("https://ada:hunter2@api.dub.co", "password"),
    ] {
        let message = config_error(Dub::builder(TOKEN).server_url(url).build());
        assert!(message.contains(reason), "{url}: {message}");
        assert!(!message.contains("hunter2"), "{message}");
    }
}

#[test]
fn plain_http_requires_opt_in_except_for_loopback() {
    for url in [
        "http://api.dub.co",
        "http://10.0.0.1:4010",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://[2001:db8::1]",
        "http://0.0.0.0:4010",
    ] {
        let message = config_error(Dub::builder(TOKEN).server_url(url).build());
        assert!(message.contains("allow_plain_http"), "{message}");
        let allowed = Dub::builder(TOKEN).server_url(url).allow_plain_http(true);
        assert!(allowed.build().is_ok(), "{url}");
    }
    for url in [
        "http://127.0.0.1:4010",
        "http://127.255.0.9",
        "http://localhost:4010",
        "http://[::1]:4010",
        "HTTP://LOCALHOST",
        "https://api.dub.co",
    ] {
        // A custom HTTP client, because a build without TLS otherwise rejects https.
        let http = dub_sdk::reqwest::Client::new();
        let builder = Dub::builder(TOKEN).server_url(url).http_client(http);
        assert!(builder.build().is_ok(), "{url}");
    }
}

#[test]
fn rejects_invalid_token_without_showing_it() {
    for token in [
        "",
        "dub_zQ7x\nW9vK3",
        "dub_zQ7x\r\nx-evil: W9vK3",
        "dub_zQ7x\0W9vK3",
        "\n",
    ] {
        for message in [
            config_error(Dub::new(token)),
            config_error(Dub::builder(token).build()),
            config_error(blocking::Dub::new(token)),
        ] {
            assert!(message.contains("token"), "{message}");
            assert!(
                !message.contains("zQ7x") && !message.contains("W9vK3"),
                "{message}"
            );
        }
    }
}

#[test]
fn rejects_invalid_user_agent() {
    let message = config_error(
        Dub::builder(TOKEN)
            .user_agent("my-app\r\nx-evil: 1")
            .build(),
    );
    assert!(message.contains("user agent"), "{message}");
}

#[test]
fn default_server_is_api_dub_co() {
    let http = dub_sdk::reqwest::Client::new();
    let dub = Dub::builder(TOKEN).http_client(http).build();
    let debug = format!("{:?}", dub.unwrap());
    assert!(debug.contains("\"https://api.dub.co\""), "{debug}");
}

#[tokio::test]
async fn custom_user_agent_precedes_that_of_crate() {
    let server = Server::json(200, CUSTOMER).await;
    let builder = Dub::builder(TOKEN).server_url(server.url());
    let dub = builder.user_agent("my-app/1.0 (beta; x)").build().unwrap();
    dub.customers().get("cus_1").send().await.unwrap();
    let sent = server.request().await;
    let agent = sent.header("user-agent").unwrap();
    assert!(
        agent.starts_with("my-app/1.0 (beta; x) dub-sdk/"),
        "{agent}"
    );
}

#[tokio::test]
async fn appends_paths_to_path_of_server_url() {
    for (suffix, target) in [
        ("", "/customers/cus_1"),
        ("/", "/customers/cus_1"),
        ("/dub", "/dub/customers/cus_1"),
        ("/a%20b/dub//", "/a%20b/dub/customers/cus_1"),
    ] {
        let server = Server::json(200, CUSTOMER).await;
        let builder = Dub::builder(TOKEN).server_url(format!("{}{suffix}", server.url()));
        let dub = builder.build().unwrap();
        dub.customers().get("cus_1").send().await.unwrap();
        assert_eq!(server.request().await.target, target);
    }
}

#[tokio::test]
async fn client_is_shared_between_threads_and_tasks() {
    fn assert_shareable<T: Clone + Send + Sync + 'static>(_: &T) {}
    let server = Server::json(200, CUSTOMER).await;
    let dub = server.dub();
    assert_shareable(&dub);
    let tasks: Vec<_> = (0..4)
        .map(|number| {
            let customers = dub.clone().customers();
            tokio::spawn(async move { customers.get(format!("ext_{number}")).send().await })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap().unwrap().id, "cus_1");
    }
    let mut targets: Vec<_> = server
        .requests()
        .await
        .into_iter()
        .map(|sent| sent.target)
        .collect();
    targets.sort();
    assert_eq!(
        targets,
        [0, 1, 2, 3].map(|number| format!("/customers/ext_{number}"))
    );
}
