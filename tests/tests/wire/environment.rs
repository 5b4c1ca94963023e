//! The token from the environment. A program may not change its own environment safely, so each case is a process.

use crate::support::TOKEN;
use dub_sdk::{Dub, Error, blocking};
use std::ffi::OsStr;
use std::process::Command;

/// Set in the processes that these tests start, where they report what `from_env` gave.
const REPORT: &str = "DUB_SDK_TESTS_REPORT";

/// What both clients make of the environment: runs the test `name` alone, in a process with the variable set or not.
fn report(name: &str, key: Option<&OsStr>) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([name, "--exact", "--nocapture"]);
    command.env(REPORT, "1").env_remove("DUB_API_KEY");
    command.envs(key.map(|key| ("DUB_API_KEY", key)));
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
