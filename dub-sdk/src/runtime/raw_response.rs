//! Decodes the body of a success response into a type, and finds the position of a value that does
//! not match.

use super::decode_error::{DecodeError, ShownResponse};
use super::error::Error;
use super::json;
use super::position::{self, Position};
use super::received::RawResponse;
use super::response::Response;
use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::CONTENT_TYPE;
use serde::de::{DeserializeOwned, Error as _};
use std::ops::Range;

impl RawResponse {
    /// Returns the status, by which an operation with several success responses distinguishes them.
    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    /// Ignores the body, for a status whose response has none. The result has `value` as its body.
    pub(crate) fn empty_as<T>(self, value: T) -> Result<Response<T>, Error> {
        Ok(self.with(value))
    }

    /// Decodes the body as JSON and wraps it in a variant of an enum of responses.
    pub(crate) fn json_as<B: DeserializeOwned, T>(
        self,
        variant: fn(B) -> T,
    ) -> Result<Response<T>, Error> {
        Ok(self.decode()?.map(variant))
    }

    /// Returns the body as a string. Invalid UTF-8 is replaced by U+FFFD.
    pub(crate) fn text(self) -> Result<Response<String>, Error> {
        let text = String::from_utf8_lossy(&self.body).into_owned();
        Ok(self.with(text))
    }

    /// Decodes a string. The body is JSON if its `Content-Type` is, otherwise the string itself.
    pub(crate) fn text_or_json<T: DeserializeOwned>(mut self) -> Result<Response<T>, Error> {
        let raw = self.quote_text();
        let mut response = self.decode()?;
        response.raw = raw;
        Ok(response)
    }

    /// Replaces a body that is not JSON by a JSON string, and returns the body as it was.
    fn quote_text(&mut self) -> Bytes {
        let raw = self.body.clone();
        let content_type = self.headers.get(CONTENT_TYPE);
        let content_type = content_type.and_then(|value| value.to_str().ok());
        if !content_type.is_some_and(is_json) {
            let text = String::from_utf8_lossy(&raw);
            self.body = serde_json::Value::from(text).to_string().into();
        }
        raw
    }

    /// Returns the body exactly as received.
    pub(crate) fn bytes(self) -> Result<Response<Bytes>, Error> {
        let bytes = self.body.clone();
        Ok(self.with(bytes))
    }

    pub(super) fn with<T>(self, body: T) -> Response<T> {
        Response {
            status: self.status,
            headers: self.headers,
            body,
            raw: self.body,
            secrets: self.secrets,
        }
    }
}

impl RawResponse {
    /// Decodes the body. An empty body is decoded as `null`, for operations whose response may be
    /// empty.
    pub(crate) fn decode<T: DeserializeOwned>(self) -> Result<Response<T>, Error> {
        let body = self.decode_part(json::document(&self.body))?;
        Ok(self.with(body))
    }

    /// Decodes the value in the range `part` of the body.
    pub(crate) fn decode_part<T: DeserializeOwned>(&self, part: Range<usize>) -> Result<T, Error> {
        self.parse_part(part.clone())
            .map_err(|mismatch| self.decode_error(part.start, mismatch))
    }

    /// Like [`decode_part`](Self::decode_part), but returns the parts of the error that depend only
    /// on the value.
    pub(super) fn parse_part<T: DeserializeOwned>(
        &self,
        part: Range<usize>,
    ) -> Result<T, Mismatch> {
        // This function is compiled for every type, so code that does not depend on the type is in
        // separate functions.
        let text = self.text_at(part.clone())?;
        serde_json::from_str(text).map_err(|source| Mismatch::new(part.start, text, source))
    }

    /// Decodes the value in the range `part` of the body. Returns `None` if it does not match `T`:
    /// unlike [`decode_part`](Self::decode_part), it creates no error, which copies a part of the
    /// body.
    pub(super) fn read_part<T: DeserializeOwned>(&self, part: Range<usize>) -> Option<T> {
        let text = std::str::from_utf8(self.body.get(part)?).ok()?;
        serde_json::from_str(text).ok()
    }

