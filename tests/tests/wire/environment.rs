//! What the environment says of the token and of proxies. A program may not change its own environment safely, so each
//! case is a process.

use crate::support::{CUSTOMER, Server, TOKEN};
use dub_sdk::{Dub, Error, blocking};
use std::ffi::OsStr;
use std::process::Command;

/// Set in the processes that these tests start, where they report what `from_env` gave.
const REPORT: &str = "DUB_SDK_TESTS_REPORT";

/// What both clients make of the environment: runs the test `name` alone, in a process with the variable set or not.
fn report(name: &str, key: Option<&OsStr>) -> String {
    let mut command = process(name);
    command.env_remove("DUB_API_KEY");
    command.envs(key.map(|key| ("DUB_API_KEY", key)));
    printed(command)
}

/// A process that runs the test `name` alone.
fn process(name: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([name, "--exact", "--nocapture"]);
    command.env(REPORT, "1");
    command
}

fn printed(mut command: Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn describe<T: std::fmt::Debug>(made: Result<T, Error>) -> String {
    match made {
        Ok(dub) => format!("client {dub:?}"),
        Err(Error::Config(failure)) => format!("refused: {failure}"),
        Err(error) => format!("another error: {error:?}"),
    }
}

/// In a process that `report` started, prints what there is to report; elsewhere gives what the process printed.
fn reported(name: &str, key: Option<&OsStr>) -> Option<String> {
    if std::env::var_os(REPORT).is_none() {
        return Some(report(name, key));
    }
    println!("\nasync {}", describe(Dub::from_env()));
    println!("blocking {}", describe(blocking::Dub::from_env()));
    None
}

fn assert_refused(name: &str, key: Option<&OsStr>, reason: &str) {
    if let Some(output) = reported(name, key) {
        for face in ["async", "blocking"] {
            let line = output.lines().find(|line| line.starts_with(face)).unwrap();
            assert!(
                line.contains(" refused: ") && line.contains(reason),
                "{line}"
            );
        }
    }
}

#[test]
fn a_key_in_the_environment_makes_a_client() {
    let name = "environment::a_key_in_the_environment_makes_a_client";
    if let Some(output) = reported(name, Some(OsStr::new(TOKEN))) {
        for face in ["async", "blocking"] {
            let line = output.lines().find(|line| line.starts_with(face)).unwrap();
            assert!(line.contains("https://api.dub.co"), "{line}");
            // Built without TLS the client is refused, though not for its key.
            assert!(
                line.contains(" client ") || line.contains("needs TLS"),
                "{line}"
            );
        }
        assert!(!output.contains(TOKEN), "{output}");
    }
}

#[test]
fn without_a_key_the_variable_is_named() {
    let name = "environment::without_a_key_the_variable_is_named";
    assert_refused(name, None, "DUB_API_KEY");
}

#[test]
fn an_empty_key_is_refused() {
    let name = "environment::an_empty_key_is_refused";
    assert_refused(name, Some(OsStr::new("")), "empty");
}

#[cfg(unix)]
#[test]
fn a_key_that_is_no_text_is_refused() {
    use std::os::unix::ffi::OsStrExt;
    let name = "environment::a_key_that_is_no_text_is_refused";
    assert_refused(name, Some(OsStr::from_bytes(b"dub_\xff")), "DUB_API_KEY");
}

#[tokio::test]
async fn a_server_on_this_machine_is_not_asked_through_a_proxy() {
    if std::env::var_os(REPORT).is_none() {
        let name = "environment::a_server_on_this_machine_is_not_asked_through_a_proxy";
        let mut command = process(name);
        // Nothing listens there. What listens at a proxy would read the token, since plain http is sent to it as it is.
        for variable in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] {
            command.env(variable, "http://127.0.0.1:1");
        }
        command.env_remove("no_proxy").env_remove("NO_PROXY");
        let output = printed(command);
        assert!(output.contains("reached cus_1"), "{output}");
        return;
    }
    let server = Server::json(200, CUSTOMER).await;
    match server.dub().customers().get("cus_1").send().await {
        Ok(customer) => println!("\nreached {}", customer.id),
        Err(error) => println!("\n{error}"),
    }
}
