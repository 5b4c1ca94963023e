//! Tests of `cargo xtask spec import` of a published document, which is fetched from loopback with the
//! installed curl.

use super::import::OVERLAY;
use super::repository::{Repository, SPEC};
use super::server::{Server, has_curl};
use super::{CommandResult, xtask};

const PATH: &str = "/dub.yaml";
const IMPORTED: &str = "spec/dub.yaml";
const SOURCE: &str = "spec/SOURCE.toml";
const ETAG: &str = "spec/SOURCE.etag";

/// Creates a repository whose record names a server, which publishes the document of the crate.
pub fn repository(name: &str) -> (Repository, Server) {
    let (repository, server) = (Repository::new(name), Server::start());
    let source = format!(
        "url = \"{}\" # loopback\ntags = [\"Customers\"]\n",
        server.url(PATH)
    );
    repository.write(SOURCE, &source);
    repository.write("spec/overlay.yaml", OVERLAY);
    repository.commit("publish");
    server.publish(PATH, &repository.read(SPEC));
    (repository, server)
}

fn import(repository: &Repository, arguments: &[&str]) -> CommandResult {
    xtask(
        repository.path(),
        &[&["spec", "import"], arguments].concat(),
    )
}

/// Returns the crate's document with a new property.
pub fn with_phone(repository: &Repository) -> String {
    let phone = "\n        phone: {type: string, nullable: true}\n        country:\n";
    repository
        .read(SPEC)
        .replacen("\n        country:\n", phone, 1)
}

#[test]
fn import_fetches_the_published_document() {
    if !has_curl() {
        return;
    }
    let (repository, server) = repository("published");
    let url = server.url(PATH);
    // Without an import, the check compares with the document of the crate.
    let check = import(&repository, &["--check"]);
    assert_eq!(check.code, 0, "{}", check.err);
    assert!(check.out.ends_with("no changes\n"), "{}", check.out);

    let first = import(&repository, &[]);
    assert_eq!((first.code, first.err.as_str()), (0, ""));
    let written = format!("{url} -> {IMPORTED}, {SOURCE}\n");
    assert!(first.out.ends_with(&written), "{}", first.out);
    assert_eq!(repository.changed(), [SOURCE, ETAG, IMPORTED]);
    let source = repository.read(SOURCE);
    for line in [
        format!("\nurl = \"{url}\"\norigin = \"{url}\"\ndate = 2"),
        "\ntags = [\"Customers\"]\n".to_owned(),
    ] {
        assert!(source.contains(&line), "{source}");
    }
    assert_eq!(repository.read(ETAG), "\"1\"\n");
    repository.commit("import");
    assert_eq!(server.take_log(), ["GET /dub.yaml 200"; 2]);

    // The server sends the document only if it has changed.
    for arguments in [&[][..], &["--check"], &["--dry-run"]] {
        let again = import(&repository, arguments);
        assert_eq!((again.code, again.err.as_str()), (0, ""));
        assert!(
            again.out.contains("no changes since the last import, of 2"),
            "{}",
            again.out
        );
    }
    assert_eq!(server.take_log(), ["GET /dub.yaml 304"; 3]);
    assert!(repository.changed().is_empty());

    // Other tags are another import, and so is a lost document.
    assert_eq!(import(&repository, &["--check", "--tag", "Track"]).code, 1);
    std::fs::remove_file(repository.path().join(IMPORTED)).unwrap();
    assert_eq!(import(&repository, &[]).code, 0);
    assert_eq!(server.take_log(), ["GET /dub.yaml 200"; 2]);
    assert!(repository.changed().is_empty());
}

#[test]
fn check_ignores_what_is_not_imported() {
    if !has_curl() {
        return;
    }
    let (repository, server) = repository("check");
    assert_eq!(import(&repository, &[]).code, 0);
    repository.commit("import");

    // The version of the document, and an operation of another tag.
    let other = repository
        .read(SPEC)
        .replacen("\n  version: ", "\n  version: 9.", 1);
    let other = other.replacen("\n  /track/lead:", "\n  /track/other:", 1);
    assert_ne!(other.len(), repository.read(SPEC).len());
    server.publish(PATH, &other);
    for arguments in [&["--check"][..], &[]] {
        let result = import(&repository, arguments);
        assert_eq!(
            (result.code, result.err.as_str()),
            (0, ""),
            "{}",
            result.out
        );
        assert!(
            result.out.contains("no changes since the last import"),
            "{}",
            result.out
        );
    }
    assert!(repository.changed().is_empty());

    server.publish(PATH, &with_phone(&repository));
    let check = import(&repository, &["--check"]);
    assert_eq!(check.code, 1);
    assert!(
        check.out.contains("added field `Customer::phone`"),
        "{}",
        check.out
    );
    let verdict = format!(
        "{} has changed in what {SPEC} covers: run `cargo xtask spec import`\n",
        server.url(PATH)
    );
    assert_eq!(check.err, verdict);
    let quiet = import(&repository, &["--check", "-q"]);
    assert_eq!((quiet.code, quiet.out.as_str()), (1, ""));
    assert!(repository.changed().is_empty());
}

