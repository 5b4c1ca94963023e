//! Tests tokens that a provider returns when they are needed.

use crate::server::{CUSTOMER, Server, quick_retries, response};
use dub_sdk::{AccessToken, Dub, Error, RetryPolicy, Token, blocking};
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Waker};
use std::time::{Duration, Instant, SystemTime};

/// Counts how often a provider is asked.
#[derive(Clone, Default)]
struct Asked(Arc<AtomicUsize>);

impl Asked {
    fn count(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }

    /// Returns a token of a provider that takes a moment and returns a new token each time, with
    /// this lifetime.
    fn token(&self, lifetime: Option<Duration>) -> Token {
        let asked = self.clone();
        Token::provider(move || {
            let number = asked.0.fetch_add(1, Ordering::SeqCst);
            async move {
                tokio::time::sleep(Duration::from_millis(20)).await;
                let token = AccessToken::new(format!("token-number-{number:04}"));
                Ok(match lifetime {
                    Some(lifetime) => token.expires_at(SystemTime::now() + lifetime),
                    None => token,
                })
            }
        })
    }
}

fn dub(server: &Server, token: Token) -> Dub {
    let builder = Dub::builder(token).server_url(&server.url);
    builder.retry(quick_retries()).build().unwrap()
}

/// Returns the tokens of all requests.
fn tokens(server: &Server) -> Vec<String> {
    let token = |request: String| {
        let (_, rest) = request.split_once("authorization: Bearer ").unwrap();
        rest.lines().next().unwrap().to_owned()
    };
    server.requests().into_iter().map(token).collect()
}

