//! Media types, and the choice between several of them.

use super::Lowering;
use super::pointer::Pointer;
use super::schema::SchemaView;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{BodyFormat, StreamFormat};
use indexmap::IndexMap;
use openapiv3::{MediaType, ReferenceOr, Schema};

/// The kinds of schemas by which the body of a media type range, such as `*/*`, is told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaKind {
    /// The media type has no schema.
    None,
    /// A string with `format: binary`.
    Binary,
    /// Any other string.
    String,
    /// Any other type.
    Other,
}

/// The maximum number of references and single branches around the type of a body.
pub const MAX_WRAPPERS: usize = 16;

impl Lowering<'_> {
    /// Returns the kind of the schema of a media type.
    pub fn schema_kind(&self, media: &MediaType) -> SchemaKind {
        let Some(mut schema) = media.schema.as_ref() else {
            return SchemaKind::None;
        };
        for _ in 0..MAX_WRAPPERS {
            let target: &Schema = match schema {
                ReferenceOr::Item(schema) => schema,
                ReferenceOr::Reference { reference } => match self.document.schema(reference) {
                    Ok((_, schema)) => schema,
                    Err(_) => break,
                },
            };
            let view = SchemaView::of(target);
            match (view.kind(), view.all_of, view.one_of, view.any_of) {
                (Some("string"), ..) if view.format == Some("binary") => return SchemaKind::Binary,
                (Some("string"), ..) => return SchemaKind::String,
                (None, [only], [], []) | (None, [], [only], []) | (None, [], [], [only]) => {
                    schema = only;
                }
                _ => break,
            }
        }
        SchemaKind::Other
    }

    /// Returns the format in which a body is encoded and decoded.
    pub fn body_format(&self, media_type: &str, media: &MediaType) -> BodyFormat {
        format(media_type, self.schema_kind(media))
    }
}

/// Returns an error if a media type cannot be the value of a header.
pub fn check(media_type: &str, at: Pointer<'_>) -> Result<(), Diagnostic> {
    if media_type.bytes().all(|byte| matches!(byte, b' '..=b'~')) && !media_type.is_empty() {
        return Ok(());
    }
    let message = format!("invalid media type {media_type:?}");
    Err(Diagnostic::new(Code::Shape, at, message))
}

/// Returns true if the media type is JSON, for example by its suffix `+json` (RFC 6839).
pub fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

/// Returns the format in which a JSON body describes changes, such as JSON Merge Patch; `None` for
/// any other body. The same schema has another meaning in each of these formats.
pub fn patch_format(media_type: &str) -> Option<String> {
    Some(essence(media_type)).filter(|essence| essence.ends_with("-patch+json"))
}

/// Returns true for a range of media types, such as `image/*`.
pub fn is_range(media_type: &str) -> bool {
    essence(media_type).contains('*')
}

/// Returns the format of a body from its media type and the kind of its schema.
fn format(media_type: &str, kind: SchemaKind) -> BodyFormat {
    let essence = essence(media_type);
    if kind == SchemaKind::Binary {
        BodyFormat::Bytes
    } else if is_json(media_type) {
        BodyFormat::Json
    } else if matches!(essence.as_str(), "*/*" | "application/*") {
        match kind {
            SchemaKind::None | SchemaKind::Binary => BodyFormat::Bytes,
            SchemaKind::String => BodyFormat::TextOrJson,
            SchemaKind::Other => BodyFormat::Json,
        }
    } else if is_text(&essence) && is_utf8(media_type) {
        BodyFormat::Text
    } else {
        BodyFormat::Bytes
    }
}

fn is_text(essence: &str) -> bool {
    essence.starts_with("text/")
        || essence.ends_with("+xml")
        || essence.ends_with("+yaml")
        || matches!(
            essence,
            "application/xml" | "application/yaml" | "application/x-yaml"
        )
        || stream_format(essence).is_some()
}

/// Returns the format of a body that is a stream of events or of JSON values.
pub fn stream_format(media_type: &str) -> Option<StreamFormat> {
    let essence = essence(media_type);
    match essence.as_str() {
        "text/event-stream" => Some(StreamFormat::Events),
        "application/ndjson"
        | "application/x-ndjson"
        | "application/jsonl"
        | "application/x-jsonl"
        | "application/jsonlines"
        | "application/x-jsonlines"
        | "application/json-seq" => Some(StreamFormat::Items),
        other if other.ends_with("+json-seq") => Some(StreamFormat::Items),
        _ => None,
    }
}

