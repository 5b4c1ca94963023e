//! The parts of a multipart body.

use super::RequestParts;
use crate::runtime::javascript;
use crate::runtime::multipart::{self, FilePart, PartEncoding, PartHead};
use crate::runtime::parameter;
use reqwest::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderName, HeaderValue};
use serde_json::Value;

impl RequestParts {
    /// Adds a field to a multipart body: a part for each item of a list, and a single part for any
    /// other value, unless the encoding says otherwise.
    pub(in crate::runtime) fn part(
        &mut self,
        name: &'static str,
        value: &Value,
        encoding: &PartEncoding,
    ) {
        match (value, &encoding.style) {
            (Value::Null, _) => {}
            (_, Some(style)) => match parameter::parts(name, value, style) {
                Ok(parts) => {
                    for (part, text) in parts {
                        self.add_text(name, &part, "", text.as_bytes(), encoding);
                    }
                }
                Err(problem) => self.record_problem(format!("`{name}` {problem}")),
            },
            (Value::Array(items), None) if !encoding.is_json => {
                for item in items {
                    if !item.is_null() {
                        self.add_value(name, item, encoding);
                    }
                }
            }
            _ => self.add_value(name, value, encoding),
        }
    }

    /// Adds a part: a list or an object as JSON, any other value as a string.
    fn add_value(&mut self, name: &'static str, value: &Value, encoding: &PartEncoding) {
        match parameter::scalar_to_string(value) {
            Ok(text) if !encoding.is_json => {
                self.add_text(name, name, "", text.as_bytes(), encoding);
            }
            _ => {
                let json = javascript::json(value);
                self.add_text(name, name, "application/json", json.as_bytes(), encoding);
            }
        }
    }

    fn add_text(
        &mut self,
        field: &'static str,
        part: &str,
        content_type: &str,
        content: &[u8],
        encoding: &PartEncoding,
    ) {
        let head = PartHead {
            name: part,
            file_name: None,
            content_type: match encoding.content_type {
                "" => content_type,
                declared => declared,
            },
            headers: encoding.headers,
            own_headers: &[],
        };
        self.add_part(field, &head, content);
    }

    /// Adds a file to a multipart body.
    pub(in crate::runtime) fn file(
        &mut self,
        name: &'static str,
        file: &FilePart,
        encoding: &PartEncoding,
    ) {
        let content_type = match (&file.content_type, encoding.content_type) {
            (Some(chosen), _) => chosen,
            (None, "") => "application/octet-stream",
            (None, declared) => declared,
        };
        if HeaderValue::from_str(content_type).is_err() {
            return self.record_problem(format!(
                "the media type of the file `{name}` contains a line break or another control character"
            ));
        }
        for (header, value) in &file.headers {
            if let Err(problem) = check_part_header(header, value) {
                return self.record_problem(format!("a header of the file `{name}` {problem}"));
            }
        }
        let head = PartHead {
            name,
            file_name: Some(&file.name),
            content_type,
            headers: encoding.headers,
            own_headers: &file.headers,
        };
        self.add_part(name, &head, &file.bytes);
        if let Some(stream) = &file.stream {
            // The line break after the content follows the stream.
            let before = self.body.text.len().saturating_sub(1);
            self.extra().streams.push((before, stream.clone()));
        }
    }

    fn add_part(&mut self, field: &'static str, head: &PartHead<'_>, content: &[u8]) {
        let boundary = self.boundary();
        self.extra().parts.push(field);
        if !self.body.text.is_empty() {
            self.body.text.push(b'\n');
        }
        multipart::write_part(&mut self.body.text, &boundary, head, content);
    }

    pub(super) fn boundary(&mut self) -> String {
        let extra = self.extra();
        if extra.boundary.is_empty() {
            extra.boundary = multipart::boundary();
        }
        extra.boundary.clone()
    }
}

