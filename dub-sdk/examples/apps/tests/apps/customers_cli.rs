use super::{customer, failure, ok};
use clap::Parser as _;
use dub_sdk::RetryPolicy;
use dub_sdk::blocking::Dub;
use dub_sdk_examples::customers_cli::{Arguments, exit_code, run};
use dub_sdk_examples::mock_server;
use serde_json::json;
use std::process::{Command, Output};
use wiremock::matchers::{method, path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer};

fn parse(arguments: &[&str]) -> Result<Arguments, clap::Error> {
    Arguments::try_parse_from([&["customers_cli"], arguments].concat())
}

/// Runs the function behind the program against a mock server. Returns its output.
fn run_command(server: &MockServer, arguments: &[&str]) -> anyhow::Result<String> {
    let dub = Dub::builder("any token").server_url(server.uri());
    let dub = dub.retry(RetryPolicy::none()).build()?;
    let mut out = Vec::new();
    run(&dub, &parse(arguments)?, &mut out)?;
    Ok(String::from_utf8(out)?)
}

/// Runs the program itself.
fn run_program(url: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_customers_cli"));
    command
        .env("DUB_API_KEY", "dub_example")
        .env("DUB_BASE_URL", url);
    command.args(arguments).output().unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

#[tokio::test]
async fn lists_with_the_given_filters_as_csv() {
    let server = MockServer::start().await;
    let page = || {
        Mock::given(path("/customers"))
            .and(query_param("country", "GB"))
            .and(query_param("sortBy", "saleAmount"))
            .and(query_param("sortOrder", "asc"))
            .and(query_param_is_missing("search"))
    };
    let mut ada = customer(1);
    ada["name"] = json!("Lovelace, Ada");
    ada["saleAmount"] = json!(9900);
    // A list with another order than the default one is paged by number.
    let last = page().and(query_param("page", "2"));
    last.respond_with(ok(json!([]))).mount(&server).await;
    let first = page().respond_with(ok(json!([ada, customer(2)])));
    first.mount(&server).await;
    let arguments = "list --country GB --sort-by saleAmount --ascending --csv";
    let arguments: Vec<&str> = arguments.split(' ').collect();
    assert_eq!(
        run_command(&server, &arguments).unwrap(),
        "id,external_id,name,email,sale_amount,created_at\n\
         cus_1,user-1,\"Lovelace, Ada\",,9900,2025-10-30T18:18:27.000Z\n\
         cus_2,user-2,Customer 2,,,2025-10-30T18:18:27.000Z\n"
    );
}

#[test]
fn rejects_an_unknown_sort_field() {
    let error = parse(&["list", "--sort-by", "saleAmont"]).err().unwrap();
    let message = error.to_string();
    assert!(message.contains("'saleAmount'"), "{message}");
    assert_eq!(error.exit_code(), 2);
}

#[tokio::test]
async fn exit_codes_tell_errors_apart() {
    let server = MockServer::start().await;
    let mount = async |id: &str, status, code| {
        let mock = Mock::given(method("GET")).and(path(format!("/customers/{id}")));
        mock.respond_with(failure(status, code))
            .mount(&server)
            .await;
    };
    mount("cus_404", 404, "not_found").await;
    mount("cus_500", 500, "internal_server_error").await;
    let code_of = |arguments: &[&str]| exit_code(&run_command(&server, arguments).unwrap_err());
    assert_eq!(code_of(&["get", "cus_404"]), 3);
    assert_eq!(code_of(&["get", "cus_500"]), 1);
    assert_eq!(code_of(&["get", ""]), 2);
    assert_eq!(code_of(&["list", "--search", ""]), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn program_runs_against_the_mock_server() {
    let url = mock_server::start().await.unwrap();
    let listed = run_program(&url, &["list", "--limit", "2"]);
    assert!(listed.status.success(), "{}", stderr(&listed));
    assert_eq!(
        String::from_utf8(listed.stdout).unwrap(),
        "cus_3\tGrace Hopper\tgrace@example.com\ncus_2\tEmmy Noether\t-\n"
    );
    let deleted = run_program(&url, &["delete", "cus_2"]);
    assert_eq!(deleted.stdout, b"deleted cus_2\n");
    let sorted = run_program(&url, &["list", "--sort-by", "saleAmount", "--csv"]);
    assert_eq!(sorted.stdout.split(|byte| *byte == b'\n').count(), 4);

    let missing = run_program(&url, &["get", "cus_9"]);
    assert_eq!(missing.status.code(), Some(3));
    assert_eq!(
        stderr(&missing),
        "error: cannot read `cus_9`: getCustomer: 404 Not Found: not_found: Customer not found.\n"
    );
}

#[test]
fn program_prints_the_causes_of_an_error() {
    // Port 1 of this machine accepts no connections.
    let output = run_program("http://127.0.0.1:1", &["get", "cus_1"]);
    assert_eq!(output.status.code(), Some(1));
    let message = stderr(&output);
    assert!(
        message.contains("cannot read `cus_1`: getCustomer: "),
        "{message}"
    );
    assert!(message.to_lowercase().contains("refused"), "{message}");
}

#[test]
fn program_needs_a_key() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_customers_cli"));
    let command = command.args(["get", "cus_1"]).env_remove("DUB_API_KEY");
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("DUB_API_KEY"));
}