#[tokio::test]
async fn asks_once_until_the_token_expires() {
    let server = Server::responding([response(200, "", CUSTOMER)]);
    let asked = Asked::default();
    let dub = dub(&server, asked.token(Some(Duration::from_millis(400))));
    assert_eq!(asked.count(), 0);
    for _ in 0..3 {
        dub.customers().get("cus_1").send().await.unwrap();
    }
    assert_eq!(asked.count(), 1);
    tokio::time::sleep(Duration::from_millis(450)).await;
    dub.clone().customers().get("cus_1").send().await.unwrap();
    assert_eq!(asked.count(), 2);
    assert_eq!(
        tokens(&server),
        [
            "token-number-0000",
            "token-number-0000",
            "token-number-0000",
            "token-number-0001"
        ]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thousand_concurrent_calls_ask_once() {
    let server = Server::start(|connection, _| {
        while connection.request().is_some() {
            connection.write(crate::server::keep_alive_response(CUSTOMER).as_bytes());
        }
    });
    let asked = Asked::default();
    let dub = dub(&server, asked.token(Some(Duration::from_secs(3600))));
    // They all wait for the token at the same time. Most of them are then cancelled, because the
    // server has a thread for each connection.
    let calls: Vec<_> = (0..1_000)
        .map(|_| tokio::spawn(dub.customers().get("cus_1").send()))
        .collect();
    tokio::time::sleep(Duration::from_millis(10)).await;
    for call in calls.iter().skip(20) {
        call.abort();
    }
    for call in calls.into_iter().take(20) {
        call.await.unwrap().unwrap();
    }
    assert_eq!(asked.count(), 1);
}

#[tokio::test]
async fn asks_again_once_after_401() {
    let rejected = response(401, "", "{}");
    // Also for a request that is otherwise never repeated, and without retries.
    let server = Server::responding([rejected.clone(), response(200, "", CUSTOMER)]);
    let asked = Asked::default();
    let dub = Dub::builder(asked.token(None)).server_url(&server.url);
    let dub = dub.retry(RetryPolicy::none()).build().unwrap();
    dub.customers().update("cus_1").send().await.unwrap();
    assert_eq!(tokens(&server), ["token-number-0000", "token-number-0001"]);

    let server = Server::responding([rejected.clone()]);
    let asked = Asked::default();
    let dub = self::dub(&server, asked.token(None));
    let error = dub.customers().get("cus_1").send().await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 401);
    assert_eq!((asked.count(), server.requests().len()), (2, 2));

    // A fixed token is not sent again.
    let server = Server::responding([rejected]);
    let error = server.dub().customers().get("cus_1").send().await;
    assert!(error.is_err());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn failing_provider_is_config_error() {
    let server = Server::responding([response(200, "", CUSTOMER)]);
    let asked = Asked::default();
    let count = asked.clone();
    let token = Token::provider(move || {
        count.0.fetch_add(1, Ordering::SeqCst);
        async {
            tokio::time::sleep(Duration::from_millis(20)).await;
            Err(std::io::Error::other("the vault is sealed").into())
        }
    });
    let dub = dub(&server, token);
    let calls = (0..50).map(|_| tokio::spawn(dub.customers().get("cus_1").send()));
    for call in calls.collect::<Vec<_>>() {
        let error = call.await.unwrap().unwrap_err();
        assert!(matches!(error, Error::Config(_)), "{error:?}");
        assert_eq!(error.to_string(), "getCustomer: the token provider failed");
        let cause = std::error::Error::source(&error).unwrap();
        assert_eq!(cause.to_string(), "the vault is sealed");
    }
    // The calls that waited share the failure. A later call asks again.
    assert_eq!(asked.count(), 1);
    dub.customers().get("cus_1").send().await.unwrap_err();
    assert_eq!(asked.count(), 2);
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn hanging_provider_is_config_error_within_timeout() {
    let server = Server::responding([response(200, "", CUSTOMER)]);
    let dub = dub(&server, Token::provider(std::future::pending));
    let begin = Instant::now();
    let get = dub.customers().get("cus_1");
    let error = get.timeout(Duration::from_millis(200)).send().await;
    let error = error.unwrap_err();
    assert!(matches!(error, Error::Config(_)), "{error:?}");
    assert!(error.to_string().contains("within the timeout"), "{error}");
    assert!(begin.elapsed() < Duration::from_secs(2));
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn rejects_unusable_tokens_of_provider() {
    for token in ["", " ", "a\r\nb"] {
        let server = Server::responding([response(200, "", CUSTOMER)]);
        let provider = Token::provider(move || async move { Ok(AccessToken::new(token)) });
        let error = dub(&server, provider).customers().get("cus_1").send().await;
        let error = error.unwrap_err();
        assert!(matches!(error, Error::Config(_)), "{error:?}");
        assert!(server.requests().is_empty());
    }
}

/// The server repeats an earlier token, as in a response that was cached.
#[tokio::test]
async fn earlier_tokens_are_hidden_too() {
    let body = r#"{"error":{"code":"not_found","message":"token-number-0000 token-number-0001"}}"#;
    let server = Server::responding([response(401, "", "{}"), response(404, "", body)]);
    let dub = dub(&server, Asked::default().token(None));
    let error = dub.customers().get("cus_1").send().await.unwrap_err();
    assert!(error.is_not_found());
    let shown = format!("{error} {error:?} {dub:?}");
    assert!(!shown.contains("token-number"), "{shown}");
    assert_eq!(error.message(), Some("[hidden] [hidden]"));
    let token = AccessToken::new("token-number-0000");
    assert!(!format!("{token:?}").contains("token-number"));
    let shown = format!(
        "{:?} {:?}",
        Token::from("secret-1"),
        Asked::default().token(None)
    );
    assert_eq!(shown, "Token([hidden]) Token(provider)");
}

/// A request with its own header does not need the provider.
#[tokio::test]
async fn own_authorization_header_replaces_provider() {
    let server = Server::responding([response(200, "", CUSTOMER)]);
    let asked = Asked::default();
    let get = dub(&server, asked.token(None)).customers().get("cus_1");
    get.header("authorization", "Bearer own")
        .send()
        .await
        .unwrap();
    assert_eq!(asked.count(), 0);
    assert_eq!(tokens(&server), ["own"]);
}

#[test]
fn blocking_client_asks_provider() {
    let server = Server::responding([response(401, "", "{}"), response(200, "", CUSTOMER)]);
    let asked = Asked::default();
    let builder = blocking::Dub::builder(asked.token(Some(Duration::from_secs(3600))));
    let dub = builder.server_url(&server.url).build().unwrap();
    dub.customers().get("cus_1").send().unwrap();
    assert_eq!(tokens(&server), ["token-number-0000", "token-number-0001"]);
}

/// A future that waits, as in a set of futures, keeps no other call from getting the token.
#[tokio::test]
async fn call_that_is_not_polled_blocks_no_other() {
    let server = Server::responding([response(200, "", CUSTOMER)]);
    let dub = dub(&server, Asked::default().token(None));
    let mut first = Box::pin(dub.customers().get("cus_1").send());
    let mut context = Context::from_waker(Waker::noop());
    assert!(first.as_mut().poll(&mut context).is_pending());
    let second = dub.customers().get("cus_1").timeout(Duration::from_secs(2));
    second.send().await.unwrap();
    first.await.unwrap();
}

#[tokio::test]
async fn cancelled_calls_do_not_lose_the_answer_for_others() {
    let server = Server::responding([response(200, "", CUSTOMER)]);
    let asked = Asked::default();
    let dub = dub(&server, asked.token(None));
    let first = tokio::spawn(dub.customers().get("cus_1").send());
    let second = tokio::spawn(dub.customers().get("cus_1").send());
    tokio::time::sleep(Duration::from_millis(5)).await;
    first.abort();
    second.await.unwrap().unwrap();
    assert_eq!(asked.count(), 1);
}

#[tokio::test]
async fn panicking_provider_is_config_error() {
    let server = Server::responding([response(200, "", CUSTOMER)]);
    let token = Token::provider(|| async {
        tokio::task::yield_now().await;
        panic!("a bug in the provider")
    });
    let dub = dub(&server, token);
    for _ in 0..2 {
        let error = dub.customers().get("cus_1").send().await.unwrap_err();
        assert!(matches!(error, Error::Config(_)), "{error:?}");
    }
}

/// The clock of the machine may be ahead of that of the service that issues tokens.
#[tokio::test]
async fn waiting_calls_use_a_token_that_has_already_expired() {
    let server = Server::responding([response(200, "", CUSTOMER)]);
    let asked = Asked::default();
    let dub = dub(&server, asked.token(Some(Duration::ZERO)));
    let calls = (0..20).map(|_| tokio::spawn(dub.customers().get("cus_1").send()));
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    assert_eq!(asked.count(), 1);
}

#[tokio::test]
async fn token_of_the_call_is_hidden_after_many_others() {
    let server = Server::start(|connection, _| {
        let Some(request) = connection.request() else {
            return;
        };
        let (_, token) = request.split_once("Bearer ").unwrap();
        let token = token.lines().next().unwrap();
        // Meanwhile, other calls get other tokens.
        std::thread::sleep(Duration::from_millis(300));
        connection.write(response(422, "", &format!("rejected {token}")).as_bytes());
    });
    let dub = dub(&server, Asked::default().token(Some(Duration::ZERO)));
    let mut calls = Vec::new();
    for _ in 0..20 {
        calls.push(tokio::spawn(dub.customers().get("cus_1").send()));
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    for call in calls {
        let error = call.await.unwrap().unwrap_err();
        assert!(error.to_string().ends_with("rejected [hidden]"), "{error}");
    }
}

#[tokio::test]
async fn hanging_provider_is_asked_once_by_all_waiting_calls() {
    let server = Server::responding([response(200, "", CUSTOMER)]);
    let asked = Asked::default();
    let count = asked.clone();
    let token = Token::provider(move || {
        count.0.fetch_add(1, Ordering::SeqCst);
        std::future::pending()
    });
    let dub = dub(&server, token);
    let get = || {
        dub.customers()
            .get("cus_1")
            .timeout(Duration::from_millis(200))
    };
    let calls = (0..200).map(|_| tokio::spawn(get().send()));
    for call in calls.collect::<Vec<_>>() {
        assert!(matches!(call.await.unwrap(), Err(Error::Config(_))));
    }
    assert_eq!(asked.count(), 1);
    get().send().await.unwrap_err();
    assert_eq!(asked.count(), 2);
}