/// Returns false for a media type with a character encoding that is not a subset of UTF-8. Only the
/// caller can encode and decode such a text.
fn is_utf8(media_type: &str) -> bool {
    let mut parameters = media_type.split(';').skip(1);
    let charset = parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_charset = name.trim().eq_ignore_ascii_case("charset");
        is_charset.then(|| value.trim().trim_matches('"').to_ascii_lowercase())
    });
    charset.is_none_or(|charset| matches!(charset.as_str(), "utf-8" | "utf8" | "us-ascii"))
}

/// Returns the media type in lower case, without its parameters.
pub fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// Returns the media type with which a request body is sent: the declared one, or for a range the
/// most general one of the format.
pub fn sent(media_type: &str, format: BodyFormat) -> String {
    if !is_range(media_type) {
        return media_type.to_owned();
    }
    let general = match format {
        BodyFormat::Json => "application/json",
        BodyFormat::Text | BodyFormat::TextOrJson => "text/plain; charset=utf-8",
        BodyFormat::Bytes => "application/octet-stream",
    };
    general.to_owned()
}

/// Returns true if a range includes a media type.
pub fn includes(range: &str, media_type: &str) -> bool {
    let range = essence(range);
    let class = range.strip_suffix('*').unwrap_or(&range);
    range == "*/*" || essence(media_type).starts_with(class)
}

/// Returns an example of the media types in a range.
pub fn example(range: &str) -> &str {
    match range {
        "audio/*" => "audio/mpeg",
        "font/*" => "font/woff2",
        "image/*" => "image/png",
        "video/*" => "video/mp4",
        other => other.trim_end_matches('*'),
    }
}

/// Returns the preferred entry of `content`: JSON, then `*/*`, then forms, then text, then any
/// other, then other multipart types. Among equally preferred entries, it is the first.
pub fn preferred(content: &IndexMap<String, MediaType>) -> Option<(&String, &MediaType)> {
    let rank = |name: &str| match essence(name).as_str() {
        "application/json" => 0,
        _ if is_json(name) => 1,
        "*/*" => 2,
        "application/x-www-form-urlencoded" => 3,
        "multipart/form-data" => 4,
        other if other.starts_with("text/") => 5,
        // Not supported in requests.
        other if other.starts_with("multipart/") => 7,
        _ => 6,
    };
    // `min_by_key` returns the first of several equal elements.
    content.iter().min_by_key(|(name, _)| rank(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn format_follows_media_type_and_schema() {
        use SchemaKind::{Binary, None, Other, String};
        for (media_type, kind, expected) in [
            ("application/json; charset=utf-8", Other, BodyFormat::Json),
            ("application/json", String, BodyFormat::Json),
            ("application/json", Binary, BodyFormat::Bytes),
            ("Application/VND.acme.v2+JSON", None, BodyFormat::Json),
            ("application/*+json", Other, BodyFormat::Json),
            ("*/*", Other, BodyFormat::Json),
            ("*/*", String, BodyFormat::TextOrJson),
            ("*/*", Binary, BodyFormat::Bytes),
            ("*/*", None, BodyFormat::Bytes),
            ("image/*", String, BodyFormat::Bytes),
            ("text/*", None, BodyFormat::Text),
            ("text/csv", Binary, BodyFormat::Bytes),
            ("text/plain", Other, BodyFormat::Text),
            ("text/plain; Charset=\"UTF-8\"", String, BodyFormat::Text),
            ("text/plain;charset=shift_jis", String, BodyFormat::Bytes),
            ("application/x-ndjson", Other, BodyFormat::Text),
            ("application/pdf", String, BodyFormat::Bytes),
        ] {
            assert_eq!(format(media_type, kind), expected, "{media_type} {kind:?}");
        }
    }

    #[test]
    fn ranges_include_their_types() {
        assert!(includes("*/*", "image/png"));
        assert!(includes("text/*; q=1", "text/plain"));
        assert!(!includes("image/*", "application/octet-stream"));
    }
}
