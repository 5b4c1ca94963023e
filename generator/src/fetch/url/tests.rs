//! Tests of URLs: which are accepted, and what messages show of them.

use super::Url;

#[test]
fn only_arguments_with_a_scheme_are_urls() {
    for path in [
        "dub.json",
        "../a.yaml",
        "C:\\dub.json",
        "/a/b",
        "://a",
        "a b://c",
        "https:/a",
    ] {
        assert!(Url::of_argument(path).is_none(), "{path}");
    }
    for url in [
        "https://api.dub.co",
        "HTTPS://api.dub.co/a?b=c#d",
        "ftp://a",
        "file:///a",
    ] {
        assert!(Url::of_argument(url).is_some(), "{url}");
    }
}

#[test]
fn plain_http_is_for_loopback_only() {
    let loopback = [
        "127.0.0.1",
        "127.1.2.3:80",
        "localhost:8080",
        "LOCALHOST",
        "[::1]:1",
        "u:p@[::1]",
    ];
    for host in loopback {
        assert!(Url::parse(&format!("http://{host}/a")).is_ok(), "{host}");
    }
    for host in [
        "example.com",
        "127.0.0.1.example.com",
        "localhost.example.com",
        "localhost.",
        "127.1",
        "0x7f.0.0.1",
        "128.0.0.1",
        "0.0.0.0",
        "[::2]",
        "[::ffff:127.0.0.1]",
        "127.0.0.1@example.com",
    ] {
        let error = Url::parse(&format!("http://{host}/a")).unwrap_err();
        assert!(
            error.contains("refuses to fetch over plain HTTP"),
            "{error}"
        );
    }
}

#[test]
fn invalid_and_unsupported_urls_are_rejected() {
    let table = [
        (
            "ftp://example.com/a",
            "unsupported scheme: expected `https`",
        ),
        ("file:///etc/hosts", "pass the path of the file"),
        ("example.com/a", "unsupported scheme"),
        ("https://", "invalid URL"),
        ("https:///a", "invalid URL"),
        ("https://a:b/", "invalid URL"),
        ("https://a:99999/", "invalid URL"),
        ("https://[::1/", "invalid URL"),
        ("https://[fe80::1%25eth0]/", "invalid URL"),
        ("https://a@b@c/", "invalid URL"),
        ("http://127.0.0.1%2eexample.com/", "invalid URL"),
        ("https://a/b c", "invalid character"),
        ("https://a/\"\nproxy = \"b", "invalid character"),
        ("https://a\\@127.0.0.1/", "invalid character"),
        ("https://bücher.example/", "invalid character"),
    ];
    for (url, expected) in table {
        let error = Url::parse(url).unwrap_err();
        assert!(error.contains(expected), "{url}: {error}");
    }
}

#[test]
fn messages_hide_credentials() {
    let table = [
        ("https://api.dub.co", "https://api.dub.co"),
        ("https://a.b:8443/c@d.yaml#e", "https://a.b:8443/c@d.yaml"),
        ("https://ada:secret@a.b/c", "https://a.b/c"),
        ("https://secret@a.b/c", "https://a.b/c"),
        (
            "https://a/b?version=1&token=secret&secret",
            "https://a/b?version=***&token=***&***",
        ),
        ("https://a?secret", "https://a?***"),
    ];
    for (url, expected) in table {
        let url = Url::parse(url).unwrap();
        assert_eq!(url.shown(), expected);
        assert_eq!(url.is_public(), !url.as_str().contains("secret"), "{url:?}");
        assert!(
            !url.hide_in(&format!("<{}>", url.as_str()))
                .contains("secret")
        );
    }
    for url in [
        "ftp://ada:secret@a/b",
        "https://ada:se/cret@a/b",
        "https://a:b@secret@c/",
        "ftp://a?secret",
    ] {
        let error = Url::parse(url).unwrap_err();
        assert!(
            !error.contains("cret@") && !error.contains("secret@") && !error.contains("?secret"),
            "{error}"
        );
    }
}