    /// Returns a part of the body as a string. JSON is UTF-8, and checking the whole part at once
    /// takes a tenth of the time of checking each JSON string separately.
    fn text_at(&self, part: Range<usize>) -> Result<&str, Mismatch> {
        let text = self.body.get(part.clone()).unwrap_or_default();
        let text = if text.is_empty() { b"null" } else { text };
        std::str::from_utf8(text).map_err(|error| Mismatch {
            consumed: part.start.saturating_add(error.valid_up_to()),
            source: serde_json::Error::custom(error),
        })
    }

    /// Creates the error about a mismatch in the part of the body that begins at `start`.
    #[cold]
    pub(super) fn decode_error(&self, start: usize, mismatch: Mismatch) -> Error {
        let Mismatch { consumed, source } = mismatch;
        let shown = ShownResponse::new(self);
        let path = json::path_at(&self.body, consumed, &|key| shown.mask(key));
        let mut position = Position::new(&self.body);
        position.advance(&self.body, start);
        Error::Decode(DecodeError::new(shown, path, position.in_document(source)))
    }
}

/// Returns true if a media type is JSON.
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    matches!(&*essence, "application/json" | "text/json") || essence.ends_with("+json")
}

/// The failure to decode a part of a body.
pub(super) struct Mismatch {
    /// The number of bytes of the body before the position of the error.
    pub(super) consumed: usize,
    /// The error, whose position is that in the part.
    pub(super) source: serde_json::Error,
}

