//! A request under construction. The code is not generic, so that generated code stays small.

mod body;
mod debug;
mod extra;
mod optional_body;
mod parameter;
mod parts;
mod rejected_prefix;
mod repetition;

pub(super) use extra::is_dot_or_empty;

use crate::runtime::encoding::{self, Scalar};
use crate::runtime::error::Error;
use crate::runtime::named_buffer::NamedBuffer;
use crate::runtime::operation::Operation;
use crate::runtime::outgoing_body::{StreamPart, is_spent};
use crate::runtime::retry::RetryPolicy;
use bytes::Bytes;
use reqwest::header::{CONTENT_LENGTH, HeaderName, HeaderValue, TRANSFER_ENCODING};
use std::time::Duration;

/// A request under construction.
///
/// It stores the first problem that occurs. `send` returns the problem as an error, and sends
/// nothing.
#[derive(Clone)]
pub(crate) struct RequestParts {
    pub(super) operation: &'static Operation,
    pub(super) path: NamedBuffer,
    pub(super) query: NamedBuffer,
    pub(super) body: NamedBuffer,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) limits: Limits,
    problem: Option<String>,
    /// Parts that few requests have. They are boxed to keep the builder small, because each of its
    /// methods moves it.
    pub(super) extra: Option<Box<Extra>>,
}