#[test]
fn markdown_is_the_text_of_a_pull_request() {
    if !has_curl() {
        return;
    }
    let (repository, server) = repository("markdown");
    assert_eq!(import(&repository, &[]).code, 0);
    repository.commit("import");
    server.publish(PATH, &with_phone(&repository));
    let result = import(&repository, &["--format", "markdown"]);
    assert_eq!(result.code, 0);
    assert!(
        result.err.ends_with("-> spec/dub.yaml, spec/SOURCE.toml\n"),
        "{}",
        result.err
    );
    insta::assert_snapshot!("pull_request", result.out);
}

#[test]
fn failed_import_keeps_all_files() {
    if !has_curl() {
        return;
    }
    let (repository, server) = repository("failed");
    assert_eq!(import(&repository, &[]).code, 0);
    repository.commit("import");
    server.publish(PATH, "openapi: 3.0.3\npaths: [");
    for arguments in [&[][..], &["--check"]] {
        let rejected = import(&repository, arguments);
        assert_eq!((rejected.code, rejected.out.as_str()), (2, ""));
        let location = format!("{}:3:1: error[E001]", server.url(PATH));
        assert!(rejected.err.starts_with(&location), "{}", rejected.err);
    }
    server.publish(PATH, "<html></html>");
    let html = import(&repository, &["--check"]);
    assert_eq!((html.code, html.out.as_str()), (2, ""));
    assert!(html.err.contains("found HTML"), "{}", html.err);
    let missing = import(&repository, &[&server.url("/none"), "--tag", "Customers"]);
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("status 404"), "{}", missing.err);
    assert!(repository.changed().is_empty());

    for (source, expected) in [
        ("tags = [\"Customers\"]\n", "spec/SOURCE.toml has no `url`"),
        (
            "url = \"ftp://a\"\ntags = [\"a\"]\n",
            "spec/SOURCE.toml: ftp://a: unsupported scheme",
        ),
        ("url = \"https://a\"\n", "no tags"),
        ("url = \n", "spec/SOURCE.toml: TOML parse error at line 1"),
    ] {
        repository.write(SOURCE, source);
        let result = import(&repository, &["--check"]);
        assert_eq!((result.code, result.out.as_str()), (2, ""));
        assert!(result.err.contains(expected), "{}", result.err);
    }
}

/// A URL that can contain a credential is fetched, but not recorded.
#[test]
fn record_has_no_credentials() {
    if !has_curl() {
        return;
    }
    let (repository, server) = repository("credentials");
    let published = server.url(PATH);
    server.publish("/dub.yaml?token=secret", &repository.read(SPEC));
    let private = server
        .url("/dub.yaml?token=secret")
        .replace("http://", "http://ada:secret@");
    let result = import(&repository, &[&private]);
    assert_eq!((result.code, result.err.as_str()), (0, ""));
    assert!(!result.out.contains("secret"), "{}", result.out);
    assert_eq!(repository.changed(), [SOURCE, IMPORTED]);
    let source = repository.read(SOURCE);
    assert!(
        source.contains(&format!("url = \"{published}\"\n")),
        "{source}"
    );
    assert!(!source.contains("secret"), "{source}");

    // Importing a file removes the `ETag` of another document.
    assert_eq!(import(&repository, &[&published]).code, 0);
    let file = repository.path().join(SPEC).display().to_string();
    server.publish(PATH, &with_phone(&repository));
    assert_eq!(import(&repository, &[&published]).code, 0);
    assert_eq!(repository.read(ETAG), "\"2\"\n");
    assert_eq!(import(&repository, &[&file]).code, 0);
    assert!(!repository.path().join(ETAG).exists());
    let source = repository.read(SOURCE);
    assert!(
        source.contains(&format!(
            "url = \"{published}\"\norigin = \"customers.yaml\"\n"
        )),
        "{source}"
    );
}
