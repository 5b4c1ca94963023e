//! The error for a response that cannot be decoded.

use super::json::Mask;
use super::received::RawResponse;
use super::secrets::Secrets;
use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use serde::de::Error as _;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// The maximum number of bytes of a body that an error keeps.
pub(super) const MAX_ERROR_BODY: usize = 64 * 1024;

/// The maximum length of the subtype of a content type that is shown. Credentials are longer, so a
/// server cannot make a message show one.
const MAX_SUBTYPE: usize = 15;

/// The top-level media types of a content type that is shown.
const MEDIA_TYPES: [&str; 5] = ["application", "audio", "image", "text", "video"];

/// An error returned if the body of a success response does not match its declared type.
#[derive(Debug)]
pub struct DecodeError {
    // Boxed to keep `Error`, which is part of the result of every call, small.
    inner: Box<Inner>,
}

struct Inner {
    path: String,
    response: Arc<ShownResponse>,
    source: serde_json::Error,
}

/// The response that an error shows. It contains no secret of the call. All errors of a response
/// share it, because it has a copy of a part of the body.
pub(super) struct ShownResponse {
    operation: &'static str,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    secrets: Secrets,
    /// True if keys and messages may contain a part of a secret.
    has_parts: bool,
}

impl ShownResponse {
    pub(super) fn new(response: &RawResponse) -> Arc<Self> {
        let secrets = &response.secrets;
        let is_cut = response.body.len() > MAX_ERROR_BODY;
        let beginning = truncated(&response.body);
        let body = secrets.mask(beginning.clone(), is_cut);
        let mut headers = response.headers.clone();
        secrets.mask_headers(&mut headers);
        Arc::new(Self {
            operation: response.operation,
            status: response.status,
            headers,
            // A quotation mark in a secret ends a JSON string, so that a key or a message contains
            // only a part of the secret. It takes too long to search for secrets in all of a long
            // body.
            has_parts: body != beginning || (is_cut && secrets.have_json_syntax()),
            body,
            secrets: secrets.clone(),
        })
    }

    /// Replaces the secrets in a key or a message. Keeps only the beginning of a long one.
    pub(super) fn mask<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match self.has_parts {
            true => self.secrets.mask_parts(text),
            false => self.secrets.mask_beginning(text),
        }
    }
}

impl DecodeError {
    /// Creates an error with the path of the value, from which the secrets are already removed.
    pub(super) fn new(
        response: Arc<ShownResponse>,
        path: String,
        source: serde_json::Error,
    ) -> Self {
        let source = shown_message(source, &|message| response.mask(message));
        Self {
            inner: Box::new(Inner {
                path,
                response,
                source,
            }),
        }
    }

    /// Returns the `operationId` of the operation that the server responded to.
    pub(super) fn operation(&self) -> &'static str {
        self.inner.response.operation
    }

    /// Returns the path of the value that does not match, such as `[3].name`. It is empty if the
    /// body as a whole does not match.
    pub fn path(&self) -> &str {
        &self.inner.path
    }

    /// Returns the status of the response.
    pub fn status(&self) -> StatusCode {
        self.inner.response.status
    }

    /// Returns the headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.inner.response.headers
    }

    /// Returns the body of the response, up to its first 64 KiB. Credentials of the request are
    /// replaced by `[hidden]`.
    pub fn body(&self) -> &[u8] {
        &self.inner.response.body
    }

    /// Returns the content type of the response without its parameters, unless it is JSON.
    fn other_content_type(&self) -> Option<&str> {
        let content_type = self.headers().get(CONTENT_TYPE)?.to_str().ok()?;
        let essence = content_type.split(';').next()?.trim();
        let (media_type, subtype) = essence.split_once('/')?;
        let is_shown = MEDIA_TYPES.contains(&media_type)
            && subtype.len() <= MAX_SUBTYPE
            && !subtype.contains("json");
        is_shown.then_some(essence)
    }

    /// Returns the [`body`](Self::body) as a string. Invalid UTF-8 is replaced by U+FFFD.
    pub fn body_text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(self.body())
    }
}

/// Returns the part of a body that an error keeps. The beginning of a long body is copied, so that
/// the error does not keep the rest in memory.
pub(super) fn truncated(body: &Bytes) -> Bytes {
    match body.get(..MAX_ERROR_BODY) {
        Some(beginning) => Bytes::copy_from_slice(beginning),
        None => body.clone(),
    }
}