/// Parts that few requests have.
#[derive(Clone, Default)]
pub(super) struct Extra {
    /// The names of the cookie parameters, and their encoded pairs.
    pub(super) cookies: Vec<(&'static str, String)>,
    /// A body that was set as a whole.
    pub(super) raw: Option<Bytes>,
    /// The media type of that body, unless the operation determines it.
    pub(super) content_type: Option<&'static str>,
    /// The streams in the body, each with the number of the bytes before it.
    streams: Vec<(usize, StreamPart)>,
    /// The method and the path, if they are not those of the operation.
    endpoint: Option<extra::Endpoint>,
    /// Query parameters that no setter has set.
    query: Vec<extra::Addition>,
    /// Fields of the JSON body that no setter has set.
    fields: Vec<extra::Addition>,
    /// The names of the parts of a multipart body.
    parts: Vec<&'static str>,
    /// The boundary between the parts of a multipart body; empty until it is needed.
    pub(super) boundary: String,
}

/// The time limits and the retry policy of a request. They override those of the client.
#[derive(Clone, Debug, Default)]
pub(super) struct Limits {
    pub(super) timeout: Option<Duration>,
    pub(super) deadline: Option<Duration>,
    pub(super) retry: Option<RetryPolicy>,
    /// True if the request asks for a page of a stream, which waits longer for a rate limit.
    pub(super) is_stream: bool,
    /// True if the request may be repeated, in place of what its method says.
    pub(super) is_idempotent: Option<bool>,
}

impl RequestParts {
    pub(super) fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            path: NamedBuffer::default(),
            query: NamedBuffer::default(),
            body: NamedBuffer::default(),
            headers: Vec::new(),
            limits: Limits::default(),
            problem: None,
            extra: None,
        }
    }

    /// Stores a problem, unless another one is already stored.
    pub(super) fn record_problem(&mut self, problem: String) {
        self.problem.get_or_insert(problem);
    }

    /// Sets a path argument.
    pub(super) fn path(&mut self, name: &'static str, value: &dyn Scalar) {
        let text = match value.text() {
            Ok(text) => text,
            Err(problem) => return self.record_problem(format!("`{name}` {problem}")),
        };
        let start = self.path.begin(b'/');
        encoding::encode(&text, &mut self.path.text);
        self.end_path(name, start);
    }

    pub(super) fn end_path(&mut self, name: &'static str, start: usize) {
        let value = self.path.text.get(start..).unwrap_or_default();
        // An empty segment or a dot segment would change the path, even if it is percent-encoded.
        if is_dot_or_empty(value) {
            let problem = match value {
                b"" => format!("the path argument `{name}` is empty"),
                dots => {
                    let dots = String::from_utf8_lossy(dots);
                    format!("the path argument `{name}` must not be {dots:?}")
                }
            };
            self.record_problem(problem);
        }
        self.path.end(name, start, start);
    }

    /// Sets a query parameter.
    pub(super) fn query(&mut self, name: &'static str, value: &dyn Scalar) {
        let text = match value.text() {
            Ok(text) => text,
            Err(problem) => return self.record_problem(format!("`{name}` {problem}")),
        };
        if text.is_empty() {
            self.reject_empty(name);
        }
        let start = self.query.begin(b'&');
        encoding::encode(name, &mut self.query.text);
        self.query.text.push(b'=');
        let value = self.query.text.len();
        encoding::encode(&text, &mut self.query.text);
        self.query.end(name, start, value);
    }

    pub(super) fn reject_empty(&mut self, name: &str) {
        if crate::SERVICE.reject_empty_query {
            self.record_problem(format!(
                "`{name}` is empty: the server would ignore it and return unfiltered results; \
                 if that is intended, do not set it"
            ));
        }
    }

    pub(super) fn extra(&mut self) -> &mut Extra {
        self.extra.get_or_insert_default()
    }

    /// Sets a header, replacing an earlier one with this name.
    pub(super) fn header(&mut self, name: &str, value: &str) {
        let Ok(header) = HeaderName::from_bytes(name.as_bytes()) else {
            return self.record_problem(invalid_header_name(name));
        };
        let Ok(mut value) = HeaderValue::from_str(value) else {
            return self.record_problem(format!(
                "the value of the header `{name}` contains a line break or another control character"
            ));
        };
        // A wrong length or encoding would truncate the request.
        if matches!(header, CONTENT_LENGTH | TRANSFER_ENCODING) {
            return self.record_problem(format!(
                "the header `{name}` must not be set: it is derived from the body"
            ));
        }
        // The value may be a credential.
        value.set_sensitive(true);
        self.headers.retain(|(earlier, _)| *earlier != header);
        self.headers.push((header, value));
    }

    /// Returns an error if the request must not be sent: because of a stored problem, because of a
    /// value that the server rejects, or because of parameters that it rejects together. `cursor` is
    /// a parameter that will be set later, as by a stream.
    pub(super) fn check(&self, cursor: Option<&str>) -> Result<(), Error> {
        let invalid =
            |problem| Err(Error::invalid_request(problem).in_operation(self.operation_name()));
        if let Some(problem) = &self.problem {
            return invalid(problem.clone());
        }
        if let Some(name) = self.added_twice(cursor) {
            return invalid(format!(
                "`{name}` is set twice: by its own method and as an extra value"
            ));
        }
        if let Some((missing, set)) = self.missing_field() {
            return invalid(format!(
                "`{missing}` is not set: a body with `{set}` requires it"
            ));
        }
        if let Some(range) = self.unnamed_media_type() {
            return invalid(format!(
                "`content_type` is not set: the body needs a media type of the range `{range}`"
            ));
        }
        if matches!(&self.extra, Some(extra) if is_spent(&extra.streams)) {
            return invalid(
                "the stream in the body was already sent: create it again for each request"
                    .to_owned(),
            );
        }
        if let Some(problem) = self.rejected_prefix() {
            return invalid(problem);
        }
        for conflict in self.operation.conflicts {
            let value = |name| self.query.get(name).or_else(|| self.extra_value(name));
            let is_set = |name| value(name).is_some() || cursor == Some(name);
            if !is_set(conflict.name) || !is_set(conflict.with) {
                continue;
            }
            let allowed = conflict.unless.map(encoding::percent_encoded);
            if allowed
                .as_ref()
                .is_some_and(|allowed| value(conflict.with) == Some(allowed.as_bytes()))
            {
                continue;
            }
            let unless = conflict
                .unless
                .map(|value| format!(" unless `{}` is `{value}`", conflict.with))
                .unwrap_or_default();
            return invalid(format!(
                "`{}` cannot be combined with `{}`{unless}",
                conflict.name, conflict.with
            ));
        }
        Ok(())
    }

    /// Returns the value of a query parameter, encoded as it is sent.
    pub(super) fn query_value(&self, name: &str) -> Option<&str> {
        std::str::from_utf8(self.query.get(name)?).ok()
    }

    /// Returns the query, without the `?`. It is empty if no parameter was set.
    pub(super) fn query_str(&self) -> &[u8] {
        &self.query.text
    }

    /// Appends the path: the template with its arguments inserted.
    pub(super) fn write_path(&self, out: &mut Vec<u8>) -> Result<(), Error> {
        let mut rest = match self.custom_path() {
            Some(path) => path,
            None => self.operation.path,
        };
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            let Some(value) = self.path.get(name) else {
                return Err(Error::invalid_request(format!(
                    "missing path argument `{name}`"
                )));
            };
            out.extend_from_slice(before.as_bytes());
            out.extend_from_slice(value);
            rest = after;
        }
        out.extend_from_slice(rest.as_bytes());
        Ok(())
    }
}

