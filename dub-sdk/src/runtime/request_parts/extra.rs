//! The parts of a request that the document does not describe: another endpoint, and further
//! parameters and fields.

use super::{Extra, RequestParts};
use crate::runtime::encoding;
use crate::runtime::javascript::JsFormatter;
use crate::runtime::operation::BodyKind;
use reqwest::Method;
use serde::Serialize;

/// The method and the path of a request to any endpoint.
#[derive(Clone)]
pub(in crate::runtime) struct Endpoint {
    pub(in crate::runtime) method: Method,
    path: String,
}

/// A parameter or a field that no setter has set.
#[derive(Clone)]
pub(super) struct Addition {
    name: String,
    /// The value, encoded as it is sent.
    value: Vec<u8>,
}

impl RequestParts {
    /// Returns the method of the request.
    pub(in crate::runtime) fn method(&self) -> &Method {
        match self
            .extra
            .as_ref()
            .and_then(|extra| extra.endpoint.as_ref())
        {
            Some(endpoint) => &endpoint.method,
            None => &self.operation.method,
        }
    }

    /// Returns the name of the operation for errors and traces: its `operationId`, or a name for the
    /// method of a request to any endpoint. The path may contain personal data.
    pub(in crate::runtime) fn operation_name(&self) -> &'static str {
        if self.custom_path().is_none() {
            return self.operation.id;
        }
        match *self.method() {
            Method::GET => "GET request",
            Method::HEAD => "HEAD request",
            Method::POST => "POST request",
            Method::PUT => "PUT request",
            Method::PATCH => "PATCH request",
            Method::DELETE => "DELETE request",
            _ => self.operation.id,
        }
    }

    /// Returns the path of a request to any endpoint.
    pub(super) fn custom_path(&self) -> Option<&str> {
        let endpoint = self.extra.as_ref()?.endpoint.as_ref()?;
        Some(&endpoint.path)
    }

    /// Sets the method and the path, which replace those of the operation.
    pub(in crate::runtime) fn endpoint(&mut self, method: Method, path: &str) {
        if let Err(problem) = check_path(path) {
            // The path itself may contain personal data.
            self.record_problem(format!("invalid path: {problem}"));
        }
        if method == Method::CONNECT {
            self.record_problem("a request with the method CONNECT has no path".to_owned());
        }
        let path = path.to_owned();
        self.extra().endpoint = Some(Endpoint { method, path });
    }

    /// Adds a query parameter after those of the setters.
    pub(in crate::runtime) fn extra_query(&mut self, name: &str, value: &str) {
        if name.is_empty() {
            return self.record_problem("the name of a query parameter is empty".to_owned());
        }
        if value.is_empty() {
            self.reject_empty(name);
        }
        self.extra().query.push(Addition {
            name: name.to_owned(),
            value: encoding::percent_encoded(value).into_bytes(),
        });
    }

    /// Adds a field to the JSON body after those of the setters.
    pub(in crate::runtime) fn extra_field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        if !matches!(self.operation.body, BodyKind::JsonObject) {
            return self.record_problem(format!(
                "`{name}` cannot be added to the body: the operation has no JSON object as its body"
            ));
        }
        let mut json = Vec::new();
        let mut serializer = serde_json::Serializer::with_formatter(&mut json, JsFormatter);
        if let Err(error) = value.serialize(&mut serializer) {
            return self.record_problem(format!("failed to serialize `{name}`: {error}"));
        }
        let fields = &mut self.extra().fields;
        fields.retain(|field| field.name != name);
        fields.push(Addition {
            name: name.to_owned(),
            value: json,
        });
    }

    /// Returns the name of an added parameter or field that a setter has set too. `cursor` is a
    /// parameter that will be set later, as by a stream.
    pub(super) fn added_twice(&self, cursor: Option<&str>) -> Option<&str> {
        let extra = self.extra.as_ref()?;
        let query = extra.query.iter().map(|added| added.name.as_str());
        let mut query =
            query.filter(|name| self.query.get(name).is_some() || cursor == Some(*name));
        let fields = extra.fields.iter().map(|added| added.name.as_str());
        let mut fields = fields.filter(|name| self.body.get(name).is_some());
        query.next().or_else(|| fields.next())
    }

    /// Returns the encoded value of the first added query parameter with this name.
    pub(super) fn extra_value(&self, name: &str) -> Option<&[u8]> {
        let added = self.extra_query_parameters().iter();
        let mut added = added.filter(|added| added.name == name);
        Some(&added.next()?.value)
    }

    /// Returns the value of the added field with this name, as JSON.
    pub(super) fn extra_field_value(&self, name: &str) -> Option<&[u8]> {
        let mut added = self.extra.as_ref()?.fields.iter();
        let field = added.find(|field| field.name == name)?;
        Some(&field.value)
    }

    /// Returns true if an added query parameter with this name has a value with this prefix, which
    /// is encoded as it is sent.
    pub(super) fn has_extra_value(&self, name: &str, prefix: &[u8]) -> bool {
        let mut added = self.extra_query_parameters().iter();
        added.any(|added| added.name == name && added.value.starts_with(prefix))
    }

    fn extra_query_parameters(&self) -> &[Addition] {
        match &self.extra {
            Some(extra) => &extra.query,
            None => &[],
        }
    }

    /// Appends the added query parameters to a query.
    pub(in crate::runtime) fn append_extra_query(&self, query: &mut Vec<u8>) {
        for added in self.extra_query_parameters() {
            if !query.is_empty() {
                query.push(b'&');
            }
            encoding::encode(&added.name, query);
            query.push(b'=');
            query.extend_from_slice(&added.value);
        }
    }

    /// Appends the added fields to the fields of a JSON object.
    pub(super) fn append_extra_fields(&mut self, object: &mut Vec<u8>) {
        let added = self
            .extra
            .as_mut()
            .map(|extra| std::mem::take(&mut extra.fields));
        for added in added.unwrap_or_default() {
            object.push(if object.is_empty() { b'{' } else { b',' });
            // Writing a string to memory does not fail.
            let _ = serde_json::to_writer(&mut *object, &added.name);
            object.push(b':');
            object.extend_from_slice(&added.value);
        }
    }
}