impl Mismatch {
    #[cold]
    fn new(start: usize, text: &str, source: serde_json::Error) -> Self {
        Self {
            consumed: start.saturating_add(position::offset(text.as_bytes(), &source)),
            source,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::object;
    use crate::runtime::secrets::Secrets;
    use reqwest::header::HeaderMap;

    struct Item {
        name: String,
        count: Option<i64>,
        tags: Vec<String>,
        inner: Option<Box<Item>>,
        pair: Option<(i64, i64)>,
    }

    object! { Item {
        name: required "name",
        count: optional_number "count",
        tags: nullable "tags",
        inner: optional "inner",
        pair: optional "pair",
    } }

    fn path<T: DeserializeOwned + std::fmt::Debug>(text: &str) -> String {
        let body = Bytes::copy_from_slice(text.as_bytes());
        let response = RawResponse {
            operation: "getThings",
            status: reqwest::StatusCode::OK,
            headers: reqwest::header::HeaderMap::new(),
            body,
            secrets: Secrets::default(),
        };
        match response.decode::<T>() {
            Err(Error::Decode(error)) => error.path().to_owned(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn decode_error_names_the_json_path() {
        for (text, expected) in [
            (r#"[{"name":"a"},{"name":12}]"#, "[1].name"),
            (r#"[{"name":"a"}, {"name": 12 }]"#, "[1].name"),
            (r#"[{"name":"a"},{"name":{}}]"#, "[1].name"),
            (r#"[{"name":"a"},{"name":[1]}]"#, "[1].name"),
            (r#"[{"name":"a"},{"name":null,"count":1}]"#, "[1].name"),
            (r#"[{"name":"a"},{"count":1}]"#, "[1]"),
            (r#"[{"name":"a"},{}]"#, "[1]"),
            (r#"[{"name":"a"},17]"#, "[1]"),
            (r#"[17,{"name":"a"}]"#, "[0]"),
            (r#"[[1]]"#, "[0]"),
            (r#"[{"name":"a","inner":[{"name":"b"}]}]"#, "[0].inner"),
            (r#"{"name":"a"}"#, ""),
            ("", ""),
            ("17", ""),
            ("<html>", ""),
            (r#"[{"name":"a","count":1.5}]"#, "[0].count"),
            (r#"[{"name":"a","count":"x","inner":null}]"#, "[0].count"),
            (r#"[{"name":"a","tags":["x","y",3]}]"#, "[0].tags[2]"),
            (r#"[{"name":"a","pair":[1]}]"#, "[0].pair"),
            (
                r#"[{"name":"a","inner":{"name":"b","inner":{"name":true}}}]"#,
                "[0].inner.inner.name",
            ),
            (
                r#"[{"name":"ü\"]},\\","odd key":[{"x":"ä"}],"tags":[1]}]"#,
                "[0].tags[0]",
            ),
            (
                "[\n {\n  \"name\": \"ünï\"\n },\n {\n  \"name\":\n   7\n }\n]",
                "[1].name",
            ),
        ] {
            assert_eq!(path::<Vec<Item>>(text), expected, "{text}");
        }
        assert_eq!(
            path::<std::collections::HashMap<String, i64>>(r#"{"odd key": "x"}"#),
            r#"["odd key"]"#
        );
        assert_eq!(path::<Item>(r#"{"name":1}"#), "name");
    }

    #[test]
    fn string_of_any_media_type_is_text_or_json() {
        let read = |content_type: Option<&'static str>, text: &'static str| {
            let mut headers = HeaderMap::new();
            let value = content_type.map(reqwest::header::HeaderValue::from_static);
            headers.extend(value.map(|value| (CONTENT_TYPE, value)));
            let response = RawResponse {
                operation: "getThings",
                status: StatusCode::OK,
                headers,
                body: Bytes::from_static(text.as_bytes()),
                secrets: Secrets::default(),
            };
            let response = response.text_or_json::<Option<String>>().unwrap();
            assert_eq!(response.raw_body(), text.as_bytes());
            response.body
        };
        let some = |text: &str| Some(text.to_owned());
        for (content_type, text, expected) in [
            (Some("text/plain"), "a \"b\"", some("a \"b\"")),
            (Some("text/plain; charset=utf-8"), "\"a\"", some("\"a\"")),
            (Some("application/json"), "\"a\"", some("a")),
            (
                Some("Application/Problem+JSON; charset=utf-8"),
                "\"a\"",
                some("a"),
            ),
            (Some("application/json"), "null", None),
            (None, "a", some("a")),
            (None, "", some("")),
        ] {
            assert_eq!(
                read(content_type, text),
                expected,
                "{content_type:?} {text}"
            );
        }
    }

    #[test]
    fn position_of_error_in_part_is_that_in_document() {
        for text in [
            "[1, {\"name\": 7}]",
            "[\n 1,\n  {\"name\":\n   7}]",
            "[1,\n {\"name\": 7}]",
            "\u{feff}[1, {\n\"name\": 7}]",
        ] {
            let document = json::document(text.as_bytes());
            let part = json::Entries::of_array(text.as_bytes(), document).last();
            let response = RawResponse {
                operation: "getThings",
                status: StatusCode::OK,
                headers: HeaderMap::new(),
                body: Bytes::copy_from_slice(text.as_bytes()),
                secrets: Secrets::default(),
            };
            let Err(Error::Decode(error)) = response.decode_part::<Item>(part.unwrap().value)
            else {
                panic!("expected a decoding error");
            };
            let without_mark = text.trim_start_matches('\u{feff}');
            let expected = serde_json::from_str::<(i64, Item)>(without_mark).unwrap_err();
            let cause = std::error::Error::source(&error).unwrap();
            assert_eq!(cause.to_string(), expected.to_string());
        }
    }

    #[test]
    fn invalid_utf8_error_names_the_json_path() {
        let body = Bytes::from_static(b"[{\"name\":\"Ada\"},{\"name\":\"M\xfcller\"}]");
        let response = RawResponse {
            operation: "getThings",
            status: reqwest::StatusCode::OK,
            headers: reqwest::header::HeaderMap::new(),
            body,
            secrets: Secrets::default(),
        };
        match response.decode::<Vec<Item>>() {
            Err(Error::Decode(error)) => {
                assert_eq!(error.path(), "[1].name");
                let cause = std::error::Error::source(&error).unwrap().to_string();
                assert!(cause.contains("utf-8"), "{cause}");
            }
            other => panic!("{other:?}"),
        }
    }
}
