//! Bodies of type `multipart/form-data` (RFC 7578). They are written into memory, so that they can
//! be sent again.

use bytes::Bytes;
use std::fmt;
use std::hash::{BuildHasher, RandomState};

/// A file in a multipart request.
#[derive(Clone, PartialEq, Eq)]
pub struct FilePart {
    pub(super) name: String,
    pub(super) content_type: String,
    pub(super) bytes: Bytes,
}

impl FilePart {
    /// Creates a file with a name and content. The default media type is
    /// `application/octet-stream`.
    pub fn new(name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self {
            name: name.into(),
            content_type: "application/octet-stream".to_owned(),
            bytes: content.into(),
        }
    }

    /// Sets the media type, such as `image/png`.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = content_type.into();
        self
    }
}

impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilePart")
            .field("name", &self.name)
            .field("content_type", &self.content_type)
            .field("bytes", &self.bytes.len())
            .finish()
    }
}

/// Returns a boundary, which separates the parts. It consists of 128 unpredictable bits, so it does
/// not occur in the parts.
pub(super) fn boundary() -> String {
    let random = || RandomState::new().hash_one(0_u8);
    format!("{:016x}{:016x}", random(), random())
}

/// Appends a part without its final line feed, which is written before the next part or before the
/// closing boundary.
pub(super) fn write_part(
    out: &mut Vec<u8>,
    boundary: &str,
    name: &str,
    file: Option<&str>,
    content_type: Option<&str>,
    content: &[u8],
) {
    let mut head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"",
        quoted(name)
    );
    if let Some(file) = file {
        head.push_str(&format!("; filename=\"{}\"", quoted(file)));
    }
    if let Some(content_type) = content_type {
        head.push_str("\r\nContent-Type: ");
        head.push_str(content_type);
    }
    head.push_str("\r\n\r\n");
    out.extend_from_slice(head.as_bytes());
    out.extend_from_slice(content);
    out.push(b'\r');
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
        write_part(&mut out, "B", "a", None, None, b"1");
        out.push(b'\n');
        write_part(
            &mut out,
            "B",
            "f",
            Some("x\"\r\n.png"),
            Some("image/png"),
            b"\x00\xff",
        );
        end(&mut out, "B");
        let expected: &[u8] = b"--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n\
            --B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x%22%0D%0A.png\"\r\n\
            Content-Type: image/png\r\n\r\n\x00\xff\r\n--B--\r\n";
        assert_eq!(out, expected);
        assert_ne!(boundary(), boundary());
        assert!(!format!("{:?}", FilePart::new("a", "content")).contains("content\""));
    }
}
