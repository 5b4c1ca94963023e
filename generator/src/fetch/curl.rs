//! Sends one request with curl.

use super::limits::Limits;
use super::url::Url;
use std::io::{ErrorKind, Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The size of what follows the body: the status, the URL of a redirect, and the `ETag`.
const MAX_TRAILER: u64 = 256 * 1024;
/// The size of curl's messages that are read.
const MAX_MESSAGES: u64 = 4 * 1024;

/// One request.
pub struct Request<'a> {
    pub url: &'a Url,
    /// The `ETag` of the document that is already there.
    pub known_etag: Option<&'a str>,
    /// The time limit of this request.
    pub time: Duration,
    pub limits: &'a Limits,
}

/// The response to a request that curl has sent.
#[derive(Debug, PartialEq, Eq)]
pub struct Response {
    pub status: u16,
    /// The target of a redirect.
    pub redirect: Option<String>,
    pub etag: Option<String>,
    /// The decoded body.
    pub body: Vec<u8>,
}

/// The reason why there is no response.
pub enum Failure {
    /// curl is not installed.
    Missing,
    /// The body exceeds the limit.
    TooLarge,
    /// curl ended with this exit code and message.
    Curl { code: Option<i32>, message: String },
}

impl Request<'_> {
    /// Sends the request. Redirects are not followed.
    pub fn send(&self) -> Result<Response, Failure> {
        let mut command = Command::new("curl");
        command.args(self.arguments());
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| match error.kind() {
            ErrorKind::NotFound => Failure::Missing,
            _ => other(&error),
        })?;
        let response = self.receive(&mut child);
        if response.is_err() {
            // curl has ended already, unless the body is too large.
            let _ = child.kill();
            let _ = child.wait();
        }
        response
    }

    fn receive(&self, child: &mut Child) -> Result<Response, Failure> {
        if let Some(mut stdin) = child.stdin.take() {
            // If curl has ended early, its exit code states the reason.
            let _ = stdin.write_all(self.config().as_bytes());
        }
        let max = self.limits.bytes.saturating_add(MAX_TRAILER);
        let output = read(child.stdout.take(), max).map_err(|error| other(&error))?;
        if length(&output) == max {
            return Err(Failure::TooLarge);
        }
        let messages = read(child.stderr.take(), MAX_MESSAGES).map_err(|error| other(&error))?;
        let status = child.wait().map_err(|error| other(&error))?;
        if !status.success() {
            let message = message(&String::from_utf8_lossy(&messages));
            let code = status.code();
            return Err(match code {
                Some(63) => Failure::TooLarge,
                _ => Failure::Curl { code, message },
            });
        }
        let response = parse(output).ok_or_else(|| Failure::Curl {
            code: None,
            message: "unexpected output of curl".to_owned(),
        })?;
        match length(&response.body) > self.limits.bytes {
            true => Err(Failure::TooLarge),
            false => Ok(response),
        }
    }

    /// Returns the arguments for curl. The URL is not one of them: all users of a machine can read
    /// the arguments of a process.
    fn arguments(&self) -> Vec<String> {
        let plain = self.url.is_plain_http();
        let mut arguments: Vec<String> = [
            // Ignores the user's configuration file. curl requires this option to be the first.
            "--disable",
            "--silent",
            "--show-error",
            "--globoff",
            "--compressed",
            "--proto",
            if plain { "=http" } else { "=https" },
            "--write-out",
            "\\n%{http_code}\\t%{redirect_url}\\t%header{etag}",
            "--config",
            "-",
        ]
        .map(str::to_owned)
        .to_vec();
        let mut option = |name: &str, value: String| arguments.extend([name.to_owned(), value]);
        option("--connect-timeout", seconds(self.limits.connect));
        option("--max-time", seconds(self.time));
        option("--max-filesize", self.limits.bytes.to_string());
        if plain {
            // A proxy is not on loopback.
            option("--noproxy", "*".to_owned());
        }
        if let Some(etag) = self.known_etag.and_then(valid_etag) {
            option("--header", format!("If-None-Match: {etag}"));
        }
        arguments
    }

    /// Returns the configuration for curl's standard input. A valid URL needs no escapes there.
    fn config(&self) -> String {
        format!("url = \"{}\"\n", self.url.as_str())
    }
}