/// Describes an invalid name of a header without showing it: it may be a whole line, with a
/// credential in it.
fn invalid_header_name(name: &str) -> String {
    let is_valid = |letter| {
        let mut buffer = [0; 4];
        HeaderName::from_bytes(char::encode_utf8(letter, &mut buffer).as_bytes()).is_ok()
    };
    match name.char_indices().find(|(_, letter)| !is_valid(*letter)) {
        Some((at, letter)) => {
            format!("the name of a header must not contain {letter:?}, which is at index {at}")
        }
        None => format!("a header name of {} bytes is not valid", name.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::{BodyKind, Conflict, Method};

    static OPERATION: Operation = Operation {
        method: Method::PATCH,
        path: "/things/{id}/parts/{part}",
        body: BodyKind::JsonObject,
        conflicts: &[
            Conflict {
                name: "after",
                with: "before",
                unless: None,
            },
            Conflict {
                name: "after",
                with: "sort",
                unless: Some("created at"),
            },
        ],
        ..Operation::DEFAULT
    };

    fn parts() -> RequestParts {
        RequestParts::new(&OPERATION)
    }

    fn problem(parts: &RequestParts, cursor: Option<&str>) -> String {
        match parts.check(cursor) {
            Err(error @ Error::InvalidRequest(_)) => error.to_string(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn path_arguments_encode_to_one_segment() {
        let mut parts = parts();
        parts.path("part", &"...");
        parts.path("id", &"ext_a/b?c#d e%ü");
        let mut path = Vec::new();
        parts.write_path(&mut path).unwrap();
        assert_eq!(path, b"/things/ext_a%2Fb%3Fc%23d%20e%25%C3%BC/parts/...");
        for invalid in ["", ".", ".."] {
            let mut parts = self::parts();
            parts.path("id", &invalid);
            assert!(problem(&parts, None).contains("`id`"));
        }
        assert!(self::parts().write_path(&mut Vec::new()).is_err());
    }

    #[test]
    fn rejects_unsendable_values() {
        type Set = fn(&mut RequestParts);
        let cases: [(Set, &str); 5] = [
            (|parts| parts.query("page", &f64::NAN), "`page`"),
            (|parts| parts.query("page", &f64::INFINITY), "`page`"),
            (
                |parts| parts.field("amount", &crate::runtime::number::Float(f64::NAN)),
                "`amount`",
            ),
            (
                |parts| parts.header("a b", "cret"),
                "header must not contain ' '",
            ),
            (|parts| parts.header("x-key", "se\ncret"), "`x-key`"),
        ];
        for (set, named) in cases {
            let mut parts = parts();
            set(&mut parts);
            let problem = problem(&parts, None);
            assert!(
                problem.contains(named) && !problem.contains("cret"),
                "{problem}"
            );
        }
    }

    #[test]
    fn rejects_conflicting_parameters() {
        let mut parts = parts();
        parts.query("sort", &"created at");
        parts.query("after", &"x");
        assert!(parts.check(None).is_ok());
        parts.query("sort", &"size");
        assert_eq!(
            problem(&parts, None),
            "`after` cannot be combined with `sort` unless `sort` is `created at`"
        );
        let mut parts = self::parts();
        parts.query("before", &"x");
        assert!(parts.check(None).is_ok());
        assert_eq!(
            problem(&parts, Some("after")),
            "`after` cannot be combined with `before`"
        );
    }
}