impl Extra {
    /// Appends the names of the added query parameters.
    pub(super) fn query_names<'a>(&'a self, names: &mut Vec<&'a str>) {
        for added in &self.query {
            names.push(&added.name);
        }
    }

    /// Appends the names of the parts and of the added fields of the body.
    pub(super) fn body_names<'a>(&'a self, names: &mut Vec<&'a str>) {
        names.extend_from_slice(&self.parts);
        for added in &self.fields {
            names.push(&added.name);
        }
    }
}

/// Returns true for segments that change the path: empty and dot segments (RFC 3986, section 3.3).
pub(in crate::runtime) fn is_dot_or_empty(segment: &[u8]) -> bool {
    matches!(segment, b"" | b"." | b"..")
}

/// Checks a path that is sent as it is. It must stay below the server URL.
fn check_path(path: &str) -> Result<(), &'static str> {
    let Some(rest) = path.strip_prefix('/') else {
        return Err("it must begin with `/`, and follow the server URL");
    };
    if rest.starts_with('/') {
        return Err("it must not begin with `//`");
    }
    if rest.contains(['?', '#']) {
        return Err("it must not contain `?` or `#`; set query parameters with `query`");
    }
    let is_encoded = |byte: u8| {
        byte.is_ascii_graphic()
            && !matches!(
                byte,
                b'\\' | b'"' | b'<' | b'>' | b'^' | b'`' | b'{' | b'|' | b'}'
            )
    };
    if !rest.bytes().all(is_encoded) {
        return Err("it must be percent-encoded; encode each segment with `path_segment`");
    }
    // URL parsers also treat the encoded forms as dot segments.
    let is_dots = |segment: &str| {
        let segment = segment.to_ascii_lowercase().replace("%2e", ".");
        !segment.is_empty() && is_dot_or_empty(segment.as_bytes())
    };
    if rest.split('/').any(is_dots) {
        return Err("it must not contain the segments `.` and `..`");
    }
    if rest.contains("//") {
        return Err("it must not contain an empty segment");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::operation::Operation;

    #[test]
    fn accepts_encoded_paths_below_the_server() {
        for path in [
            "/",
            "/links",
            "/links/",
            "/links/a%2Fb",
            "/a/...",
            "/a:b@c/d;e=f,g",
            "/%E2%82%AC",
        ] {
            assert_eq!(check_path(path), Ok(()), "{path}");
        }
    }

    #[test]
    fn rejects_paths_that_lead_elsewhere() {
        for path in [
            "",
            "links",
            "//evil.example/x",
            "https://evil.example/x",
            "/..",
            "/../x",
            "/a/..",
            "/a/./b",
            "/a/%2e%2E/b",
            "/a/.%2e",
            "/%2e",
            "/a?b=c",
            "/a#b",
            "/a b",
            "/a\\b",
            "/\\evil.example",
            "/a\r\nb",
            "/\tx",
            "/ä",
            "/a//b",
            "/{id}",
        ] {
            assert!(check_path(path).is_err(), "{path}");
        }
    }

    #[test]
    fn added_fields_follow_those_of_setters() {
        static OPERATION: Operation = Operation {
            body: BodyKind::JsonObject,
            ..Operation::DEFAULT
        };
        let mut parts = RequestParts::new(&OPERATION);
        parts.extra_field("new", &1.0);
        parts.extra_field("other", &"x");
        parts.extra_field("new", &[2]);
        let mut with_setter = parts.clone();
        let body = |parts: &mut RequestParts| parts.take_body().unwrap().bytes;
        assert_eq!(body(&mut parts), r#"{"other":"x","new":[2]}"#);
        with_setter.field("name", "Ada");
        assert!(with_setter.check(None).is_ok());
        assert_eq!(
            body(&mut with_setter.clone()),
            r#"{"name":"Ada","other":"x","new":[2]}"#
        );
        with_setter.field("new", "x");
        assert!(with_setter.check(None).is_err());
    }

    #[test]
    fn added_parameter_must_not_be_set_twice() {
        let mut parts = RequestParts::new(&Operation::DEFAULT);
        parts.extra_query("a b", "c&d");
        parts.extra_query("a b", "e");
        let mut query = Vec::new();
        parts.append_extra_query(&mut query);
        assert_eq!(query, b"a%20b=c%26d&a%20b=e");
        assert!(parts.check(None).is_ok());
        assert!(parts.check(Some("a b")).is_err());
        parts.query("a b", &"f");
        assert!(parts.check(None).is_err());
    }
}