fn read(stream: Option<impl Read>, max: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if let Some(stream) = stream {
        stream.take(max).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

fn other(error: &std::io::Error) -> Failure {
    Failure::Curl {
        code: None,
        message: format!("curl: {error}"),
    }
}

/// Returns a duration in whole seconds: in some locales, curl does not read `1.5`.
fn seconds(duration: Duration) -> String {
    let rounded_up = duration.as_secs() + u64::from(duration.subsec_nanos() > 0);
    rounded_up.max(1).to_string()
}

/// Returns the first message of curl, without the exit code in front of it.
fn message(messages: &str) -> String {
    let line = messages.lines().find_map(|line| {
        let rest = line.strip_prefix("curl: ")?;
        Some(rest.split_once(") ").map_or(rest, |(_, message)| message))
    });
    line.unwrap_or("curl failed").trim().to_owned()
}

/// Separates the body from the line that `--write-out` adds.
fn parse(mut output: Vec<u8>) -> Option<Response> {
    let end = output.iter().rposition(|byte| *byte == b'\n')?;
    let trailer = String::from_utf8_lossy(output.get(end + 1..)?).into_owned();
    output.truncate(end);
    let mut fields = trailer.split('\t');
    let status = fields.next()?.parse().ok()?;
    let redirect = fields.next().filter(|url| !url.is_empty());
    Some(Response {
        status,
        redirect: redirect.map(str::to_owned),
        etag: fields.next().and_then(valid_etag).map(str::to_owned),
        body: output,
    })
}

/// Returns an `ETag` if it is well-formed. curl before 7.84 returns the name of the variable.
fn valid_etag(etag: &str) -> Option<&str> {
    let tag = etag.strip_prefix("W/").unwrap_or(etag);
    let inner = tag.strip_prefix('"')?.strip_suffix('"')?;
    let is_valid = |byte: u8| byte.is_ascii_graphic() && byte != b'"';
    (etag.len() <= 1_000 && inner.bytes().all(is_valid)).then_some(etag)
}

#[cfg(test)]
mod tests {
    use super::{Request, message, parse, seconds};
    use crate::fetch::{Limits, Url};
    use std::time::Duration;

    fn arguments(url: &str, known_etag: Option<&str>) -> String {
        let request = Request {
            url: &Url::parse(url).unwrap(),
            known_etag,
            time: Duration::from_millis(2_500),
            limits: &Limits::default(),
        };
        request.arguments().join(" ")
    }

    #[test]
    fn arguments_limit_what_curl_does() {
        let https = arguments("https://ada:secret@api.dub.co/a", Some("W/\"1\""));
        assert!(https.starts_with("--disable "), "{https}");
        for part in [
            "--proto =https ",
            "--connect-timeout 10 ",
            "--max-time 3 ",
            "--max-filesize 67108864",
            "--header If-None-Match: W/\"1\"",
        ] {
            assert!(https.contains(part), "{https}");
        }
        // curl follows no redirect itself, and no other user sees the credentials.
        for part in ["--location", "--noproxy", "secret", "api.dub.co"] {
            assert!(!https.contains(part), "{https}");
        }
        let http = arguments("http://127.0.0.1:1/", Some("\"1\" -o x"));
        assert!(http.contains("--proto =http "), "{http}");
        assert!(http.contains("--noproxy *"), "{http}");
        assert!(!http.contains("If-None-Match"), "{http}");
    }

    #[test]
    fn output_is_the_body_and_one_line() {
        let response = parse(b"a\nb\n200\t\t\"1\"".to_vec()).unwrap();
        assert_eq!(
            (response.status, response.body.as_slice()),
            (200, &b"a\nb"[..])
        );
        assert_eq!(response.etag.as_deref(), Some("\"1\""));
        assert_eq!(response.redirect, None);
        let redirect = parse(b"\n302\thttps://a/b\t".to_vec()).unwrap();
        assert_eq!(redirect.redirect.as_deref(), Some("https://a/b"));
        assert_eq!((redirect.etag, redirect.body), (None, Vec::new()));
        // curl 7.83 does not know the variable.
        let old = parse(b"\n200\t\t%header{etag}".to_vec()).unwrap();
        assert_eq!(old.etag, None);
        for wrong in ["", "200", "\n", "\nabc\t"] {
            assert_eq!(parse(wrong.as_bytes().to_vec()), None, "{wrong:?}");
        }
    }

    #[test]
    fn messages_of_curl_lose_their_code() {
        assert_eq!(
            message("Warning: a\ncurl: (6) Could not (b) c\n"),
            "Could not (b) c"
        );
        assert_eq!(
            message("curl: option --x: is unknown"),
            "option --x: is unknown"
        );
        assert_eq!(message(""), "curl failed");
        assert_eq!(seconds(Duration::from_millis(10)), "1");
    }
}
