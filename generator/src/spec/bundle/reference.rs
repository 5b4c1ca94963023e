//! Splits references into the path of a file and a fragment (RFC 3986).

use super::super::pointer;
use super::super::report::quoted;
use crate::diagnostic::{Code, Diagnostic};

const ABSOLUTE: &str = "write a path relative to the file that contains the reference";

/// Returns the path and the fragment of a reference to a file. The path is relative to the directory
/// of the document; `from` is the path of the file that contains the reference.
pub(super) fn split<'r>(from: &str, reference: &'r str) -> Result<(String, &'r str), Diagnostic> {
    let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    check(reference, uri)?;
    let Some(path) = pointer::percent_decode(uri) else {
        let message = "malformed percent-encoding, or not UTF-8";
        return Err(invalid(
            reference,
            message,
            "encode the path as in a URL, in UTF-8",
        ));
    };
    if path.contains('\0') || path.matches('/').count() != uri.matches('/').count() {
        let help = "`/` and NUL cannot be part of the name of a file";
        return Err(invalid(reference, "invalid percent-encoding", help));
    }
    if path.contains('\\') {
        let message = "invalid `\\` in the path of a file";
        return Err(invalid(reference, message, "separate directories by `/`"));
    }
    Ok((join(from, &path), fragment))
}

/// Checks that a URI is the relative path of a file.
fn check(reference: &str, uri: &str) -> Result<(), Diagnostic> {
    let scheme = uri.split_once(':').map(|(scheme, _)| scheme);
    let is_scheme = |scheme: &&str| {
        let mut bytes = scheme.bytes();
        bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic())
            && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    };
    let scheme = scheme.filter(is_scheme).map(str::to_ascii_lowercase);
    match scheme.as_deref() {
        Some("http" | "https") => return Err(url(reference)),
        Some("file") => return Err(invalid(reference, "absolute path of a file", ABSOLUTE)),
        // A drive of Windows.
        Some(drive) if drive.len() == 1 => {
            return Err(invalid(reference, "absolute path of a file", ABSOLUTE));
        }
        Some(scheme) => {
            let message = format!("no file can have the scheme `{scheme}`");
            return Err(invalid(reference, &message, ABSOLUTE));
        }
        None if uri.starts_with("//") => return Err(url(reference)),
        None if uri.starts_with('/') => {
            return Err(invalid(reference, "absolute path of a file", ABSOLUTE));
        }
        None => {}
    }
    if uri.contains('?') {
        let help = "write `%3F` if `?` is part of the name of the file";
        return Err(invalid(reference, "the path of a file has no query", help));
    }
    Ok(())
}

fn url(reference: &str) -> Diagnostic {
    let message = format!(
        "external reference {} is not supported: it is a URL",
        quoted(reference)
    );
    let help =
        "download the file and refer to its path, or bundle all documents into one file first";
    Diagnostic::new(Code::Reference, "", message).help(help)
}

fn invalid(reference: &str, reason: &str, help: &str) -> Diagnostic {
    let message = format!("invalid reference {}: {reason}", quoted(reference));
    Diagnostic::new(Code::Reference, "", message).help(help)
}

/// Joins the directory of a file with a relative path. `..` occurs only at the beginning of the
/// result.
fn join(from: &str, path: &str) -> String {
    if path.is_empty() {
        return from.to_owned();
    }
    let directory = from.rsplit_once('/').map_or("", |(directory, _)| directory);
    let mut parts: Vec<&str> = Vec::new();
    for part in directory.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(from: &str, reference: &str) -> String {
        split(from, reference).unwrap().0
    }

    #[test]
    fn paths_are_relative_to_the_directory_of_the_document() {
        let table = [
            ("a.yaml", "b.yaml#/X", "b.yaml"),
            ("a.yaml", "./b/c.yaml", "b/c.yaml"),
            ("b/c.yaml", "d.yaml", "b/d.yaml"),
            ("b/c.yaml", "../a.yaml#/X", "a.yaml"),
            ("b/c.yaml", "../../x/../y.yaml", "../y.yaml"),
            ("b/c.yaml", "#/X", "b/c.yaml"),
            ("a.yaml", "my%20files/%C3%A9.yaml", "my files/é.yaml"),
            ("b/c.yaml", "%2e%2E/a.yaml", "a.yaml"),
            ("a.yaml", "b//c.yaml", "b/c.yaml"),
        ];
        for (from, reference, expected) in table {
            assert_eq!(path(from, reference), expected, "{from} {reference}");
        }
    }

    #[test]
    fn rejects_what_is_not_a_relative_path() {
        let table = [
            ("https://example.com/a.yaml", "it is a URL"),
            ("HTTP://example.com/a.yaml", "it is a URL"),
            ("//example.com/a.yaml", "it is a URL"),
            ("file:///etc/passwd", "absolute path"),
            ("/etc/passwd", "absolute path"),
            ("C:\\a.yaml", "absolute path"),
            ("c:/a.yaml", "absolute path"),
            ("urn:example:a", "scheme `urn`"),
            ("b\\c.yaml", "`\\`"),
            ("b%5Cc.yaml", "`\\`"),
            ("b%2Fc.yaml", "percent-encoding"),
            ("b%00.yaml", "percent-encoding"),
            ("b%ff.yaml", "percent-encoding"),
            ("b%4.yaml", "percent-encoding"),
            ("b.yaml?v=1", "query"),
        ];
        for (reference, expected) in table {
            let problem = split("a.yaml", reference).unwrap_err();
            assert!(problem.message.contains(expected), "{}", problem.message);
        }
    }
}
