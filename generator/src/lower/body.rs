//! Request bodies.

use super::Lowering;
use super::describe::{self, unsupported};
use super::form_body::body_field_origin;
use super::media;
use super::plan::PlannedOperation;
use super::pointer::Pointer;
use super::schema::{LoweredType, SchemaView};
use crate::model::unnamed::{Body, BodyContent, Field, OperationId, Origin, Type};
use crate::model::{BodyFormat, FieldEncoding};
use openapiv3::{AdditionalProperties, MediaType, ReferenceOr, RequestBody};
use std::collections::HashMap;

impl Lowering<'_> {
    /// Lowers the request body of an operation. Returns `Some(None)` if it has none.
    #[expect(
        clippy::option_option,
        reason = "the outer `None` is an error, the inner one means no body"
    )]
    pub fn body(
        &mut self,
        planned: &PlannedOperation<'_>,
        at: Pointer<'_>,
        operation: OperationId,
    ) -> Option<Option<Body>> {
        let document = self.document;
        let Some(body) = &planned.operation.request_body else {
            return Some(None);
        };
        let at = at.child("requestBody");
        match body {
            ReferenceOr::Item(body) => self.body_item(body, at, operation),
            ReferenceOr::Reference { reference } => {
                let (pointer, body) = self.ok_or_report(document.request_body(reference))?;
                self.body_item(body, Pointer::start(&pointer), operation)
            }
        }
    }

    #[expect(
        clippy::option_option,
        reason = "the outer `None` is an error, the inner one means no body"
    )]
    fn body_item(
        &mut self,
        body: &RequestBody,
        at: Pointer<'_>,
        operation: OperationId,
    ) -> Option<Option<Body>> {
        let content = at.child("content");
        let Some((media_type, media)) = media::preferred(&body.content) else {
            return Some(None);
        };
        let at = content.child(media_type);
        let essence = media::essence(media_type);
        let mut content = match essence.as_str() {
            "application/x-www-form-urlencoded" => {
                let fields = self.form(media, at, operation, false)?;
                BodyContent::FormFields(self.with_encodings(fields, media, at, false)?)
            }
            "multipart/form-data" => {
                let fields = self.form(media, at, operation, true)?;
                BodyContent::MultipartFields(self.with_encodings(fields, media, at, true)?)
            }
            // Other multipart types need an order of the parts or parameters of the media type.
            other if other.starts_with("multipart/") => {
                let what = format!("request body of type `{other}`");
                return self.refuse(unsupported(at, &what));
            }
            _ => match media::format(media_type) {
                BodyFormat::Json => self.json_body(media, at, operation, body.required)?,
                BodyFormat::Text => {
                    single_value_body(LoweredType::of(Type::String), at, body.required, None)
                }
                BodyFormat::Bytes => {
                    single_value_body(LoweredType::of(Type::Bytes), at, body.required, None)
                }
            },
        };
        let media_type = if essence == "*/*" {
            "application/json".to_owned()
        } else {
            media_type.clone()
        };
        let required_fields = match body.required {
            true => Vec::new(),
            false => make_optional(&mut content),
        };
        Some(Some(Body {
            media_type,
            required: body.required,
            required_fields,
            is_open: self.is_open(media, &content),
            content,
            description: describe::non_empty(body.description.as_deref()),
        }))
    }

    /// Lowers a JSON body: the properties of a plain object, or any other schema as one value.
    fn json_body(
        &mut self,
        media: &MediaType,
        at: Pointer<'_>,
        operation: OperationId,
        required: bool,
    ) -> Option<BodyContent> {
        let at = at.child("schema");
        let Some(schema) = &media.schema else {
            return Some(single_value_body(
                LoweredType::of(Type::Json),
                at,
                required,
                None,
            ));
        };
        let found;
        let (target, target_at) = match schema {
            ReferenceOr::Item(schema) => (schema, at),
            ReferenceOr::Reference { reference } => {
                let document = self.document;
                let (pointer, target) = self.ok_or_report(document.schema(reference))?;
                found = pointer;
                (target, Pointer::start(&found))
            }
        };
        let view = SchemaView::of(target);
        let is_base = self.families.get(&target_at.to_string()).is_some();
        if !is_base && view.is_struct() && !view.has_branches() && view.additional_is_untyped() {
            let fields = self.request_fields(&view, target_at, operation)?;
            return Some(BodyContent::JsonFields(fields));
        }
        let origin = Origin::Body { operation };
        let lowered_type = self.schema_or_reference(schema, at, &origin)?;
        let description = describe::non_empty(target.schema_data.description.as_deref());
        Some(single_value_body(lowered_type, at, required, description))
    }

    /// Returns true if the fields of a JSON body are arguments and setters, and its schema allows
    /// others.
    fn is_open(&self, media: &MediaType, content: &BodyContent) -> bool {
        let schema = match &media.schema {
            Some(ReferenceOr::Item(schema)) => Some(schema),
            Some(ReferenceOr::Reference { reference }) => {
                let target = self.document.schema(reference);
                target.ok().map(|(_, schema)| schema)
            }
            None => None,
        };
        let additional = schema.and_then(|schema| SchemaView::of(schema).additional);
        matches!(content, BodyContent::JsonFields(_))
            && matches!(additional, Some(AdditionalProperties::Any(true)))
    }

    /// Lowers the properties that a client sends: all except the read-only ones.
    pub fn request_fields(
        &mut self,
        view: &SchemaView<'_>,
        at: Pointer<'_>,
        operation: OperationId,
    ) -> Option<Vec<Field>> {
        let origin = |wire: &str| body_field_origin(operation, wire);
        let mut fields = self.properties(view, at, &origin, &HashMap::new())?;
        fields.retain(|field| !field.read_only);
        for field in &mut fields {
            // `write_only` makes a field an `Option`, which is right only for responses.
            field.write_only = false;
        }
        Some(fields)
    }
}

/// Makes the fields of an optional body optional. Returns the names of those that the body requires.
fn make_optional(content: &mut BodyContent) -> Vec<String> {
    if matches!(content, BodyContent::SingleValue(_)) {
        return Vec::new();
    }
    let required = content.fields_mut().iter_mut();
    let required = required.filter(|field| field.required);
    let names = required.map(|field| {
        field.required = false;
        field.wire.clone()
    });
    names.collect()
}

/// Returns the content of a body that is one value.
fn single_value_body(
    lowered_type: LoweredType,
    at: Pointer<'_>,
    required: bool,
    description: Option<String>,
) -> BodyContent {
    BodyContent::SingleValue(Box::new(Field {
        wire: "body".to_owned(),
        rust: String::new(),
        pointer: at.to_string(),
        ty: lowered_type.ty,
        required,
        nullable: false,
        read_only: false,
        write_only: false,
        style: None,
        encoding: FieldEncoding::default(),
        description,
        deprecated: None,
        default: None,
        example: None,
        error_message: false,
    }))
}