/// Masks and truncates the message of an error, which quotes the mismatched value regardless of its
/// length.
fn shown_message(error: serde_json::Error, mask: Mask<'_>) -> serde_json::Error {
    const MAX_CHARS: usize = 300;
    let (line, column) = (error.line(), error.column());
    let text = error.to_string();
    let position = match line {
        0 => String::new(),
        _ => format!(" at line {line} column {column}"),
    };
    let masked = mask(text.strip_suffix(&position).unwrap_or(&text));
    let cut = masked.char_indices().nth(MAX_CHARS);
    if cut.is_none() && matches!(masked, Cow::Borrowed(_)) {
        return error;
    }
    let shown = cut.and_then(|(end, _)| masked.get(..end));
    let ellipsis = if shown.is_some() { "…" } else { "" };
    let shown = shown.unwrap_or(&masked);
    // serde_json parses the line and the column from a message of this form.
    serde_json::Error::custom(format_args!("{shown}{ellipsis}{position}"))
}

impl fmt::Debug for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the body, which can be long and contain personal data.
        f.debug_struct("Inner")
            .field("path", &self.path)
            .field("status", &self.response.status)
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, status) = (self.path(), self.status());
        write!(f, "failed to decode the response ({status}")?;
        if let Some(content_type) = self.other_content_type() {
            write!(f, ", {content_type}")?;
        }
        f.write_str(")")?;
        if !path.is_empty() {
            write!(f, " at `{path}`")?;
        }
        Ok(())
    }
}

impl std::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.inner.source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::error::Error;

    /// Decodes a body as a number.
    fn error(secret: &str, body: String) -> DecodeError {
        let response = RawResponse {
            operation: "getThings",
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: body.into(),
            secrets: Secrets::new([secret]),
        };
        match response.decode::<std::collections::HashMap<String, i64>>() {
            Err(Error::Decode(error)) => error,
            other => panic!("{other:?}"),
        }
    }

    /// A search in the whole bodies would take many times as long.
    #[test]
    fn searches_only_what_is_shown() {
        let secret = r#"key_R7"k/Lw%9pT&x2Zb"#;
        let long = "\\".repeat(2 << 20);
        for body in [
            format!("{{\"a\": \"{long}\"}}"),
            format!("{{\"{long}\": \"\"}}"),
        ] {
            let error = error(secret, body);
            assert!(error.body().len() <= MAX_ERROR_BODY);
            assert!(error.path().len() < 500 && error.inner.source.to_string().len() < 700);
        }
    }

    #[test]
    fn masks_what_a_long_body_shows() {
        let long = "x".repeat(100_000);
        for (secret, echo) in [
            (r#"key_R7"k/Lw%9pT&x2Zb"#, r#"key_R7"k/Lw%9pT&x2Zb"#),
            ("key_R7k/Lw%9pT&x2Zb", "key_R7k/Lw%9pT&x2Zb"),
            ("key_R7k/Lw%9pT&x2Zb", "key_R7k/Lw%9pT&"),
        ] {
            for body in [
                format!("{{\"{long}\": 1, \"a\": \"{echo}\"}}"),
                format!("{{\"{long}\": 1, \"{echo}\": \"\"}}"),
                format!("{{\"{echo}\": \"{long}\"}}"),
                format!("{{\"a\": \"{echo} {long}\"}}"),
            ] {
                let error = error(secret, body);
                let shown = format!("{error} {:?} {}", error.inner.source, error.body_text());
                assert!(!shown.contains("R7"), "{shown}");
            }
        }
    }

    #[test]
    fn truncates_long_messages_and_keeps_position() {
        let text = format!("[\n  {:?}]", "ü".repeat(100_000));
        let error = serde_json::from_str::<Vec<i64>>(&text).unwrap_err();
        let position = (error.line(), error.column());
        let short = shown_message(error, &|text| text.into());
        assert_eq!((short.line(), short.column()), position);
        assert!(short.to_string().len() < 700, "{short}");
        let short = serde_json::from_str::<i64>("\"x\"").unwrap_err();
        let short = shown_message(short, &|text| text.into());
        assert_eq!(
            short.to_string(),
            "invalid type: string \"x\", expected i64 at line 1 column 3"
        );
    }
}
