//! Tests of `dub-generator` with documents at a URL. They fetch from loopback with the installed curl.

use super::server::{Server, has_curl};
use super::{CommandResult, TempDir, command, generator};
use crate::support::{fixture, root};
use std::net::TcpListener;

#[test]
fn commands_read_a_document_at_a_url() {
    if !has_curl() {
        return;
    }
    let (server, folder) = (Server::start(), TempDir::new("url"));
    let shop = fixture("diff/shop.yaml");
    server.publish("/shop.yaml", &shop);
    server.publish("/shop.yaml?key=secret", &shop);
    server.publish(
        "/more.yaml",
        &shop.replace("[wood, iron]", "[wood, iron, glass]"),
    );
    server.publish("/misspelt.yaml", &fixture("rejected/misspelt_key.yaml"));
    let url = |path: &str| server.url(path);

    let out = folder.0.to_str().unwrap();
    let private = url("/shop.yaml?key=secret").replace("http://", "http://ada:secret@");
    let target = ["--crate-dir", out, "--crate-name", "shop"];
    let written = generator(&[&["generate", "--spec", &private], &target[..]].concat());
    assert_eq!(written.code, 0, "{}", written.err);
    let text = std::fs::read_to_string(folder.join("src/generated/mod.rs")).unwrap();
    let header = text.lines().next().unwrap();
    let shown = format!("--spec '{}'", url("/shop.yaml?key=***"));
    assert!(header.contains(&shown), "{header}");

    let rejected = generator(&["inspect", "--spec", &url("/misspelt.yaml")]);
    let location = format!("{}:8:7: error[E003]", url("/misspelt.yaml"));
    assert_eq!(rejected.code, 2);
    assert!(rejected.err.starts_with(&location), "{}", rejected.err);
    let json = generator(&["inspect", "--spec", &url("/misspelt.yaml"), "--format=json"]);
    let file = format!("\"file\": \"{}\"", url("/misspelt.yaml"));
    assert!(json.err.contains(&file), "{}", json.err);

    let overlay = fixture("overlay/target_is_not_a_json_path.yaml");
    server.publish("/overlay.yaml", &overlay);
    let overlay = ["--overlay", &url("/overlay.yaml")];
    let rejected = generator(&[&["inspect", "--spec", &url("/shop.yaml")], &overlay[..]].concat());
    let location = format!("{}:", url("/overlay.yaml"));
    assert!(rejected.err.starts_with(&location), "{}", rejected.err);

    let diff = generator(&["diff", "diff/shop.yaml", &url("/more.yaml")]);
    assert_eq!(diff.code, 1, "{}", diff.err);
    assert!(diff.out.contains(&url("/more.yaml:")), "{}", diff.out);
    let missing = generator(&["diff", "diff/shop.yaml", &url("/none.yaml")]);
    assert_eq!((missing.code, missing.out.as_str()), (3, ""));
    let expected = format!(
        "error: {}: unexpected status 404: no such document\nhelp: ",
        url("/none.yaml")
    );
    assert!(missing.err.starts_with(&expected), "{}", missing.err);
}

#[test]
fn failed_fetch_states_the_reason() {
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let closed = format!("http://ada:secret@127.0.0.1:{port}/a");
    let mut table = vec![
        (
            "ftp://ada:secret@example.com/a",
            "unsupported scheme: expected `https`",
        ),
        (
            "http://ada:secret@example.com/a",
            "refuses to fetch over plain HTTP",
        ),
        (
            "file:///tmp/secret@a.yaml",
            "pass the path of the file instead",
        ),
    ];
    if has_curl() {
        table.push((&closed, "no connection: "));
    }
    for (url, expected) in table {
        let result = generator(&["inspect", "--spec", url]);
        assert_eq!((result.code, result.out.as_str()), (2, ""), "{url}");
        assert!(result.err.contains(expected), "{}", result.err);
        assert!(!result.err.contains("secret@"), "{}", result.err);
        assert_eq!(generator(&["diff", "diff/shop.yaml", url]).code, 3);
    }
}

#[test]
fn missing_curl_is_reported() {
    let folder = TempDir::new("no-curl");
    let mut command = command(
        "dub-generator",
        &["inspect", "--spec", "https://api.dub.co"],
        &root(),
    );
    let result = CommandResult::of(command.env("PATH", &folder.0).output().unwrap());
    assert_eq!((result.code, result.out.as_str()), (2, ""));
    let expected = "error: https://api.dub.co: the program `curl` is not installed\nhelp: ";
    assert!(result.err.starts_with(expected), "{}", result.err);
}

/// A script stands in for curl, because no server on loopback has a trusted certificate.
#[cfg(unix)]
#[test]
fn https_is_fetched_with_limits() {
    let folder = TempDir::new("stand-in");
    std::fs::write(folder.join("document"), fixture("diff/shop.yaml")).unwrap();
    let path = root().join("tests/tests/maintain/programs/bin");
    let url = "https://ada:secret@example.com/shop.yaml";
    let mut command = command("dub-generator", &["inspect", "--spec", url], &folder.0);
    let result = CommandResult::of(command.env("PATH", path).output().unwrap());
    assert_eq!((result.code, result.err.as_str()), (0, ""));
    let arguments = std::fs::read_to_string(folder.join("arguments")).unwrap();
    assert!(arguments.starts_with("--disable\n"), "{arguments}");
    assert!(arguments.contains("--proto\n=https\n"), "{arguments}");
    // All users of a machine can read the arguments of a process.
    assert!(!arguments.contains("secret"), "{arguments}");
    let configuration = std::fs::read_to_string(folder.join("configuration")).unwrap();
    assert_eq!(configuration, format!("url = \"{url}\"\n"));
}

/// Neither a proxy nor the user's configuration of curl applies to loopback.
#[test]
fn loopback_is_independent_of_the_environment() {
    if !has_curl() {
        return;
    }
    let (server, folder) = (Server::start(), TempDir::new("curlrc"));
    server.publish("/shop.yaml", &fixture("diff/shop.yaml"));
    std::fs::write(folder.join(".curlrc"), "output = taken\n").unwrap();
    let url = server.url("/shop.yaml");
    let mut command = command("dub-generator", &["inspect", "--spec", &url], &folder.0);
    // Nothing listens on port 1.
    command.env("http_proxy", "http://127.0.0.1:1");
    command.env("CURL_HOME", &folder.0).env("HOME", &folder.0);
    let result = CommandResult::of(command.output().unwrap());
    assert_eq!((result.code, result.err.as_str()), (0, ""));
    assert!(!folder.join("taken").exists());
}
