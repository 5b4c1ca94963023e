//! The `encoding` of the properties of a form body.

use super::Lowering;
use super::describe::unsupported;
use super::media;
use super::pointer::Pointer;
use super::schema::SchemaView;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::unnamed::Field;
use crate::model::{FieldEncoding, Style};
use openapiv3::{
    Encoding, Header, MediaType, ParameterSchemaOrContent, QueryStyle, ReferenceOr, Schema,
};
use serde_json::Value;

impl Lowering<'_> {
    /// Sets the encoding of each field, as far as the document declares it. The styles of the other
    /// fields depend on their types: see [`super::serialization`].
    pub fn with_encodings(
        &mut self,
        mut fields: Vec<Field>,
        media: &MediaType,
        at: Pointer<'_>,
        is_multipart: bool,
    ) -> Option<Vec<Field>> {
        let at = at.child("encoding");
        let mut complete = true;
        for name in media.encoding.keys() {
            if !fields.iter().any(|field| field.wire == *name) {
                let message = format!("`encoding` of `{name}`, which is not a field of the form");
                self.warn(Diagnostic::new(Code::Shape, at.child(name), message));
            }
        }
        for field in &mut fields {
            let Some(encoding) = media.encoding.get(&field.wire) else {
                continue;
            };
            let at = at.child(&field.wire);
            field.style = self.declared_style(encoding, at);
            field.encoding = FieldEncoding {
                content_types: content_types(encoding),
                headers: Vec::new(),
                allow_reserved: encoding.allow_reserved && !is_multipart,
            };
            if is_multipart {
                match self.part_headers(encoding, field.ty.is_file(), at) {
                    Some(headers) => field.encoding.headers = headers,
                    None => complete = false,
                }
            }
            let is_json = field.encoding.content_type().is_some_and(media::is_json);
            if is_json && field.style.is_none() {
                field.style = Some(Style::Json);
            }
        }
        complete.then_some(fields)
    }

    /// Returns the style that an encoding declares, if it declares any.
    fn declared_style(&self, encoding: &Encoding, at: Pointer<'_>) -> Option<Style> {
        let declares = |key: &str| {
            let pointer = at.child(key).to_string();
            let node = self.document.tree().at(&pointer);
            node.is_some_and(|node| !node.is_null())
        };
        // OpenAPI's default is true for the style `form`, and false for all others.
        let explode = match declares("explode") {
            true => encoding.explode,
            false => matches!(encoding.style, Some(QueryStyle::Form) | None),
        };
        match encoding.style {
            None if explode => None,
            None | Some(QueryStyle::Form) => Some(Style::Form { explode }),
            Some(QueryStyle::SpaceDelimited | QueryStyle::PipeDelimited) if explode => {
                Some(Style::Form { explode: true })
            }
            Some(QueryStyle::SpaceDelimited) => Some(Style::SpaceDelimited),
            Some(QueryStyle::PipeDelimited) => Some(Style::PipeDelimited),
            Some(QueryStyle::DeepObject) => Some(Style::DeepObject),
        }
    }

    /// Returns the headers of a part whose values the document determines. Another header can be
    /// set only for a file, by the caller. It is an error if it is required for any other part.
    fn part_headers(
        &mut self,
        encoding: &Encoding,
        is_file: bool,
        at: Pointer<'_>,
    ) -> Option<Vec<(String, String)>> {
        let at = at.child("headers");
        let mut headers = Vec::new();
        let mut complete = true;
        for (name, header) in &encoding.headers {
            // OpenAPI 3.0.3, section 4.7.15.1: `contentType` describes it.
            if name.eq_ignore_ascii_case("content-type") {
                continue;
            }
            let at = at.child(name);
            let header = match header {
                ReferenceOr::Item(header) => header,
                ReferenceOr::Reference { reference } => {
                    let document = self.document;
                    match self.ok_or_report(document.header(reference)) {
                        Some((_, header)) => header,
                        None => {
                            complete = false;
                            continue;
                        }
                    }
                }
            };
            match self.fixed_value(header) {
                Some(value) => headers.push((name.clone(), value)),
                None if header.required && !is_file => {
                    let what = "header of a part without a `default` or a single `enum` value";
                    self.refuse::<()>(unsupported(at, what));
                    complete = false;
                }
                None => {
                    let message = format!("the header `{name}` has no fixed value");
                    let help = match is_file {
                        true => "callers set it with `FilePart::header`",
                        false => "it is not sent; give it a `default` or a single `enum` value",
                    };
                    self.warn(Diagnostic::new(Code::Unsupported, at, message).help(help));
                }
            }
        }
        complete.then_some(headers)
    }

    /// Returns the value of a header: its default, or the only value of its enum.
    fn fixed_value(&self, header: &Header) -> Option<String> {
        let ParameterSchemaOrContent::Schema(schema) = &header.format else {
            return None;
        };
        let schema: &Schema = match schema {
            ReferenceOr::Item(schema) => schema,
            ReferenceOr::Reference { reference } => self.document.schema(reference).ok()?.1,
        };
        let only = match SchemaView::of(schema).enumeration.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        };
        match schema.schema_data.default.clone().or(only)? {
            Value::String(text) => Some(text),
            value @ (Value::Bool(_) | Value::Number(_)) => Some(value.to_string()),
            _ => None,
        }
    }
}

/// Returns the media types of an encoding.
fn content_types(encoding: &Encoding) -> Vec<String> {
    let types = encoding.content_type.as_deref().unwrap_or_default();
    let types = types.split(',').map(str::trim);
    types
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}
