//! The check of an optional body, whose required fields matter only if it is sent.

use super::RequestParts;
use reqwest::header::CONTENT_TYPE;

impl RequestParts {
    /// Returns a field that an optional body must have and that was not set, and a field that was
    /// set.
    pub(super) fn missing_field(&self) -> Option<(&'static str, &str)> {
        let required = self.operation.required_fields;
        if required.is_empty() {
            return None;
        }
        let mut set = self.body.names();
        if let Some(extra) = &self.extra {
            extra.body_names(&mut set);
        }
        let missing = required.iter().find(|name| !set.contains(name))?;
        Some((missing, set.first()?))
    }

    /// Returns the range of media types, such as `image/*`, of a body that was set without its
    /// media type.
    pub(super) fn unnamed_media_type(&self) -> Option<&'static str> {
        let range = self.operation.content_type;
        let extra = self.extra.as_ref()?;
        let is_set = extra.raw.is_some() && extra.content_type.is_none();
        let is_named = self.headers.iter().any(|(name, _)| *name == CONTENT_TYPE);
        (range.ends_with("/*") && is_set && !is_named).then_some(range)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::multipart::{FilePart, PartEncoding};
    use crate::runtime::operation::{BodyKind, Operation};
    use crate::runtime::parameter::{In, Style};
    use bytes::Bytes;
    use serde_json::json;

    #[test]
    fn optional_body_is_sent_only_if_a_part_is_set() {
        type Set = fn(&mut RequestParts);
        let empty_list: Set =
            |parts| parts.parameter(&In::Form, "a", &json!([]), &Style::FormExploded);
        let form: Set = |parts| parts.parameter(&In::Form, "a", &json!("b"), &Style::FormExploded);
        for (kind, set, expected) in [
            (BodyKind::JsonObject, (|_| {}) as Set, None),
            (
                BodyKind::JsonObject,
                |parts| parts.field("a", &1),
                Some(r#"{"a":1}"#),
            ),
            (
                BodyKind::JsonObject,
                |parts| parts.field("a", &()),
                Some(r#"{"a":null}"#),
            ),
            (
                BodyKind::JsonObject,
                |parts| parts.extra_field("a", &1),
                Some(r#"{"a":1}"#),
            ),
            (BodyKind::Form, |_| {}, None),
            (BodyKind::Form, empty_list, None),
            (BodyKind::Form, form, Some("a=b")),
            (BodyKind::Multipart, |_| {}, None),
            (BodyKind::Raw, |_| {}, None),
            (
                BodyKind::Raw,
                |parts| parts.raw_body(Bytes::new()),
                Some(""),
            ),
        ] {
            let operation = Operation {
                body: kind,
                is_body_optional: true,
                ..Operation::DEFAULT
            };
            let mut parts = RequestParts::new(Box::leak(Box::new(operation)));
            set(&mut parts);
            let body = parts.take_body().map(|body| body.bytes);
            assert_eq!(body.as_deref(), expected.map(str::as_bytes));
        }
    }

    #[test]
    fn required_fields_of_optional_body_are_checked_if_a_part_is_set() {
        static JSON: Operation = Operation {
            body: BodyKind::JsonObject,
            is_body_optional: true,
            required_fields: &["a", "b"],
            ..Operation::DEFAULT
        };
        static MULTIPART: Operation = Operation {
            body: BodyKind::Multipart,
            is_body_optional: true,
            required_fields: &["a", "b"],
            ..Operation::DEFAULT
        };
        let problem = |parts: &RequestParts| parts.check(None).err().map(|error| error.to_string());
        let missing = |name: &str, set: &str| {
            Some(format!(
                "`{name}` is not set: a body with `{set}` requires it"
            ))
        };
        let mut parts = RequestParts::new(&JSON);
        assert_eq!(problem(&parts), None);
        parts.extra_field("c", &1);
        assert_eq!(problem(&parts), missing("a", "c"));
        parts.field("a", &());
        assert_eq!(problem(&parts), missing("b", "a"));
        parts.extra_field("b", &1);
        assert_eq!(problem(&parts), None);

        let mut parts = RequestParts::new(&MULTIPART);
        assert_eq!(problem(&parts), None);
        parts.part("b", &json!("x"), &PartEncoding::DEFAULT);
        assert_eq!(problem(&parts), missing("a", "b"));
        parts.file("a", &FilePart::new("x", ""), &PartEncoding::DEFAULT);
        assert_eq!(problem(&parts), None);
    }
}