/// Checks a header of a part. The message continues a sentence that begins with the header. It does
/// not show the header, which may contain a credential.
fn check_part_header(name: &str, value: &str) -> Result<(), &'static str> {
    let Ok(header) = HeaderName::from_bytes(name.as_bytes()) else {
        return Err("has a name that is not valid");
    };
    if HeaderValue::from_str(value).is_err() {
        return Err("contains a line break or another control character");
    }
    if matches!(header, CONTENT_TYPE | CONTENT_DISPOSITION) {
        return Err("must not be set: it is derived from the name and the media type");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::operation::{BodyKind, Operation};
    use crate::runtime::parameter::Style;
    use serde_json::json;

    /// Returns a multipart body without its boundaries, with short names for the headers.
    fn multipart(set: fn(&mut RequestParts)) -> Vec<String> {
        static OPERATION: Operation = Operation {
            body: BodyKind::Multipart,
            ..Operation::DEFAULT
        };
        let mut parts = RequestParts::new(&OPERATION);
        set(&mut parts);
        parts.check(None).unwrap();
        let body = parts.take_body().unwrap();
        let text = String::from_utf8(body.bytes.to_vec()).unwrap();
        let media_type = body.content_type.to_str().unwrap();
        let boundary = media_type
            .strip_prefix("multipart/form-data; boundary=")
            .unwrap();
        let text = text.strip_suffix(&format!("--{boundary}--\r\n")).unwrap();
        let separator = format!("--{boundary}\r\n");
        let parts = text.split(separator.as_str()).skip(1);
        let short = |part: &str| {
            let part = part.replace("Content-Disposition: form-data; ", "");
            part.replace("Content-Type: ", "").replace("\r\n", "|")
        };
        parts.map(short).collect()
    }

    #[test]
    fn multipart_parts_are_separated_by_boundary() {
        let parts = multipart(|parts| {
            parts.part("note", &json!("a"), &PartEncoding::DEFAULT);
            parts.part("meta", &json!({"b": 1.0}), &PartEncoding::DEFAULT);
            let file = FilePart::new("x.txt", "content").content_type("text/plain");
            parts.file("file", &file, &PartEncoding::DEFAULT);
            parts.part("nothing", &json!(null), &PartEncoding::DEFAULT);
        });
        let expected = [
            "name=\"note\"||a|",
            "name=\"meta\"|application/json||{\"b\":1}|",
            "name=\"file\"; filename=\"x.txt\"|text/plain||content|",
        ];
        assert_eq!(parts, expected);
        assert!(multipart(|_| {}).is_empty());
    }

    #[test]
    fn each_item_of_a_list_is_a_part() {
        let parts = multipart(|parts| {
            let list = json!(["a", 1.0, true, null, {"b": [2]}]);
            parts.part("list", &list, &PartEncoding::DEFAULT);
            parts.part("empty", &json!([]), &PartEncoding::DEFAULT);
        });
        let expected = [
            "name=\"list\"||a|",
            "name=\"list\"||1|",
            "name=\"list\"||true|",
            "name=\"list\"|application/json||{\"b\":[2]}|",
        ];
        assert_eq!(parts, expected);
    }

    #[test]
    fn encoding_of_parts_is_followed() {
        const JSON: PartEncoding = PartEncoding {
            is_json: true,
            content_type: "application/json; charset=utf-8",
            ..PartEncoding::DEFAULT
        };
        const STYLED: PartEncoding = PartEncoding {
            style: Some(Style::DeepObject),
            headers: &[("X-Kind", "k")],
            ..PartEncoding::DEFAULT
        };
        const IMAGE: PartEncoding = PartEncoding {
            content_type: "image/png",
            headers: &[("X-Kind", "k"), ("X-Size", "s")],
            ..PartEncoding::DEFAULT
        };
        let parts = multipart(|parts| {
            parts.part("text", &json!("a"), &JSON);
            parts.part("list", &json!([1, 2]), &JSON);
            parts.part("deep", &json!({"a": {"b": 1}}), &STYLED);
            parts.file("file", &FilePart::new("x", "1"), &IMAGE);
            let own = FilePart::new("y", "2").content_type("image/gif");
            parts.file("file", &own.header("x-kind", "own"), &IMAGE);
        });
        let expected = [
            "name=\"text\"|application/json; charset=utf-8||\"a\"|",
            "name=\"list\"|application/json; charset=utf-8||[1,2]|",
            "name=\"deep[a][b]\"|X-Kind: k||1|",
            "name=\"file\"; filename=\"x\"|image/png|X-Kind: k|X-Size: s||1|",
            "name=\"file\"; filename=\"y\"|image/gif|X-Size: s|x-kind: own||2|",
        ];
        assert_eq!(parts, expected);
    }

    #[test]
    fn rejects_invalid_headers_of_files() {
        let file = || FilePart::new("x", "");
        for file in [
            file().content_type("a\r\nb: c"),
            file().header("X-A", "a\r\nb: c"),
            file().header("X A", "a"),
            file().header("content-disposition", "a"),
        ] {
            let mut parts = RequestParts::new(&Operation::DEFAULT);
            parts.file("file", &file, &PartEncoding::DEFAULT);
            assert!(parts.check(None).is_err());
        }
    }
}
