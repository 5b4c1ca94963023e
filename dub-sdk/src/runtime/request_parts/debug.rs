//! `Debug` of a request. It shows the names of what was set, but no values, because these may be
//! credentials or personal data.

use super::{Extra, RequestParts};
use std::fmt;

impl fmt::Debug for RequestParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let none = Extra::default();
        let extra = self.extra.as_deref().unwrap_or(&none);
        let (mut query, mut body) = (self.query.names(), self.body.names());
        extra.query_names(&mut query);
        extra.body_names(&mut body);
        let headers = self.headers.iter().map(|(name, _)| name.as_str());
        let cookies = extra.cookies.iter().map(|(name, _)| *name);
        let mut output = f.debug_struct("RequestParts");
        output
            .field("operation", &self.operation_name())
            .field("method", self.method())
            .field("path", &Names(self.path.names()))
            .field("query", &Names(query))
            .field("body", &Names(body))
            .field("headers", &Names(headers.collect()))
            .field("cookies", &Names(cookies.collect()));
        // The length of a stream may be unknown.
        if let Some(raw) = extra.raw.as_ref().filter(|_| extra.streams.is_empty()) {
            output.field("body_length", &raw.len());
        }
        output
            .field("limits", &self.limits)
            .field("problem", &self.problem)
            .finish()
    }
}

struct Names<'a>(Vec<&'a str>);

impl fmt::Debug for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // On one line, even in the alternate form.
        write!(f, "{:?}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::multipart::{FilePart, PartEncoding};
    use crate::runtime::operation::Operation;
    use crate::runtime::parameter::{In, Style};
    use serde_json::json;

    #[test]
    fn shows_names_but_no_values() {
        let mut parts = RequestParts::new(&Operation::DEFAULT);
        parts.path("id", &"value");
        parts.query("search", &"value");
        parts.extra_query("filter", "value");
        parts.field("email", "value");
        parts.part("note", &json!("value"), &PartEncoding::DEFAULT);
        parts.file(
            "picture",
            &FilePart::new("value", "value"),
            &PartEncoding::DEFAULT,
        );
        parts.parameter(&In::Cookie, "theme", &json!("value"), &Style::Form);
        parts.header("X-Key", "value");
        parts.header("value\u{e9}", "");
        parts.json_body("value");
        parts.limits.timeout = Some(std::time::Duration::from_secs(7));
        let shown = format!("{parts:?} {parts:#?}");
        assert!(!shown.contains("value"), "{shown}");
        for name in [
            r#"path: ["id"]"#,
            r#"query: ["search", "filter"]"#,
            r#"body: ["email", "note", "picture"]"#,
            r#"headers: ["x-key"]"#,
            r#"cookies: ["theme"]"#,
            "body_length: 7",
            "7s",
            "the name of a header",
        ] {
            assert!(shown.contains(name), "{name}: {shown}");
        }
    }
}
