//! Request parameters of any location and type. The parent module handles those that are a single
//! value in the path or the query.

use super::RequestParts;
use crate::runtime::javascript;
use crate::runtime::parameter::{self, In, Style};
use reqwest::header::HeaderValue;
use serde_json::Value;

impl RequestParts {
    /// Sets a parameter, which may be a list or an object.
    pub(in crate::runtime) fn parameter(
        &mut self,
        location: &In,
        name: &'static str,
        value: &Value,
        style: &Style,
    ) {
        let mut text = Vec::new();
        if let Err(problem) = parameter::write(location, name, value, style, &mut text) {
            return self.record_problem(format!("`{name}` {problem}"));
        }
        self.put(location, name, text);
    }

    /// Sets a parameter whose value is written as JSON.
    pub(in crate::runtime) fn json_parameter(
        &mut self,
        location: &In,
        name: &'static str,
        value: &Value,
    ) {
        let text = Value::String(javascript::json(value));
        self.parameter(location, name, &text, &Style::for_string(location));
    }

    /// Stores an encoded parameter according to its location. Skips an empty parameter, except in
    /// the path, where it is a problem. In the query, it is also a problem if the service requires
    /// that.
    fn put(&mut self, location: &In, name: &'static str, text: Vec<u8>) {
        let fields = match location {
            In::Path => {
                let start = self.path.begin(b'/');
                self.path.text.extend_from_slice(&text);
                return self.end_path(name, start);
            }
            In::Query | In::QueryReserved if text.is_empty() => return self.reject_empty(name),
            _ if text.is_empty() => return,
            In::Header => return self.header(name, &String::from_utf8_lossy(&text)),
            In::Cookie => {
                let cookies = &mut self.extra().cookies;
                cookies.retain(|(earlier, _)| *earlier != name);
                return cookies.push((name, String::from_utf8_lossy(&text).into_owned()));
            }
            In::Query | In::QueryReserved => &mut self.query,
            In::Form | In::FormReserved => &mut self.body,
        };
        let start = fields.begin(b'&');
        fields.text.extend_from_slice(&text);
        fields.end(name, start, start);
    }

    /// Returns a serialized value. If serialization failed, stores the problem and returns `null`.
    pub(in crate::runtime) fn value(
        &mut self,
        name: &str,
        value: Result<Value, serde_json::Error>,
    ) -> Value {
        value.unwrap_or_else(|error| {
            self.record_problem(format!("failed to serialize `{name}`: {error}"));
            Value::Null
        })
    }

    /// Returns the value of the `Cookie` header; `None` if no cookie was set.
    pub(in crate::runtime) fn cookies(&self) -> Option<HeaderValue> {
        let cookies = &self.extra.as_ref()?.cookies;
        let pairs = cookies.iter().map(|(_, pairs)| pairs.as_str());
        let text = pairs.collect::<Vec<_>>().join("; ");
        let mut header = HeaderValue::from_str(&text).ok()?;
        header.set_sensitive(true);
        (!cookies.is_empty()).then_some(header)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::operation::Operation;
    use serde_json::json;

    static OPERATION: Operation = Operation {
        path: "/things/{ids}",
        ..Operation::DEFAULT
    };

    #[test]
    fn writes_each_parameter_to_its_location() {
        let mut parts = RequestParts::new(&OPERATION);
        parts.parameter(&In::Path, "ids", &json!(["a/b", 2]), &Style::Simple);
        parts.parameter(&In::Query, "tag", &json!(["x", "y"]), &Style::FormExploded);
        parts.json_parameter(&In::Query, "filter", &json!({"a": [1.0]}));
        parts.parameter(&In::Query, "nothing", &json!(null), &Style::Form);
        parts.parameter(&In::Header, "X-Ids", &json!([1, 2]), &Style::Simple);
        parts.parameter(&In::Cookie, "theme", &json!("a;b"), &Style::Form);
        parts.parameter(&In::Cookie, "size", &json!(3), &Style::Form);
        let mut path = Vec::new();
        parts.write_path(&mut path).unwrap();
        assert_eq!(path, b"/things/a%2Fb,2");
        let query = "tag=x&tag=y&filter=%7B%22a%22%3A%5B1%5D%7D";
        assert_eq!(parts.query_str(), query.as_bytes());
        assert_eq!(parts.headers[0].1, "1,2");
        assert_eq!(parts.cookies().unwrap(), "theme=a%3Bb; size=3");
    }

    #[test]
    fn rejects_empty_path_values() {
        for empty in [json!([]), json!(""), json!(".."), json!(null)] {
            let mut parts = RequestParts::new(&OPERATION);
            parts.parameter(&In::Path, "ids", &empty, &Style::Simple);
            assert!(parts.check(None).is_err(), "{empty}");
        }
    }
}
