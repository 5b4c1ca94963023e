//! Searches for secrets in the output of calls whose server repeats them, in thousands of encodings.

mod encodings;
mod examples;
mod random;
mod server;

use crate::capture::Captured;
use dub_sdk::models::Customer;
use dub_sdk::{Dub, Error, Response, RetryPolicy};
use encodings::decodings;
use random::Random;
use server::{Expected, LIST, SEED};
use std::error::Error as _;
use std::fmt::Write;
use std::sync::{Arc, Mutex};

const CLIENTS: usize = 250;
const CALLS: usize = 40;

/// Appends everything that an error shows.
fn write_error(shown: &mut String, error: &Error, is_verbose: bool) {
    write!(shown, "{error}\n{error:?}\n").unwrap();
    let mut cause = error.source();
    while let Some(error) = cause {
        write!(shown, "{error}\n{error:?}\n").unwrap();
        cause = error.source();
    }
    let (headers, body) = match error {
        Error::Api(error) => (error.headers(), error.body_text()),
        Error::Decode(error) => {
            writeln!(shown, "{}", error.path()).unwrap();
            (error.headers(), error.body_text())
        }
        other => panic!("{other:?}"),
    };
    for value in headers.values() {
        writeln!(shown, "{}", String::from_utf8_lossy(value.as_bytes())).unwrap();
    }
    shown.push_str(body.trim_matches('-'));
    let parts = [
        error.code(),
        error.message(),
        error.doc_url(),
        error.request_id(),
    ];
    parts.into_iter().flatten().for_each(|part| *shown += part);
    if is_verbose {
        write!(
            shown,
            "\n{error:#?} {:?} {:?}",
            error.rate_limit(),
            error.retry_after()
        )
        .unwrap();
    }
}

fn assert_hidden(shown: &str, secrets: &[&str], case: u64) {
    let leaks = |text: &str, secret: &str| decodings(text).iter().any(|text| text.contains(secret));
    for secret in secrets {
        let lines: Vec<&str> = match leaks(shown, secret) {
            true => shown.lines().filter(|line| leaks(line, secret)).collect(),
            false => continue,
        };
        panic!("case {case}: {secret}\n{}", lines.join("\n"));
    }
}

/// The outcome of a call: the names of the customers, or an error, and the `Debug` output.
type Outcome = (String, Result<Vec<Option<String>>, Error>);

fn outcome<T>(
    builder: String,
    result: Result<Response<T>, Error>,
    names: impl Fn(&T) -> Vec<Option<String>>,
) -> Outcome
where
    T: std::fmt::Debug,
{
    let debug = result
        .as_ref()
        .map(|response| match response.headers.len() % 2 {
            0 => format!("{response:?}"),
            _ => format!("{response:#?}"),
        });
    let shown = builder + &debug.unwrap_or_default();
    (shown, result.map(|response| names(&response.body)))
}

/// Sends a request that contains the client's secret, and those in `own` in headers of its own.
async fn send(
    dub: &Dub,
    case: u64,
    token: &str,
    own: &[(&str, String)],
    random: &mut Random,
) -> Outcome {
    macro_rules! finish {
        ($request:expr, $names:expr, $kind:expr) => {{
            let mut request = $request.header(SEED, format!("{case}{}", $kind));
            for (name, value) in own {
                request = request.header(name, value);
            }
            let builder = format!("{request:?}");
            outcome(builder, request.send_with_response().await, $names)
        }};
    }
    let name = |customer: &Customer| vec![customer.name.clone()];
    let names = |all: &Vec<Customer>| all.iter().map(|one| one.name.clone()).collect();
    match random.below(4) {
        0 => finish!(dub.customers().get(token), name, ""),
        1 => finish!(dub.customers().get("cus_1"), name, ""),
        2 => finish!(dub.customers().update("cus_1").name(token), name, ""),
        _ => finish!(dub.customers().list().search(token), names, LIST),
    }
}

fn own_headers(random: &mut Random) -> Vec<(&'static str, String)> {
    let mut headers = Vec::new();
    if random.below(2) == 0 {
        let scheme = random.pick(&["Bearer", "Basic", "X"]);
        headers.push(("authorization", format!("{scheme} {}", random.token())));
    }
    if random.below(4) == 0 {
        headers.push(("Proxy-Authorization", format!("Bearer {}", random.token())));
    }
    headers
}

/// Makes some calls with one client. Returns what was traced.
async fn check_client(
    url: &str,
    expected: &Arc<Mutex<Option<Expected>>>,
    first_case: u64,
) -> String {
    let mut random = Random::new(first_case);
    let captured = Captured::default();
    let _guard = tracing::subscriber::set_default(captured.clone());
    let token = random.token();
    let builder = Dub::builder(token.as_str()).server_url(url);
    let dub = builder.retry(RetryPolicy::none()).build().unwrap();
    let mut all_secrets = vec![token.clone()];
    for case in (first_case..).take(CALLS) {
        let own = own_headers(&mut random);
        let (mut shown, result) = send(&dub, case, &token, &own, &mut random).await;
        let expected = expected.lock().unwrap().take().unwrap();
        match (&result, expected) {
            (Ok(names), Expected::Name(name)) => assert_eq!(names, &[Some(name)], "case {case}"),
            (Err(error), Expected::Error) => write_error(&mut shown, error, case % 8 == 0),
            (Err(error), Expected::Message) => {
                assert!(
                    error.message().is_some_and(|text| text.starts_with("No: ")),
                    "case {case}: {error}\n{token}"
                );
                write_error(&mut shown, error, case % 8 == 0);
            }
            (result, expected) => panic!("case {case}: {expected:?}, {result:?}"),
        }
        let own = own
            .iter()
            .map(|(_, value)| value.split_once(' ').unwrap().1);
        let secrets: Vec<&str> = own.chain([token.as_str()]).collect();
        assert_hidden(&shown, &secrets, case);
        all_secrets.extend(secrets.into_iter().map(str::to_owned));
    }
    let lines = captured.lines().join("\n");
    let secrets: Vec<&str> = all_secrets.iter().map(String::as_str).collect();
    assert_hidden(&lines, &secrets, first_case);
    lines
}

#[tokio::test]
async fn echoed_secrets_never_appear() {
    let (server, expected) = server::start();
    let mut traced = 0;
    for client in 0..CLIENTS {
        let first_case = u64::try_from(client * CALLS).unwrap();
        let lines = check_client(&server.url, &expected, first_case).await;
        traced += lines.matches("getCustomer").count();
    }
    assert!(traced > 1_000, "{traced}");
}
