//! Tests the environment variables for the token and for proxies. A program cannot safely change
//! its own environment, so each case runs in a child process.

use crate::support::{CUSTOMER, Server, TOKEN};
use dub_sdk::{Dub, Error, blocking};
use std::ffi::OsStr;
use std::process::Command;

/// The variable that is set in the child processes of these tests. A test that finds it set prints
/// its result.
const CHILD_PROCESS: &str = "DUB_SDK_TESTS_REPORT";

/// Runs the test `name` alone in a child process with the given API key, and returns the output.
fn run_in_child_process(name: &str, key: Option<&OsStr>) -> String {
    let mut command = child_process(name);
    command.env_remove("DUB_API_KEY").env_remove("DUB_BASE_URL");
    command.envs(key.map(|key| ("DUB_API_KEY", key)));
    stdout_of(command)
}

/// Returns a command that runs the test `name` alone in a child process.
fn child_process(name: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([name, "--exact", "--nocapture"]);
    command.env(CHILD_PROCESS, "1");
    command
}

fn stdout_of(mut command: Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn describe<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    match result {
        Ok(dub) => format!("client {dub:?}"),
        Err(Error::Config(failure)) => format!("config error: {failure}"),
        Err(error) => format!("another error: {error:?}"),
    }
}

/// Prints the result of `from_env` of both clients and returns `None` in a child process; otherwise
/// starts the child process and returns its output.
fn child_output(name: &str, key: Option<&OsStr>) -> Option<String> {
    if std::env::var_os(CHILD_PROCESS).is_none() {
        return Some(run_in_child_process(name, key));
    }
    println!("\nasync {}", describe(Dub::from_env()));
    println!("blocking {}", describe(blocking::Dub::from_env()));
    None
}

fn assert_rejected(name: &str, key: Option<&OsStr>, reason: &str) {
    if let Some(output) = child_output(name, key) {
        for client in ["async", "blocking"] {
            let line = output
                .lines()
                .find(|line| line.starts_with(client))
                .unwrap();
            assert!(
                line.contains(" config error: ") && line.contains(reason),
                "{line}"
            );
        }
    }
}

#[test]
fn creates_client_from_environment_key() {
    let name = "environment::creates_client_from_environment_key";
    if let Some(output) = child_output(name, Some(OsStr::new(TOKEN))) {
        for client in ["async", "blocking"] {
            let line = output
                .lines()
                .find(|line| line.starts_with(client))
                .unwrap();
            assert!(line.contains("https://api.dub.co"), "{line}");
            // A build without TLS rejects the server URL, but not the key.
            assert!(
                line.contains(" client ") || line.contains("needs TLS"),
                "{line}"
            );
        }
        assert!(!output.contains(TOKEN), "{output}");
    }
}

#[test]
fn error_names_missing_environment_variable() {
    let name = "environment::error_names_missing_environment_variable";
    assert_rejected(name, None, "DUB_API_KEY");
}

#[test]
fn rejects_empty_environment_key() {
    let name = "environment::rejects_empty_environment_key";
    assert_rejected(name, Some(OsStr::new("")), "empty");
}

#[cfg(unix)]
#[test]
fn rejects_environment_key_that_is_not_utf8() {
    use std::os::unix::ffi::OsStrExt;
    let name = "environment::rejects_environment_key_that_is_not_utf8";
    assert_rejected(name, Some(OsStr::from_bytes(b"dub_\xff")), "DUB_API_KEY");
}

/// Prints the result of `from_env` in a child process with this server URL, and returns the output.
fn output_with_base_url(name: &str, url: &str) -> Option<String> {
    if std::env::var_os(CHILD_PROCESS).is_none() {
        let mut command = child_process(name);
        command.env("DUB_API_KEY", TOKEN).env("DUB_BASE_URL", url);
        return Some(stdout_of(command));
    }
    println!("\nasync {}", describe(Dub::from_env()));
    println!("blocking {}", describe(blocking::Dub::from_env()));
    None
}

#[test]
fn environment_sets_server_url() {
    let name = "environment::environment_sets_server_url";
    for (url, part) in [
        ("http://127.0.0.1:4010/api", "client Dub"),
        ("http://api.example", "plain HTTP to api.example"),
        ("", "`DUB_BASE_URL` is empty"),
        (
            "localhost:3000",
            "`DUB_BASE_URL` must begin with `https://`",
        ),
    ] {
        let Some(output) = output_with_base_url(name, url) else {
            return;
        };
        let mut lines = output.lines();
        let mut line = |client| lines.find(|line| line.starts_with(client)).unwrap();
        for line in [line("async"), line("blocking")] {
            assert!(line.contains(part), "{line}");
            assert!(part != "client Dub" || line.contains(url), "{line}");
        }
    }
}

#[tokio::test]
async fn bypasses_proxy_for_loopback_server() {
    if std::env::var_os(CHILD_PROCESS).is_none() {
        let name = "environment::bypasses_proxy_for_loopback_server";
        let mut command = child_process(name);
        // Nothing listens on this port. A proxy could read the token, because plain HTTP is not
        // encrypted.
        for variable in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] {
            command.env(variable, "http://127.0.0.1:1");
        }
        command.env_remove("no_proxy").env_remove("NO_PROXY");
        let output = stdout_of(command);
        assert!(output.contains("reached cus_1"), "{output}");
        return;
    }
    let server = Server::json(200, CUSTOMER).await;
    match server.dub().customers().get("cus_1").send().await {
        Ok(customer) => println!("\nreached {}", customer.id),
        Err(error) => println!("\n{error}"),
    }
}
