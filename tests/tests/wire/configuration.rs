//! Settings of a client: those that cannot be right are refused when it is built.

use crate::support::{CUSTOMER, Server, TOKEN};
use dub_sdk::{Dub, Error, blocking};

fn refused<T: std::fmt::Debug>(built: Result<T, Error>) -> String {
    let error = built.unwrap_err();
    assert!(matches!(error, Error::Config(_)), "{error:?}");
    assert_eq!(error.status(), None);
    assert!(!error.is_retryable());
    error.to_string()
}

#[test]
fn a_server_url_that_cannot_be_right_is_refused() {
    for (url, reason) in [
        ("", "server URL"),
        ("api.dub.co", "not a URL"),
        ("not a url", "not a URL"),
        ("https://", "not a URL"),
        ("http://[::1", "not a URL"),
        ("ftp://api.dub.co", "https://"),
        ("mailto:ada@example.com", "https://"),
        ("file:///customers", "https://"),
        ("https://api.dub.co?page=1", "query"),
        ("https://api.dub.co#top", "fragment"),
        ("https://ada:hunter2@api.dub.co", "password"),
    ] {
        let text = refused(Dub::builder(TOKEN).server_url(url).build());
        assert!(text.contains(reason), "{url}: {text}");
        assert!(!text.contains("hunter2"), "{text}");
    }
}

#[test]
fn plain_http_is_for_loopback_unless_allowed() {
    for url in [
        "http://api.dub.co",
        "http://10.0.0.1:4010",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://[2001:db8::1]",
        "http://0.0.0.0:4010",
    ] {
        let text = refused(Dub::builder(TOKEN).server_url(url).build());
        assert!(text.contains("allow_plain_http"), "{text}");
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
        // A client of the test's own, since https is refused where this crate is built without TLS.
        let http = dub_sdk::reqwest::Client::new();
        let builder = Dub::builder(TOKEN).server_url(url).http_client(http);
        assert!(builder.build().is_ok(), "{url}");
    }
}

#[test]
fn a_token_that_cannot_be_sent_is_refused_and_not_shown() {
    for token in [
        "",
        "dub_zQ7x\nW9vK3",
        "dub_zQ7x\r\nx-evil: W9vK3",
        "dub_zQ7x\0W9vK3",
        "\n",
    ] {
        for text in [
            refused(Dub::new(token)),
            refused(Dub::builder(token).build()),
            refused(blocking::Dub::new(token)),
        ] {
            assert!(text.contains("token"), "{text}");
            assert!(!text.contains("zQ7x") && !text.contains("W9vK3"), "{text}");
        }
    }
}

#[test]
fn a_user_agent_that_cannot_be_sent_is_refused() {
    let text = refused(
        Dub::builder(TOKEN)
            .user_agent("my-app\r\nx-evil: 1")
            .build(),
    );
    assert!(text.contains("user agent"), "{text}");
}

#[test]
fn the_server_is_dubs_unless_said_otherwise() {
    let http = dub_sdk::reqwest::Client::new();
    let dub = Dub::builder(TOKEN).http_client(http).build();
    let shown = format!("{:?}", dub.unwrap());
    assert!(shown.contains("\"https://api.dub.co\""), "{shown}");
}

#[tokio::test]
async fn the_name_of_the_program_stands_before_that_of_the_crate() {
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
async fn paths_are_put_behind_the_path_of_the_server() {
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
async fn a_client_is_shared_between_threads_and_tasks() {
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
