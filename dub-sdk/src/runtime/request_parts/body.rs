//! The body of a request, for each [`BodyKind`].

use super::RequestParts;
use crate::runtime::javascript::JsFormatter;
use crate::runtime::multipart;
use crate::runtime::operation::BodyKind;
use crate::runtime::outgoing_body::{RequestBody, StreamPart};
use bytes::Bytes;
use reqwest::header::HeaderValue;
use serde::Serialize;

impl RequestParts {
    /// Begins a field of the JSON body. Returns the start offsets of the field and of its value.
    fn begin_field(&mut self, name: &str) -> (usize, usize) {
        let start = self.body.begin(b',');
        let start = if start == 0 {
            self.body.text.push(b'{');
            1
        } else {
            start
        };
        // Writing a string to memory does not fail.
        let _ = serde_json::to_writer(&mut self.body.text, name);
        self.body.text.push(b':');
        (start, self.body.text.len())
    }

    /// Sets a field of the JSON body.
    pub(in crate::runtime) fn field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) {
        let (start, value_start) = self.begin_field(name);
        let mut serializer =
            serde_json::Serializer::with_formatter(&mut self.body.text, JsFormatter);
        let outcome = value.serialize(&mut serializer);
        self.end_field(name, start, value_start, outcome);
    }

    fn end_field(
        &mut self,
        name: &'static str,
        start: usize,
        value: usize,
        outcome: Result<(), serde_json::Error>,
    ) {
        if let Err(error) = outcome {
            self.record_problem(format!("failed to serialize `{name}`: {error}"));
        }
        self.body.end(name, start, value);
    }

    /// Sets the whole body.
    pub(in crate::runtime) fn raw_body(&mut self, bytes: Bytes) {
        let extra = self.extra();
        extra.raw = Some(bytes);
        extra.streams.clear();
    }

    /// Sets the whole body to a stream.
    pub(in crate::runtime) fn raw_stream(&mut self, stream: StreamPart) {
        let extra = self.extra();
        extra.raw = Some(Bytes::new());
        extra.streams = vec![(0, stream)];
    }

    /// Sets the whole body to a value as JSON.
    pub(in crate::runtime) fn json_body<T: Serialize + ?Sized>(&mut self, value: &T) {
        let mut text = Vec::new();
        let mut serializer = serde_json::Serializer::with_formatter(&mut text, JsFormatter);
        match value.serialize(&mut serializer) {
            Ok(()) => self.raw_body(text.into()),
            Err(error) => self.record_problem(format!("failed to serialize the body: {error}")),
        }
    }

    /// Takes the body, as it is sent. Returns `None` if the request has no body.
    pub(in crate::runtime) fn take_body(&mut self) -> Option<RequestBody> {
        if matches!(self.operation.body, BodyKind::None) {
            return None;
        }
        let mut text = std::mem::take(&mut self.body).text;
        let given = self.extra.as_ref().and_then(|extra| extra.content_type);
        let mut content_type =
            HeaderValue::from_static(given.unwrap_or(self.operation.content_type));
        self.append_extra_fields(&mut text);
        let is_whole = matches!(self.operation.body, BodyKind::Raw);
        if self.operation.is_body_optional && !is_whole && text.is_empty() {
            return None;
        }
        let mut raw = None;
        match self.operation.body {
            BodyKind::None => return None,
            BodyKind::JsonObject => {
                if text.is_empty() {
                    text.push(b'{');
                }
                text.push(b'}');
            }
            BodyKind::Form => {
                content_type = HeaderValue::from_static("application/x-www-form-urlencoded");
            }
            BodyKind::Multipart => {
                let boundary = self.boundary();
                multipart::end(&mut text, &boundary);
                let text = format!("multipart/form-data; boundary={boundary}");
                content_type = HeaderValue::from_str(&text).ok()?;
            }
            BodyKind::Raw => {
                raw = Some(self.extra.as_mut()?.raw.take()?);
            }
        }
        let extra = self.extra.as_mut();
        let streams = extra.map(|extra| std::mem::take(&mut extra.streams));
        Some(RequestBody {
            content_type,
            bytes: raw.unwrap_or_else(|| text.into()),
            streams: streams.unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::operation::Operation;
    use crate::runtime::parameter::{In, Style};
    use serde_json::json;

    /// Returns the body and its media type.
    fn body(kind: BodyKind, set: fn(&mut RequestParts)) -> Option<(String, String)> {
        let operation: &'static Operation = Box::leak(Box::new(Operation {
            body: kind,
            ..Operation::DEFAULT
        }));
        let mut parts = RequestParts::new(operation);
        set(&mut parts);
        parts.check(None).unwrap();
        let body = parts.take_body()?;
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Some((text(&body.bytes), text(body.content_type.as_bytes())))
    }

    fn text(kind: BodyKind, set: fn(&mut RequestParts)) -> Option<String> {
        body(kind, set).map(|(text, _)| text)
    }

    #[test]
    fn json_object_contains_only_set_fields() {
        let set = |parts: &mut RequestParts| {
            parts.field("name", "A\"d\u{1}ä");
            parts.field("amount", &50.0);
            parts.field("email", &());
            parts.field("list", &[1.5, 1e21]);
            parts.field("name", "Ada");
        };
        let expected = r#"{"name":"Ada","amount":50,"email":null,"list":[1.5,1e+21]}"#;
        assert_eq!(text(BodyKind::JsonObject, set).as_deref(), Some(expected));
        assert_eq!(text(BodyKind::JsonObject, |_| {}).as_deref(), Some("{}"));
        assert_eq!(text(BodyKind::None, |_| {}), None);
    }

    #[test]
    fn raw_bodies_are_sent_unchanged() {
        let json = |parts: &mut RequestParts| parts.json_body(&json!([1.0, null]));
        assert_eq!(text(BodyKind::Raw, json).as_deref(), Some("[1,null]"));
        let raw = |parts: &mut RequestParts| parts.raw_body(Bytes::from_static(b"a b"));
        assert_eq!(text(BodyKind::Raw, raw).as_deref(), Some("a b"));
        assert_eq!(text(BodyKind::Raw, |_| {}), None);
    }

    #[test]
    fn form_bodies_are_urlencoded() {
        let set = |parts: &mut RequestParts| {
            parts.parameter(&In::Form, "a b", &json!("c&d"), &Style::FormExploded);
            parts.parameter(&In::Form, "list", &json!([1, 2]), &Style::FormExploded);
        };
        assert_eq!(
            body(BodyKind::Form, set),
            Some((
                "a%20b=c%26d&list=1&list=2".to_owned(),
                "application/x-www-form-urlencoded".to_owned()
            ))
        );
    }
}
