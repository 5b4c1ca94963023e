//! Bodies of type `multipart/form-data` (RFC 7578). They are written into memory, so that they can
//! be sent again. The content of a file can be a stream, which is not.

use super::outgoing_body::StreamPart;
use super::parameter::Style;
use bytes::Bytes;
use std::fmt;
use std::hash::{BuildHasher, RandomState};

/// A file in a multipart request.
#[derive(Clone, PartialEq, Eq)]
pub struct FilePart {
    pub(super) name: String,
    pub(super) content_type: Option<String>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) bytes: Bytes,
    /// The stream that follows the bytes.
    pub(crate) stream: Option<StreamPart>,
}

impl FilePart {
    /// Creates a file with a name and content.
    ///
    /// Its media type is the one that the operation documents, or else `application/octet-stream`.
    pub fn new(name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self {
            name: name.into(),
            content_type: None,
            headers: Vec::new(),
            bytes: content.into(),
            stream: None,
        }
    }

    /// Sets the media type, such as `image/png`.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Adds a header to the part of the file.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilePart")
            .field("name", &self.name)
            .field("content_type", &self.content_type)
            .field("bytes", &self.bytes.len())
            .field("is_stream", &self.stream.is_some())
            .finish()
    }
}

/// The encoding of a field of a multipart body.
pub(crate) struct PartEncoding {
    /// The style of a value that is not a scalar. Without it, each item of a list is a part, and an
    /// object is JSON.
    pub(crate) style: Option<Style>,
    /// True if the whole value is JSON.
    pub(crate) is_json: bool,
    /// The media type; empty for that of the value.
    pub(crate) content_type: &'static str,
    /// The headers that every part has.
    pub(crate) headers: &'static [(&'static str, &'static str)],
}

impl PartEncoding {
    /// The encoding of a field about which the document says nothing.
    pub(crate) const DEFAULT: Self = Self {
        style: None,
        is_json: false,
        content_type: "",
        headers: &[],
    };
}

/// The head of a part.
pub(super) struct PartHead<'a> {
    pub(super) name: &'a str,
    pub(super) file_name: Option<&'a str>,
    /// The media type; empty if the part has none.
    pub(super) content_type: &'a str,
    pub(super) headers: &'a [(&'static str, &'static str)],
    /// Further headers, which replace others of the same name.
    pub(super) own_headers: &'a [(String, String)],
}

/// Returns a boundary, which separates the parts. It consists of 128 unpredictable bits, so it does
/// not occur in the parts.
pub(super) fn boundary() -> String {
    let random = || RandomState::new().hash_one(0_u8);
    format!("{:016x}{:016x}", random(), random())
}

/// Appends a part without its final line feed, which is written before the next part or before the
/// closing boundary.
pub(super) fn write_part(out: &mut Vec<u8>, boundary: &str, head: &PartHead<'_>, content: &[u8]) {
    let mut text = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"",
        quoted(head.name)
    );
    if let Some(file) = head.file_name {
        text.push_str(&format!("; filename=\"{}\"", quoted(file)));
    }
    if !head.content_type.is_empty() {
        text.push_str("\r\nContent-Type: ");
        text.push_str(head.content_type);
    }
    for (name, value) in head.headers {
        if !is_replaced(head, name) {
            text.push_str(&format!("\r\n{name}: {value}"));
        }
    }
    for (name, value) in head.own_headers {
        text.push_str(&format!("\r\n{name}: {value}"));
    }
    text.push_str("\r\n\r\n");
    out.extend_from_slice(text.as_bytes());
    out.extend_from_slice(content);
    out.push(b'\r');
}

fn is_replaced(head: &PartHead<'_>, name: &str) -> bool {
    for (own, _) in head.own_headers {
        if own.eq_ignore_ascii_case(name) {
            return true;
        }
    }
    false
}

/// Appends the closing boundary.
pub(super) fn end(out: &mut Vec<u8>, boundary: &str) {
    // A body without parts consists only of the closing boundary.
    if !out.is_empty() {
        out.push(b'\n');
    }
    out.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
}

/// Escapes the characters that would end a quoted name, as browsers do (HTML, section 4.10.21.8).
fn quoted(text: &str) -> String {
    text.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_parts_as_in_rfc_7578() {
        let mut out = Vec::new();
        let mut head = PartHead {
            name: "a",
            file_name: None,
            content_type: "",
            headers: &[],
            own_headers: &[],
        };
        write_part(&mut out, "B", &head, b"1");
        out.push(b'\n');
        head.name = "f";
        head.file_name = Some("x\"\r\n.png");
        head.content_type = "image/png";
        head.headers = &[("X-Id", "7")];
        write_part(&mut out, "B", &head, b"\x00\xff");
        end(&mut out, "B");
        let expected: &[u8] = b"--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n\
            --B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x%22%0D%0A.png\"\r\n\
            Content-Type: image/png\r\nX-Id: 7\r\n\r\n\x00\xff\r\n--B--\r\n";
        assert_eq!(out, expected);
        assert_ne!(boundary(), boundary());
        assert!(!format!("{:?}", FilePart::new("a", "content")).contains("content\""));
    }
}
